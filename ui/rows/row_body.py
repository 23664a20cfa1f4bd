"""Rows on the screen: one below the other, or in lanes beside each other where there is room."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QVBoxLayout, QWidget

from ui.rows.row import Row
from ui.rows.row_view import RowView
from ui.theme import Look


class RowBody(QWidget):
    """Keeps a view for each row, and lays views out anew only where lanes change."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[Row] = []
        self._views: list[RowView] = []
        self._arranged: tuple[object, ...] = ()
        self._lanes: list[QBoxLayout] = []
        self._lane_rows: list[QBoxLayout] = []
        self.setObjectName("scrolled")
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        self._column = QVBoxLayout()
        self._column.setSpacing(1)
        outer.addLayout(self._column)
        outer.addStretch(1)

    @property
    def views(self) -> list[RowView]:
        """What is shown, from top to bottom."""
        return [view for view in self._views if view.isVisible()]

    def arrange(self, rows: Sequence[Row], *, is_beside: bool) -> None:
        """Lay these rows out; with ``is_beside`` each lane is a column of its own."""
        self._rows = list(rows)
        while len(self._views) < len(rows):
            self._views.append(RowView(self))
        arranged = (is_beside, [row.lane for row in rows])
        if arranged == self._arranged:
            return
        self._arranged = arranged
        self._take_out()
        for has_lanes, block in groupby(
            self._shown(), key=lambda pair: bool(pair[0].lane and is_beside)
        ):
            self._add_block(list(block), has_lanes=has_lanes)

    def paint_rows(self, rows: Sequence[Row], look: Look, lit: str) -> None:
        """Paint these; the row of that id is framed."""
        self._rows = list(rows)
        for row, view in self._shown():
            view.show_row(row, look, is_chosen=row.id == lit and not row.is_title)

    def spoken(self, row_id: str) -> str:
        """What a screen reader reads of that row; of the first one where it is not there."""
        names = {view.row.id: view.accessibleName() for view in reversed(self._views)}
        first = self._views[0].accessibleName() if self._views else ""
        return names.get(row_id, first)

    def view_of(self, row_id: str) -> RowView | None:
        """The view of a row that is shown."""
        return next((view for view in self.views if view.row.id == row_id), None)

    def row_at(self, point: QPoint) -> Row | None:
        """The row there, in coordinates of the body; a title is none."""
        for row, view in self._shown():
            if view.isVisible() and not row.is_title and view.geometry().contains(point):
                return row
        return None

    def _shown(self) -> Iterator[tuple[Row, RowView]]:
        return zip(self._rows, self._views, strict=False)

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
            _fill(self._column, block)
            return
        lanes = QHBoxLayout()
        lanes.setSpacing(8)
        for _, rows in groupby(block, key=lambda pair: pair[0].lane):
            lane = QVBoxLayout()
            lane.setSpacing(1)
            _fill(lane, list(rows))
            lane.addStretch(1)
            lanes.addLayout(lane, 1)
            self._lanes.append(lane)
        self._column.addLayout(lanes)
        self._lane_rows.append(lanes)


def _fill(layout: QBoxLayout, rows: Sequence[tuple[Row, RowView]]) -> None:
    for _, view in rows:
        layout.addWidget(view)
        view.setVisible(True)
