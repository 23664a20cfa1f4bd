"""What somebody wants to happen with a visit; without an id it is the one that stands."""

from __future__ import annotations

from datetime import datetime

from call.command_base import Command, Minutes
from call.events import Judged, PlaceKind, VisitCheck, VisitMoment


class JudgeVisit(Command, frozen=True):
    """Answer one of the four questions before a visit."""

    check: VisitCheck
    answer: Judged


class OfferPlace(Command, frozen=True):
    """A place to meet was offered."""

    place_kind: PlaceKind


class PlanVisit(Command, frozen=True):
    """Agree on a visit; with ``visit_id`` change it. ``minutes`` 0: as long as is usual."""

    visit_at: datetime
    people: tuple[str, ...] = ()
    place_kind: PlaceKind = PlaceKind.HOME
    place: str = ""
    minutes: Minutes = 0
    reason: str = ""
    approver: str = ""
    visit_id: str = ""


class CancelVisit(Command, frozen=True):
    """The visit does not take place."""

    reason: str
    visit_id: str = ""


class MarkVisit(Command, frozen=True):
    """A moment of the visit: now, or at ``happened_at`` where it was told later."""

    moment: VisitMoment
    words: str = ""
    happened_at: datetime | None = None
    visit_id: str = ""


class LeaveAbsenceNote(Command, frozen=True):
    """The note was left as ``text`` says it; it names ``call_at`` for the next day's call."""

    text: str
    call_at: datetime | None = None
    visit_id: str = ""


class ReportVisit(Command, frozen=True):
    """The visit was reported to somebody."""

    to: str
    visit_id: str = ""
