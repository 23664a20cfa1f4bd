"""The cases that were found: one row each, all of the same height, what was sought marked in it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from call.case import CaseSummary
from call.phone_masks import mask_numbers
from scripts_ja.dates import echo_due
from scripts_ja.texts import t
from ui.concession_mark import marked
from ui.labels import as_plain_tooltip
from ui.port.cases import FoundCase
from ui.theme import Look

_ROW_ROLE = Qt.ItemDataRole.UserRole
_PAD = 4

Index = QModelIndex | QPersistentModelIndex


def who(case: CaseSummary) -> str:
    """Whose case it is, as lists say it."""
    name = t("header.customer", name=case.customer) if case.customer else t("header.no_name")
    return marked(case.concession, name)


def about(row: FoundCase) -> str:
    """What stands muted beside the name: its number, its day, what it owes."""
    case = row.case
    day = f"{row.at.astimezone():%Y/%m/%d}"
    due = t("case_search.dues", due=echo_due(case.dues[0].at.astimezone())) if case.dues else ""
    return t("list.joint").join(part for part in (case.case_no, day, due) if part)


def below(row: FoundCase) -> tuple[str, int]:
    """The second line, and how many characters stand in it before the text that was found."""
    if row.text:
        kind = t("list.joint").join([row.kind, ""])
        return kind + row.text, len(kind)
    if row.answered:
        return t("case_search.answered", text=" ".join(row.answered.split())), 0
    return mask_numbers(row.case.issue) or row.case.stage_title, 0


class CaseModel(QAbstractListModel):
    """What was found, in its order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FoundCase, ...] = ()

    def show_rows(self, rows: Sequence[FoundCase]) -> None:
        """Take over what was found."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def row_at(self, row: int) -> FoundCase | None:
        """The case of a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many were found."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate and screen readers ask for."""
        row = self._rows[index.row()]
        if role == _ROW_ROLE:
            return row
        if role == Qt.ItemDataRole.ToolTipRole:
            whole = [row.case.number, row.whole or row.case.issue]
            return as_plain_tooltip("\n".join(filter(None, whole)))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{who(row.case)} {about(row)} {below(row)[0]}"
        return None


class CaseDelegate(QStyledItemDelegate):
    """Paints who it was, and below it the piece of the note with the words marked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look: Look | None = None

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Three lines: who, which case, what was found."""
        return QSize(100, round(self._line(13) + self._line(11) + self._line(12)) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the chosen one on the accent, whoever has the focus."""
        if self.look is None:
            return
        row: FoundCase = index.data(_ROW_ROLE)
        rect = QRectF(option.rect).adjusted(8, _PAD, -8, -_PAD)
        painter.save()
        painter.setClipRect(rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.setClipRect(option.rect)
            painter.fillRect(option.rect, self.look.color("accent_bg"))
        self._paint_line(painter, rect, 13, "ink", who(row.case))
        rect = rect.adjusted(0, self._line(13), 0, 0)
        self._paint_line(painter, rect, 11, "muted", about(row))
        self._paint_found(painter, rect.adjusted(0, self._line(11), 0, 0), row)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, rect: QRectF, size: int, token: str, text: str
    ) -> None:
        assert self.look is not None  # noqa: S101 - paint asks first
        font = self.look.font(size)
        painter.setFont(font)
        painter.setPen(self.look.color(token))
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        box = QRectF(rect.x(), rect.y(), rect.width(), self._line(size))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _paint_found(self, painter: QPainter, rect: QRectF, row: FoundCase) -> None:
        assert self.look is not None  # noqa: S101 - paint asks first
        text, before = below(row)
        font = self.look.font(12)
        shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        layout = QTextLayout(shown, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(self._marks(text, before, row, len(_utf16(shown)) // 2))
        layout.beginLayout()
        line = layout.createLine()
        line.setLineWidth(rect.width())
        layout.endLayout()
        painter.setPen(self.look.color("ink" if row.text else "muted"))
        layout.draw(painter, QPointF(rect.x(), rect.y() + (self._line(12) - line.height()) / 2))

    def _marks(
        self, text: str, before: int, row: FoundCase, most: int
    ) -> list[QTextLayout.FormatRange]:
        assert self.look is not None  # noqa: S101 - paint asks first
        mark = QTextCharFormat()
        mark.setBackground(self.look.color("warn_bg"))
        mark.setForeground(self.look.color("warn"))
        mark.setFontUnderline(True)
        ranges = []
        for start, end in row.places:
            span = QTextLayout.FormatRange()
            span.start = len(_utf16(text[: before + start])) // 2
            span.length = min(len(_utf16(text[: before + end])) // 2, most) - span.start
            span.format = mark
            if span.length > 0:
                ranges.append(span)
        return ranges

    def _line(self, size: int) -> float:
        return self.look.px(size) * 1.5 if self.look else 20.0


class CaseList(QListView):
    """The list. The keyboard stays in the search field, which moves through it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = CaseModel(self)
        self._painter = CaseDelegate(self)
        self.setModel(self.found)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("case_search.list"))

    def minimumSizeHint(self) -> QSize:
        """It takes the room that is left."""
        return QSize(60, 0)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._painter.look = look
        self.scheduleDelayedItemsLayout()

    def show_rows(self, rows: Sequence[FoundCase]) -> None:
        """Show what was found, its first row chosen."""
        self.found.show_rows(rows)
        self.go_to(0)

    def go_to(self, row: int) -> None:
        """Choose a row, or the nearest there is."""
        last = self.found.rowCount() - 1
        self.setCurrentIndex(self.found.index(max(0, min(row, last)), 0))

    @property
    def chosen(self) -> FoundCase | None:
        """The chosen case."""
        return self.found.row_at(self.currentIndex().row())


def _utf16(text: str) -> bytes:
    """Qt counts in UTF-16 units."""
    return text.encode("utf-16-le", "surrogatepass")
