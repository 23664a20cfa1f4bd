"""A line on the terminal that says how far something is, once it takes over a second."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TextIO

_PATIENCE_SECONDS = 1.0
_CELLS = 30


class ProgressBar:
    """Draws over one line; nothing where the output is no terminal, or it was quick."""

    def __init__(
        self, title: str, out: TextIO, seconds: Callable[[], float] = time.monotonic
    ) -> None:
        self._title = title
        self._out = out
        self._seconds = seconds
        self._since = seconds()
        self._drawn = -1

    def show(self, done: float) -> None:
        """Say that so much is done, from 0 to 1."""
        percent = int(min(1.0, max(0.0, done)) * 100)
        is_late = self._seconds() - self._since >= _PATIENCE_SECONDS
        if not is_late or percent == self._drawn or not self._out.isatty():
            return
        self._drawn = percent
        full = percent * _CELLS // 100
        bar = "█" * full + "░" * (_CELLS - full)
        self._out.write(f"\r{self._title} {bar} {percent:3d}%")
        self._out.flush()

    def go_on(self) -> None:
        """Say that something goes on of which nobody knows how far it is."""
        if self._seconds() - self._since < _PATIENCE_SECONDS or not self._out.isatty():
            return
        self._drawn = max(0, self._drawn) % _CELLS + 1
        bar = "░" * (self._drawn - 1) + "█" + "░" * (_CELLS - self._drawn)
        self._out.write(f"\r{self._title} {bar}")
        self._out.flush()

    def close(self) -> None:
        """Take the line away."""
        if self._drawn >= 0:
            self._out.write("\r\x1b[K")
            self._out.flush()
            self._drawn = -1
