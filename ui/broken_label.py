"""A plain label of several lines, broken where a reader would, in the font and colour of its style."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QSize
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ui.japanese_lines import break_lines
from ui.labels import PlainLabel

# Of the height of the font: Japanese without air between its lines is hard to read.
_LINE = 1.2
_NARROWEST = 40


class BrokenLabel(PlainLabel):
    """As high as its text needs at its width. Qt's own wrapping tears 「堂々／巡り」 and sets lines close."""

    def __init__(self, text: str = "", role: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, role, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        # For one text in one font, by width: a layout asks for it many times.
        self._lines_of: tuple[str, str] = ("", "")
        self._lines_at: dict[int, list[str]] = {}

    def hasHeightForWidth(self) -> bool:
        """Its height depends on its width."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines at that width."""
        self.ensurePolished()
        count = max(1, len(self.lines(width)))
        return self._step() * (count - 1) + self.fontMetrics().height()

    def sizeHint(self) -> QSize:
        """One line; the layout asks for the height at its width."""
        self.ensurePolished()
        return QSize(200, self.fontMetrics().height())

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine."""
        return QSize(_NARROWEST, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines."""
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        top = self.contentsRect().topLeft() + QPoint(0, self.fontMetrics().ascent())
        for number, line in enumerate(self.lines(self.width())):
            painter.drawText(top + QPoint(0, number * self._step()), line)

    def lines(self, width: int) -> list[str]:
        """The text as it is broken at that width."""
        now = (self.text(), self.font().key())
        if now != self._lines_of:
            self._lines_of, self._lines_at = now, {}
        if width not in self._lines_at:
            measure = self.fontMetrics().horizontalAdvance
            self._lines_at[width] = break_lines(now[0], max(_NARROWEST, width), measure)
        return self._lines_at[width]

    def _step(self) -> int:
        """From one line to the next."""
        return round(self.fontMetrics().height() * _LINE)
