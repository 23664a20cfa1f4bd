"""Bringing calls of other threads into the thread of the window."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal


class Poster(QObject):
    """Calls what it is given in the thread it was made in.

    Signals:
        _called(object): a call to make; queued from any thread.
    """

    _called = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self._called.connect(self._call, Qt.ConnectionType.QueuedConnection)

    def post(self, call: Callable[[], None]) -> None:
        """Make that call soon, in the thread of the window."""
        self._called.emit(call)

    def _call(self, call: Callable[[], None]) -> None:
        call()
