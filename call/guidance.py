"""What a good supervisor would whisper now: at most one prompt, as an id.

A pure function of the case, the clock and the limits. Priorities are the order of one table;
the words stand in the resources under ``advice.<id>``.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum

from msgspec import Struct

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.fold_times import CallPhase, CallRecord, HoldSpan
from call.limits import Limits
from scripts_ja.model import NoteKind

# Kinds of a note that bring something new into the talk, as the key 新しい事実 does.
_NEWS = (NoteKind.FACT_CONFIRMED, NoteKind.CLAIM, NoteKind.DISCREPANCY)


class Level(StrEnum):
    """How urgent: amber is near, red must change now (look.md)."""

    AMBER = "amber"
    RED = "red"


class Prompt(Struct, frozen=True):
    """One piece of advice. ``action`` is the id of the action that follows it, or empty.

    ``rule`` is where it comes from in rules.md; ``values`` fill the words.
    """

    id: str
    level: Level
    action: str
    rule: str
    values: Mapping[str, int] = {}


class _Look(Struct, frozen=True):
    """What every rule looks at."""

    case: Case
    call: CallRecord
    now: Reading
    limits: Limits

    @property
    def minutes(self) -> float:
        return self.call.call_seconds(self.now) / 60

    @property
    def hold(self) -> HoldSpan | None:
        return self.call.hold

    @property
    def has_callback(self) -> bool:
        return self.case.handing_up.has_callback_in(self.call.call_id)


def advise(case: Case, now: Reading, limits: Limits) -> Prompt | None:
    """The one prompt for this moment, or None. Prompts put aside do not come again."""
    call = case.call
    if call is None or not call.phase.is_live:
        return None
    look = _Look(case, call, now, limits)
    for rule in _BY_PRIORITY:
        prompt = rule(look)
        if prompt and not case.handing_up.is_dismissed(call.call_id, prompt.id):
            return prompt
    return None


def minutes_without_news(case: Case, now: Reading) -> float:
    """Minutes since something new was heard or noted in this call, else since it began."""
    call = case.call
    if call is None or call.started_at is None:
        return 0.0
    heard = [mark.at for mark in case.marks.new_facts if mark.call_id == call.call_id]
    noted = [n.begun_at for n in case.notes.of_kind(*_NEWS) if n.call_id == call.call_id]
    return min(elapsed_seconds(at, now) for at in [call.started_at, *heard, *noted]) / 60


def _second_hold(look: _Look) -> Prompt | None:
    if look.hold is None or len(look.call.holds) <= look.limits.max_holds:
        return None
    values = {"count": len(look.call.holds)}
    return Prompt("second_hold", Level.RED, "hold", "#72, #73", values)


def _hold_red(look: _Look) -> Prompt | None:
    if look.hold is None or look.hold.seconds(look.now) < _red_seconds(look, look.hold):
        return None
    return Prompt("hold_red", Level.RED, "hold", "2.9", _hold_values(look, look.hold))


def _hold_amber(look: _Look) -> Prompt | None:
    if look.hold is None:
        return None
    if look.hold.seconds(look.now) < look.limits.hold_amber_seconds(look.hold.kind):
        return None
    return Prompt("hold_amber", Level.AMBER, "hold", "2.9", _hold_values(look, look.hold))


def _call_red(look: _Look) -> Prompt | None:
    if look.minutes < look.limits.call_red_minutes or look.has_callback:
        return None
    values = {"minutes": look.limits.call_red_minutes}
    return Prompt("call_red", Level.RED, "consult", "#63", values)


def _call_amber(look: _Look) -> Prompt | None:
    if look.minutes < look.limits.call_amber_minutes or look.has_callback:
        return None
    values = {"minutes": look.limits.call_amber_minutes}
    return Prompt("call_amber", Level.AMBER, "consult", "#63", values)


def _in_circles(look: _Look) -> Prompt | None:
    if look.minutes < look.limits.circles_consult_minutes or look.has_callback:
        return None
    if minutes_without_news(look.case, look.now) < look.limits.no_new_fact_minutes:
        return None
    if look.case.handing_up.was_consulted_in(look.call.call_id):
        return None
    values = {"minutes": look.limits.circles_consult_minutes}
    return Prompt("in_circles", Level.AMBER, "consult", "#60, #68", values)


def _callback_unanswered(look: _Look) -> Prompt | None:
    commitment = look.case.handing_up.commitment
    if commitment is None or commitment.call_id != look.call.call_id:
        return None
    if commitment.accepted is not None or look.call.phase is not CallPhase.TALKING:
        return None
    return Prompt("tell_callback", Level.AMBER, "callback_answer", "#70")


def _red_seconds(look: _Look, hold: HoldSpan) -> int:
    return look.limits.hold_red_seconds(hold.kind)


def _hold_values(look: _Look, hold: HoldSpan) -> dict[str, int]:
    seconds = int(hold.seconds(look.now))
    announced = hold.announced_minutes or -(-_red_seconds(look, hold) // 60)
    return {"minutes": seconds // 60, "seconds": seconds % 60, "announced": announced}


_BY_PRIORITY: tuple[Callable[[_Look], Prompt | None], ...] = (
    _second_hold,
    _hold_red,
    _call_red,
    _hold_amber,
    _call_amber,
    _in_circles,
    _callback_unanswered,
)
