"""What stands on a page, from top to bottom: boxes that know how high they are.

A box is never cut, unless it is higher than a whole page: then between two of its lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from msgspec import Struct, structs
from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QFont, QPainter, QTextLayout

from handoff.printed import ink


class Box(Protocol):
    """``keeps_next``: it must not be the last on its page. ``is_framed``: inside the frame."""

    @property
    def height(self) -> float:
        """In units."""
        ...

    @property
    def keeps_next(self) -> bool:
        """Whether it must not be the last on its page."""
        ...

    @property
    def is_framed(self) -> bool:
        """Whether it stands inside the frame of what is read first."""
        ...

    def split(self, room: float) -> tuple[Box, Box] | None:
        """What fits into ``room`` and the rest; None where it cannot be cut."""
        ...

    def paint(self, painter: QPainter, y: float) -> None:
        """Paint it with its top at ``y``."""
        ...


class Cell(Struct, frozen=True):
    """Lines ``first`` up to ``last`` (not with it) of a text, at ``x``."""

    layout: QTextLayout
    x: float
    step: float
    first: int
    last: int
    color: QColor = ink.INK

    @classmethod
    def of(cls, text: str, how: QFont, x: float, width: float, color: QColor = ink.INK) -> Cell:
        """A text set into a column."""
        layout = ink.set_text(text, how, width)
        return cls(layout, x, ink.line_height(how), 0, layout.lineCount(), color)

    @property
    def height(self) -> float:
        """Of its lines."""
        return (self.last - self.first) * self.step

    def parted(self, room: float) -> tuple[Cell, Cell]:
        """The lines that fit, and the others."""
        cut = min(self.last, self.first + int(room // self.step))
        return structs.replace(self, last=cut), structs.replace(self, first=cut)

    def paint(self, painter: QPainter, y: float) -> None:
        """Paint its lines from ``y`` on."""
        painter.setPen(self.color)
        for number in range(self.first, self.last):
            line = self.layout.lineAt(number)
            # A line of 1.5 times the type stands in the middle of its height.
            slack = (self.step - line.height()) / 2
            down = y + slack - self.first * self.step
            line.draw(painter, QPointF(self.x, down))


class Row(Struct, frozen=True, kw_only=True):
    """Cells beside each other; a rule above where it is ``ruled`` (to that width)."""

    cells: Sequence[Cell]
    x: float = 0.0
    ruled: float = 0.0
    above: float = 0.0
    below: float = 0.0
    keeps_next: bool = False
    is_framed: bool = False

    @property
    def height(self) -> float:
        """Of the highest cell, with what is free above and below."""
        return self.above + max((cell.height for cell in self.cells), default=0.0) + self.below

    def split(self, room: float) -> tuple[Box, Box] | None:
        """Between two lines; None where not even one fits."""
        parts = [cell.parted(room - self.above - self.below) for cell in self.cells]
        if not any(head.last > head.first for head, _ in parts):
            return None
        heads, rests = [head for head, _ in parts], [rest for _, rest in parts]
        return structs.replace(self, cells=heads), structs.replace(self, cells=rests, ruled=0.0)

    def paint(self, painter: QPainter, y: float) -> None:
        """The rule, then the cells."""
        if self.ruled:
            painter.setPen(ink.pen(ink.RULE, 0.4))
            painter.drawLine(QPointF(self.x, y), QPointF(self.x + self.ruled, y))
        for cell in self.cells:
            cell.paint(painter, y + self.above)


def paint_frame(painter: QPainter, area: QRectF) -> None:
    """Round what is read first."""
    painter.setPen(ink.pen(ink.INK, 1.2))
    painter.drawRect(area)
