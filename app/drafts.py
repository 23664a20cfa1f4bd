"""What is being typed, kept before it is a note: never with a number that must not be stored.

The change of an old note belongs to that note's case, also when that is over: found again, it waits
until its case is in hand again, and never gets among the words about the next customer.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.session import Session
from call.fold_times import CallPhase
from call.screening import screen_draft, screen_final, sound
from storage.journal import Draft, DraftKey, Journal
from ui.port.change import Change

NOTE_FIELD = "note"
# What an old note is being changed to stands beside it, under its id.
_EDIT = f"{NOTE_FIELD}:"
# The kind that somebody chose for it: what is proposed otherwise follows from the stage.
_KIND = "note-kind"
# What is typed before any call belongs to no case yet.
_NO_CASE = ""


class Drafts:
    """The text of the note field, under the case it is typed for, and the note it changes."""

    def __init__(self, session: Session, journal: Journal) -> None:
        self._session = session
        self._journal = journal
        self._key = DraftKey(_NO_CASE, NOTE_FIELD)
        self._kind_key: DraftKey | None = None
        self._is_typing = False
        self._waiting: dict[str, Draft] = {}
        self._listeners: list[Callable[[str, str, str], None]] = []
        session.listen(self._on_change)

    def listen(self, listener: Callable[[str, str, str], None]) -> None:
        """Hear of typed text that was found again, of the note it changes and of the kind chosen."""
        self._listeners.append(listener)

    def keep(self, text: str, note_id: str = "") -> None:
        """Keep what is being typed, numbers held back left out."""
        key = self._key_of(note_id)
        if key != self._key:
            self.clear()
            self._key = key
        self._is_typing = bool(text)
        safe = screen_draft(sound(text), self._allowed_numbers()).text
        self._journal.save_draft(Draft(key.case_id, key.field, safe, self._session.now().wall))

    def keep_kind(self, kind: str) -> None:
        """Keep the kind that was chosen; an empty one is what the stage proposes."""
        key = DraftKey(self._own_case_id(), _KIND) if kind else None
        if self._kind_key not in (None, key):
            self._journal.append((), (), (self._kind_key,))
        self._kind_key = key
        if key is not None:
            draft = Draft(key.case_id, key.field, kind, self._session.now().wall)
            self._journal.save_draft(draft)

    def clear(self) -> None:
        """What was typed is saved or given up."""
        self._is_typing = False
        self._journal.append((), (), (self._key,))

    def withheld_in(self, text: str) -> tuple[str, ...]:
        """The long numbers in a finished text that would be masked, as bare digits."""
        return screen_final(text, self._allowed_numbers()).withheld

    def find(self, drafts: Sequence[Draft]) -> None:
        """Bring back what was being typed when the program stopped."""
        here = {_NO_CASE, self._own_case_id(), self._case_id()}
        found = [draft for draft in drafts if _is_note(draft.field)]
        edits = sorted((draft for draft in found if _is_edit(draft)), key=lambda draft: draft.at)
        self._waiting = {edit.case_id: edit for edit in edits if edit.case_id not in here}
        latest = max((d for d in found if d.case_id in here), key=lambda d: d.at, default=None)
        kind = self._find_kind([draft for draft in drafts if draft.field == _KIND])
        if latest is not None:
            self._bring(latest, kind)
        elif kind:
            self._tell("", "", kind)

    def _find_kind(self, kept: Sequence[Draft]) -> str:
        """That of the case in hand; of others it was given up with the case."""
        own = self._own_case_id()
        others = tuple(draft.key for draft in kept if draft.case_id != own)
        if others:
            self._journal.append((), (), others)
        found = next((draft for draft in kept if draft.case_id == own), None)
        self._kind_key = found.key if found else None
        return found.text if found else ""

    def _on_change(self, _: Change) -> None:
        """A case that comes into hand again brings what one of its notes was being changed to."""
        if not self._is_typing and self._case_id() in self._waiting:
            self._bring(self._waiting.pop(self._case_id()))

    def _bring(self, draft: Draft, kind: str = "") -> None:
        self._key = draft.key
        note_id = draft.field.removeprefix(_EDIT) if _is_edit(draft) else ""
        self._tell(draft.text, note_id, kind)

    def _tell(self, text: str, note_id: str, kind: str) -> None:
        for listener in self._listeners:
            listener(text, note_id, kind)

    def _key_of(self, note_id: str) -> DraftKey:
        if note_id:
            return DraftKey(self._case_id(), _EDIT + note_id)
        return DraftKey(self._own_case_id(), NOTE_FIELD)

    def _allowed_numbers(self) -> frozenset[str]:
        desk = self._session.desk
        return desk.case.marks.allowed_numbers if desk else frozenset()

    def _case_id(self) -> str:
        desk = self._session.desk
        return desk.case.id if desk else _NO_CASE

    def _own_case_id(self) -> str:
        """The case in hand; what is typed after a call is over is for the next one."""
        is_over = self._session.phase is CallPhase.CLOSED and not self._session.is_chosen
        desk = self._session.desk
        return desk.own_case_id if desk and not is_over else _NO_CASE


def _is_note(field: str) -> bool:
    return field == NOTE_FIELD or field.startswith(_EDIT)


def _is_edit(draft: Draft) -> bool:
    return draft.field.startswith(_EDIT)
