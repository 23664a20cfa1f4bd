"""Putting a workplace together: settings, flows, clock, journal."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from app.background import Background, Post
from app.errands import Errands
from app.help_line import help_line_reminder
from app.own_settings import overridden
from app.rule_layers import load_layers
from app.settings import Problem, Value, load
from app.workplace import Workplace
from call.clock import Clock
from desktop.paths import Places
from ui.port.notices import Notice

if TYPE_CHECKING:
    from app.department_copy import Copy
    from scripts_ja.flow_problem import FlowProblem


def open_workplace(
    where: Places,
    clock: Clock,
    post: Post,
    overrides: dict[str, Value] | None = None,
    errands: Errands | None = None,
) -> tuple[Workplace, list[Notice]]:
    """A workplace that is not started yet, and what was wrong with settings and flows.

    ``overrides`` stand over the settings of the file, for the sample call. The department's
    shared folder is not touched here: its copy is in force until somebody has looked.
    """
    settings, problems = load(where.settings)
    if overrides:
        settings = settings.changed(overrides)
    folder = settings.text("department.folder")
    layers = load_layers(where, _copy_of(where, folder) if folder else None)
    workplace = Workplace(
        where, clock, settings, layers, Background(post), errands or Errands(post)
    )
    today = clock.now().wall.astimezone().date()
    reminders = [
        Notice("overridden", overridden(settings, layers.locks)),
        Notice("help_line", help_line_reminder(workplace.settings.current, today), "warn"),
    ]
    told = _notices(problems, layers.problems)
    return workplace, told + [notice for notice in reminders if notice.text]


def _copy_of(where: Places, folder: str) -> Copy | None:
    from app.department_copy import find_copy  # many desks have no department's folder

    return find_copy(where.department, folder)


def _notices(problems: Sequence[Problem], flow_problems: Sequence[FlowProblem]) -> list[Notice]:
    told = [Notice(f"settings.{problem.name}", problem.message, "warn") for problem in problems]
    told += [Notice(f"flow.{place}", p.sentence, "warn") for place, p in enumerate(flow_problems)]
    return told
