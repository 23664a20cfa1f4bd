"""A scrolling area whose viewport Python has made.

Of a widget that Qt made itself, as every viewport is, PySide has to find out the class when Python
first asks for it. It makes all hundred classes of widgets ready for that: 2 MB that stay, and time
enough to be seen, in the middle of whatever asked.
"""

from __future__ import annotations

from PySide6.QtGui import QPalette
from PySide6.QtWidgets import QAbstractScrollArea, QWidget


def give_viewport(area: QAbstractScrollArea) -> None:
    """Put one of ours, made as Qt makes it, in place of Qt's; first thing in a constructor.

    Not for text fields: Qt keeps a pointer to their first viewport, and ends in a crash.
    """
    viewport = QWidget(area)
    viewport.setObjectName("qt_scrollarea_viewport")
    viewport.setBackgroundRole(QPalette.ColorRole.Base)
    viewport.setAutoFillBackground(True)
    area.setViewport(viewport)
