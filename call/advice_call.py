"""The ordinary scale of a call: tries, circles, 15 and 20 minutes, the callback.

All of it but the callback is silent while the scale of abuse applies (call/fold_scale.py).
"""

from __future__ import annotations

from call.advice import Found, LiveCall, Look
from call.clock import elapsed_seconds


def call_red(look: Look) -> Found | None:
    """Twenty minutes, and no callback."""
    return _after(look, look.limits.call_red_minutes)


def call_amber(look: Look) -> Found | None:
    """Fifteen minutes, and no callback."""
    return _after(look, look.limits.call_amber_minutes)


def tries_used(look: Look) -> Found | None:
    """After the last try the same talk came again: no further try, a superior (#58, #61, #67)."""
    live = _ordinary(look)
    if live is None or live.was_consulted or live.has_callback:
        return None
    call_id, stages = live.call.call_id, live.case.stages
    tries, last = stages.tries_in(call_id), stages.last_try(call_id)
    if last is None or tries < look.limits.hearing_tries:
        return None
    again = (mark.at for mark in live.case.marks.same_talks if mark.call_id == call_id)
    if not any(elapsed_seconds(at, last.entered_at) == 0 for at in again):
        return None
    return Found({"tries": tries})


def in_circles(look: Look) -> Found | None:
    """Ten minutes, the last five without news, and nobody was asked."""
    live = _ordinary(look)
    if live is None or live.minutes < look.limits.circles_consult_minutes or live.has_callback:
        return None
    if live.minutes_without_news < look.limits.no_new_fact_minutes or live.was_consulted:
        return None
    return Found({"minutes": look.limits.circles_consult_minutes})


def tell_callback(look: Look) -> Found | None:
    """A callback was committed, the customer hears again, and has not answered."""
    live = look.live
    commitment = live.case.handing_up.commitment if live else None
    if live is None or commitment is None or commitment.call_id != live.call.call_id:
        return None
    return Found() if commitment.accepted is None and live.is_talking else None


def _after(look: Look, minutes: int) -> Found | None:
    live = _ordinary(look)
    if live is None or live.minutes < minutes or live.has_callback:
        return None
    return Found({"minutes": minutes})


def _ordinary(look: Look) -> LiveCall | None:
    return look.live if look.live is not None and look.live.is_ordinary else None
