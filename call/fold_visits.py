"""Visits, folded: the questions before, the appointment, moments, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from msgspec import Struct, structs

from call.clock import Reading
from call.dues import NEXT_DAY_CALL, VISIT, VISIT_REPORT, Due
from call.events import (
    AbsenceNoteLeft,
    Body,
    DueHandedOn,
    DuePostponed,
    Judged,
    NextDayCallSet,
    PlaceKind,
    PlaceOffered,
    UnknownEvent,
    VisitCancelled,
    VisitCheck,
    VisitJudged,
    VisitMarked,
    VisitMoment,
    VisitPlanned,
    VisitReported,
    VisitReportSet,
)

# What a visit owes besides itself is named after it.
_CALL, _REPORT = "/call", "/report"


class MomentMark(Struct, frozen=True):
    """A moment of a visit at its wall time (UTC)."""

    moment: VisitMoment
    at: datetime
    words: str


class LeftNote(Struct, frozen=True):
    """The absence note as it was left."""

    text: str
    at: Reading


class Task(Struct, frozen=True):
    """Something that follows from a visit by a time."""

    due_at: datetime
    owner: str


class Visit(Struct, frozen=True):
    """A visit as it is known now. ``was_offered_elsewhere``: another place was offered first."""

    visit_id: str
    visit_at: datetime
    people: tuple[str, ...]
    place_kind: PlaceKind
    place: str
    minutes: int
    reason: str
    approver: str
    planned_at: Reading
    was_offered_elsewhere: bool
    moments: tuple[MomentMark, ...] = ()
    note: LeftNote | None = None
    next_call: Task | None = None
    report: Task | None = None
    reported_to: str = ""
    reported_at: Reading | None = None
    cancelled: str = ""
    cancelled_at: Reading | None = None

    @property
    def call_target(self) -> str:
        """What the call on the next day is settled under."""
        return self.visit_id + _CALL

    @property
    def report_target(self) -> str:
        """What the report is settled under."""
        return self.visit_id + _REPORT

    @property
    def visitor(self) -> str:
        """Who leads the visit."""
        return self.people[0] if self.people else ""

    @property
    def companions(self) -> tuple[str, ...]:
        """Who goes with them."""
        return self.people[1:]

    def times_of(self, moment: VisitMoment) -> tuple[datetime, ...]:
        """When it happened, each time."""
        return tuple(mark.at for mark in self.moments if mark.moment is moment)

    def was(self, moment: VisitMoment) -> bool:
        """Whether it happened."""
        return bool(self.times_of(moment))

    @property
    def outcome(self) -> VisitMoment | None:
        """Met or absent, whichever was marked last; a note that was left says absent."""
        last = [m.moment for m in self.moments if m.moment in (VisitMoment.MET, VisitMoment.ABSENT)]
        return last[-1] if last else VisitMoment.ABSENT if self.note else None

    @property
    def is_under_way(self) -> bool:
        """Whether somebody is out there."""
        has_begun = self.was(VisitMoment.DEPARTED) or self.was(VisitMoment.ARRIVED)
        return has_begun and not self.is_over

    @property
    def is_over(self) -> bool:
        """Whether the visitors have left, or never go."""
        return self.was(VisitMoment.LEFT) or bool(self.cancelled)

    def dues(self) -> Iterator[Due]:
        """The appointment until somebody is there; then the call on the next day and the report."""
        if self.cancelled:
            return
        if not self.was(VisitMoment.ARRIVED):
            yield Due(VISIT, self.visit_id, self.visit_at, self.visitor, self.place)
        if self.next_call and self.outcome is VisitMoment.ABSENT:
            call = self.next_call
            yield Due(NEXT_DAY_CALL, self.call_target, call.due_at, call.owner, "")
        if self.report and not self.reported_to:
            report = self.report
            yield Due(VISIT_REPORT, self.report_target, report.due_at, report.owner, self.place)


class Visits:
    """The visits of a case, in the order they were agreed on."""

    def __init__(self) -> None:
        self.judged: dict[VisitCheck, Judged] = {}
        self.offered: list[PlaceKind] = []
        self._visits: dict[str, Visit] = {}

    @property
    def visits(self) -> tuple[Visit, ...]:
        """All of them, cancelled ones too."""
        return tuple(self._visits.values())

    @property
    def current(self) -> Visit | None:
        """The one agreed on last that was not cancelled."""
        return next((v for v in reversed(self.visits) if not v.cancelled), None)

    def get(self, visit_id: str) -> Visit | None:
        """The visit of that id; without an id the current one."""
        return self._visits.get(visit_id) if visit_id else self.current

    def answer(self, check: VisitCheck) -> Judged:
        """The answer to one of the four questions."""
        return self.judged.get(check, Judged.UNKNOWN)

    def dues(self) -> tuple[Due, ...]:
        """What all visits owe."""
        return tuple(due for visit in self.visits for due in visit.dues())

    def apply(self, body: Body | UnknownEvent, at: Reading) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case VisitJudged(check=check, answer=answer):
                self.judged[check] = answer
            case PlaceOffered(place_kind=kind):
                self.offered.append(kind)
            case VisitPlanned():
                self._plan(body, at)
            case VisitCancelled(visit_id=visit_id, reason=reason):
                self._change(visit_id, cancelled=reason, cancelled_at=at)
            case VisitMarked():
                self._mark(body, at)
            case DuePostponed() | DueHandedOn():
                self._agree_anew(body)
            case _:
                self._apply_what_follows(body, at)

    def _apply_what_follows(self, body: Body | UnknownEvent, at: Reading) -> None:
        match body:
            case AbsenceNoteLeft(visit_id=visit_id, text=text):
                self._change(visit_id, note=LeftNote(text, at))
            case NextDayCallSet(visit_id=visit_id, due_at=due_at, owner=owner):
                self._change(visit_id, next_call=Task(due_at, owner))
            case VisitReportSet(visit_id=visit_id, due_at=due_at, owner=owner):
                self._change(visit_id, report=Task(due_at, owner))
            case VisitReported(visit_id=visit_id, to=to):
                self._change(visit_id, reported_to=to, reported_at=at)

    def _plan(self, body: VisitPlanned, at: Reading) -> None:
        values = {name: getattr(body, name) for name in body.__struct_fields__}
        if body.visit_id in self._visits:
            self._visits[body.visit_id] = structs.replace(self._visits[body.visit_id], **values)
            return
        elsewhere = any(kind in _NEUTRAL for kind in self.offered)
        self._visits[body.visit_id] = Visit(
            **values, planned_at=at, was_offered_elsewhere=elsewhere
        )

    def _mark(self, body: VisitMarked, at: Reading) -> None:
        visit = self._visits.get(body.visit_id)
        if visit is not None:
            mark = MomentMark(body.moment, body.happened_at or at.wall, body.words)
            moments = sorted((*visit.moments, mark), key=lambda mark: mark.at)
            self._change(body.visit_id, moments=tuple(moments))

    def _agree_anew(self, body: DuePostponed | DueHandedOn) -> None:
        visit_id, slash, which = body.target.partition("/")
        visit = self._visits.get(visit_id)
        if visit is None:
            return
        if slash:
            self._change_task(visit, "next_call" if slash + which == _CALL else "report", body)
        elif isinstance(body, DuePostponed):
            self._change(visit_id, visit_at=body.due_at)
        else:
            self._change(visit_id, people=(body.owner, *visit.companions))

    def _change_task(self, visit: Visit, name: str, body: DuePostponed | DueHandedOn) -> None:
        task: Task | None = getattr(visit, name)
        if task is None:
            return
        if isinstance(body, DuePostponed):
            task = structs.replace(task, due_at=body.due_at)
        else:
            task = structs.replace(task, owner=body.owner)
        self._change(visit.visit_id, **{name: task})

    def _change(self, visit_id: str, **values: object) -> None:
        visit = self._visits.get(visit_id)
        if visit is not None:
            self._visits[visit_id] = structs.replace(visit, **values)


# Places where others are around, or that are our own (rules.md T2).
_NEUTRAL = (PlaceKind.THIRD_PARTY, PlaceKind.OWN_PREMISES)
