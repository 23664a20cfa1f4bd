"""Rows to go through by arrows: keys go to the chosen row, then to the page.

Names of keys: capital letters, 「Enter」, 「Space」, 「Delete」, 「Up」, 「Down」. Digits choose pages.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, Qt, QTimer, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from ui.known_parts import viewport_of
from ui.rows.row import Keys, Row
from ui.rows.row_body import RowBody
from ui.rows.row_choice import RowChoice
from ui.theme import Look

_NAMES = {
    Qt.Key.Key_Return: "Enter",
    Qt.Key.Key_Enter: "Enter",
    Qt.Key.Key_Space: "Space",
    Qt.Key.Key_Delete: "Delete",
    Qt.Key.Key_Backspace: "Delete",
    Qt.Key.Key_Up: "Up",
    Qt.Key.Key_Down: "Down",
    Qt.Key.Key_Left: "Left",
    Qt.Key.Key_Right: "Right",
    Qt.Key.Key_PageUp: "PageUp",
    Qt.Key.Key_PageDown: "PageDown",
}
_STEPS = {"Up": -1, "Down": 1}
_SIDES = {"Left": -1, "Right": 1}
# From this width on, lanes stand beside each other (pixels at 100 %).
_BESIDE = 560


class RowList(QScrollArea):
    """The rows of a page.

    Signals:
        left(): Esc.
        page_asked(int): a digit, from 1.
        chosen_changed(): another row is the chosen one, or the focus came or went.
    """

    left = Signal()
    page_asked = Signal(int)
    chosen_changed = Signal()

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._choice = RowChoice()
        self._page_keys: Keys = {}
        self._pressed: str | None = None
        self._pressed_at = QPoint()
        self.is_lit = False
        self.body = RowBody()
        self.setObjectName("scrolled")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always: lines would break anew with it, and what is read would jump.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self.setWidget(self.body)
        self.verticalScrollBar().rangeChanged.connect(self._on_range)

    # -- showing ------------------------------------------------------------------------------

    @property
    def chosen(self) -> Row | None:
        """The row that keys are for."""
        return self._choice.row

    def keys(self) -> Keys:
        """All keys that do something now, those of the row first."""
        own = self.chosen.keys if self.chosen else {}
        of_page = {name: do for name, do in self._page_keys.items() if name not in own}
        return {**own, **of_page}

    def show_rows(self, rows: Sequence[Row], page_keys: Keys, look: Look) -> None:
        """Show these rows; the chosen one stays chosen while it is there."""
        self._page_keys = page_keys
        is_same = list(rows) == self._choice.rows and look == self._look
        self._look = look
        self._choice.show(rows)
        if not is_same:
            self._arrange()
        self._paint()

    def choose(self, row_id: str) -> None:
        """Choose a row, in sight; one that is not there yet is chosen as soon as it is."""
        self._choice.id = row_id
        self._on_chosen()

    def set_lit(self, *, is_lit: bool) -> None:
        """Whether the chosen row is framed: keys go to it, or to a line that belongs to it."""
        self.is_lit = is_lit
        self._paint()

    def to_top(self) -> None:
        """Begin at the first row that does something."""
        self._choice.to_top()
        self.verticalScrollBar().setValue(0)
        self._paint()

    def _on_chosen(self) -> None:
        self._paint()
        self._bring_into_sight()
        self.chosen_changed.emit()

    def _paint(self) -> None:
        self.body.paint_rows(self._choice.rows, self._look, self._choice.id if self.is_lit else "")
        # A screen reader reads the list as the row that the keys are on.
        self.setAccessibleName(self.body.spoken(self._choice.id))

    def _arrange(self) -> None:
        is_beside = viewport_of(self).width() >= self._look.px(_BESIDE)
        self.body.arrange(self._choice.rows, is_beside=is_beside)

    def _bring_into_sight(self) -> None:
        view = self.body.view_of(self._choice.id)
        if view is not None:
            self.ensureWidgetVisible(view, 0, 8)

    # -- keys ---------------------------------------------------------------------------------

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, the row's keys, the page's keys, digits for pages, Esc."""
        others = event.modifiers() & ~(
            Qt.KeyboardModifier.KeypadModifier
            | Qt.KeyboardModifier.ShiftModifier
            | Qt.KeyboardModifier.AltModifier
        )
        has_alt = bool(event.modifiers() & Qt.KeyboardModifier.AltModifier)
        name = _NAMES.get(Qt.Key(event.key())) or event.text().upper()
        if event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        elif others or (has_alt and name not in _STEPS) or not self._does(name, has_alt=has_alt):
            super().keyPressEvent(event)

    def _does(self, name: str, *, has_alt: bool) -> bool:
        row = self.chosen
        if has_alt:
            return row is not None and row.move is not None and self._move(row, _STEPS[name])
        do = self.keys().get(name)
        if do is not None:
            do.act()
            return True
        if len(name) == 1 and name in "123456":
            self.page_asked.emit(int(name))
            return True
        return self._goes(name)

    def _goes(self, name: str) -> bool:
        if name in _STEPS:
            self._step(_STEPS[name])
        elif name in _SIDES:
            self._change_lane(_SIDES[name])
        elif name in ("PageUp", "PageDown"):
            self._step(-8 if name == "PageUp" else 8)
        else:
            return False
        return True

    def _move(self, row: Row, by: int) -> bool:
        if row.move is not None:
            row.move(by)
            self._bring_into_sight()
        return True

    def _step(self, by: int) -> None:
        if self._choice.step(by):
            self._on_chosen()
        if self._choice.is_first:
            self.verticalScrollBar().setValue(0)  # the heading above it too

    def _change_lane(self, by: int) -> None:
        if self._choice.change_lane(by):
            self._on_chosen()

    # -- mouse --------------------------------------------------------------------------------

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose, and perhaps begin to drag."""
        row = self._row_at(event.position().toPoint())
        self._pressed = row.id if row else None
        self._pressed_at = event.position().toPoint()
        if row is not None:
            self.choose(row.id)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A row that can be moved is in the hand."""
        row = self.chosen
        far = (event.position().toPoint() - self._pressed_at).manhattanLength()
        if row is not None and row.move and far >= QApplication.startDragDistance():
            viewport_of(self).setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it where it was let go."""
        viewport_of(self).unsetCursor()
        source, self._pressed = self._pressed, None
        target = self._row_at(event.position().toPoint())
        movable = [row.id for row in self._choice.rows if row.move]
        row = self.chosen
        if row is None or target is None or row.id != source or row.move is None:
            return
        if target.id in movable and target.id != source:
            row.move(movable.index(target.id) - movable.index(row.id))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """As Enter."""
        row = self._row_at(event.position().toPoint())
        do = row.keys.get("Enter") if row else None
        if do is not None:
            do.act()

    def _row_at(self, at: QPoint) -> Row | None:
        return self.body.row_at(self.body.mapFrom(viewport_of(self), at))

    # -- Qt -----------------------------------------------------------------------------------

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Keys go to the chosen row now."""
        super().focusInEvent(event)
        self.set_lit(is_lit=True)
        self.chosen_changed.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Keys go elsewhere."""
        super().focusOutEvent(event)
        self.set_lit(is_lit=False)
        self.chosen_changed.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lanes stand beside each other where there is room; what keys are for stays in sight."""
        super().resizeEvent(event)
        self._arrange()
        self._paint()
        if self.is_lit:
            QTimer.singleShot(0, self, self._bring_into_sight)  # the rows are laid out by then

    def _on_range(self, _: int, most: int) -> None:
        """Where all is seen the bar keeps its place, and shows nothing."""
        self.verticalScrollBar().setEnabled(most > 0)
