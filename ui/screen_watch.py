"""Monitors that come, go, turn, scale, and panels that move on them: told once, when it is over."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QScreen

# They come in several signals, and panels move after them.
_SETTLING_MILLISECONDS = 150


class ScreenWatch(QObject):
    """Follows every screen that there is.

    Signals:
        changed(): something is other than before, and has been for a moment.
    """

    changed = Signal()

    def __init__(self, application: QGuiApplication, parent: QObject) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLING_MILLISECONDS)
        self._timer.timeout.connect(self.changed)
        application.primaryScreenChanged.connect(self.note)
        application.screenAdded.connect(self._on_added)
        application.screenRemoved.connect(self.note)
        for screen in application.screens():
            self._follow(screen)

    def note(self, *_: object) -> None:
        """Something has changed, or will be looked at as if it had."""
        self._timer.start()

    def _on_added(self, screen: QScreen) -> None:
        self._follow(screen)
        self.note()

    def _follow(self, screen: QScreen) -> None:
        screen.geometryChanged.connect(self.note)
        screen.availableGeometryChanged.connect(self.note)
        screen.physicalDotsPerInchChanged.connect(self.note)
        screen.logicalDotsPerInchChanged.connect(self.note)
