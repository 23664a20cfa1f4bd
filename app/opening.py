"""Putting a workplace together: settings, flows, clock, journal."""

from __future__ import annotations

from collections.abc import Sequence

from app.background import Background, Post
from app.settings import Problem, Settings, Value, load
from app.workplace import Workplace
from call.clock import Clock
from desktop.paths import Places
from scripts_ja.loader import FlowProblem, LoadedFlows, load_flows
from ui.port import Notice


def open_workplace(
    where: Places, clock: Clock, post: Post, overrides: dict[str, Value] | None = None
) -> tuple[Workplace, list[Notice]]:
    """A workplace that is not started yet, and what was wrong with settings and flows.

    ``overrides`` stand over the settings of the file, for the sample call.
    """
    settings, problems = load(where.settings)
    flows = load_flows(where.flows)
    if overrides:
        settings = settings.changed(overrides)
    workplace = _workplace(where, clock, settings, flows, post)
    return workplace, _notices(problems, flows.problems)


def _workplace(
    where: Places, clock: Clock, settings: Settings, flows: LoadedFlows, post: Post
) -> Workplace:
    def save(path: object, changes: dict[str, str | int]) -> None:
        # Imported when it is first needed: tomlkit costs as much as a font.
        from app.settings_file import save as save_file

        save_file(where.settings, changes)

    return Workplace(where, clock, settings, flows.book, Background(post), save)


def lay_out_settings(workplace: Workplace, where: Places) -> None:
    """Make the commented settings file beside the window, so that there is one to edit."""

    def make() -> None:
        from app.settings_file import ensure

        ensure(where.settings)

    workplace.in_background(make)


def _notices(problems: Sequence[Problem], flow_problems: Sequence[FlowProblem]) -> list[Notice]:
    told = [Notice(f"settings.{problem.name}", problem.message, "warn") for problem in problems]
    told += [Notice(f"flow.{place}", p.sentence, "warn") for place, p in enumerate(flow_problems)]
    return told
