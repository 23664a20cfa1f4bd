"""A small heading and a Japanese sentence after it, broken where a reader would."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.japanese_lines import break_lines
from ui.theme import Look

_Line = tuple[str, str]

_LINE = 1.45
_NARROWEST = 40.0
_BASE = 13


class WrappedLabel(QWidget):
    """Paints a heading (bold) and a text; ``token`` is the colour of both."""

    def __init__(self, token: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._token = token
        self._heading, self._text = "", ""
        self._size = _BASE
        self._look: Look | None = None
        self._lines_at: dict[int, list[_Line]] = {}
        # Not Fixed: a layout would cap it at a height that belongs to another width.
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    @property
    def text(self) -> str:
        """What stands behind the heading."""
        return self._text

    def show_text(
        self, heading: str, text: str, look: Look, token: str = "", size: int = _BASE
    ) -> None:
        """Show heading and text, from now on in that colour and base size where they are given."""
        token = token or self._token
        now = (self._heading, self._text, self._look, self._token, self._size)
        if (heading, text, look, token, size) == now:
            return
        self._heading, self._text, self._look = heading, text, look
        self._token, self._size = token, size
        self._lines_at.clear()
        self.setAccessibleName(f"{heading} {text}")
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
        """Narrow is fine."""
        return QSize(60, round(self._line_height()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the heading on the first line and the text behind and below it."""
        if self._look is None:
            return
        painter = QPainter(self)
        painter.setPen(self._look.color(self._token))
        height = self._line_height()
        plain, bold = self._look.font(self._size), self._look.font(self._size, bold=True)
        metrics = QFontMetricsF(plain)
        for number, (head, line) in enumerate(self._broken(self.width())):
            baseline = number * height + (height + metrics.ascent() - metrics.descent()) / 2
            painter.setFont(bold)
            painter.drawText(QPointF(0, baseline), head)
            painter.setFont(plain)
            painter.drawText(QPointF(self._heading_width() if head else 0, baseline), line)

    def _broken(self, width: int) -> list[_Line]:
        """The lines, as parts of heading and text. Known once, until the text changes."""
        if width not in self._lines_at:
            self._lines_at[width] = self._break(width)
        return self._lines_at[width]

    def _break(self, width: int) -> list[_Line]:
        """The first line is narrower by the heading; one that is wider than all has its own lines."""
        if self._look is None:
            return [("", "")]
        measure = QFontMetricsF(self._look.font(self._size)).horizontalAdvance
        room = max(_NARROWEST, float(width))
        if self._heading_width() > room:
            bold = QFontMetricsF(self._look.font(self._size, bold=True)).horizontalAdvance
            heads = [(head, "") for head in break_lines(self._heading, room, bold)]
            texts = break_lines(self._text, room, measure) if self._text else []
            return [*heads, *(("", text) for text in texts)]
        left = max(_NARROWEST, room - self._heading_width())
        first = break_lines(self._text, left, measure)[0]
        rest = self._text[len(first) :].removeprefix("\n")
        lines = break_lines(rest, room, measure) if rest else []
        return [(self._heading, first), *(("", line) for line in lines)]

    def _heading_width(self) -> float:
        if self._look is None or not self._heading:
            return 0.0
        advance = QFontMetricsF(self._look.font(self._size, bold=True)).horizontalAdvance
        return advance(self._heading) + (self._look.px(10) if self._text else 0)

    def _line_height(self) -> float:
        return self._look.px(self._size) * _LINE if self._look else 18.0
