"""The icon, drawn: two people side by side, one leaning towards the other."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap

_SIZE = 128


def app_icon() -> QPixmap:
    """The icon at a size that the system scales down."""
    picture = QPixmap(_SIZE, _SIZE)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor("#0B6E6E"))
    painter.drawRoundedRect(QRectF(4, 4, 120, 120), 28, 28)
    _person(painter, QPointF(50, 46), QColor("#FFFFFF"))
    _person(painter, QPointF(82, 54), QColor("#86D3CF"))
    painter.end()
    return picture


def _person(painter: QPainter, head: QPointF, color: QColor) -> None:
    painter.setBrush(color)
    painter.drawEllipse(head, 14, 14)
    body = QPainterPath(QPointF(head.x() - 22, head.y() + 52))
    body.quadTo(QPointF(head.x() - 20, head.y() + 20), QPointF(head.x(), head.y() + 20))
    body.quadTo(QPointF(head.x() + 20, head.y() + 20), QPointF(head.x() + 22, head.y() + 52))
    body.closeSubpath()
    painter.drawPath(body)
