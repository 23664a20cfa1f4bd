"""Whatever has a date: done, postponed with a reason, handed on (F8-S4)."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, steps
from call.dues import ACTION, OFFER, TELL_DELAY, TELLING, Due


def settle_due(command: c.SettleDue, at: Situation) -> Decision:
    """What had a date was done; a next action is ticked where it stands."""
    due = _owed(command.target, at)
    if due is None:
        return Refusal("due.not_there")
    if due.kind == TELL_DELAY:
        return _told(due, at)
    if due.kind == ACTION:
        return steps(e.ActionDone(command.target))
    return steps(e.DueSettled(command.target))


def postpone_due(command: c.PostponeDue, at: Situation) -> Decision:
    """Give another date, for a reason; a delay that was not told yet may be told of later."""
    due, due_at = _owed(command.target.removesuffix(TELLING), at), as_utc(command.due_at)
    if due is None:
        return Refusal("due.not_there")
    reason, is_told = command.reason.strip(), command.is_told
    if due_at == due.at:
        is_news = is_told and due.target in at.case.due_book.untold
        return steps(e.DuePostponed(due.target, due_at, reason, True, due.at)) if is_news else ()
    if not reason:
        return Refusal("due.no_reason")
    if due_at <= at.now.wall:
        return Refusal("due.in_the_past")
    return steps(e.DuePostponed(due.target, due_at, reason, is_told, due.at))


def hand_on_due(command: c.HandOnDue, at: Situation) -> Decision:
    """Somebody else answers for it from now on; an offer stays with who approved it (#12)."""
    due, owner = _owed(command.target.removesuffix(TELLING), at), command.owner.strip()
    if due is None:
        return Refusal("due.not_there")
    if not owner:
        return Refusal("due.no_owner")
    if due.kind == OFFER:
        return Refusal("due.offer_stays")
    return steps(e.DueHandedOn(due.target, owner)) if owner != due.owner else ()


def _told(telling: Due, at: Situation) -> Decision:
    """The customer knows of the delay; what is late is owed as before."""
    late = _owed(telling.target.removesuffix(TELLING), at)
    if late is None:
        return Refusal("due.not_there")
    return steps(e.DuePostponed(late.target, late.at, is_told=True, from_at=late.at))


def _owed(target: str, at: Situation) -> Due | None:
    """What is owed under that id."""
    return next((due for due in at.case.dues() if due.target == target), None)
