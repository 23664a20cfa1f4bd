"""Callbacks after they were promised: the number read back, confirmations, tries, decisions."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from call.clock import Reading
from call.events import (
    AttemptResult,
    Body,
    CallAttempted,
    CallbackConfirmed,
    DueHandedOn,
    DuePostponed,
    NumberReadBack,
    UnknownEvent,
    UnreachedDecided,
)


class ReadBack(Struct, frozen=True):
    """A number that the customer has heard and agreed with."""

    number: str
    call_id: str | None
    at: Reading


class Confirmation(Struct, frozen=True):
    """Who took a callback on, and when."""

    by: str
    at: Reading


class Attempt(Struct, frozen=True):
    """One time that the customer was rung; ``next_at`` is when they will be rung again."""

    target: str
    result: AttemptResult
    words: str
    next_at: datetime | None
    late_minutes: int
    call_id: str | None
    at: Reading

    @property
    def was_reached(self) -> bool:
        """Whether the customer was on the line."""
        return self.result is AttemptResult.REACHED


class UnreachedDecision(Struct, frozen=True):
    """What a superior decided where nobody could be reached."""

    target: str
    decision: str
    by: str
    at: Reading


class Callbacks:
    """What happened with the callbacks of a case, and with other calls that it owes."""

    def __init__(self) -> None:
        self.read_back: ReadBack | None = None
        self.confirmed: dict[str, Confirmation] = {}
        self.attempts: list[Attempt] = []
        self.decisions: list[UnreachedDecision] = []
        self._in_vain: dict[str, list[Attempt]] = {}

    def in_vain(self, target: str) -> tuple[Attempt, ...]:
        """The tries for that call since somebody was reached or a superior decided."""
        return tuple(self._in_vain.get(target, ()))

    def apply(self, body: Body | UnknownEvent, call_id: str | None, at: Reading) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case NumberReadBack(number=number):
                self.read_back = ReadBack(number, call_id, at)
            case CallbackConfirmed(target=target, by=by):
                self.confirmed[target] = Confirmation(by, at)
            case DuePostponed(reason="", from_at=None):
                self._try_again(body)
            case DueHandedOn(target=target):
                self.confirmed.pop(target, None)
            case CallAttempted():
                self._attempt(body, call_id, at)
            case UnreachedDecided(target=target, decision=decision, by=by):
                self.decisions.append(UnreachedDecision(target, decision, by, at))
                self._in_vain.pop(target, None)

    def _attempt(self, body: CallAttempted, call_id: str | None, at: Reading) -> None:
        attempt = Attempt(
            body.target, body.result, body.words, body.next_at, body.late_minutes, call_id, at
        )
        self.attempts.append(attempt)
        if attempt.was_reached:
            self._in_vain.pop(body.target, None)
        else:
            self._in_vain.setdefault(body.target, []).append(attempt)

    def _try_again(self, body: DuePostponed) -> None:
        """The date that was fixed after the last try belongs to that try."""
        in_vain = self._in_vain.get(body.target)
        if not in_vain:
            return
        fixed = structs.replace(in_vain[-1], next_at=body.due_at)
        place = max(n for n, tried in enumerate(self.attempts) if tried == in_vain[-1])
        self.attempts[place] = fixed
        in_vain[-1] = fixed
