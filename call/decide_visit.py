"""Visits: judged, agreed on, marked moment by moment, proved by a note, reported (F6)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, Step, steps
from call.events import VisitMoment
from call.fold_visits import Visit

_A_DAY = timedelta(days=1)
# What can happen more than once at the same door.
_REPEATED = (VisitMoment.RANG, VisitMoment.PHONED)


def judge_visit(command: c.JudgeVisit, at: Situation) -> Decision:
    """Keep the answer to one of the four questions."""
    if at.case.visits.answer(command.check) is command.answer:
        return ()
    return steps(e.VisitJudged(command.check, command.answer))


def offer_place(command: c.OfferPlace, at: Situation) -> Decision:
    """Keep that a place was offered; which was offered first counts."""
    if command.place_kind in at.case.visits.offered:
        return ()
    return steps(e.PlaceOffered(command.place_kind))


def plan_visit(command: c.PlanVisit, at: Situation) -> Decision:
    """Keep the appointment. What it lacks is shown, never a reason to refuse it."""
    visit = at.case.visits.get(command.visit_id) if command.visit_id else None
    if command.visit_id and visit is None:
        return Refusal("visit.none")
    if visit is not None and visit.is_over:
        return Refusal("visit.over")
    planned = e.VisitPlanned(
        command.visit_id or e.new_id(at.now),
        as_utc(command.visit_at),
        tuple(person.strip() for person in command.people if person.strip()),
        command.place_kind,
        command.place.strip(),
        command.minutes or at.limits.visit_duration_minutes,
        command.reason.strip(),
        command.approver.strip(),
    )
    fields = e.VisitPlanned.__struct_fields__
    if visit and all(getattr(visit, name) == getattr(planned, name) for name in fields):
        return ()
    return steps(planned)


def cancel_visit(command: c.CancelVisit, at: Situation) -> Decision:
    """The visit does not take place, for a reason."""
    visit, reason = at.case.visits.get(command.visit_id), command.reason.strip()
    if visit is None or visit.is_over:
        return _no_visit(visit)
    return steps(e.VisitCancelled(visit.visit_id, reason)) if reason else Refusal("visit.no_reason")


def mark_visit(command: c.MarkVisit, at: Situation) -> Decision:
    """Keep a moment. Nobody there: the next day's call is set at once; left: so is the report."""
    visit = at.case.visits.get(command.visit_id)
    if visit is None or visit.is_over:
        return _no_visit(visit)
    happened_at = as_utc(command.happened_at) if command.happened_at else None
    if happened_at and happened_at > at.now.wall:
        return Refusal("visit.in_the_future")
    if _is_known(visit, command.moment):
        return ()
    marked = Step(e.VisitMarked(visit.visit_id, command.moment, command.words.strip(), happened_at))
    match command.moment:
        case VisitMoment.ABSENT:
            return (marked, _next_day_call(visit, visit.visit_at + _A_DAY))
        case VisitMoment.LEFT:
            return (marked, _report(visit, at))
        case _:
            return (marked,)


def leave_absence_note(command: c.LeaveAbsenceNote, at: Situation) -> Decision:
    """Keep the copy of the note; the call that it names is owed from then on (rules.md #119)."""
    visit, text = at.case.visits.get(command.visit_id), command.text.strip()
    if visit is None or visit.cancelled:
        return _no_visit(visit)
    if not text:
        return Refusal("visit.no_text")
    left = Step(e.AbsenceNoteLeft(visit.visit_id, text))
    known = visit.next_call.due_at if visit.next_call else None
    named = as_utc(command.call_at) if command.call_at else known or visit.visit_at + _A_DAY
    return (left,) if named == known else (left, _next_day_call(visit, named))


def report_visit(command: c.ReportVisit, at: Situation) -> Decision:
    """Keep to whom the visit was reported."""
    visit, to = at.case.visits.get(command.visit_id), command.to.strip()
    if visit is None:
        return _no_visit(visit)
    if not to:
        return Refusal("visit.no_name")
    return () if visit.reported_to == to else steps(e.VisitReported(visit.visit_id, to))


def _no_visit(visit: Visit | None) -> Refusal:
    return Refusal("visit.none" if visit is None else "visit.over")


def _is_known(visit: Visit, moment: VisitMoment) -> bool:
    """Whether pressing the key once more says nothing new."""
    if moment in (VisitMoment.MET, VisitMoment.ABSENT):
        return visit.outcome is moment and visit.was(moment)
    return moment not in _REPEATED and visit.was(moment)


def _next_day_call(visit: Visit, due_at: datetime) -> Step:
    return Step(e.NextDayCallSet(visit.visit_id, due_at, visit.visitor), follows=True)


def _report(visit: Visit, at: Situation) -> Step:
    """Within the limit, and in any case on the same day."""
    now = at.now.wall.astimezone()
    midnight = datetime.combine(now.date(), time(23, 59), now.tzinfo)
    due_at = min(now + timedelta(minutes=at.limits.visit_report_minutes), midnight)
    return Step(e.VisitReportSet(visit.visit_id, as_utc(due_at), visit.visitor), follows=True)
