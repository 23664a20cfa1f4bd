"""What scrolls where it does not fit."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QWidget


class _ScrolledArea(QScrollArea):
    """Where it gets lower, the field that is typed in stays in sight."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Scroll to it."""
        super().resizeEvent(event)
        # Asked of the window: an area remembers what had the focus in it once, and what is due
        # would be scrolled away for a button that nobody looks at.
        body, typed_in = self.widget(), self.window().focusWidget()
        if body is not None and body.isAncestorOf(typed_in):
            self.ensureWidgetVisible(typed_in, 0, 16)


def scrolled(body: QWidget) -> QScrollArea:
    """A body that scrolls where it does not fit, and looks like none where it does."""
    body.setObjectName("scrolled")
    area = _ScrolledArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setWidget(body)
    return area
