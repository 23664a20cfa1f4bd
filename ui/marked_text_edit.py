"""A text field that underlines words quietly, and never touches the text for it.

The dots are painted over the finished text. A highlighter would lay the text out anew and tell of
a change; Qt's extra selections count without the word that is being composed, so that their line
would slide under it. What is painted here follows the words, and stays off a composition.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import cast

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt
from PySide6.QtGui import QColor, QHelpEvent, QPainter, QPaintEvent, QPen, QTextCursor, QTextLine
from PySide6.QtWidgets import QToolTip, QWidget

from ui.composition import ComposingTextEdit
from ui.known_parts import viewport_of
from ui.labels import as_plain_tooltip
from ui.port.notes import WordingMark
from ui.theme import Look

# The dots at 100 %, in pixels: how thick, and (in thicknesses) how far apart.
_THICK = 1.6
_DOTS = (0.1, 2.0)


class MarkedWord:
    """A mark and the place in the text that moves with it."""

    def __init__(self, mark: WordingMark, place: QTextCursor) -> None:
        self.mark = mark
        self.place = place

    @property
    def start(self) -> int:
        """Where the word begins, as Qt counts."""
        return self.place.selectionStart()

    @property
    def end(self) -> int:
        """Where the word ends."""
        return self.place.selectionEnd()


class MarkedTextEdit(ComposingTextEdit):
    """A field of several lines with words underlined. ``describe`` says what a word's tip says."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.marked: list[MarkedWord] = []
        self.describe: Callable[[WordingMark], str] = lambda mark: mark.found
        self._offered: MarkedWord | None = None
        self._pen = QPen(QColor(), _THICK)

    # -- changing -----------------------------------------------------------------------------

    def show_look(self, look: Look) -> None:
        """Take a look."""
        self._pen = QPen(look.color("warn"), max(1.0, _THICK * look.percent / 100))
        self._pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        self._pen.setDashPattern(_DOTS)
        viewport_of(self).update()

    def show_marks(self, marks: Sequence[WordingMark]) -> None:
        """Underline these words of the text as it is now."""
        if not marks and not self.marked:
            return
        text = self.toPlainText()
        self.marked = [MarkedWord(mark, self._place(text, mark)) for mark in marks]
        self._offered = None
        viewport_of(self).update()

    def show_offered(self, word: MarkedWord | None) -> None:
        """Underline the word that is talked about with a whole line, and have it in sight."""
        self._offered = word
        if word is not None and not any(self._is_in_sight(r) for r in self._rects(word)):
            block = self.document().findBlock(word.start)
            line = block.layout().lineForTextPosition(word.start - block.position())
            self.verticalScrollBar().setValue(block.firstLineNumber() + line.lineNumber())
        viewport_of(self).update()

    # -- reading ------------------------------------------------------------------------------

    def word_at(self, point: QPoint) -> MarkedWord | None:
        """The underlined word at a point of the viewport."""
        for word in self.marked:
            if any(rect.contains(QPointF(point)) for rect in self._rects(word)):
                return word
        return None

    # -- Qt -----------------------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the text, then the lines under it."""
        super().paintEvent(event)
        if self.marked:
            self._paint_lines(event.rect())

    def viewportEvent(self, event: QEvent) -> bool:
        """Say over an underlined word what would be better."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            word = self.word_at(event.pos())
            tip = as_plain_tooltip(self.describe(word.mark)) if word else ""
            QToolTip.showText(event.globalPos(), tip, viewport_of(self))
            return True
        return super().viewportEvent(event)

    # -- places -------------------------------------------------------------------------------

    def _place(self, text: str, mark: WordingMark) -> QTextCursor:
        place = QTextCursor(self.document())
        place.setPosition(as_qt_counts(text, mark.start))
        place.setPosition(as_qt_counts(text, mark.end), QTextCursor.MoveMode.KeepAnchor)
        place.setKeepPositionOnInsert(True)  # what is typed behind the word is not of the word
        return place

    def _paint_lines(self, dirty: QRect) -> None:
        painter = QPainter(viewport_of(self))
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPen(self._pen.color(), self._pen.widthF())
        area = QRectF(dirty)
        for word in self.marked:
            painter.setPen(whole if word is self._offered else self._pen)
            for rect in self._rects(word):
                if rect.intersects(area):
                    y = rect.bottom() - self._pen.widthF() / 2
                    painter.drawLine(QPointF(rect.left() + 1, y), QPointF(rect.right() - 1, y))
        painter.end()

    def _rects(self, word: MarkedWord) -> Iterator[QRectF]:
        """Where the word stands in the viewport, a rectangle for each of its lines in sight.

        Nowhere while something is composed inside it: it is about to be another word.
        """
        block = self.document().findBlock(word.start)
        layout = block.layout()
        start = word.start - block.position()
        end = min(word.end - block.position(), block.length() - 1)
        composed, from_here = len(layout.preeditAreaText()), layout.preeditAreaPosition()
        if start >= end or (composed and start < from_here < end):
            return
        if composed and from_here <= start:
            start, end = start + composed, end + composed
        origin = self.blockBoundingGeometry(block).translated(self.contentOffset()).topLeft()
        line = layout.lineForTextPosition(start)
        while line.isValid() and line.textStart() < end:
            top = origin.y() + line.y()
            if top > viewport_of(self).height():
                return
            if top + line.height() > 0:
                last = line.textStart() + line.textLength()
                left = _x(line, max(start, line.textStart()))
                right = _x(line, min(end, last))
                yield QRectF(origin.x() + left, top, right - left, line.height())
            number = line.lineNumber() + 1
            if number >= layout.lineCount():
                return
            line = layout.lineAt(number)

    def _is_in_sight(self, rect: QRectF) -> bool:
        return QRectF(viewport_of(self).rect()).contains(rect.center())


def _x(line: QTextLine, position: int) -> float:
    """Where a position of its paragraph is, from the left edge of it."""
    x, _ = cast(tuple[float, int], line.cursorToX(position))
    return x


def as_qt_counts(text: str, index: int) -> int:
    """An index of Python as a position of Qt, which counts 「𠮷」 as two."""
    return len(text[:index].encode("utf-16-le")) // 2
