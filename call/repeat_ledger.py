"""The same talk again: how often it came, over which calls, and what was answered to it last.

A reading of the case (rules.md T3, T8): nothing is counted here that the marks do not hold.
"""

from __future__ import annotations

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.fold_notes import Note
from scripts_ja.model import NoteKind


class RepeatLedger(Struct, frozen=True):
    """What can be said to somebody who tells the same again.

    ``here`` and ``in_case`` count presses of the key for the same talk; ``heard_at`` is when
    each of those of the case was pressed; ``calls`` is over how many calls they go.
    ``answer`` is the note of the last answer, or None where nobody has noted one.
    """

    here: int
    in_case: int
    calls: int
    heard_at: tuple[Reading, ...]
    answer: Note | None


def read_repeats(case: Case) -> RepeatLedger | None:
    """The ledger while the same talk goes on in this call: until something new is marked.

    After a card that takes all limits away nobody in this call is told that they repeat
    themselves (flows.md X12).
    """
    goes_on = any(mark.call_id == case.call_id for mark in case.marks.repeats)
    if not (case.phase.is_live and goes_on) or case.has_no_limits:
        return None
    marks = case.marks.same_talks
    return RepeatLedger(
        here=sum(mark.call_id == case.call_id for mark in marks),
        in_case=len(marks),
        calls=len({mark.call_id for mark in marks}),
        heard_at=tuple(mark.at for mark in marks),
        answer=last_answer(case),
    )


def last_answer(case: Case) -> Note | None:
    """The note of what was answered last, or None."""
    return next(reversed(case.notes.of_kind(NoteKind.ANSWERED)), None)
