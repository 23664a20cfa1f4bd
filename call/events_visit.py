"""Events of a visit: whether to go, the appointment, each moment at the door, what was left."""

from __future__ import annotations

from datetime import datetime

from call.event_base import Event, Judged, PlaceKind, VisitCheck, VisitMoment


class VisitJudged(Event, frozen=True, tag=True):
    """One of the four questions before a visit was answered (F6-S1)."""

    check: VisitCheck
    answer: Judged


class PlaceOffered(Event, frozen=True, tag=True):
    """A place to meet was offered to the customer (rules.md T2)."""

    place_kind: PlaceKind


class VisitPlanned(Event, frozen=True, tag=True):
    """A visit was agreed on, or its appointment changed; ``minutes`` is its time box."""

    free_text = ("people", "place", "reason", "approver")
    visit_id: str
    visit_at: datetime
    people: tuple[str, ...] = ()
    place_kind: PlaceKind = PlaceKind.HOME
    place: str = ""
    minutes: int = 0
    reason: str = ""
    approver: str = ""


class VisitCancelled(Event, frozen=True, tag=True):
    """The visit does not take place."""

    free_text = ("reason",)
    visit_id: str
    reason: str


class VisitMarked(Event, frozen=True, tag=True):
    """A moment of a visit; ``happened_at`` is when, where it was told later."""

    free_text = ("words",)
    visit_id: str
    moment: VisitMoment
    words: str = ""
    happened_at: datetime | None = None


class AbsenceNoteLeft(Event, frozen=True, tag=True):
    """The absence note was left; ``text`` is the copy that the case keeps (rules.md #117, #118)."""

    free_text = ("text",)
    visit_id: str
    text: str


class NextDayCallSet(Event, frozen=True, tag=True):
    """The customer who was not there is to be rung on the next day (rules.md #119)."""

    free_text = ("owner",)
    visit_id: str
    due_at: datetime
    owner: str = ""


class VisitReportSet(Event, frozen=True, tag=True):
    """The visit is to be reported on the same day (F6-S6)."""

    free_text = ("owner",)
    visit_id: str
    due_at: datetime
    owner: str = ""


class VisitReported(Event, frozen=True, tag=True):
    """The visit was reported."""

    free_text = ("to",)
    visit_id: str
    to: str
