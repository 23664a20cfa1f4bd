"""Consultation, the callback, notes handed over, and the warnings that were given."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from call.clock import Reading, elapsed_seconds
from call.editions import BESIDE_THE_NOTE
from call.events import (
    AdviceDismissed,
    Body,
    CallbackAnswered,
    CallbackCommitted,
    ConsultStarted,
    DueHandedOn,
    DuePostponed,
    DueSettled,
    HandoffMade,
    HandoffTakenOver,
    UnknownEvent,
    WarningGiven,
)


class Commitment(Struct, frozen=True):
    """Who calls back by when (rules.md #69). ``accepted`` is None until the customer answers.

    ``as_made`` is what was said at ``at``, where another owner or time was agreed on since.
    """

    event_id: str
    call_id: str | None
    owner: str
    owner_title: str
    due_at: datetime
    estimate_minutes: int
    at: Reading
    accepted: bool | None = None
    as_made: Commitment | None = None


class HandingUp:
    """The way up: consultations, commitments, notes handed over."""

    def __init__(self) -> None:
        self.consults: list[tuple[str | None, Reading]] = []
        self.commitments: list[Commitment] = []
        self.handoffs: list[tuple[Reading, HandoffMade]] = []
        self._editions = 0
        self._is_changed = True
        self.taken_over: list[tuple[Reading, HandoffTakenOver]] = []
        self.warnings: list[tuple[Reading, WarningGiven]] = []
        self.settled: set[str] = set()
        self.dismissed: set[tuple[str | None, str]] = set()
        self.put_aside: set[tuple[str, str]] = set()

    @property
    def commitment(self) -> Commitment | None:
        """The callback that stands now: the last one committed."""
        return self.commitments[-1] if self.commitments else None

    def was_consulted_in(self, call_id: str | None) -> bool:
        """Whether a superior was asked in that call."""
        return any(at_call == call_id for at_call, _ in self.consults) or any(
            commitment.call_id == call_id for commitment in self.commitments
        )

    def has_callback_in(self, call_id: str | None) -> bool:
        """Whether the callback that stands was committed in that call and not refused."""
        last = self.commitment
        return last is not None and last.call_id == call_id and last.accepted is not False

    def is_dismissed(self, call_id: str | None, prompt: str, target: str = "") -> bool:
        """Whether the agent put that prompt aside: in that call, or for that one thing."""
        if target:
            return (prompt, target) in self.put_aside
        return (call_id, prompt) in self.dismissed

    def was_consulted_since(self, call_id: str | None, at: Reading) -> bool:
        """Whether a superior was asked in that call at ``at`` or later."""
        asked = (when for at_call, when in self.consults if at_call == call_id)
        return any(elapsed_seconds(when, at) == 0 for when in asked)

    @property
    def edition(self) -> int:
        """Which version of the note one made now is: the same until something else happens."""
        return self._editions + self._is_changed

    def recount(self, editions: int, is_changed: bool) -> None:
        """As the whole history says, with what was taken back in it."""
        self._editions, self._is_changed = editions, is_changed

    def apply(
        self, body: Body | UnknownEvent, event_id: str, call_id: str | None, at: Reading
    ) -> None:
        """Fold one event; kinds of other folds are passed over."""
        if not isinstance(body, BESIDE_THE_NOTE):
            self._is_changed = True
        match body:
            case ConsultStarted():
                self.consults.append((call_id, at))
            case CallbackCommitted():
                self.commitments.append(_commitment(body, event_id, call_id, at))
            case CallbackAnswered(accepted=accepted):
                self._answer(accepted)
            case DueSettled(target=target):
                self.settled.add(target)
            case DuePostponed() | DueHandedOn():
                self._agree_anew(body)
            case HandoffMade() | HandoffTakenOver() | WarningGiven():
                self._keep(body, at)
            case AdviceDismissed(prompt=prompt, target=""):
                self.dismissed.add((call_id, prompt))
            case AdviceDismissed(prompt=prompt, target=target):
                self.put_aside.add((prompt, target))

    def _keep(self, body: HandoffMade | HandoffTakenOver | WarningGiven, at: Reading) -> None:
        if isinstance(body, HandoffMade):
            self.handoffs.append((at, body))
            self._editions, self._is_changed = self.edition, False
        elif isinstance(body, HandoffTakenOver):
            self.taken_over.append((at, body))
        else:
            self.warnings.append((at, body))

    def _answer(self, accepted: bool) -> None:
        if self.commitments:
            last = self.commitments[-1]
            self.commitments[-1] = structs.replace(last, accepted=accepted)

    def _agree_anew(self, body: DuePostponed | DueHandedOn) -> None:
        if isinstance(body, DuePostponed):
            self._change(body.target, due_at=body.due_at)
        else:
            self._change(body.target, owner=body.owner, owner_title="")

    def _change(self, target: str, **values: object) -> None:
        self.commitments = [
            structs.replace(made, as_made=made.as_made or made, **values)
            if made.event_id == target
            else made
            for made in self.commitments
        ]


def _commitment(
    body: CallbackCommitted, event_id: str, call_id: str | None, at: Reading
) -> Commitment:
    return Commitment(
        event_id,
        call_id,
        body.owner,
        body.owner_title,
        body.due_at,
        body.estimate_minutes,
        at,
    )
