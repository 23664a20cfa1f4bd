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


def danger(look: Look) -> Found | None:
    """Harm was threatened: a superior at once, until one was asked since (rules.md #110)."""
    live = look.live
    acts = live.case.abuse.dangers_in(live.call.call_id) if live else ()
    if live is None or not acts:
        return None
    asked = live.case.handing_up.was_consulted_since(live.call.call_id, acts[-1].at)
    return None if asked else Found()


def warnings_used(look: Look) -> Found | None:
    """As many warnings as there are to give: what follows is a superior's decision (F7-S3).

    Once the talk has gone back to an ordinary stage, nothing follows from them.
    """
    live = look.live
    if live is None or live.is_ordinary:
        return None
    call_id, limit = live.call.call_id, look.limits.abuse_warnings
    given = live.case.abuse.warnings_in(call_id)
    if len(given) < limit or any(one.call_id == call_id for one in live.case.abuse.decisions):
        return None
    asked = live.case.handing_up.was_consulted_since(call_id, given[limit - 1].at)
    return None if asked else Found({"count": limit})


def asks_superior_anew(case: Case, now: Reading, limits: Limits) -> bool:
    """Whether a superior is wanted though one may have been asked before in this call."""
    look = Look(case, now, limits, Agenda())
    return any(row(look) is not None for row in _ROWS)


def _past(live: LiveCall, minutes: float, limit: int) -> Found | None:
    """Past the limit, and no superior was asked since it was reached."""
    if live.is_ordinary or minutes < limit:
        return None
    reached = live.now.shifted(-(minutes - limit) * 60)
    if live.case.handing_up.was_consulted_since(live.call.call_id, reached):
        return None
    return Found({"minutes": limit})


_ROWS = (beside_you, danger, warnings_used, long_call, stalemate)
