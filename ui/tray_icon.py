"""The pictures in the tray: the icon with a mark for what the line is doing, told by its shape."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QIcon, QPainter, QPainterPath, QPen

from call.fold_times import CallPhase
from ui.icon import app_icon

_PLACE = QRectF(60, 60, 66, 66)
_CENTER = _PLACE.center()
_CALM, _CALL, _HOLD = QColor("#FFFFFF"), QColor("#0B6E6E"), QColor("#B3261E")


def tray_icon(phase: CallPhase) -> QIcon:
    """The icon for a phase; with nothing going on the plain one."""
    picture = app_icon()
    draw = _MARKS.get(phase)
    if draw is not None:
        painter = QPainter(picture)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        draw(painter)
        painter.end()
    return QIcon(picture)


def _disc(painter: QPainter, ground: QColor, edge: QColor) -> None:
    painter.setPen(QPen(edge, 7))
    painter.setBrush(ground)
    painter.drawEllipse(_PLACE.adjusted(4, 4, -4, -4))


def _ring(painter: QPainter) -> None:
    """Rings: an open circle with a dot, as of a bell seen from below."""
    _disc(painter, _CALM, _CALL)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_CALL)
    painter.drawEllipse(_CENTER, 9, 9)


def _talk(painter: QPainter) -> None:
    """Talks: a full disc with the triangle of something that runs."""
    _disc(painter, _CALL, _CALM)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_CALM)
    path = QPainterPath(_CENTER + QPointF(-9, -15))
    path.lineTo(_CENTER + QPointF(17, 0))
    path.lineTo(_CENTER + QPointF(-9, 15))
    path.closeSubpath()
    painter.drawPath(path)


def _hold(painter: QPainter) -> None:
    """Holds: two bars."""
    _disc(painter, _HOLD, _CALM)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(_CALM)
    for left in (-13, 4):
        painter.drawRect(QRectF(_CENTER + QPointF(left, -15), _CENTER + QPointF(left + 9, 15)))


def _wrap_up(painter: QPainter) -> None:
    """After the call: lines that are written."""
    _disc(painter, _CALM, _CALL)
    painter.setPen(QPen(_CALL, 6))
    for down in (-9, 4):
        painter.drawLine(_CENTER + QPointF(-15, down), _CENTER + QPointF(15, down))


_MARKS: dict[CallPhase, Callable[[QPainter], None]] = {
    CallPhase.RINGING: _ring,
    CallPhase.TALKING: _talk,
    CallPhase.ON_HOLD: _hold,
    CallPhase.WRAP_UP: _wrap_up,
    CallPhase.PARKED: _wrap_up,
}
