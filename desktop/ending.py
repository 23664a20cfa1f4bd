"""The system wants the program to end: at a logout, at a shutdown, by Ctrl+C in its terminal.

Python runs a handler only between two steps of its own, and Qt's loop may wait for minutes before
there is one. So the number of the signal is written into a pipe, which wakes the loop. Windows
sends messages instead, of which Qt makes windows that are closed.
"""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QSocketNotifier

_NAMES = ("SIGTERM", "SIGHUP", "SIGINT")


class EndWatch:
    """Calls ``end`` in the thread of the window, once; a second signal does what it did before."""

    def __init__(self, end: Callable[[], object], platform: str = sys.platform) -> None:
        self._end = end
        self._before: dict[int, Any] = {}
        if platform != "win32":
            self._listen()

    def _listen(self) -> None:
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)
        signal.set_wakeup_fd(self._writing, warn_on_full_buffer=False)
        for name in _NAMES:
            number = getattr(signal, name)
            if signal.getsignal(number) is not signal.SIG_IGN:  # as nohup wants it
                self._before[number] = signal.signal(number, _nothing)
        self._notifier = QSocketNotifier(self._reading, QSocketNotifier.Type.Read)
        self._notifier.activated.connect(self._on_signal)

    def stop(self) -> None:
        """Leave signals to the system again; nothing where that was done."""
        if not self._before:
            return
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._before.clear()
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        os.close(self._reading)
        os.close(self._writing)

    def _on_signal(self) -> None:
        self.stop()
        self._end()


def _nothing(*_: object) -> None:
    """Python writes into the pipe only for a signal that has a handler of its own."""
