"""A window that is looked at by nobody: painted off-screen and kept as pictures."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop

from ui.application import Application
from ui.furnished import Desktop
from ui.port.notices import Notice
from ui.port.workplace import Workplace

_SIZE = (340, 820)
_PATIENCE_MILLISECONDS = 20_000


class PictureStage:
    """Shows a workplace and takes pictures of it, numbered on from ``count``."""

    def __init__(
        self,
        application: Application,
        workplace: Workplace,
        notices: Sequence[Notice],
        folder: Path,
        count: int = 0,
    ) -> None:
        self._qt = application.qt
        self._folder = folder
        self.count = count
        self.desktop = Desktop(workplace, notices)
        self.desktop.window.resize(*_SIZE)
        self.desktop.window.show()
        self.desktop.window.input.focus()
        self.desktop.controller.refresh_waiting()
        self.settle()

    def close(self) -> None:
        """Take the window away."""
        self.desktop.window.close()
        self.settle()

    def tick(self) -> None:
        """Show the time that has passed."""
        self.desktop.window.tick()
        self._qt.processEvents()

    def settle(self) -> None:
        """Let everything that waits in the loop happen."""
        for _ in range(3):
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 50)

    def wait_until(self, is_so: Callable[[], bool]) -> None:
        """Run the loop until something is so.

        Raises:
            TimeoutError: it was not in time.
        """
        clock = QElapsedTimer()
        clock.start()
        while not is_so():
            if clock.hasExpired(_PATIENCE_MILLISECONDS):
                raise TimeoutError("the sample call waited too long for the disk")
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 50)
        self.settle()

    def take(self, name: str) -> None:
        """Take a picture.

        Raises:
            OSError: the folder cannot be written.
        """
        window = self.desktop.window
        window.refresh()
        self.settle()
        self.count += 1
        path = self._folder / f"{self.count:02d}-{name}.png"
        if not window.grab().save(str(path)):
            raise OSError(None, "cannot be written", str(path))
