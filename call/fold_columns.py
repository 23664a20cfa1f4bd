"""The three columns お約束／お願い／いたしかねること, folded from notes (rules.md #94-#96)."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from msgspec import Struct, structs

from call.events import Body, DueHandedOn, FieldFilled, LineDrawn, RequestPlaced, UnknownEvent
from call.fold_notes import Note, NotePad
from scripts_ja.model import NoteKind

COLUMN_KINDS = (NoteKind.PROMISE, NoteKind.ASK, NoteKind.CANNOT)
# The request that stands in the field of the same name; all others are notes.
REQUEST_FIELD = "request"


class Lack(StrEnum):
    """What an entry or an action still needs: a promise its owner and time, a refusal its why."""

    OWNER = "owner"
    DUE = "due"
    REASON = "reason"


class CustomerRequest(Struct, frozen=True):
    """Something the customer wants; ``entry_id`` is the entry that answers it, or empty.

    ``id`` is that of its note, or :data:`REQUEST_FIELD`.
    """

    id: str
    text: str
    entry_id: str = ""


class ColumnEntry(Struct, frozen=True):
    """A promise, an ask or a refusal, with what belongs to it and which requests it answers."""

    note_id: str
    kind: NoteKind
    text: str
    due_at: datetime | None = None
    owner: str = ""
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    result: str = ""
    requests: tuple[CustomerRequest, ...] = ()

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """What is missing for the line to be drawn clearly (rules.md #95, #100)."""
        if self.kind is NoteKind.PROMISE:
            needed = {Lack.OWNER: self.owner, Lack.DUE: self.due_at}
        elif self.kind is NoteKind.CANNOT:
            needed = {Lack.REASON: self.reason}
        else:
            needed = {}
        return tuple(lack for lack, value in needed.items() if not value)


class Columns:
    """Entries made of the note pad, and which of the customer's requests each answers.

    A request whose entry is taken off the pad is free again; where the entry comes back, so
    does the link.
    """

    def __init__(self, pad: NotePad) -> None:
        self._pad = pad
        self._field = ""
        self._lines: dict[str, LineDrawn] = {}
        self._placed: dict[str, str] = {}

    @property
    def requests(self) -> tuple[CustomerRequest, ...]:
        """All requests of the customer: those noted, and the one in the field if it is another."""
        notes = self._pad.of_kind(NoteKind.REQUEST)
        found = [self._request(note.note_id, note.text) for note in notes]
        if self._field and self._field not in {request.text for request in found}:
            found.append(self._request(REQUEST_FIELD, self._field))
        return tuple(found)

    @property
    def unplaced(self) -> tuple[CustomerRequest, ...]:
        """The requests that stand in no column."""
        return tuple(request for request in self.requests if not request.entry_id)

    @property
    def entries(self) -> tuple[ColumnEntry, ...]:
        """All entries, in the order they were noted."""
        requests = self.requests
        return tuple(self._entry(note, requests) for note in self._pad.of_kind(*COLUMN_KINDS))

    def of_kind(self, kind: NoteKind) -> tuple[ColumnEntry, ...]:
        """One column."""
        return tuple(entry for entry in self.entries if entry.kind is kind)

    def entry(self, note_id: str) -> ColumnEntry | None:
        """The entry of that note, or None where there is none."""
        return next((entry for entry in self.entries if entry.note_id == note_id), None)

    @property
    def is_drawn(self) -> bool:
        """Whether every request stands in a column and no entry lacks anything (F3-S3)."""
        return not self.unplaced and not any(entry.lacks for entry in self.entries)

    def apply(self, body: Body | UnknownEvent) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case LineDrawn():
                self._lines[body.note_id] = body
            case DueHandedOn(target=target, owner=owner):
                line = self._lines.get(target) or LineDrawn(target)
                self._lines[target] = structs.replace(line, owner=owner)
            case RequestPlaced(request_id=request_id, entry_id=entry_id):
                self._placed[request_id] = entry_id
            case FieldFilled(key="request", value=value):
                # Other words in the field are another request: no column has answered that yet.
                if value != self._field:
                    self._placed.pop(REQUEST_FIELD, None)
                self._field = value

    def _request(self, request_id: str, text: str) -> CustomerRequest:
        entry_id = self._placed.get(request_id, "")
        note = self._pad.get(entry_id)
        is_there = note is not None and note.kind in COLUMN_KINDS
        return CustomerRequest(request_id, text, entry_id if is_there else "")

    def _entry(self, note: Note, requests: tuple[CustomerRequest, ...]) -> ColumnEntry:
        line = self._lines.get(note.note_id) or LineDrawn(note.note_id)
        return ColumnEntry(
            note_id=note.note_id,
            kind=note.kind,
            text=note.text,
            due_at=note.due_at,
            owner=line.owner,
            reason=line.reason,
            alternatives=line.alternatives,
            result=line.result,
            requests=tuple(r for r in requests if r.entry_id == note.note_id),
        )
