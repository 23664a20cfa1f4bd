"""A list of painted rows, all of the same height: no widget for a row, so hundreds cost nothing.

A list of its own says how a row reads (:class:`RowModel`) and how it is painted
(:class:`RowDelegate`); choosing, scrolling, heights and the look are here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from ui.japanese_lines import break_lines
from ui.labels import set_style_property
from ui.theme import Look

_ROW_ROLE = Qt.ItemDataRole.UserRole
_PAD = 4
_SIDE = 8
_EMPTY_SIZE = 13
_RADIUS = 6
# Of a font's size, before a look is known: nothing is painted then.
_UNKNOWN_LINE = 20.0

Index = QModelIndex | QPersistentModelIndex
R = TypeVar("R")


class RowModel(QAbstractListModel, Generic[R]):
    """The rows, in their order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.rows: tuple[R, ...] = ()

    def said(self, row: R) -> str:
        """The row as one text, for screen readers."""
        raise NotImplementedError

    def show_rows(self, rows: Sequence[R]) -> None:
        """Take over other rows; nothing is chosen then."""
        self.beginResetModel()
        self.rows = tuple(rows)
        self.endResetModel()

    def refresh_rows(self, rows: Sequence[R]) -> None:
        """Take over the same rows as they are by now; the chosen one stays chosen."""
        self.rows = tuple(rows)
        if self.rows:
            self.dataChanged.emit(self.index(0), self.index(len(self.rows) - 1))

    def row_at(self, place: int) -> R | None:
        """The row at that place, or None."""
        return self.rows[place] if 0 <= place < len(self.rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate and screen readers ask for."""
        row = self.rows[index.row()]
        if role == _ROW_ROLE:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return self.said(row)
        return None


class Ink:
    """Paints lines of text in one look."""

    def __init__(self, painter: QPainter, look: Look) -> None:
        self.painter = painter
        self.look = look

    def line(
        self,
        rect: QRectF,
        size: int,
        token: str,
        text: str,
        *,
        is_bold: bool = False,
        is_right: bool = False,
    ) -> float:
        """Paint one line of text at the top of ``rect``, cut to its width; returns its own."""
        font = self.look.font(size, bold=is_bold)
        metrics = QFontMetricsF(font)
        self.painter.setFont(font)
        self.painter.setPen(self.look.color(token))
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        box = QRectF(rect.x(), rect.y(), rect.width(), line_height(self.look, size))
        self.painter.drawText(box, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)

    def below(self, rect: QRectF, size: int) -> QRectF:
        """What is left of ``rect`` under a line of that size."""
        return rect.adjusted(0, line_height(self.look, size), 0, 0)


class RowDelegate(QStyledItemDelegate, Generic[R]):
    """Paints a row: the ground here, the text where it is known what stands in it.

    ``sizes`` are the font sizes of its lines, from the top.
    """

    sizes: tuple[int, ...]

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look: Look | None = None

    def paint_row(self, ink: Ink, rect: QRectF, row: R) -> None:
        """Paint the text of a row inside ``rect``."""
        raise NotImplementedError

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Its lines, and a little room."""
        height = sum(line_height(self.look, size) for size in self.sizes)
        return QSize(100, round(height) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the chosen one on the accent, whoever has the focus."""
        if self.look is None:
            return
        painter.save()
        painter.setClipRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.look.color("accent_bg"))
        rect = QRectF(option.rect).adjusted(_SIDE, _PAD, -_SIDE, -_PAD)
        self.paint_row(Ink(painter, self.look), rect, index.data(_ROW_ROLE))
        painter.restore()


class PaintedList(QListView, Generic[R]):
    """The list itself; one row is chosen wherever there is any.

    ``empty`` is the sentence that stands in it where there is none: an empty box says nothing.
    """

    def __init__(
        self,
        rows: RowModel[R],
        painter: RowDelegate[R],
        name: str,
        parent: QWidget | None = None,
        empty: str = "",
    ) -> None:
        super().__init__(parent)
        self.rows = rows
        self.empty = empty
        self._painter = painter
        for part in (rows, painter):
            part.setParent(self)
        self.setModel(rows)
        self.setItemDelegate(painter)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(name)
        rows.modelReset.connect(self._on_reset)
        self._on_reset()

    def minimumSizeHint(self) -> QSize:
        """It takes the room that is left."""
        return QSize(60, 0)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._painter.look = look
        self.scheduleDelayedItemsLayout()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or the sentence that stands for none."""
        super().paintEvent(event)
        look = self._painter.look
        if self._is_bare and look is not None:
            painter = QPainter(self.viewport())
            self._paint_none(Ink(painter, look))
            painter.end()

    @property
    def _is_bare(self) -> bool:
        """Whether a sentence stands for the rows."""
        return bool(self.empty) and not self.rows.rowCount()

    def _paint_none(self, ink: Ink) -> None:
        """The sentence, with the focus around it: around the whole list it would frame nothing."""
        box = QRectF(self.viewport().rect()).adjusted(_SIDE, _SIDE, -_SIDE, 0)
        advance = QFontMetricsF(ink.look.font(_EMPTY_SIZE)).horizontalAdvance
        lines = break_lines(self.empty, box.width(), advance)
        if self.hasFocus():
            height = line_height(ink.look, _EMPTY_SIZE) * len(lines) + 2 * _PAD
            frame = QRectF(0.5, _SIDE - _PAD + 0.5, self.viewport().width() - 1, height - 1)
            ink.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ink.painter.setPen(ink.look.color("accent"))
            ink.painter.drawRoundedRect(frame, _RADIUS, _RADIUS)
        for line in lines:
            ink.line(box, _EMPTY_SIZE, "ink", line)
            box = ink.below(box, _EMPTY_SIZE)

    def _on_reset(self) -> None:
        set_style_property(self, "bare", "true" if self._is_bare else "false")
        self.setAccessibleDescription(self.empty if self._is_bare else "")

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these, the first one chosen."""
        self.rows.show_rows(rows)
        self.go_to(0)

    def go_to(self, place: int) -> None:
        """Choose the row at that place, or the nearest there is."""
        last = self.rows.rowCount() - 1
        self.setCurrentIndex(self.rows.index(max(0, min(place, last)), 0))

    @property
    def chosen(self) -> R | None:
        """The chosen row."""
        return self.rows.row_at(self.currentIndex().row())


def line_height(look: Look | None, size: int) -> float:
    """The height of a line of text of that size, in pixels."""
    return look.px(size) * 1.5 if look else _UNKNOWN_LINE
