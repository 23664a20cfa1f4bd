"""How high a column of widgets will be, before any of them is shown or hidden.

A layout knows the height of what is shown only, and each look at it lays out the whole window.
"""

from __future__ import annotations

from collections.abc import Iterable

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget


def height_of(widget: QWidget, width: int) -> int:
    """The height that a column of that width gives to a widget, shown or not."""
    if widget.hasHeightForWidth():
        return widget.heightForWidth(width)
    wanted = widget.sizeHint().height()
    return max(widget.minimumHeight(), min(wanted, widget.maximumHeight()))


class ColumnFrame(QFrame):
    """A frame around one column."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.column = QVBoxLayout(self)

    def sizeHint(self) -> QSize:
        """As wide as its parts wish; a height for that width, which it never has, is not sought."""
        around = self.contentsMargins()
        return self.column.sizeHint() + QSize(around.left() + around.right(), 0)

    def forget_height(self) -> None:
        """Its parts are others now: whoever lays it out asks for its height anew."""
        self.column.invalidate()
        self.updateGeometry()

    def room_at(self, width: int) -> int:
        """The width of its parts where it has that width."""
        inside, around = self.column.contentsMargins(), self.contentsMargins()
        return width - inside.left() - inside.right() - around.left() - around.right()

    def height_of_parts(self, parts: Iterable[int]) -> int:
        """Its height where it shows parts of these heights."""
        heights = list(parts)
        inside, around = self.column.contentsMargins(), self.contentsMargins()
        between = self.column.spacing() * max(0, len(heights) - 1)
        edges = inside.top() + inside.bottom() + around.top() + around.bottom()
        return edges + sum(heights) + between
