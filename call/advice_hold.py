"""Holds: how often, how long, and what the caller was told (rules.md 2.9, #72, #73)."""

from __future__ import annotations

from call.advice import Found, LiveCall, Look
from call.fold_times import HoldSpan


def second_hold(look: Look) -> Found | None:
    """More holds in this call than may be."""
    live = look.live
    if live is None or live.hold is None or len(live.call.holds) <= look.limits.max_holds:
        return None
    return Found({"count": len(live.call.holds)})


def hold_red(look: Look) -> Found | None:
    """The hold is as long as its kind may be."""
    live = look.live
    if live is None or live.hold is None:
        return None
    limit = look.limits.hold_red_seconds(live.hold.kind)
    return _hold(live, live.hold) if live.hold.seconds(look.now) >= limit else None


def hold_announced(look: Look) -> Found | None:
    """The minutes that the caller was told have passed, though the limit has not."""
    live = look.live
    if live is None or live.hold is None or not live.hold.announced_minutes:
        return None
    is_past = live.hold.seconds(look.now) >= live.hold.announced_minutes * 60
    return _hold(live, live.hold) if is_past else None


def hold_amber(look: Look) -> Found | None:
    """The hold is getting long for its kind."""
    live = look.live
    if live is None or live.hold is None:
        return None
    limit = look.limits.hold_amber_seconds(live.hold.kind)
    return _hold(live, live.hold) if live.hold.seconds(look.now) >= limit else None


def _hold(live: LiveCall, hold: HoldSpan) -> Found:
    seconds = int(hold.seconds(live.now))
    announced = hold.announced_minutes or -(-live.limits.hold_red_seconds(hold.kind) // 60)
    return Found({"minutes": seconds // 60, "seconds": seconds % 60, "announced": announced})
