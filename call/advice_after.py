"""After the call: a guide for its work, without force (rules.md M1); visits of two."""

from __future__ import annotations

from call.advice import Found, Look
from call.fold_times import CallPhase


def acw_guide(look: Look) -> Found | None:
    """After-call work takes longer than the guide; parked work stands still.

    Silent after a call without limits: whoever had it first needs a rest (flows.md X12).
    """
    if look.case is None or look.call is None or look.phase is not CallPhase.WRAP_UP:
        return None
    minutes = look.limits.acw_guide_minutes
    if look.case.has_no_limits or look.call.acw_seconds(look.now) < minutes * 60:
        return None
    return Found({"minutes": minutes})


def visit_alone(look: Look) -> Found | None:
    """A visit is agreed on for fewer people than go together (rules.md #112)."""
    visit = look.case.visits.current if look.case else None
    if visit is None or visit.is_over or len(visit.people) >= look.limits.visit_people:
        return None
    return Found({"count": look.limits.visit_people})
