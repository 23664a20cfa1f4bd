"""The note pad, folded: what stands on it now, in the order it was begun."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from call.clock import Reading
from call.events import Body, DuePostponed, NoteEdited, NoteRemoved, NoteTaken, UnknownEvent
from scripts_ja.model import NoteKind


class Note(Struct, frozen=True):
    """A note as it reads now. ``begun_at`` is its first keystroke."""

    note_id: str
    kind: NoteKind
    text: str
    call_id: str | None
    begun_at: Reading
    due_at: datetime | None = None


class NotePad:
    """All notes of a case.

    Which are of which kind is kept up to date: some forty readers ask for it each second.
    """

    def __init__(self) -> None:
        self._notes: dict[str, Note] = {}
        self._ids: dict[NoteKind, set[str]] = {}
        self._places: dict[str, int] = {}
        self._saved = 0

    @property
    def notes(self) -> list[Note]:
        """The notes that stand, in the order they were saved."""
        return list(self._notes.values())

    def get(self, note_id: str) -> Note | None:
        """The note of that id, or None where it never was or was removed."""
        return self._notes.get(note_id)

    def of_kind(self, *kinds: NoteKind) -> list[Note]:
        """The notes of these kinds, in the order they were saved."""
        ids = {note_id for kind in kinds for note_id in self._ids.get(kind, ())}
        return [self._notes[note_id] for note_id in sorted(ids, key=self._places.__getitem__)]

    def apply(self, body: Body | UnknownEvent, call_id: str | None) -> None:
        """Fold one event of the note pad; kinds of other folds are passed over."""
        if isinstance(body, NoteTaken):
            self._put(
                Note(body.note_id, body.note_kind, body.text, call_id, body.begun_at, body.due_at)
            )
        elif isinstance(body, NoteEdited):
            self._edit(body)
        elif isinstance(body, NoteRemoved):
            self._remove(body.note_id)
        elif isinstance(body, DuePostponed):
            self._postpone(body)

    def _put(self, note: Note) -> None:
        """Where it was, or as the last one."""
        if (old := self._notes.get(note.note_id)) is not None:
            self._ids[old.kind].discard(note.note_id)
        else:
            self._saved += 1
            self._places[note.note_id] = self._saved
        self._notes[note.note_id] = note
        self._ids.setdefault(note.kind, set()).add(note.note_id)

    def _remove(self, note_id: str) -> None:
        old = self._notes.pop(note_id, None)
        if old is not None:
            self._ids[old.kind].discard(note_id)
            del self._places[note_id]

    def _postpone(self, body: DuePostponed) -> None:
        note = self._notes.get(body.target)
        if note is not None:
            self._put(structs.replace(note, due_at=body.due_at))

    def _edit(self, body: NoteEdited) -> None:
        old = self._notes.get(body.note_id)
        if old is not None:
            self._put(
                Note(old.note_id, body.note_kind, body.text, old.call_id, old.begun_at, body.due_at)
            )
