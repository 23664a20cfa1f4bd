"""What warns of nothing: the reception of anger counts down, a pause is worth its seconds."""

from __future__ import annotations

from call.advice import Found, LiveCall, Look
from call.clock import elapsed_seconds
from call.reception_cue import ReceptionCue

# A card lies over the advice while it is read: its cue waits until it was closed.
_CARD_CUE_SECONDS = 30


def pause_cue(look: Look) -> Found | None:
    """A pause, where one is about to speak out of anger or into silence (rules.md #105).

    On the first time in a stage with a look at oneself or in the reception of anger it stands for
    as long as the pause lasts; after a card that asks for one a little longer. Nobody has to
    answer it.
    """
    live = look.live
    if live is None or not live.is_talking:
        return None
    seconds = look.limits.pause_cue_seconds
    is_time = _has_just_entered(live, seconds) or _has_just_opened(live)
    return Found({"seconds": seconds}) if is_time else None


def reception_start(look: Look) -> Found | None:
    """How hot it is at the beginning has not been said."""
    return _counting(look, is_over=False, asks=True)


def reception_runs(look: Look) -> Found | None:
    """The three minutes run."""
    return _counting(look, is_over=False, asks=False)


def reception_end(look: Look) -> Found | None:
    """How hot it is at the end has not been said."""
    return _counting(look, is_over=True, asks=True)


def reception_over(look: Look) -> Found | None:
    """On to the facts, but only once the customer answers questions."""
    return _counting(look, is_over=True, asks=False)


def _counting(look: Look, *, is_over: bool, asks: bool) -> Found | None:
    live = look.live
    if live is None or not live.is_talking:
        return None
    reception = live.reception
    if reception is None or (reception.is_over, reception.asks_temperature) != (is_over, asks):
        return None
    return Found(_left(reception, look.limits.anger_reception_seconds))


def _left(reception: ReceptionCue, whole: int) -> dict[str, int]:
    left = -int(-reception.seconds_left // 1)  # rounded up: 0:00 is the end, not the last second
    return {"minutes": left // 60, "seconds": left % 60, "whole": whole // 60}


def _has_just_entered(live: LiveCall, seconds: int) -> bool:
    visit = live.case.stages.current
    if visit is None or visit.call_id != live.call.call_id:
        return False
    if not (visit.self_check or visit.solution_folded):
        return False
    is_first = live.case.stages.first_visit(visit.call_id, visit.stage_id) is visit
    return is_first and elapsed_seconds(visit.entered_at, live.now) < seconds


def _has_just_opened(live: LiveCall) -> bool:
    own = [card for card in live.case.marks.cards if card.call_id == live.call.call_id]
    if not own or not own[-1].pause_cue:
        return False
    return elapsed_seconds(own[-1].at, live.now) < _CARD_CUE_SECONDS
