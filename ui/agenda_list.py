"""All that is owed: one row each, all of the same height, painted, so that hundreds cost nothing."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFontMetricsF, QKeyEvent, QMouseEvent, QPainter
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from call.agenda import AgendaLine
from call.limits import Limits
from scripts_ja.texts import t
from ui.agenda_words import countdown, headline, particulars, spoken_line, tone
from ui.theme import Look

_LINE_ROLE = Qt.ItemDataRole.UserRole
_PAD = 4
_FIRST, _SECOND = 13, 12
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

Index = QModelIndex | QPersistentModelIndex


def identity(line: AgendaLine) -> tuple[str, str, str]:
    """What makes it the same line a second later: of another date it is another one."""
    return line.entry.case_id, line.entry.what.kind, line.entry.key


class AgendaModel(QAbstractListModel):
    """The lines, in the order in which they are due."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.lines: tuple[AgendaLine, ...] = ()

    def show_lines(self, lines: Sequence[AgendaLine]) -> bool:
        """Take the lines over; whether they are others, and not only the clock went on."""
        is_other = [identity(line) for line in lines] != [identity(line) for line in self.lines]
        if is_other:
            self.beginResetModel()
        self.lines = tuple(lines)
        if is_other:
            self.endResetModel()
        elif lines:
            self.dataChanged.emit(self.index(0), self.index(len(lines) - 1))
        return is_other

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many there are."""
        return 0 if parent.isValid() else len(self.lines)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate and screen readers ask for."""
        line = self.lines[index.row()]
        if role == _LINE_ROLE:
            return line
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return spoken_line(line)
        return None


class AgendaDelegate(QStyledItemDelegate):
    """Paints what is owed with the time that is left, and below it the particulars."""

    def __init__(self, look: Look, limits: Limits, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.look = look
        self._limits = limits

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """Two lines."""
        return QSize(100, round(self._line(_FIRST) + self._line(_SECOND)) + 2 * _PAD)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint the row; the chosen one on the accent, whoever has the focus."""
        line: AgendaLine = index.data(_LINE_ROLE)
        painter.save()
        painter.setClipRect(option.rect)
        if option.state & QStyle.StateFlag.State_Selected:
            painter.fillRect(option.rect, self.look.color("accent_bg"))
        rect = QRectF(option.rect).adjusted(8, _PAD, -8, -_PAD)
        first = QRectF(rect.x(), rect.y(), rect.width(), self._line(_FIRST))
        left = countdown(line.seconds_left)
        taken = self._paint_text(painter, first, left, tone(line, self._limits), is_right=True)
        self._paint_text(painter, first.adjusted(0, 0, -taken - 8, 0), headline(line), "ink")
        below = rect.adjusted(0, first.height(), 0, 0)
        self._paint_text(painter, below, particulars(line), "muted", _SECOND)
        painter.restore()

    def _paint_text(
        self,
        painter: QPainter,
        rect: QRectF,
        text: str,
        token: str,
        size: int = _FIRST,
        *,
        is_right: bool = False,
    ) -> float:
        """Paint one line of text; returns its width."""
        font = self.look.font(size, bold=token in _BOLD)
        metrics = QFontMetricsF(font)
        painter.setFont(font)
        painter.setPen(self.look.color(token))
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
        painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, shown)
        return metrics.horizontalAdvance(shown)

    def _line(self, size: int) -> float:
        return self.look.px(size) * 1.5


class AgendaList(QListView):
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
        super().__init__(parent)
        self.agenda = AgendaModel(self)
        self._painter = AgendaDelegate(look, limits, self)
        self.setModel(self.agenda)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerItem)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)
        self.setAccessibleName(t("agenda.title"))
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen_changed.emit())

    def minimumSizeHint(self) -> QSize:
        """It takes the room that is left."""
        return QSize(60, 0)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._painter.look = look
        self.scheduleDelayedItemsLayout()

    def show_lines(self, lines: Sequence[AgendaLine]) -> None:
        """Show these; the chosen one stays chosen, or the one that took its place is."""
        chosen, place = self.chosen, max(0, self.currentIndex().row())
        top = self.verticalScrollBar().value()
        if self.agenda.show_lines(lines):
            names = [identity(line) for line in lines]
            known = identity(chosen) if chosen else None
            self.go_to(names.index(known) if known in names else place)
            self.verticalScrollBar().setValue(top)
            self.scrollTo(self.currentIndex())
        self.chosen_changed.emit()

    def go_to(self, place: int) -> None:
        """Choose the line at that place, or the nearest there is."""
        last = self.agenda.rowCount() - 1
        self.setCurrentIndex(self.agenda.index(max(0, min(place, last)), 0))

    @property
    def chosen(self) -> AgendaLine | None:
        """The chosen line."""
        place = self.currentIndex().row()
        return self.agenda.lines[place] if 0 <= place < len(self.agenda.lines) else None

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
