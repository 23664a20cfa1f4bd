"""The sidebar as its user starts it, with keys pressed on the X server it is shown on.

Usage: python benchmarks/pressed_window.py DATA (shortcut|hotkey) ROUNDS (nothing|backup|slow-disk)

One process, so that the moment of the key and that of the paint are read off one clock. Each round
paints the window once more with nothing changed, and presses the key of the next stage or of the
one before. Prints JSON: seconds of ``repaint`` and ``press``, and how many pages were ``copied``.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from disturbances import BackingUp, SlowDisk
from pressing import Keyboard
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop

from app.opening import open_workplace
from app.system_clock import SystemClock
from call import commands as c
from desktop.paths import Places
from ui.application import Application
from ui.first_frame import FirstChoices

_SETTINGS = {"desk.name": "田中", "desk.company": "みどり電器", "view.theme": "light"}
_PATIENCE_MILLISECONDS = 60_000
_QUIET_PASSES = 3
_ROUNDS_PER_CALL = 20


class PressedWindow:
    """One window, and hands on a keyboard."""

    def __init__(self, data: Path, hand: str) -> None:
        self._application = Application(["yorisoi"])
        backend = {"hotkeys.backend": "auto" if hand == "hotkey" else "none"}
        self.work, notices = open_workplace(
            Places(data), SystemClock(), self._application.post, _SETTINGS | backend
        )
        self._painted_at = 0.0
        self._application.open(FirstChoices(theme="light"))
        self.window = self._application.show(self.work, notices).window
        self.window.painted.connect(self._on_painted)
        self._application.after_next_paint(self.work.hotkeys.begin)
        self.work.start()
        self.wait_until(lambda: self.work.session.is_open, "the journal")
        if hand == "hotkey":
            active = lambda: any(view.state == "active" for view in self.work.hotkeys.all())  # noqa: E731
            self.wait_until(active, "global hotkeys")
        else:
            self.window.take_keyboard()
            self.wait_until(self.window.isActiveWindow, "the focus")
        self._keyboard = Keyboard()

    def begin_call(self) -> None:
        """Another call; the one before is over."""
        if self.work.phase.is_live:
            self.work.do(c.EndCall())
            self.work.do(c.FinishWrapUp())
        self.work.do(c.StartCall("0312345678"))
        self._settle()

    def time_repaint(self) -> float:
        """Seconds of painting it all with nothing changed."""
        self._settle()
        self._painted_at, start = 0.0, time.perf_counter()
        self.window.update()
        self.wait_until(lambda: self._painted_at, "a paint")
        return self._painted_at - start

    def time_press(self, key: str) -> float:
        """Seconds from the key to the last paint of the stage that it leads to."""
        self._settle()
        stages = self.work.case.stages
        known = len(stages.visits)
        self._painted_at = 0.0
        start = self._keyboard.press(key)
        self.wait_until(lambda: len(stages.visits) > known, "another stage")
        self.wait_until(lambda: self._painted_at, "a paint")
        self._settle()
        return self._painted_at - start

    def close(self) -> None:
        """Everything on the disk."""
        self.window.close()
        self.work.close()

    def wait_until(self, is_so: Callable[[], object], what: str) -> None:
        """Let the loop run until something is so.

        Raises:
            TimeoutError: it never was.
        """
        patience = QDeadlineTimer(_PATIENCE_MILLISECONDS)
        while not is_so():
            if patience.hasExpired():
                raise TimeoutError(f"waited in vain for {what}")
            self._application.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 5)

    def _settle(self) -> None:
        quiet = 0
        while quiet < _QUIET_PASSES:
            before = self._painted_at
            self._application.qt.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self._painted_at == before else 0

    def _on_painted(self) -> None:
        self._painted_at = time.perf_counter()


def main(data: Path, hand: str, rounds: int, beside: str) -> None:
    """Press, and print what it took."""
    slow_disk = SlowDisk() if beside == "slow-disk" else None
    pressed = PressedWindow(data, hand)
    backing_up = BackingUp(data) if beside == "backup" else None
    told: dict[str, list[float]] = {"repaint": [], "press": []}
    for number in range(rounds):
        if number % _ROUNDS_PER_CALL == 0:
            pressed.begin_call()
        told["repaint"].append(pressed.time_repaint())
        told["press"].append(pressed.time_press("nb"[number % 2]))
    assert pressed.window.isActiveWindow() == (hand == "shortcut"), "who has the focus"
    if backing_up is not None:
        backing_up.end()
    pressed.close()
    assert slow_disk is None or slow_disk.commits > rounds / _ROUNDS_PER_CALL, "who has committed"
    copied = backing_up.pages if backing_up else 0
    sys.stdout.write(json.dumps({**told, "copied": copied}))


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4])
