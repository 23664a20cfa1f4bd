"""After-call work: a guide, without force (rules.md M1)."""

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
