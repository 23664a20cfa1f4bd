"""Whether to visit, what an appointment lacks, and how long to wait at the door: readings."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.events import Judged, PlaceKind, VisitCheck, VisitMoment
from call.fold_visits import Visit
from call.limits import Limits

_DANGER = 5  # nobody visits at that temperature, nor after a warning (F6-S1)


class Suitability(StrEnum):
    """Whether a visit fits: not where one answer is no, open while one is unknown."""

    SUITABLE = "suitable"
    UNSUITABLE = "unsuitable"
    OPEN = "open"


class VisitLack(StrEnum):
    """What an appointment still needs."""

    PEOPLE = "people"
    PLACE = "place"
    OTHER_PLACE_FIRST = "other_place_first"
    REASON = "reason"
    APPROVER = "approver"


def suitability(case: Case) -> Suitability:
    """What the four answers say; a threat answers the question of safety with no."""
    answers = [case.visits.answer(check) for check in VisitCheck]
    if Judged.NO in answers or is_dangerous(case):
        return Suitability.UNSUITABLE
    return Suitability.OPEN if Judged.UNKNOWN in answers else Suitability.SUITABLE


def is_dangerous(case: Case) -> bool:
    """Whether it was at its hottest in the last call, or a warning was given."""
    return case.marks.temperature >= _DANGER or bool(case.handing_up.warnings)


def lacks_of(visit: Visit, limits: Limits) -> tuple[VisitLack, ...]:
    """What the appointment lacks (rules.md #112, T2)."""
    is_theirs = visit.place_kind in (PlaceKind.HOME, PlaceKind.WORKPLACE)
    lacking = {
        VisitLack.PEOPLE: len(visit.people) < limits.visit_people,
        VisitLack.PLACE: not visit.place,
        VisitLack.OTHER_PLACE_FIRST: is_theirs and not visit.was_offered_elsewhere,
        VisitLack.REASON: not visit.reason,
        VisitLack.APPROVER: not visit.approver,
    }
    return tuple(lack for lack, is_so in lacking.items() if is_so)


class Waiting(Struct, frozen=True):
    """Waiting at the door. ``seconds_left`` is 0 once it was long enough.

    ``is_ring_due``: it is time to ring again (at arrival, half way, and at the end; F6-S4).
    """

    seconds_left: float
    is_ring_due: bool


def waiting(visit: Visit, now: Reading, limits: Limits) -> Waiting | None:
    """How the wait stands, by the wall; None before arrival, once somebody came, or after all."""
    arrived = visit.times_of(VisitMoment.ARRIVED)
    if not arrived or visit.is_over or visit.outcome is VisitMoment.MET:
        return None
    whole = timedelta(minutes=limits.visit_wait_minutes)
    waited = now.wall - arrived[0]
    rings = 1 + (waited >= whole / 2) + (waited >= whole)
    left = max(0.0, (whole - waited).total_seconds())
    return Waiting(left, len(visit.times_of(VisitMoment.RANG)) < rings)
