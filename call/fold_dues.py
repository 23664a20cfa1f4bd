"""What became of dates: postponed with a reason, told to the customer or not, handed on."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from call.clock import Reading
from call.dues import INSIDE, TELL_DELAY, TELLING, Due
from call.events import Body, DueHandedOn, DuePostponed, UnknownEvent


class Postponement(Struct, frozen=True):
    """A date that was moved for a reason. ``kind`` is that of the due, empty where none was owed.

    ``is_told``: the customer knows.
    """

    kind: str
    target: str
    from_at: datetime | None
    due_at: datetime
    reason: str
    is_told: bool
    at: Reading


class HandedOn(Struct, frozen=True):
    """Something owed that somebody else answers for now; ``kind`` as in :class:`Postponement`."""

    kind: str
    target: str
    owner: str
    at: Reading


class DueBook:
    """What happened to dates; the dates themselves stand where they belong (notes, actions)."""

    def __init__(self) -> None:
        self.postponed: list[Postponement] = []
        self.handed_on: list[HandedOn] = []
        self.untold: dict[str, datetime] = {}

    def with_untold(self, dues: tuple[Due, ...]) -> tuple[Due, ...]:
        """These dues, and for each delay that the customer has not heard of the telling.

        It is owed by the time that the customer still counts on.
        """
        tell = (
            Due(TELL_DELAY, due.target + TELLING, self.untold[due.target], due.owner, due.text)
            for due in dues
            if due.target in self.untold and due.kind not in INSIDE
        )
        return (*dues, *tell)

    def apply(self, body: Body | UnknownEvent, at: Reading, owed: tuple[Due, ...]) -> None:
        """Fold one event, with what was owed until then; kinds of other folds are passed over."""
        match body:
            case DuePostponed():
                self._postpone(body, at, owed)
            case DueHandedOn(target=target, owner=owner):
                self.handed_on.append(HandedOn(_kind_of(target, owed), target, owner, at))

    def _postpone(self, body: DuePostponed, at: Reading, owed: tuple[Due, ...]) -> None:
        if body.reason:
            moved = (body.target, body.from_at, body.due_at, body.reason, body.is_told, at)
            self.postponed.append(Postponement(_kind_of(body.target, owed), *moved))
        if body.is_told:
            self.untold.pop(body.target, None)
        elif body.from_at is not None:
            self.untold.setdefault(body.target, body.from_at)


def _kind_of(target: str, owed: tuple[Due, ...]) -> str:
    return next((due.kind for due in owed if due.target == target), "")
