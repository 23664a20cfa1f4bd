"""What an earlier case says to somebody who rings again: when, how often, what was answered."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

from call.case import Case
from call.events import Direction
from call.repeat_ledger import last_answer


class PastCalls(Struct, frozen=True):
    """The calls of one case from that customer (rules.md T3, T8); ``at`` are walls (UTC)."""

    case_id: str
    case_no: str
    at: tuple[datetime, ...]
    issue: str
    answered: str
    owner: str
    acts: int


def past_calls(case: Case) -> PastCalls:
    """What to know before the same is explained once more."""
    answer, commitment = last_answer(case), case.handing_up.commitment
    taken = (
        call.started_at
        for call in case.calls.values()
        if call.direction is Direction.INCOMING and call.started_at is not None
    )
    return PastCalls(
        case.id,
        case.field("company_no") or case.case_no,
        tuple(at.wall for at in taken),
        case.field("issue"),
        answer.text if answer else "",
        commitment.owner if commitment else "",
        len(case.abuse.acts),
    )
