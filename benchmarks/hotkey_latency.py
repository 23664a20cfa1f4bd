"""From a key to the painted stage: a global hotkey against a shortcut of the window, in one run.

Usage: python benchmarks/hotkey_latency.py [PRESSES]

Needs what tests/e2e needs (Xvfb, openbox, xdotool, xterm). The program runs as its users start
it, twice at the same time, each on an X server of its own: one with global hotkeys while an xterm
has the focus, one without them and with the focus. Presses of next and back alternate between the
two, so that other load meets both alike. Keys are sent by XTest, without a start of a program.
"""

from __future__ import annotations

import os
import statistics
import sys
import time
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).parents[1]))

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.e2e.desktop import Desktop, Program, opened, wait_until

SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n[hotkeys]\nbackend = "{backend}"\n'
PRESSES = 200
PATIENCE_SECONDS = 10.0
LOOK_SECONDS = 0.0005
REST_SECONDS = 0.03  # the repaint of one press is over before the next


class Keyboard:
    """Presses keys on an X server."""

    def __init__(self, name: str) -> None:
        self._display = Display(name)
        self._codes = {
            key: self._display.keysym_to_keycode(XK.string_to_keysym(key))
            for key in ("Control_L", "Alt_L", "n", "b")
        }

    def press(self, key: str) -> float:
        """Press Ctrl+Alt+key; returns the moment at which the key itself went down."""
        held = [self._codes["Control_L"], self._codes["Alt_L"]]
        for code in held:
            xtest.fake_input(self._display, X.KeyPress, code)
        self._display.sync()
        at = time.monotonic()
        xtest.fake_input(self._display, X.KeyPress, self._codes[key])
        xtest.fake_input(self._display, X.KeyRelease, self._codes[key])
        for code in reversed(held):
            xtest.fake_input(self._display, X.KeyRelease, code)
        self._display.sync()
        return at


def start(desktop: Desktop, backend: str) -> Program:
    """A program in a call."""
    data = desktop.folder / backend
    data.mkdir()
    (data / "settings.toml").write_text(SETTINGS.format(backend=backend), encoding="utf-8")
    program = Program(desktop, data)
    program.wait_shown()
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
    return program


def milliseconds(program: Program, keyboard: Keyboard, key: str) -> float:
    """One press until the state that it leads to is painted.

    Raises:
        TimeoutError: it never was.
    """
    known = len(program.report.lines)
    at = keyboard.press(key)
    while time.monotonic() - at < PATIENCE_SECONDS:
        for line in program.report.lines[known:]:
            if line.word == "painted":
                return (line.at - at) * 1000
        time.sleep(LOOK_SECONDS)
    raise TimeoutError(f"{key} was never painted")


def measure(presses: int) -> dict[str, list[float]]:
    """Press alternately in both."""
    found: dict[str, list[float]] = {"global": [], "window": []}
    for first, second in zip(opened(), opened(), strict=True):
        everywhere, alone = start(first, "auto"), start(second, "none")
        focus_xterm(first)
        hands = {
            "global": (everywhere, Keyboard(first.environment["DISPLAY"])),
            "window": (alone, Keyboard(second.environment["DISPLAY"])),
        }
        for number in range(presses):
            for name, (program, keyboard) in hands.items():
                found[name].append(milliseconds(program, keyboard, "nb"[number % 2]))
                time.sleep(REST_SECONDS)
        assert not everywhere.has_focus()
        assert alone.has_focus()
    return found


def focus_xterm(desktop: Desktop) -> None:
    """Give another program the focus."""
    desktop.run(["xterm", "-T", "CRM"])
    wait_until(lambda: bool(desktop.windows("CRM")), "the xterm")
    desktop.xdotool("windowactivate", "--sync", desktop.windows("CRM")[-1])


def told(name: str, values: list[float]) -> str:
    """Median and 95th percentile."""
    p95 = statistics.quantiles(values, n=20)[-1]
    return (
        f"{name:8} median {statistics.median(values):6.2f} ms  p95 {p95:6.2f} ms  n {len(values)}"
    )


def main(presses: int) -> None:
    """Measure and tell."""
    found = measure(presses)
    for name, values in found.items():
        print(told(name, values))
    ratio = statistics.median(found["global"]) / statistics.median(found["window"])
    print(f"ratio of the medians {ratio:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PRESSES)
