"""The prevention sheet, folded: what it says now, and when its effect is to be checked."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from call.clock import Reading
from call.dues import EFFECT_CHECK, Due
from call.events import (
    Body,
    DueHandedOn,
    DuePostponed,
    EffectChecked,
    PreventionWritten,
    UnknownEvent,
)


class Check(Struct, frozen=True):
    """One look at the effect."""

    is_effective: bool
    words: str
    at: Reading


class Prevention:
    """``sheet`` is None until something was written."""

    def __init__(self) -> None:
        self.sheet: PreventionWritten | None = None
        self.checks: list[Check] = []
        self._checked_for: datetime | None = None

    def dues(self) -> tuple[Due, ...]:
        """The look at the effect, until it was taken for that date."""
        sheet = self.sheet
        if sheet is None or sheet.check_at is None or sheet.check_at == self._checked_for:
            return ()
        return (
            Due(EFFECT_CHECK, _target(sheet.check_at), sheet.check_at, sheet.owner, sheet.measure),
        )

    def apply(self, body: Body | UnknownEvent, at: Reading) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case PreventionWritten():
                self.sheet = body
            case EffectChecked(is_effective=is_effective, words=words):
                self.checks.append(Check(is_effective, words, at))
                self._checked_for = self.sheet.check_at if self.sheet else None
            case DuePostponed(target=target, due_at=due_at) if self._is_owed(target):
                self._change(check_at=due_at)
            case DueHandedOn(target=target, owner=owner) if self._is_owed(target):
                self._change(owner=owner)

    def _is_owed(self, target: str) -> bool:
        return any(due.target == target for due in self.dues())

    def _change(self, **values: object) -> None:
        if self.sheet is not None:
            self.sheet = structs.replace(self.sheet, **values)


def _target(check_at: datetime) -> str:
    """Another date is another look: what was done for one is not done for the next."""
    return f"effect {check_at:%Y-%m-%dT%H:%M}"
