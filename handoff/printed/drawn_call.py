"""The time line of a call, painted: the same shapes as in the HTML form."""

from __future__ import annotations

from msgspec import Struct
from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from handoff.call_picture import CallPicture
from handoff.picture_shapes import Bar, Dot, Line, Shape, Text, mark_legend, shapes_of
from handoff.printed import ink
from handoff.printed.boxes import Box

# A pixel of the shapes in units: 1/96 inch.
PIXEL = ink.UNITS_PER_INCH / 96
_TYPE = 8.0
_PENS = {
    "grid": (ink.RULE, 0.4, Qt.PenStyle.DotLine),
    "heat": (ink.INK, 1.4, Qt.PenStyle.SolidLine),
    "tick": (ink.GREY, 0.5, Qt.PenStyle.SolidLine),
    "axis": (ink.GREY, 0.6, Qt.PenStyle.SolidLine),
}
_BOLD = ("level", "stage")
_HATCH = 60.0


class DrawnCall(Struct, frozen=True):
    """A box with the picture of one call, from ``x`` on."""

    picture: CallPicture
    x: float
    width: float
    keeps_next: bool = True
    is_framed: bool = False

    @property
    def height(self) -> float:
        """The picture's own height."""
        return shapes_of(self.picture)[1] * PIXEL

    def split(self, room: float) -> tuple[Box, Box] | None:
        """A picture is never cut."""
        return None

    def paint(self, painter: QPainter, y: float) -> None:
        """Paint all shapes."""
        shapes, _ = shapes_of(self.picture)
        for shape in shapes:
            _paint(painter, shape, QPointF(self.x, y), self.width / 100)


class LegendLine(Struct, frozen=True):
    """What grey, hatching and dots mean."""

    picture: CallPicture
    height: float
    keeps_next: bool = False
    is_framed: bool = False

    def split(self, room: float) -> tuple[Box, Box] | None:
        """One line is never cut."""
        return None

    def paint(self, painter: QPainter, y: float) -> None:
        """Each mark with its word, one after the other."""
        how = ink.font(ink.SMALL)
        metrics = QFontMetricsF(how)
        x, middle = 0.0, y + self.height / 2
        for what, word in mark_legend(self.picture):
            mark = QRectF(x, middle - 6 * PIXEL, 18 * PIXEL, 12 * PIXEL)
            if what == "same_talk":
                _paint_dot(painter, mark.center(), 4 * PIXEL)
            else:
                _paint_bar(painter, mark, is_hold=what == "hold")
            painter.setFont(how)
            painter.setPen(ink.GREY)
            base = middle + (metrics.ascent() - metrics.descent()) / 2
            painter.drawText(QPointF(mark.right() + 4 * PIXEL, base), word)
            x = mark.right() + 18 * PIXEL + metrics.horizontalAdvance(word)


def _paint(painter: QPainter, shape: Shape, origin: QPointF, per_cent: float) -> None:
    """``per_cent`` is how many units a hundredth of the picture's width is."""

    def at(x: float, y: float) -> QPointF:
        return origin + QPointF(x * per_cent, y * PIXEL)

    match shape:
        case Line():
            painter.setPen(ink.pen(*_PENS[shape.kind]))
            painter.drawLine(QLineF(at(shape.x1, shape.y1), at(shape.x2, shape.y2)))
        case Bar():
            corner = at(shape.x, shape.y)
            _paint_bar(
                painter,
                QRectF(corner.x(), corner.y(), shape.width * per_cent, shape.height * PIXEL),
                is_hold=shape.is_hold,
            )
        case Dot():
            _paint_dot(painter, at(shape.x, shape.y), shape.radius * PIXEL)
        case Text():
            _paint_text(painter, shape, at(shape.x, shape.y))


def _paint_bar(painter: QPainter, area: QRectF, *, is_hold: bool) -> None:
    """Talk is light grey; hold is hatched, which no printer turns into the same grey."""
    painter.fillRect(area, ink.GROUND if not is_hold else Qt.GlobalColor.white)
    if is_hold:
        painter.save()
        painter.setClipRect(area, Qt.ClipOperation.IntersectClip)
        painter.setPen(ink.pen(ink.INK, 1.0))
        x = area.left() - area.height()
        while x < area.right():
            painter.drawLine(QPointF(x, area.bottom()), QPointF(x + area.height(), area.top()))
            x += _HATCH
        painter.restore()
    painter.setPen(ink.pen(ink.INK, 0.5))
    painter.drawRect(area)


def _paint_dot(painter: QPainter, at: QPointF, radius: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(ink.INK)
    painter.drawEllipse(at, radius, radius)
    painter.setBrush(Qt.BrushStyle.NoBrush)


def _paint_text(painter: QPainter, shape: Text, at: QPointF) -> None:
    how = ink.font(_TYPE, bold=shape.kind in _BOLD)
    width = QFontMetricsF(how).horizontalAdvance(shape.text)
    back = {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    painter.setFont(how)
    painter.setPen(ink.INK if shape.kind in _BOLD else ink.GREY)
    painter.drawText(at + QPointF(shape.aside * PIXEL - back, 0), shape.text)
