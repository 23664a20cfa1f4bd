"""A line on the terminal that says how far something is, once it takes over a second."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from typing import Self, TextIO

_PATIENCE_SECONDS = 1.0
_TICK_SECONDS = 0.2
_CELLS = 30


class ProgressBar:
    """Draws over one line; nothing where the output is no terminal, or it was quick.

    By a thread of its own: a step that takes long says nothing itself. Where nobody says how far it
    is, a mark goes along the line.
    """

    def __init__(
        self, title: str, out: TextIO, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._title = title
        self._out = out
        self._seconds = seconds
        self._since = seconds()
        self._percent = -1
        self._ticks = 0
        self._drawn = ""
        self._lock = threading.Lock()
        self._is_closed = threading.Event()
        if out.isatty():
            threading.Thread(target=self._go_on, name="progress bar", daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def show(self, done: float) -> None:
        """Say that so much is done, from 0 to 1."""
        self._percent = int(min(1.0, max(0.0, done)) * 100)
        self._draw()

    def tick(self) -> None:
        """Say that it goes on; the bar's own thread does."""
        self._ticks += 1
        self._draw()

    def _draw(self) -> None:
        """Draw what there is to say, if that is something else than what stands there."""
        is_late = self._seconds() - self._since >= _PATIENCE_SECONDS
        with self._lock:
            line = self._line()
            if is_late and self._is_to_draw(line):
                self._drawn = line
                self._out.write(f"\r{line}")
                self._out.flush()

    def close(self) -> None:
        """Take the line away."""
        with self._lock:
            self._is_closed.set()
            if self._drawn:
                self._out.write("\r\x1b[K")
                self._out.flush()
                self._drawn = ""

    def _is_to_draw(self, line: str) -> bool:
        return line != self._drawn and self._out.isatty() and not self._is_closed.is_set()

    def _line(self) -> str:
        if self._percent < 0:
            at = self._ticks % _CELLS
            return f"{self._title} {'░' * at}█{'░' * (_CELLS - at - 1)}"
        full = self._percent * _CELLS // 100
        return f"{self._title} {'█' * full}{'░' * (_CELLS - full)} {self._percent:3d}%"

    def _go_on(self) -> None:
        while not self._is_closed.wait(_TICK_SECONDS):
            self.tick()
