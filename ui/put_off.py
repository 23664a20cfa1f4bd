"""Showing a change a little later, where somebody waits for an answer and not for the picture."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QObject, QTimer


class PutOff(QObject):
    """Makes a call at once; inside :meth:`for_a_turn` once, in the next turn of the loop."""

    def __init__(self, call: Callable[[], object], parent: QObject) -> None:
        super().__init__(parent)
        self._call = call
        self._is_put_off = False
        self._turn = QTimer(self, singleShot=True, interval=0)
        self._turn.timeout.connect(self._on_turn)

    def __call__(self) -> None:
        """Make the call, now or in the next turn."""
        if self._is_put_off:
            self._turn.start()
        else:
            self._on_turn()

    @contextmanager
    def for_a_turn(self) -> Iterator[None]:
        """What is called inside waits for the loop."""
        self._is_put_off = True
        try:
            yield
        finally:
            self._is_put_off = False

    def _on_turn(self) -> None:
        """A call that comes now is as good as the one that was put off."""
        self._turn.stop()
        self._call()
