"""Callbacks: the number read back, the owner's confirmation, tries, the superior's decision."""

from __future__ import annotations

from datetime import datetime, timedelta

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, Step, steps
from call.dues import CALLS, Due


def read_back_number(command: c.ReadBackNumber, at: Situation) -> Decision:
    """Keep that a number was read back; it is the one to ring from then on."""
    call = at.case.call
    shown = call.number if call else ""
    number = command.number.strip() or at.case.field("callback_tel") or shown
    if not number:
        return Refusal("callback.no_number")
    read = Step(e.NumberReadBack(number))
    if at.case.field("callback_tel") == number:
        return (read,)
    return (read, Step(e.FieldFilled("callback_tel", number), follows=True))


def confirm_callback(command: c.ConfirmCallback, at: Situation) -> Decision:
    """Keep that whoever calls back has taken it on."""
    commitment = at.case.handing_up.commitment
    if commitment is None:
        return Refusal("callback.none")
    by = command.by.strip() or commitment.owner
    known = at.case.callbacks.confirmed.get(commitment.event_id)
    if known is not None and known.by == by:
        return ()
    return steps(e.CallbackConfirmed(commitment.event_id, by))


def try_call(command: c.TryCall, at: Situation) -> Decision:
    """Keep a try. Whoever is reached is owed that call no more; else it is owed later."""
    due = _call_owed(command.target, at)
    if command.target and due is None:
        return Refusal("due.not_there")
    next_at = as_utc(command.next_at) if command.next_at else None
    target = due.target if due else ""
    tried = e.CallAttempted(
        target, command.result, command.words.strip(), next_at, _late_minutes(due, at)
    )
    found = [Step(tried)]
    if due and command.result is e.AttemptResult.REACHED:
        found.append(Step(e.DueSettled(target), follows=True))
    elif due and next_at:
        found.append(_tried_again(target, next_at))
    return tuple(found)


def set_next_try(command: c.SetNextTry, at: Situation) -> Decision:
    """Keep when the customer is rung again, once a try was in vain: the try itself came first."""
    due, next_at = _call_owed(command.target, at), as_utc(command.next_at)
    if due is None:
        return Refusal("due.not_there")
    if not at.case.callbacks.in_vain(due.target):
        return Refusal("callback.not_tried")
    if next_at <= at.now.wall:
        return Refusal("due.in_the_past")
    return steps(e.DuePostponed(due.target, next_at, is_told=True)) if next_at != due.at else ()


def decide_unreached(command: c.DecideUnreached, at: Situation) -> Decision:
    """Keep what a superior decided: to try once more at a time, or to end the calls (a letter)."""
    decision, by = command.decision.strip(), command.by.strip()
    if not decision or not by:
        return Refusal("unreached.needs_both")
    due = _call_owed(command.target, at)
    if due is None:
        return Refusal("due.not_there")
    decided = Step(e.UnreachedDecided(due.target, decision, by))
    if command.next_at is None:
        return (decided, Step(e.DueSettled(due.target), follows=True))
    return (decided, _tried_again(due.target, as_utc(command.next_at)))


def _tried_again(target: str, at: datetime) -> Step:
    """The customer was rung as promised: there is no delay that they must be told of."""
    return Step(e.DuePostponed(target, at, is_told=True), follows=True)


def _call_owed(target: str, at: Situation) -> Due | None:
    """The call that is meant: the one named, else the earliest one."""
    calls = (due for due in at.case.dues() if due.kind in CALLS)
    return next((due for due in calls if target in ("", due.target)), None)


def _late_minutes(due: Due | None, at: Situation) -> int:
    return max(0, (at.now.wall - due.at) // timedelta(minutes=1)) if due else 0
