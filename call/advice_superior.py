"""Where a superior decides: words about one's own death, a stalemate, a very long call.

The second and third are the scale of abuse; they never label anybody and never say "end it".
"""

from __future__ import annotations

from call.advice import Found, LiveCall, Look
from call.agenda import Agenda
from call.case import Case
from call.clock import Reading
from call.limits import Limits


def beside_you(look: Look) -> Found | None:
    """A card took all limits away: a superior now, until one was asked since (flows.md X12)."""
    live = look.live
    cards = live.case.marks.suspending_cards(live.call.call_id) if live else []
    if live is None or not cards:
        return None
    asked = live.case.handing_up.was_consulted_since(live.call.call_id, cards[-1].at)
    return None if asked else Found()


def long_call(look: Look) -> Found | None:
    """An hour, on the scale of abuse."""
    live = look.live
    return _past(live, live.minutes, look.limits.long_call_minutes) if live else None


def stalemate(look: Look) -> Found | None:
    """Half an hour without anything new, on the scale of abuse."""
    live = look.live
    if live is None or live.is_ordinary:
        return None
    return _past(live, live.minutes_without_news, look.limits.stalemate_end_minutes)


def asks_superior_anew(case: Case, now: Reading, limits: Limits) -> bool:
    """Whether a superior is wanted though one may have been asked before in this call."""
    look = Look(case, now, limits, Agenda())
    return any(row(look) is not None for row in (beside_you, long_call, stalemate))


def _past(live: LiveCall, minutes: float, limit: int) -> Found | None:
    """Past the limit, and no superior was asked since it was reached."""
    if live.is_ordinary or minutes < limit:
        return None
    reached = live.now.shifted(-(minutes - limit) * 60)
    if live.case.handing_up.was_consulted_since(live.call.call_id, reached):
        return None
    return Found({"minutes": limit})
