"""Next actions that law or safety asks for (flows.md X1; rules.md 2.5): proposed, never planned.

The agent takes a proposal over with one key or leaves it. What stands on the list of actions,
or once stood there, is not proposed again.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, time, timedelta, tzinfo

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.decision import Situation
from call.events import ActionTopic, LegalView, Safety
from call.fold_marks import OpenedCard

# Ids of the shipped interrupt cards X1 and X5.
SAFETY_CARD = "safety"
LAW_CARD = "legal_action"
_DANGER = 5


class Proposal(Struct, frozen=True):
    """Something to do. ``last_moment`` is set by law, in the zone asked for; else None.

    ``within_minutes`` counts from when the proposal is taken over: bad news goes fast (#38).
    """

    topic: ActionTopic
    last_moment: datetime | None = None
    within_minutes: int = 0
    is_now: bool = False

    def due_at(self, now: Reading) -> datetime | None:
        """By when it is to be done if it is taken over now; None for during the call."""
        if self.within_minutes:
            return now.wall + timedelta(minutes=self.within_minutes)
        return self.last_moment


def proposals(at: Situation, zone: tzinfo | None = None) -> tuple[Proposal, ...]:
    """What should be put on the list now; days are those of ``zone`` (None: this machine's)."""
    planned = at.case.actions.planned_topics
    return tuple(found for found in _wanted(at, zone) if found.topic not in planned)


def _wanted(at: Situation, zone: tzinfo | None) -> Iterator[Proposal]:
    known_at, soon = harm_known_at(at.case), at.limits.first_report_minutes
    if known_at is not None:
        last_day = _end_of_duty(known_at, at.limits.duty_check_days, zone)
        yield Proposal(ActionTopic.KEEP_ITEM, is_now=True)
        yield Proposal(ActionTopic.DUTY_CHECK, last_day)
        yield Proposal(ActionTopic.QUALITY, within_minutes=soon)
    if _is_legal(at.case):
        yield Proposal(ActionTopic.LEGAL, within_minutes=soon)
    if _is_dangerous(at):
        yield Proposal(ActionTopic.POLICE, within_minutes=soon)


def harm_known_at(case: Case) -> Reading | None:
    """When harm to somebody first came up; None where it did not, or was answered with no."""
    cards = [card.at for card in _cards(case, SAFETY_CARD)]
    if case.marks.safety is Safety.NO:
        return None
    answered = case.actions.harm_answered_at if case.marks.safety is Safety.YES else None
    known = [*cards, *([answered] if answered else [])]
    return min(known, key=lambda reading: reading.wall, default=None)


def _is_legal(case: Case) -> bool:
    """Nobody knows yet who is liable, or the customer spoke of a lawyer (#9, X5)."""
    legal = case.plan.legal
    is_unclear = legal is not None and legal.view in (LegalView.UNKNOWN, LegalView.CHECKING)
    return is_unclear or bool(_cards(case, LAW_CARD))


def _is_dangerous(at: Situation) -> bool:
    """A threat was marked, warnings are used up, or the flow for that was entered (#110)."""
    aside = at.book.opened_anywhere
    visits = at.case.stages.visits
    return (
        at.case.marks.peak_temperature >= _DANGER
        or len(at.case.handing_up.warnings) >= at.limits.abuse_warnings
        or (aside is not None and any(visit.flow_id == aside.id for visit in visits))
    )


def _cards(case: Case, card_id: str) -> list[OpenedCard]:
    return [card for card in case.marks.cards if card.card_id == card_id]


def _end_of_duty(known_at: Reading, days: int, zone: tzinfo | None) -> datetime:
    """The end of the last day, the day of knowledge being the first (rules.md 2.5)."""
    local = known_at.wall.astimezone(zone)
    last_day = local.date() + timedelta(days=days - 1)
    return datetime.combine(last_day, time(23, 59), zone or local.tzinfo)
