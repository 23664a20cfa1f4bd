"""The note pad: call-clock time, kind, text; edited and removed by key."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.fold_notes import Note
from scripts_ja.dates import clock_time, echo_due
from scripts_ja.texts import t
from ui.japanese_lines import break_lines
from ui.theme import Look

_NOTE_ROLE = Qt.ItemDataRole.UserRole
_TIME_ROLE = Qt.ItemDataRole.UserRole + 1
_MOST_LINES = 3
# What of a very long note is laid out at all; the rest is there when it is opened.
_LAID_OUT = 400

Index = QModelIndex | QPersistentModelIndex


class NoteModel(QAbstractListModel):
    """The notes of the case in hand, in the order they were begun."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._rows: list[tuple[Note, str]] = []
        self._shown: tuple[list[Note], dict[str, Reading | None]] = ([], {})

    def show_case(self, case: Case | None) -> bool:
        """Take over the notes; returns whether anything changed."""
        notes = case.notes.notes if case else []
        starts = {call_id: call.started_at for call_id, call in case.calls.items()} if case else {}
        if (notes, starts) == self._shown:
            return False  # most events are no notes, and nothing is told of thousands of them
        # Each keeps its time while the calls began when they did.
        known = {id(note): time for note, time in self._rows} if starts == self._shown[1] else {}
        self._shown = (notes, starts)
        rows = [(note, known.get(id(note)) or _note_time(starts, note)) for note in notes]
        rows.sort(key=lambda row: row[0].begun_at.wall)
        self.beginResetModel()
        self._rows = rows
        self.endResetModel()
        return True

    def note_at(self, row: int) -> Note | None:
        """The note of a row, or None."""
        return self._rows[row][0] if 0 <= row < len(self._rows) else None

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008 - Qt's own signature
        """How many notes there are."""
        return 0 if parent.isValid() else len(self._rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What the delegate and screen readers ask for."""
        note, time = self._rows[index.row()]
        if role == _NOTE_ROLE:
            return note
        if role == _TIME_ROLE:
            return time
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{time} {t(f'note.kind.{note.kind}')} {note.text}"
        return None


class NoteDelegate(QStyledItemDelegate):
    """Paints a note in at most three lines, exactly as typed."""

    def __init__(self, notes: NoteModel, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._notes = notes
        self._look: Look | None = None
        self.width = 300
        self._room = 0.0
        self._laid_out: dict[tuple[str, datetime | None], list[str]] = {}

    @property
    def look(self) -> Look | None:
        """Fonts and colours; nothing is painted without."""
        return self._look

    @look.setter
    def look(self, look: Look) -> None:
        if look != self._look:
            self._look = look
            self.forget()

    def forget(self) -> None:
        """Lay all notes out anew when they are next asked for."""
        self._laid_out.clear()

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        """The height of the note's lines at the width of the list."""
        if self.look is None:
            return QSize(100, 20)
        # Not by ``index.data``: the list asks for every note whenever one is new.
        note = self._notes.note_at(index.row())
        assert note is not None  # noqa: S101 - the list asks for rows that are there
        lines = self._lines(note, self.width)
        return QSize(self.width, round(len(lines) * self._line_height() + 5))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Paint time, kind and text."""
        if self.look is None:
            return
        note: Note = index.data(_NOTE_ROLE)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected and state & QStyle.StateFlag.State_HasFocus:
            painter.fillRect(rect, self.look.color("accent_bg"))
        self._paint_time(painter, rect, index.data(_TIME_ROLE))
        self._paint_kind(painter, rect, t(f"note.short.{note.kind}"))
        self._paint_text(painter, rect, note)
        painter.restore()

    def _paint_time(self, painter: QPainter, rect: QRect, time: str) -> None:
        assert self.look is not None  # noqa: S101 - paint asks first
        painter.setPen(self.look.color("muted"))
        painter.setFont(self.look.font(12))
        box = QRectF(rect.x(), rect.y(), self.look.px(38), self._line_height())
        painter.drawText(box, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, time)

    def _paint_kind(self, painter: QPainter, rect: QRect, kind: str) -> None:
        assert self.look is not None  # noqa: S101 - paint asks first
        px = self.look.px
        box = QRectF(rect.x() + px(44), rect.y() + 2, px(46), self._line_height() - 4)
        painter.setPen(self.look.color("line"))
        painter.drawRoundedRect(box, 4, 4)
        painter.setPen(self.look.color("muted"))
        painter.setFont(self.look.font(11))
        painter.drawText(box, Qt.AlignmentFlag.AlignCenter, kind)

    def _paint_text(self, painter: QPainter, rect: QRect, note: Note) -> None:
        assert self.look is not None  # noqa: S101 - paint asks first
        painter.setPen(self.look.color("ink"))
        font = self.look.font(13)
        painter.setFont(font)
        metrics = QFontMetricsF(font)
        height = self._line_height()
        for number, line in enumerate(self._lines(note, rect.width())):
            baseline = (height + metrics.ascent() - metrics.descent()) / 2
            y = rect.y() + number * height + baseline
            painter.drawText(QPointF(rect.x() + self._text_left(), y), line)

    def _lines(self, note: Note, width: int) -> list[str]:
        """Laid out once for each width: the list asks for every note whenever one is new."""
        room = max(40.0, width - self._text_left() - 2)
        if room != self._room:
            self._room = room
            self.forget()
        key = (note.text, note.due_at)
        if key not in self._laid_out:
            self._laid_out[key] = self._break(note, room)
        return self._laid_out[key]

    def _break(self, note: Note, room: float) -> list[str]:
        assert self.look is not None  # noqa: S101 - asked before
        measure = QFontMetricsF(self.look.font(13)).horizontalAdvance
        text = note.text[:_LAID_OUT].expandtabs(2)
        if note.due_at is not None:
            text += t("note.due", due=echo_due(note.due_at.astimezone()))
        lines = [line for line in break_lines(text, room, measure) if line.strip()] or [""]
        if len(lines) > _MOST_LINES or len(note.text) > _LAID_OUT:
            lines = lines[:_MOST_LINES]
            lines[-1] = lines[-1][:-1] + "…"
        return lines

    def _text_left(self) -> int:
        return self.look.px(96) if self.look else 96

    def _line_height(self) -> float:
        return self.look.px(13) * 1.55 if self.look else 20.0


class NoteList(QListView):
    """The list itself.

    Signals:
        edit_asked(str), remove_asked(str): for the note of that id.
        left(): back to typing.
    """

    edit_asked = Signal(str)
    remove_asked = Signal(str)
    left = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notes = NoteModel(self)
        self._painter = NoteDelegate(self.notes, self)
        self.setModel(self.notes)
        self.setItemDelegate(self._painter)
        self.setUniformItemSizes(False)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # Another height lays nothing out; another width does (resizeEvent).
        self.setResizeMode(QListView.ResizeMode.Fixed)
        self.setAccessibleName(t("note.list"))
        self.setMinimumHeight(0)
        self.doubleClicked.connect(lambda index: self._ask_edit(index.row()))

    def minimumSizeHint(self) -> QSize:
        """It takes up the slack and gives it all back."""
        return QSize(60, 0)

    def sizeHint(self) -> QSize:
        """No wish of its own: it gets what is left."""
        return QSize(200, 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the newest in sight while nobody looks for another."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._painter.width = event.size().width()  # that of the viewport
            self.doItemsLayout()
        if not self.hasFocus():
            self.scrollToBottom()

    def show_case(self, case: Case | None, look: Look) -> None:
        """Show the notes of a case, the newest in sight."""
        is_new_look = look != self._painter.look
        self._painter.look = look
        if case is None:
            self._painter.forget()
        if self.notes.show_case(case):
            self.scrollToBottom()
        elif is_new_look:
            self.scheduleDelayedItemsLayout()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter edits, Delete removes, Esc goes back to typing."""
        row = self.currentIndex().row()
        note = self.notes.note_at(row)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and note:
            self._ask_edit(row)
        elif event.key() in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace) and note:
            self.remove_asked.emit(note.note_id)
        elif event.key() == Qt.Key.Key_Escape:
            self.left.emit()
        else:
            super().keyPressEvent(event)

    def enter_at_end(self) -> None:
        """Take the focus at the newest note."""
        self.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.setCurrentIndex(self.notes.index(self.notes.rowCount() - 1, 0))

    def _ask_edit(self, row: int) -> None:
        note = self.notes.note_at(row)
        if note is not None:
            self.edit_asked.emit(note.note_id)


def _note_time(starts: Mapping[str, Reading | None], note: Note) -> str:
    """The call clock when the note was begun; the wall time where no call ran."""
    started = starts.get(note.call_id or "")
    if started is None:
        return f"{note.begun_at.wall.astimezone():%H:%M}"
    return clock_time(elapsed_seconds(started, note.begun_at))
