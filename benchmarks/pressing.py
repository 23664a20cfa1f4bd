"""Keys on an X server by XTest, without a start of a program for each."""

from __future__ import annotations

import time
from collections.abc import Callable

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext.xtest import fake_input


class Keyboard:
    """Presses Ctrl+Alt with a letter; ``name`` is a display, else the one of the environment."""

    def __init__(
        self, name: str | None = None, clock: Callable[[], float] = time.perf_counter
    ) -> None:
        self._display = Display(name)
        self._clock = clock
        self._codes = {
            key: self._display.keysym_to_keycode(XK.string_to_keysym(key))
            for key in ("Control_L", "Alt_L", "n", "b")
        }

    def press(self, key: str) -> float:
        """Press Ctrl+Alt+key; returns the moment at which the key itself went down."""
        display, held = self._display, [self._codes["Control_L"], self._codes["Alt_L"]]
        for code in held:
            fake_input(display, X.KeyPress, code)
        display.sync()
        at = self._clock()
        fake_input(display, X.KeyPress, self._codes[key])
        fake_input(display, X.KeyRelease, self._codes[key])
        for code in reversed(held):
            fake_input(display, X.KeyRelease, code)
        display.sync()
        return at
