"""The one concession, folded: planned, told, answered, and how often the limit was stated.

Each telling keeps where it came from. Two that were told without knowing of each other, and
meet because cases were joined, are a conflict: both stand, and it is shown.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, structs

from call.clock import Reading
from call.events import (
    Body,
    ConcessionAnswered,
    ConcessionPlanned,
    ConcessionTold,
    DuePostponed,
    Envelope,
    LimitStated,
    OfferAnswer,
    UnknownEvent,
)


class ConcessionMark(StrEnum):
    """What every list says about the concessions of a case."""

    NONE = ""
    SECOND = "second"
    CONFLICT = "conflict"


class Origin(Struct, frozen=True):
    """Whose telling it was: one desk, one case as it was before any join."""

    desk_id: str
    case_id: str


class PlannedConcession(Struct, frozen=True):
    """The one proposal as it was settled inside. Without an approver it may not go out (H20)."""

    offer: str
    approver: str
    expires_at: datetime | None
    at: Reading


class ToldConcession(Struct, frozen=True):
    """A proposal as it was told, with the customer's answer; ``words`` are what was said."""

    event_id: str
    origin: Origin
    call_id: str | None
    at: Reading
    offer: str
    approver: str
    superior_reason: str
    words: str
    expires_at: datetime | None
    answer: OfferAnswer = OfferAnswer.OPEN
    answer_words: str = ""
    answered_at: Reading | None = None

    def is_expired(self, now: Reading) -> bool:
        """Whether its time ran out without an answer."""
        is_over = self.expires_at is not None and self.expires_at < now.wall
        return is_over and self.answer is OfferAnswer.OPEN


class StatedLimit(Struct, frozen=True):
    """The limit as it was stated once more (rules.md #18)."""

    call_id: str | None
    at: Reading
    words: str


class ConcessionSlot:
    """The one slot for a concession (rules.md #12-#15), and what became of it."""

    def __init__(self) -> None:
        self.planned: PlannedConcession | None = None
        self.told: list[ToldConcession] = []
        self.limits: list[StatedLimit] = []

    @property
    def current(self) -> ToldConcession | None:
        """The one told last: the one that an answer belongs to."""
        return self.told[-1] if self.told else None

    @property
    def times_limit_stated(self) -> int:
        """How often the customer was told that there is no more."""
        return len(self.limits)

    @property
    def with_reason(self) -> tuple[ToldConcession, ...]:
        """Those that a superior allowed beyond the one, each with the reason."""
        return tuple(told for told in self.told if told.superior_reason.strip())

    @property
    def conflict(self) -> tuple[ToldConcession, ...]:
        """Those told in different places without a superior's reason; empty where all is well."""
        free = [told for told in self.told if not told.superior_reason.strip()]
        return tuple(free) if len({told.origin for told in free}) > 1 else ()

    @property
    def mark(self) -> ConcessionMark:
        """What a list line says; a conflict weighs more than a second one."""
        if self.conflict:
            return ConcessionMark.CONFLICT
        return ConcessionMark.SECOND if len(self.told) > 1 else ConcessionMark.NONE

    @property
    def lacks_approver(self) -> bool:
        """Whether a proposal was planned or told that nobody named has approved (H20)."""
        if self.told:
            return any(not told.approver.strip() for told in self.told)
        return self.planned is not None and not self.planned.approver.strip()

    def apply(self, body: Body | UnknownEvent, envelope: Envelope, at: Reading) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case ConcessionPlanned():
                planned = PlannedConcession(body.offer, body.approver, body.expires_at, at)
                self.planned = planned if body.offer else None
            case ConcessionTold():
                self.told.append(_told(body, envelope, at))
            case ConcessionAnswered():
                self.told = [_answered(told, body, at) for told in self.told]
            case DuePostponed(target=target, due_at=due_at):
                self.told = [
                    structs.replace(told, expires_at=due_at) if told.event_id == target else told
                    for told in self.told
                ]
            case LimitStated(words=words):
                self.limits.append(StatedLimit(envelope.call_id, at, words))


def _told(body: ConcessionTold, envelope: Envelope, at: Reading) -> ToldConcession:
    return ToldConcession(
        event_id=envelope.id,
        origin=Origin(envelope.desk_id, envelope.case_id),
        call_id=envelope.call_id,
        at=at,
        offer=body.offer,
        approver=body.approver,
        superior_reason=body.superior_reason,
        words=body.words,
        expires_at=body.expires_at,
    )


def _answered(told: ToldConcession, body: ConcessionAnswered, at: Reading) -> ToldConcession:
    if told.event_id != body.target:
        return told
    return structs.replace(told, answer=body.answer, answer_words=body.words, answered_at=at)
