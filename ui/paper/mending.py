"""Going to the place where a lack is filled in; the paper stays open beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from scripts_ja.model import NoteKind
from ui.actions import DEFAULTS
from ui.consult_sheet import ConsultSheet
from ui.customer_sheet import FIELDS, CustomerSheet
from ui.paper.places import ACTION, CARD, CUSTOMER, MARKS, NOTE, OF_WORDS, SECOND, place_of
from ui.sheet import FormRow
from ui.sidebar import Sidebar

_CARD_ROWS = ("issue", "request", "decision", "extra_min")


class Mending:
    """Opens sheets by the actions that keys have too."""

    def __init__(
        self,
        window: Sidebar,
        trigger: Callable[[str], None],
        choose_kind: Callable[[NoteKind], None],
    ) -> None:
        self._window = window
        self._trigger = trigger
        self._choose_kind = choose_kind
        self._goes: Mapping[str, Callable[[str], None]] = {
            CARD: self._to_card,
            CUSTOMER: self._to_customer,
            NOTE: lambda kind: self._choose_kind(NoteKind(kind)),
            SECOND: self._to_page,
            ACTION: self._to_action,
            MARKS: self._to_marks,
        }

    def go(self, paper: str, lack: str, target: str = "") -> None:
        """Bring the sidebar forward and go to the field, or to the note it is about."""
        place = place_of(paper, target) if lack in OF_WORDS else None
        if lack in OF_WORDS and place is None and target in self._notes():
            self._window.take_keyboard()
            self._window.close_sheet()
            self._window.notes.edit_asked.emit(target)
            return
        place = place or place_of(paper, lack)
        if place is not None:
            self._window.take_keyboard()
            self._goes[place.kind](place.what)

    def _notes(self) -> frozenset[str]:
        notes = self._window.notes.notes
        found = (notes.note_at(row) for row in range(notes.rowCount()))
        return frozenset(note.note_id for note in found if note is not None)

    def _to_card(self, row: str) -> None:
        if not isinstance(self._window.sheet, ConsultSheet):
            self._trigger("consult")
        sheet = self._window.sheet
        if isinstance(sheet, ConsultSheet):
            rows: dict[str, FormRow] = dict(zip(_CARD_ROWS, sheet.rows, strict=False))
            sheet.go_to({**rows, "owner": sheet.owner, "due": sheet.due}[row])

    def _to_customer(self, field: str) -> None:
        if not isinstance(self._window.sheet, CustomerSheet):
            self._trigger("customer")
        sheet = self._window.sheet
        if isinstance(sheet, CustomerSheet):
            sheet.go_to(sheet.rows[FIELDS.index(field)])

    def _to_page(self, page: str) -> None:
        middle = self._window.middle
        self._window.close_sheet()
        if not middle.is_open:
            self._trigger("second_desk")
        middle.desk.show_page(page)
        middle.desk.begin()

    def _to_action(self, action: str) -> None:
        """Open its sheet; the key of a sheet that is open already closes it, which nobody wants."""
        if action not in DEFAULTS:
            return
        had_sheet = self._window.sheet is not None
        self._trigger(action)
        if had_sheet and self._window.sheet is None:
            self._trigger(action)

    def _to_marks(self, which: str) -> None:
        self._window.close_sheet()
        if which == "safety":
            self._window.marks.safety.setFocus()
        else:
            self._window.marks.begin_temperature()
