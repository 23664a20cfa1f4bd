"""All that is owed: one row each, in the order in which it is due."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from call.agenda import AgendaLine
from call.limits import Limits
from scripts_ja.texts import t
from ui.agenda_words import countdown, headline, particulars, spoken_line, tone
from ui.painted_list import Ink, PaintedList, RowDelegate, RowModel
from ui.theme import Look

# Between what is owed and the time that is left.
_GAP = 8
# What is near or late stands out by more than its colour.
_BOLD = ("warn", "danger")
_NAMES = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Space: "Space",
}
_MOVES = (
    *(Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown),
    *(Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Tab, Qt.Key.Key_Backtab),
)


def identity(line: AgendaLine) -> tuple[str, str, str]:
    """What makes it the same line a second later: of another date it is another one."""
    return line.entry.case_id, line.entry.what.kind, line.entry.key


class AgendaModel(RowModel[AgendaLine]):
    """The lines, in the order in which they are due."""

    def said(self, row: AgendaLine) -> str:
        """All that the line shows."""
        return spoken_line(row)


class AgendaDelegate(RowDelegate[AgendaLine]):
    """Paints what is owed with the time that is left, and below it the particulars."""

    sizes = (13, 12)

    def __init__(self, limits: Limits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._limits = limits

    def paint_row(self, ink: Ink, rect: QRectF, row: AgendaLine) -> None:
        """The time at the right is never cut; what is owed gets the rest."""
        first, second = self.sizes
        left, token = countdown(row.seconds_left), tone(row, self._limits)
        taken = ink.line(rect, first, token, left, is_bold=token in _BOLD, is_right=True)
        ink.line(rect.adjusted(0, 0, -taken - _GAP, 0), first, "ink", headline(row))
        ink.line(ink.below(rect, first), second, "muted", particulars(row))


class AgendaList(PaintedList[AgendaLine]):
    """The list. Arrows choose; all other keys are named and left to whoever knows what they do.

    Signals:
        left(): Esc.
        key_named(str): a key of a deed: a capital letter, 「Enter」 or 「Space」.
        chosen_changed(): another line is the chosen one, or it is another by now.
    """

    left = Signal()
    key_named = Signal(str)
    chosen_changed = Signal()

    def __init__(self, look: Look, limits: Limits, parent: QWidget | None = None) -> None:
        super().__init__(
            AgendaModel(), AgendaDelegate(limits), t("agenda.title"), parent, t("agenda.none")
        )
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen_changed.emit())
        self.show_look(look)

    def show_lines(self, lines: Sequence[AgendaLine]) -> None:
        """Show these; the chosen one stays chosen, or the one that took its place is."""
        names = [identity(line) for line in lines]
        if names == [identity(line) for line in self.rows.rows]:
            self.rows.refresh_rows(lines)
        else:
            chosen, place = self.chosen, max(0, self.currentIndex().row())
            top = self.verticalScrollBar().value()
            self.rows.show_rows(lines)
            known = identity(chosen) if chosen else None
            self.go_to(names.index(known) if known in names else place)
            self.verticalScrollBar().setValue(top)
            self.scrollTo(self.currentIndex())
        self.chosen_changed.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A deed is done once, however long its key is held."""
        name = _NAMES.get(Qt.Key(event.key())) or event.text().upper()
        held = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier | Qt.KeyboardModifier.ShiftModifier
        )
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif event.key() in _MOVES:
            super().keyPressEvent(event)
        elif name and not held and not event.isAutoRepeat():
            self.key_named.emit(name)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Enter."""
        if self.indexAt(event.position().toPoint()).isValid():
            self.key_named.emit("Enter")

    def focusInEvent(self, event: QFocusEvent) -> None:
        """There is always a chosen line where there is any."""
        super().focusInEvent(event)
        if self.chosen is None:
            self.go_to(0)
