"""The phrases that were found: one row each, all of the same height."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
)
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from scripts_ja.model import Audience
from scripts_ja.texts import t
from ui.phrase_tray import PhraseTray
from ui.port.phrases import FoundPhrase
from ui.theme import Look

_PHRASE_ROLE = Qt.ItemDataRole.UserRole
_PAD = 4

Index = QModelIndex | QPersistentModelIndex


def about(found: FoundPhrase) -> str:
    """What stands muted beside a phrase: for whom, what for, and where it stands."""
    inside = t("phrase_search.inside") if found.phrase.audience is Audience.INSIDE else ""
    place = t("phrase_search.here") if found.is_here else found.place
    parts = (inside, found.phrase.mark, found.category, place, found.phrase.condition)
    return t("list.joint").join(part for part in parts if part)


class FoundModel(QAbstractListModel):
    """What was found, in its order."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: tuple[FoundPhrase, ...] = ()

    def show_rows(self, rows: Sequence[FoundPhrase]) -> None:
        """Take over what was found."""
        self.beginResetModel()
        self._rows = tuple(rows)
        self.endResetModel()

    def phrase_at(self, row: int) -> FoundPhrase | None:
        """The phrase of a row, or None."""
        return self._rows[row] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many were found."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate and screen readers ask for."""
        found = self._rows[index.row()]
        if role == _PHRASE_ROLE:
            return found
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{found.phrase.plain} {about(found)}"
        return None


class FoundDelegate(QStyledItemDelegate):
    """Paints the beginning of a phrase, and below it muted what it is for."""

    def __init__(self, tray: PhraseTray, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look: Look | None = None
        self._tray = tray

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(100, round(self._line(13) + self._line(12)) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the chosen one on the accent, whoever has the focus."""
        if self.look is None:
            return
        found: FoundPhrase = index.data(_PHRASE_ROLE)
        rect = QRectF(option.rect).adjusted(8, _PAD, -8, -_PAD)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.look.color("accent_bg"))
        marks = [t("phrase_search.is_gathered")] if found.key in self._tray.keys else []
        second = t("list.joint").join([*marks, about(found)])
        self._paint_line(painter, rect, 13, "ink", found.phrase.plain)
        below = rect.adjusted(0, self._line(13), 0, 0)
        self._paint_line(painter, below, 12, "accent" if marks else "muted", second)
        painter.restore()

    def _paint_line(
        self, painter: QPainter, rect: QRectF, size: int, token: str, text: str
    ) -> None:
        assert self.look is not None  # noqa: S101 - paint asks first
        font = self.look.font(size)
        painter.setFont(font)
        painter.setPen(self.look.color(token))
        line = " ".join(text.split())
        shown = QFontMetricsF(font).elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
        box = QRectF(rect.x(), rect.y(), rect.width(), self._line(size))
        painter.drawText(box, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)

    def _line(self, size: int) -> float:
        return self.look.px(size) * 1.5 if self.look else 20.0


class FoundList(QListView):
    """The list. The keyboard stays in the search field, which moves through it."""

    def __init__(self, tray: PhraseTray, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.found = FoundModel(self)
        self._painter = FoundDelegate(tray, self)
        self.setModel(self.found)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(t("phrase_search.list"))

    def minimumSizeHint(self) -> QSize:
        """It takes the room that is left."""
        return QSize(60, 0)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._painter.look = look
        self.scheduleDelayedItemsLayout()

    def show_rows(self, rows: Sequence[FoundPhrase]) -> None:
        """Show what was found, its first row chosen."""
        self.found.show_rows(rows)
        self.go_to(0)

    def go_to(self, row: int) -> None:
        """Choose a row, or the nearest there is."""
        last = self.found.rowCount() - 1
        self.setCurrentIndex(self.found.index(max(0, min(row, last)), 0))

    @property
    def chosen(self) -> FoundPhrase | None:
        """The chosen phrase."""
        return self.found.phrase_at(self.currentIndex().row())
