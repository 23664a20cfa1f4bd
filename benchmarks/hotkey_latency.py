"""From a key to the painted stage: a global hotkey against a shortcut of the window, in one run.

Needs what tests/e2e needs (Xvfb, openbox, xdotool, xterm); without it the section says so. The
program runs as its users start it, twice at the same time, each on an X server of its own: one with
global hotkeys while an xterm has the focus, one without them and with the focus. Presses of next
and back alternate between the two, so that other load meets both alike. Keys are sent by XTest,
without a start of a program.
"""

from __future__ import annotations

import time
from typing import TYPE_CHECKING

from page import lacking
from results import Samples, ratio_table

if TYPE_CHECKING:
    from pressing import Keyboard

    from tests.e2e.desktop import Desktop, Program

TITLE = "A global hotkey with another window in front: key to painted stage"
_PRESSES = 200
_NEEDED = ("Xvfb", "openbox", "xdotool", "xterm")
_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n[hotkeys]\nbackend = "{backend}"\n'
_PATIENCE_SECONDS = 10.0
_LOOK_SECONDS = 0.0005
_REST_SECONDS = 0.03  # the repaint of one press is over before the next


def measure(rounds: int) -> list[str]:
    """The lines of the section.

    Raises:
        TimeoutError: the stage was not painted after a key.
    """
    if lines := lacking(_NEEDED):
        return lines
    everywhere, alone = Samples("global hotkey"), Samples("shortcut of the window")
    _press_in_both(min(rounds, _PRESSES), everywhere, alone)
    return [
        "1.00 is the median of the same key as a shortcut of the window, with the focus in it. The",
        "global one is pressed while an xterm has the focus. Both presses are taken in turns, under",
        f"X11 (Xvfb, openbox); the median of the shortcut was {alone.median * 1000:.0f} ms here.",
        "",
        *ratio_table([alone, everywhere], alone),
    ]


def _press_in_both(presses: int, everywhere: Samples, alone: Samples) -> None:
    from pressing import Keyboard

    from tests.e2e.desktop import opened

    for first, second in zip(opened(), opened(), strict=True):
        other, own = _start(first, "auto"), _start(second, "none")
        _focus_xterm(first)
        hands = (
            (everywhere, other, Keyboard(first.environment["DISPLAY"], time.monotonic)),
            (alone, own, Keyboard(second.environment["DISPLAY"], time.monotonic)),
        )
        for number in range(presses):
            for samples, program, keyboard in hands:
                samples.seconds.append(_time(program, keyboard, "nb"[number % 2]))
                time.sleep(_REST_SECONDS)
        assert not other.has_focus()
        assert own.has_focus()


def _start(desktop: Desktop, backend: str) -> Program:
    """A program in a call."""
    from tests.e2e.desktop import Program

    data = desktop.folder / backend
    data.mkdir()
    (data / "settings.toml").write_text(_SETTINGS.format(backend=backend), encoding="utf-8")
    program = Program(desktop, data)
    program.wait_shown()
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
    return program


def _time(program: Program, keyboard: Keyboard, key: str) -> float:
    """Seconds from one press until the state that it leads to is painted.

    Raises:
        TimeoutError: it never was.
    """
    known = len(program.report.lines)
    at = keyboard.press(key)
    while time.monotonic() - at < _PATIENCE_SECONDS:
        for line in program.report.lines[known:]:
            if line.word == "painted":
                return line.at - at
        time.sleep(_LOOK_SECONDS)
    raise TimeoutError(f"{key} was never painted")


def _focus_xterm(desktop: Desktop) -> None:
    """Give another program the focus."""
    from tests.e2e.desktop import wait_until

    desktop.run(["xterm", "-T", "CRM"])
    wait_until(lambda: bool(desktop.windows("CRM")), "the xterm")
    desktop.xdotool("windowactivate", "--sync", desktop.windows("CRM")[-1])
