"""Putting a workplace together: settings, flows, clock, journal."""

from __future__ import annotations

from collections.abc import Sequence

from app.background import Background, Post
from app.settings import Problem, Value, load
from app.workplace import Workplace
from call.clock import Clock
from desktop.paths import Places
from scripts_ja.card_loader import load_cards
from scripts_ja.loader import FlowProblem, load_flows
from ui.port import Notice


def open_workplace(
    where: Places, clock: Clock, post: Post, overrides: dict[str, Value] | None = None
) -> tuple[Workplace, list[Notice]]:
    """A workplace that is not started yet, and what was wrong with settings and flows.

    ``overrides`` stand over the settings of the file, for the sample call.
    """
    settings, problems = load(where.settings)
    flows = load_flows(where.flows)
    cards = load_cards(where.cards)
    if overrides:
        settings = settings.changed(overrides)
    workplace = Workplace(where, clock, settings, flows.book, cards.book, Background(post))
    return workplace, _notices(problems, (*flows.problems, *cards.problems))


def _notices(problems: Sequence[Problem], flow_problems: Sequence[FlowProblem]) -> list[Notice]:
    told = [Notice(f"settings.{problem.name}", problem.message, "warn") for problem in problems]
    told += [Notice(f"flow.{place}", p.sentence, "warn") for place, p in enumerate(flow_problems)]
    return told
