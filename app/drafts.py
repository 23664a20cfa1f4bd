"""What is being typed, kept before it is a note: never with a number that must not be stored."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from app.session import Session
from call.fold_times import CallPhase
from call.screening import screen_draft, screen_final, sound
from storage.journal import Draft, DraftKey, Journal

NOTE_FIELD = "note"
# What an old note is being changed to stands beside it, under its id.
_EDIT = f"{NOTE_FIELD}:"
# What is typed before any call belongs to no case yet.
_NO_CASE = ""


class Drafts:
    """The text of the note field, under the case it is typed for, and the note it changes."""

    def __init__(self, session: Session, journal: Journal) -> None:
        self._session = session
        self._journal = journal
        self._key = DraftKey(_NO_CASE, NOTE_FIELD)
        self._listeners: list[Callable[[str, str], None]] = []

    def listen(self, listener: Callable[[str, str], None]) -> None:
        """Hear of typed text that was found again at the start, and of the note it changes."""
        self._listeners.append(listener)

    def keep(self, text: str, note_id: str = "") -> None:
        """Keep what is being typed, numbers held back left out."""
        key = DraftKey(self._own_case_id(), _EDIT + note_id if note_id else NOTE_FIELD)
        if key != self._key:
            self.clear()
            self._key = key
        safe = screen_draft(sound(text), self._allowed_numbers()).text
        self._journal.save_draft(Draft(key.case_id, key.field, safe, self._session.now().wall))

    def clear(self) -> None:
        """What was typed is saved or given up."""
        self._journal.append((), (), (self._key,))

    def withheld_in(self, text: str) -> tuple[str, ...]:
        """The long numbers in a finished text that would be masked, as bare digits."""
        return screen_final(text, self._allowed_numbers()).withheld

    def find(self, drafts: Sequence[Draft]) -> None:
        """Bring back what was being typed when the program stopped."""
        own = self._own_case_id()
        found = [d for d in drafts if _is_note(d.field) and d.case_id in (own, _NO_CASE)]
        if not found:
            return
        latest = max(found, key=lambda draft: draft.at)
        self._key = latest.key
        note_id = latest.field.removeprefix(_EDIT) if latest.field != NOTE_FIELD else ""
        for listener in self._listeners:
            listener(latest.text, note_id)

    def _allowed_numbers(self) -> frozenset[str]:
        desk = self._session.desk
        return desk.case.marks.allowed_numbers if desk else frozenset()

    def _own_case_id(self) -> str:
        """The case in hand; what is typed after a call is over is for the next one."""
        is_over = self._session.phase is CallPhase.CLOSED and not self._session.is_chosen
        desk = self._session.desk
        return desk.own_case_id if desk and not is_over else _NO_CASE


def _is_note(field: str) -> bool:
    return field == NOTE_FIELD or field.startswith(_EDIT)
