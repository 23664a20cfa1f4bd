"""What Qt has made inside a widget, made known to PySide at little cost.

Of a widget that Qt made itself, as viewports and the frames of scroll bars are, PySide has to find
out the class when one of Qt's methods returns it. For that it makes all hundred classes of widgets
ready: 2 MB that stay, and 20 ms or more in the middle of whatever asked. As a child of something
it is told by the name of its class, and known from then on.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def viewport_of(area: QAbstractScrollArea) -> QWidget:
    """The viewport that Qt made for a scrolling area."""
    know_parts(area, Qt.FindChildOption.FindDirectChildrenOnly)
    return area.viewport()


def know_parts(
    whole: QWidget,
    which: Qt.FindChildOption = Qt.FindChildOption.FindChildrenRecursively,
) -> None:
    """Meet the widgets inside of ``whole``, before one of them is asked for."""
    whole.findChildren(QWidget, options=which)
