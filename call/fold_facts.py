"""The fact inventory (事実の棚卸し), folded: notes of facts in the order they are confirmed in."""

from __future__ import annotations

from msgspec import Struct

from call.clock import Reading
from call.events import (
    Body,
    FactAnswer,
    FactAnswered,
    FactDetailed,
    FactPlaced,
    NoteEdited,
    NoteTaken,
    UnknownEvent,
)
from call.fold_notes import Note, NotePad
from scripts_ja.model import NoteKind

FACT_KINDS = (
    NoteKind.FACT_CONFIRMED,
    NoteKind.CLAIM,
    NoteKind.UNCONFIRMED,
    NoteKind.DISCREPANCY,
)


class FactRow(Struct, frozen=True):
    """One fact. ``kind`` is what was noted; ``shown_kind`` what it is since the customer answered.

    ``happened`` is when it was, as typed; ``begun_at`` when it was noted. ``words`` are the
    customer's, where they see it differently.
    """

    note_id: str
    kind: NoteKind
    text: str
    call_id: str | None
    begun_at: Reading
    happened: str = ""
    source: str = ""
    answer: FactAnswer = FactAnswer.OPEN
    words: str = ""

    @property
    def shown_kind(self) -> NoteKind:
        """A fact that the customer sees differently is a discrepancy, whatever it was before."""
        return NoteKind.DISCREPANCY if self.answer is FactAnswer.DIFFERENT else self.kind


class FactInventory:
    """Rows made of the note pad: a fact is there for as long as its note is.

    What the records confirm comes first, the rest behind it, each in the order it was noted:
    that is easiest to confirm (rules.md #93). Whatever was placed by hand stays where it was put.
    """

    def __init__(self, pad: NotePad) -> None:
        self._pad = pad
        self._noted: dict[str, tuple[NoteKind, str]] = {}
        self._moves: list[FactPlaced] = []
        self._details: dict[str, FactDetailed] = {}
        self._answers: dict[str, FactAnswered] = {}

    @property
    def rows(self) -> tuple[FactRow, ...]:
        """All facts, in the order in which they are read out."""
        notes = [self._pad.get(note_id) for note_id in self._order()]
        return tuple(self._row(note) for note in notes if note and note.kind in FACT_KINDS)

    @property
    def unanswered(self) -> tuple[FactRow, ...]:
        """The facts that the customer has not answered."""
        return tuple(row for row in self.rows if row.answer is FactAnswer.OPEN)

    @property
    def differences(self) -> tuple[FactRow, ...]:
        """Where both sides differ, as noted or as answered."""
        return tuple(row for row in self.rows if row.shown_kind is NoteKind.DISCREPANCY)

    def row(self, note_id: str) -> FactRow | None:
        """The fact of that note, or None where there is none."""
        return next((row for row in self.rows if row.note_id == note_id), None)

    def apply(self, body: Body | UnknownEvent) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case NoteTaken() | NoteEdited():
                self._note(body)
            case FactPlaced():
                self._moves.append(body)
            case FactDetailed():
                self._details[body.note_id] = body
            case FactAnswered():
                self._answers[body.note_id] = body

    def _note(self, body: NoteTaken | NoteEdited) -> None:
        """Keep kind and words; an answer was given to the words that were read, not to others."""
        before = self._noted.get(body.note_id)
        self._noted[body.note_id] = (body.note_kind, body.text)
        answer = self._answers.get(body.note_id)
        if answer and before and before[1] != body.text:
            reopened = FactAnswered(body.note_id, FactAnswer.OPEN, answer.words)
            self._answers[body.note_id] = reopened

    def _order(self) -> list[str]:
        """Every note there ever was, so that what was put behind a removed one stays there."""
        order = sorted(
            self._noted, key=lambda note_id: self._noted[note_id][0] is not NoteKind.FACT_CONFIRMED
        )
        for move in self._moves:
            if move.note_id in order and (not move.after or move.after in order):
                _move(order, move.note_id, move.after)
        return order

    def _row(self, note: Note) -> FactRow:
        detail, answer = self._details.get(note.note_id), self._answers.get(note.note_id)
        return FactRow(
            note_id=note.note_id,
            kind=note.kind,
            text=note.text,
            call_id=note.call_id,
            begun_at=note.begun_at,
            happened=detail.happened if detail else "",
            source=detail.source if detail else "",
            answer=answer.answer if answer else FactAnswer.OPEN,
            words=answer.words if answer else "",
        )


def _move(order: list[str], note_id: str, after: str) -> None:
    if note_id == after:
        return
    order.remove(note_id)
    order.insert(order.index(after) + 1 if after else 0, note_id)
