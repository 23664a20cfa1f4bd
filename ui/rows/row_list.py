"""Rows to go through by arrows: keys go to the chosen row, then to the page.

Names of keys: capital letters, 「Enter」, 「Space」, 「Delete」, 「Up」, 「Down」. Digits choose pages.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QBoxLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ui.rows.row import Keys, Row
from ui.rows.row_view import RowView
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
        self._rows: list[Row] = []
        self._page_keys: Keys = {}
        self._views: list[RowView] = []
        self._arranged: tuple[object, ...] = ()
        self._chosen = ""
        self._place = 0
        self._pressed: str | None = None
        self._pressed_at = QPoint()
        self.is_lit = False
        self.setObjectName("scrolled")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Always: lines would break anew with it, and what is read would jump.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
        self._body = QWidget()
        self._body.setObjectName("scrolled")
        outer = QVBoxLayout(self._body)
        outer.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(1)
        self._lanes: list[QBoxLayout] = []
        self._lane_rows: list[QBoxLayout] = []
        outer.addLayout(self._column)
        outer.addStretch(1)
        self.setWidget(self._body)

    # -- showing ------------------------------------------------------------------------------

    @property
    def chosen(self) -> Row | None:
        """The row that keys are for."""
        return next((row for row in self._rows if row.id == self._chosen), None)

    def keys(self) -> Keys:
        """All keys that do something now, those of the row first."""
        row = self.chosen
        return {**(row.keys if row else {}), **self._free_page_keys()}

    def _free_page_keys(self) -> Keys:
        row = self.chosen
        own = row.keys if row else {}
        return {name: do for name, do in self._page_keys.items() if name not in own}

    def show_rows(self, rows: Sequence[Row], page_keys: Keys, look: Look) -> None:
        """Show these rows; the chosen one stays chosen while it is there."""
        self._page_keys = page_keys
        is_same = list(rows) == self._rows and look == self._look
        self._rows, self._look = list(rows), look
        self._keep_choice()
        if not is_same:
            self._arrange()
        self._paint()

    def choose(self, row_id: str) -> None:
        """Choose a row, in sight; one that is not there yet is chosen as soon as it is."""
        self._chosen = row_id
        self._paint()
        self._bring_into_sight()
        self.chosen_changed.emit()

    def set_lit(self, *, is_lit: bool) -> None:
        """Whether the chosen row is framed: keys go to it, or to a line that belongs to it."""
        self.is_lit = is_lit
        self._paint()

    def to_top(self) -> None:
        """Begin at the first row that does something."""
        first = next((row for row in self._rows if row.keys), None)
        self._chosen = first.id if first else ""
        self._keep_choice()
        self.verticalScrollBar().setValue(0)
        self._paint()

    def _keep_choice(self) -> None:
        """Where the chosen row is gone, the one that took its place."""
        choices = self._choices()
        ids = [row.id for row in choices]
        if self._chosen not in ids:
            self._place = max(0, min(self._place, len(ids) - 1))
            self._chosen = ids[self._place] if ids else ""
        if self._chosen in ids:
            self._place = ids.index(self._chosen)

    def _choices(self) -> list[Row]:
        return [row for row in self._rows if not row.is_title]

    def _paint(self) -> None:
        for view, row in zip(self._views, self._rows, strict=False):
            is_chosen = self.is_lit and row.id == self._chosen and not row.is_title
            view.show_row(row, self._look, is_chosen=is_chosen)

    def _arrange(self) -> None:
        """Lay the rows out; nothing is done where lanes are as they were."""
        while len(self._views) < len(self._rows):
            self._views.append(RowView(self._body))
        is_beside = self.viewport().width() >= self._look.px(_BESIDE)
        arranged = (is_beside, [row.lane for row in self._rows])
        if arranged == self._arranged:
            return
        self._arranged = arranged
        self._take_out()
        views = zip(self._rows, self._views, strict=False)
        for has_lanes, block in groupby(views, key=lambda pair: bool(pair[0].lane and is_beside)):
            self._add_block(list(block), has_lanes=has_lanes)

    def _take_out(self) -> None:
        """Take all rows out.

        By name, one by one: an item of a layout that is taken out with ``takeAt`` lives on in
        Python, and as long as it does Qt tells it, and not the new one, of other heights.
        """
        for view in self._views:
            for layout in (self._column, *self._lanes):
                layout.removeWidget(view)
            view.setVisible(False)
        for beside in self._lane_rows:
            self._column.removeItem(beside)
            beside.deleteLater()  # and its lanes
        self._lane_rows.clear()
        self._lanes.clear()

    def _add_block(self, block: list[tuple[Row, RowView]], *, has_lanes: bool) -> None:
        if not has_lanes:
            for _, view in block:
                self._column.addWidget(view)
                view.setVisible(True)
            return
        lanes = QHBoxLayout()
        lanes.setSpacing(8)
        for _, rows in groupby(block, key=lambda pair: pair[0].lane):
            lane = QVBoxLayout()
            lane.setSpacing(1)
            for _, view in rows:
                lane.addWidget(view)
                view.setVisible(True)
            lane.addStretch(1)
            lanes.addLayout(lane, 1)
            self._lanes.append(lane)
        self._column.addLayout(lanes)
        self._lane_rows.append(lanes)

    def _bring_into_sight(self) -> None:
        view = next((v for v in self._views if v.row.id == self._chosen and v.isVisible()), None)
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
        choices = self._choices()
        if not choices:
            return
        ids = [row.id for row in choices]
        place = ids.index(self._chosen) + by if self._chosen in ids else 0
        self._place = max(0, min(place, len(ids) - 1))
        self.choose(ids[self._place])
        if self._place == 0:
            self.verticalScrollBar().setValue(0)  # the heading above it too

    def _change_lane(self, by: int) -> None:
        row = self.chosen
        if row is None:
            return
        wanted = max(1, row.lane + by)
        found = next((each for each in self._choices() if each.lane == wanted), None)
        if found is not None:
            self.choose(found.id)

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
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Put it where it was let go."""
        self.viewport().unsetCursor()
        source, self._pressed = self._pressed, None
        target = self._row_at(event.position().toPoint())
        movable = [row.id for row in self._rows if row.move]
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
        point = self._body.mapFrom(self.viewport(), at)
        for view, row in zip(self._views, self._rows, strict=False):
            if view.isVisible() and not row.is_title and view.geometry().contains(point):
                return row
        return None

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
        """Lanes stand beside each other where there is room."""
        super().resizeEvent(event)
        self._arrange()
        self._paint()
