"""What the visit that stands says about placeholders: appointment, people, place, times."""

from __future__ import annotations

from datetime import datetime, timedelta

from app.note_values import Say
from call.decision import Situation
from call.events import VisitMoment
from call.fold_visits import Visit
from scripts_ja.dates import spoken_half_day, spoken_time
from scripts_ja.texts import t

# What a stage asks for that agrees on a visit; an appointment that is over is not offered there.
_APPOINTMENT = "visit_at"


def visit_values(at: Situation, say: Say, *, half_days: bool) -> dict[str, str]:
    """Values by placeholder; ``half_days``: a time is said as 午後3時30分."""
    visit = at.case.visits.current
    if visit is None or (visit.is_over and _is_agreeing_anew(at)):
        return {}
    values = {
        _APPOINTMENT: say(visit.visit_at),
        "visitor": visit.visitor,
        "companion": t("dates.and").join(visit.companions),
        "place": visit.place,
        "duration": str(visit.minutes) if visit.minutes else "",
        "arrive": _time(_moment(visit, VisitMoment.ARRIVED), half_days=half_days),
        "leave": _time(_moment(visit, VisitMoment.LEFT), half_days=half_days),
        "call_at": _time(_next_day(visit), half_days=half_days),
    }
    return {key: value for key, value in values.items() if value}


def _is_agreeing_anew(at: Situation) -> bool:
    """Whether a new appointment is asked for: the words for the last one would be wrong there."""
    entered = at.case.stages.current
    found = at.book.find_stage(entered.stage_id) if entered else None
    return found is not None and _APPOINTMENT in found[1].asks


def _moment(visit: Visit, moment: VisitMoment) -> datetime | None:
    """When it happened: arrival the first time, leaving the last."""
    times = visit.times_of(moment)
    if not times:
        return None
    return times[0] if moment is VisitMoment.ARRIVED else times[-1]


def _next_day(visit: Visit) -> datetime | None:
    """When the customer is rung on the day after; a call put off further is no such call."""
    if visit.next_call is None:
        return None
    due_at = visit.next_call.due_at.astimezone()
    is_next_day = due_at.date() == visit.visit_at.astimezone().date() + timedelta(days=1)
    return due_at if is_next_day else None


def _time(at: datetime | None, *, half_days: bool) -> str:
    if at is None:
        return ""
    return (spoken_half_day if half_days else spoken_time)(at.astimezone())
