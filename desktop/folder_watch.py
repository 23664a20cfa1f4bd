"""Hears that something was laid into a folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QFileSystemWatcher, QTimer

# What is copied into a folder by hand is not whole when the folder first tells of it.
_SETTLING_MILLISECONDS = 1000
# What had to wait is tried again so much later: the system may ask its user each time.
_LATER_MILLISECONDS = 180_000


class FolderWatch:
    """Calls ``on_change`` in the thread of the window, a moment after the folder changed."""

    def __init__(self, folder: Path, on_change: Callable[[], None]) -> None:
        self._watcher = QFileSystemWatcher([str(folder)])
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(_SETTLING_MILLISECONDS)
        self._timer.timeout.connect(on_change)
        self._watcher.directoryChanged.connect(lambda _: self._timer.start())

    def stop(self) -> None:
        """Hear nothing more."""
        self._timer.stop()
        self._watcher.deleteLater()


class LaterLook:
    """Calls ``look`` once, some time after it was last begun; at rest no timer runs."""

    def __init__(self, look: Callable[[], None], milliseconds: int = _LATER_MILLISECONDS) -> None:
        self._timer = QTimer()
        self._timer.setSingleShot(True)
        self._timer.setInterval(milliseconds)
        self._timer.timeout.connect(look)

    def begin(self) -> None:
        """Begin to wait, in the thread of the window."""
        self._timer.start()

    def stop(self) -> None:
        """Wait no more."""
        self._timer.stop()
