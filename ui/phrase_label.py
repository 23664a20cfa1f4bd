"""A phrase at arm's length: Japanese line breaks, gaps highlighted, values never read as markup."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QSize, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from scripts_ja.placeholders import Segment, SegmentKind
from ui.japanese_lines import break_lines, chunks
from ui.theme import Look

LINE_HEIGHT = 1.7
_SECOND_LINE_HEIGHT = 1.6
_MOST_OF_A_VALUE = 200
# Qt hangs an ordinary blank at the end of the line before, and all lines after it would shift.
_AIR = "\u00a0"


class PhraseLabel(QWidget):
    """Paints the segments of one phrase.

    Signals:
        gap_clicked(str): the key of the placeholder whose gap was clicked.
    """

    gap_clicked = Signal(str)

    def __init__(self, *, is_first: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_first = is_first
        self._look: Look | None = None
        self._segments: tuple[Segment, ...] = ()
        self._layout = QTextLayout()
        self._lines_at: dict[int, list[str]] = {}
        self._laid_out_for = -1
        # Not Fixed: a layout would cap it at a height that belongs to another width.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def gap_keys(self) -> tuple[str, ...]:
        """The placeholders that are still empty, in order."""
        return tuple(s.key for s in self._segments if s.kind is SegmentKind.GAP)

    def show_segments(self, segments: tuple[Segment, ...], look: Look) -> None:
        """Show a phrase; nothing is laid out again where it is the same."""
        if segments == self._segments and look == self._look:
            return
        self._segments, self._look = segments, look
        self._laid_out_for = -1
        self._lines_at.clear()
        self.setAccessibleName(self._text())
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        return round(len(self._broken(width)) * self._line_height())

    def sizeHint(self) -> QSize:
        """One line; the layout asks for the height at its width."""
        return QSize(200, round(self._line_height()))

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine: it breaks its lines."""
        return QSize(60, round(self._line_height()))

    def gap_rect(self, key: str) -> QRect | None:
        """Where the gap of ``key`` is painted, or None."""
        start = 0
        for segment in self._segments:
            if segment.kind is SegmentKind.GAP and segment.key == key:
                return self._rect_of(start, len(_shown(segment)))
            start += len(_shown(segment))
        return None

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a gap asks for its value."""
        for key in self.gap_keys:
            rect = self.gap_rect(key)
            if rect is not None and rect.contains(event.position().toPoint()):
                self.gap_clicked.emit(key)
                return
        super().mousePressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines, gaps on their highlight."""
        if self._look is None:
            return
        self._lay_out(self.width())
        painter = QPainter(self)
        painter.setPen(self._look.color("ink" if self._is_first else "muted"))
        self._layout.draw(painter, QPointF(0, 0))

    def _text(self) -> str:
        return "".join(_shown(segment) for segment in self._segments)

    def _font(self) -> QFont:
        assert self._look is not None  # noqa: S101 - only asked for once something is shown
        return self._look.font(17 if self._is_first else 15)

    def _line_height(self) -> float:
        if self._look is None:
            return 20.0
        factor = LINE_HEIGHT if self._is_first else _SECOND_LINE_HEIGHT
        return self._look.px(17 if self._is_first else 15) * factor

    def _broken(self, width: int) -> list[str]:
        """The lines. Known once for each width, until the phrase changes."""
        if self._look is None:
            return []
        if width not in self._lines_at:
            measure = QFontMetricsF(self._font()).horizontalAdvance
            text = self._text().replace("\n", " ")
            self._lines_at[width] = break_lines(text, width, measure, self._pieces())
        return self._lines_at[width]

    def _lay_out(self, width: int) -> None:
        """As it is painted; a height alone needs none of it."""
        if self._look is None or width == self._laid_out_for:
            return
        self._laid_out_for = width
        lines = self._broken(width)
        self._layout = QTextLayout("".join(lines), self._font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAnywhere)
        self._layout.setTextOption(option)
        self._layout.setFormats(self._formats())
        self._place_lines(lines)

    def _pieces(self) -> list[str]:
        """Line ends: between phrases of a literal; a filled value or a gap stays together."""
        pieces: list[str] = []
        for segment in self._segments:
            shown = _shown(segment).replace("\n", " ")
            if segment.kind is SegmentKind.LITERAL:
                parts = list(chunks(shown))
                if pieces and parts and _leans_back(parts[0]):
                    pieces[-1] += parts.pop(0)
                pieces += parts
            else:
                pieces.append(shown)
        return pieces

    def _place_lines(self, lines: list[str]) -> None:
        height = self._line_height()
        self._layout.beginLayout()
        for number, line_text in enumerate(lines):
            line = self._layout.createLine()
            if not line.isValid():
                break
            line.setNumColumns(_utf16_length(line_text))
            leading = (height - line.height()) / 2
            line.setPosition(QPointF(0, number * height + leading))
        self._layout.endLayout()

    def _formats(self) -> list[QTextLayout.FormatRange]:
        assert self._look is not None  # noqa: S101 - only asked for once something is shown
        gap = QTextCharFormat()
        gap.setBackground(QColor(self._look.tokens.warn_bg))
        gap.setForeground(QColor(self._look.tokens.warn))
        gap.setFontUnderline(True)
        ranges = []
        start = 0
        for segment in self._segments:
            length = _utf16_length(_shown(segment))
            if segment.kind is SegmentKind.GAP:
                span = QTextLayout.FormatRange()
                span.start, span.length, span.format = start, length, gap
                ranges.append(span)
            start += length
        return ranges

    def _rect_of(self, start: int, length: int) -> QRect | None:
        self._lay_out(self.width())
        before = _utf16_length(self._text()[:start])
        line = self._layout.lineForTextPosition(before)
        if not line.isValid():
            return None
        left, right = (_x_of(line.cursorToX(place)) for place in (before, before + length))
        return QRect(int(left), int(line.y()), max(int(right - left), 24), int(line.height()))


def _x_of(answer: object) -> float:
    """PySide answers with the x and the position it belongs to, its stubs with either."""
    return float(answer[0]) if isinstance(answer, tuple) else 0.0


def _shown(segment: Segment) -> str:
    """A gap gets air around its label, so that its highlight reads as a field.

    Of a pasted mail only the beginning is shown: nobody reads it out, and laying it out would
    stop the window. What is copied has all of it.
    """
    if segment.kind is SegmentKind.GAP:
        return f"{_AIR}{segment.text}{_AIR}"
    is_too_long = segment.kind is SegmentKind.FILLED and len(segment.text) > _MOST_OF_A_VALUE
    return segment.text[:_MOST_OF_A_VALUE] + "…" if is_too_long else segment.text


def _leans_back(piece: str) -> bool:
    """Whether a piece belongs to the word before it: a particle or a punctuation mark."""
    return piece[0] in "、。」）・" or "ぁ" <= piece[0] <= "ん"


def _utf16_length(text: str) -> int:
    """Qt counts in UTF-16 units; a character beyond the first plane counts twice."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2
