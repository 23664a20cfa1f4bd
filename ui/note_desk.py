"""Saving what is typed: notes, drafts, numbers held back, the dates of promises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from msgspec import Struct

from call import commands as c
from call.events import NoteTaken, StageEntered
from call.fold_notes import Note
from call.fold_times import CallPhase
from scripts_ja.dates import echo_due, parse_due
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.actions import key_of
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

Say = Callable[..., None]
_DUE_MARKS = "@＠"


class _HeldBack(Struct, frozen=True):
    """A note that was saved with numbers masked, as it was typed. Only in memory."""

    note_id: str
    kind: NoteKind
    text: str
    due_at: datetime | None
    numbers: tuple[str, ...]


class NoteDesk:
    """Joins the field and the list to the case."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Say) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        self._held_back: _HeldBack | None = None
        self._chosen_by_hand = False
        self._loaded_dues: dict[str, datetime] = {}
        field, notes = window.input, window.notes
        field.saved.connect(self._on_saved)
        field.draft.connect(self._keep_draft)
        field.typed.connect(self._on_typed)
        field.edit.list_asked.connect(notes.enter_at_end)
        notes.edit_asked.connect(self._on_edit_asked)
        notes.remove_asked.connect(lambda note_id: workplace.do(c.RemoveNote(note_id)))
        notes.left.connect(field.focus)
        workplace.drafts.listen(self._on_draft_found)

    @property
    def is_editing(self) -> bool:
        """Whether an old note is in the field."""
        return bool(self._window.input.editing)

    def choose_kind(self, kind: NoteKind) -> None:
        """The note being typed is of this kind."""
        self._chosen_by_hand = True
        self._window.input.set_kind(kind)
        self._work.drafts.keep_kind(kind)
        self._window.input.focus()

    def choose_stage_kind(self, number: int) -> None:
        """The stage's likeliest kinds are on three keys, 1 to 3."""
        view = self._work.stage()
        if view is not None:
            self.choose_kind(view.note_kinds[number - 1])

    def give_up_edit(self) -> None:
        """Leave the old note as it was."""
        self._window.input.clear()
        self._work.drafts.clear()

    def save_unfinished(self) -> None:
        """Before another case comes into hand: what is typed belongs to this one."""
        if self._work.phase.is_after_call or self._window.input.editing:
            self._window.input.edit.take_composition()
            self._on_saved()

    def keep_number(self) -> None:
        """The long number just typed or just masked is a slip or part number."""
        typed = self._window.input.text()
        numbers = self._work.drafts.withheld_in(typed)
        if numbers:
            self._allow(numbers)
            self._keep_draft(typed)
            return
        held, self._held_back = self._held_back, None
        case = self._work.case
        if held is None or case is None or case.notes.get(held.note_id) is None:
            self._say(t("number.none"))
            return
        self._allow(held.numbers)
        self._work.do(c.EditNote(held.note_id, held.kind, held.text, held.due_at))

    def on_change(self, change: Change) -> None:
        """A new stage proposes its likeliest kind, unless somebody is typing; so does another case."""
        field = self._window.input
        is_another_case = change.command is None and not self._chosen_by_hand
        has_entered = any(isinstance(event.body, StageEntered) for event in change.events)
        if not has_entered and not is_another_case:
            return
        view = self._work.stage()
        if view is not None and not field.text() and not field.edit.is_composing:
            if self._chosen_by_hand:
                self._work.drafts.keep_kind("")
            self._chosen_by_hand = False
            field.set_kind(view.note_kinds[0])

    def _allow(self, numbers: tuple[str, ...]) -> None:
        changes = [self._work.do(c.AllowNumber(digits)) for digits in numbers]
        if all(change.refusal is None for change in changes):
            self._say("", "warn", "masked")
            self._say(t("number.kept"))

    def _on_typed(self) -> None:
        field = self._window.input
        if not field.text():
            field.begun_at = None
        elif field.begun_at is None:
            field.begun_at = self._work.now()
        waiting = self._work.drafts.withheld_in(field.text())
        text = t("number.waiting", key=key_of("keep_number")) if waiting else ""
        self._say(text, "warn", "number")

    def _on_saved(self) -> None:
        field = self._window.input
        text = field.text().strip()
        if not text and not field.editing:
            return
        is_over = self._work.phase is CallPhase.CLOSED and not self._work.is_chosen
        if self._work.case is None or (is_over and not field.editing):
            self._say(t("note.waits_for_call"))  # what was typed stays where it is
            return
        kind = field.kind
        text, due = self._parted(kind, text)
        change = self._save(text, kind, due)
        if change.refusal is not None:
            field.editing = ""  # the old note is gone: Enter saves the text as a new one
            return
        self._remember_masked(change, text, kind, due)
        field.clear()
        self._work.drafts.clear()
        self._say("", "warn", "number")

    def _save(self, text: str, kind: NoteKind, due: datetime | None) -> Change:
        field = self._window.input
        if field.editing:
            return self._work.do(c.EditNote(field.editing, kind, text, due))
        return self._work.do(c.TakeNote(kind, text, field.begun_at, due))

    def _remember_masked(
        self, change: Change, text: str, kind: NoteKind, due: datetime | None
    ) -> None:
        numbers = self._work.drafts.withheld_in(text)
        if not numbers:
            self._held_back = None
            self._say("", "warn", "masked")
            return
        taken = [e.body.note_id for e in change.events if isinstance(e.body, NoteTaken)]
        note_id = taken[0] if taken else self._window.input.editing
        self._held_back = _HeldBack(note_id, kind, text, due, numbers)
        self._say(t("number.masked", key=key_of("keep_number")), "warn", "masked")

    def _parted(self, kind: NoteKind, text: str) -> tuple[str, datetime | None]:
        """A promise may end in its date, after an at sign: its words, and the date."""
        place = max(text.rfind(mark) for mark in _DUE_MARKS)
        if kind is not NoteKind.PROMISE or place < 0:
            return text, None
        words, tail = text[:place].rstrip(), text[place + 1 :].strip()
        # A date that was put back into the field is the same one, even where it has passed.
        due = self._loaded_dues.get(tail) or parse_due(tail, self._work.local(self._work.now()))
        self._say(t("note.due_echo", due=echo_due(due)) if due else t("note.due_unread"))
        return (words or text, due) if due else (text, None)

    def _on_edit_asked(self, note_id: str) -> None:
        """What is typed already is a note of its own; the old one takes its place in the field."""
        self._window.input.edit.take_composition()
        self._on_saved()
        case = self._work.case
        note = case.notes.get(note_id) if case else None
        if note is None:
            return
        self._window.input.load(note, self._as_typed(note))

    def _as_typed(self, note: Note) -> str:
        """The text of a note with its date behind it, as one would type it."""
        self._loaded_dues.clear()
        if note.due_at is None:
            return note.text
        due = note.due_at.astimezone()
        tail = f"{due:%m/%d %H:%M}"
        self._loaded_dues[tail] = due
        return f"{note.text} @{tail}"

    def _keep_draft(self, text: str) -> None:
        self._work.drafts.keep(text, self._window.input.editing)

    def _on_draft_found(self, text: str, note_id: str, kind: str) -> None:
        """What a crash cut short goes on as what it was: a new note, or the change of an old one."""
        field, case = self._window.input, self._work.case
        if field.text():
            return
        note = case.notes.get(note_id) if case and note_id else None
        if note is None:
            field.put(text)
        elif text.strip() != self._as_typed(note):  # else it was saved a moment before
            field.load(note, text)
        if kind in list(NoteKind):
            self._chosen_by_hand = True
            field.set_kind(NoteKind(kind))
