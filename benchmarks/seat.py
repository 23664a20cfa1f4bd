"""The sidebar as the program puts it together, worked by keys, with a look at when it is painted."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QElapsedTimer, QEvent, QEventLoop, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from app.opening import open_workplace
from call import commands as c
from call.clock import SimulatedClock
from desktop.paths import Places
from ui import actions
from ui.application import Application
from ui.furnished import Desktop

_SETTINGS = {"desk.name": "田中", "desk.company": "みどり電器", "view.theme": "light"}
_NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
_PATIENCE_MILLISECONDS = 120_000
# So many passes of the loop without a paint: nothing more is to come of a key.
_QUIET_PASSES = 3
_KEYS = {action.id: QKeySequence(action.key)[0] for action in actions.TABLE}


class Seat:
    """One window over a journal of its own, in a folder that goes with it.

    ``data`` is a folder with a history, which stays; ``starts_at`` is when the program is started.
    ``timer`` is what keys are timed by; ``time.thread_time`` does not mind other programs.
    """

    def __init__(
        self,
        size: tuple[int, int] = (340, 820),
        data: Path | None = None,
        starts_at: datetime = _NOON,
        timer: Callable[[], float] = time.perf_counter,
    ) -> None:
        self._timer = timer
        self._folder = tempfile.TemporaryDirectory()
        self._application = Application(["yorisoi"])
        self._clock = SimulatedClock(starts_at)
        places = Places(data or Path(self._folder.name))
        begun = time.perf_counter()
        self.work, notices = open_workplace(
            places, self._clock, self._application.post, dict(_SETTINGS)
        )
        self._desktop = Desktop(self.work, notices)
        self.window = self._desktop.window
        self._painted_at = 0.0
        self.window.painted.connect(self._on_painted)
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.work.start()
        self._wait_until(lambda: self.work.session.is_open)
        self.seconds_to_open = time.perf_counter() - begun
        self._wait_until(lambda: self.work.is_quiet)
        self.seconds_to_quiet = time.perf_counter() - begun
        self.window.input.focus()

    def begin_call(self, stage: str) -> None:
        """A new call, whatever ran before, in this stage."""
        if self.work.phase.is_live:
            self.work.do(c.EndCall())
            self.work.do(c.FinishWrapUp())
        self._clock.advance(60)
        self.work.do(c.StartCall("0312345678"))
        self.work.do(c.EnterStage(stage))
        self.window.input.focus()
        self._settle()

    def press(self, action_id: str) -> None:
        """Press the key of an action."""
        combination = _KEYS[action_id]
        target = QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self._settle()

    def look_into(self, action_id: str) -> None:
        """Open what a key opens, let it read what it reads, and close it."""
        self.press(action_id)
        self._wait_until(lambda: self.work.is_quiet)
        for window in QApplication.topLevelWidgets():
            if window is not self.window and window.isVisible():
                window.close()
        QTest.keyClick(self.window, Qt.Key.Key_Escape)
        if self.window.sheet is not None:
            self.window.close_sheet()
        self._settle()
        self.window.input.focus()

    def note(self, text: str) -> None:
        """Type a note and keep it."""
        self.window.input.focus()
        QTest.keyClicks(self.window.input.edit, text)
        QTest.keyClick(self.window.input.edit, Qt.Key.Key_Return)
        self._settle()

    def tick(self) -> None:
        """A second of the call passes."""
        self._clock.advance(1)
        self.window.tick()
        self._application.qt.processEvents()

    def finish(self) -> None:
        """The after-call work is done, and all of it on the disk."""
        self.work.do(c.FinishWrapUp())
        self._wait_until(lambda: self.work.is_quiet)

    def time_action(self, action_id: str) -> float:
        """Seconds from the key of an action to the end of the last paint that follows it."""
        combination = _KEYS[action_id]
        return self._time_key(combination.key(), combination.keyboardModifiers())

    def time_key(self, key: Qt.Key) -> float:
        """The same for a plain key."""
        return self._time_key(key, Qt.KeyboardModifier.NoModifier)

    def time(self, do: Callable[[], object]) -> float:
        """Seconds from the beginning of something to the end of the last paint that follows it."""
        start = self._begin()
        do()
        return self._end(start)

    def time_repaint(self) -> float:
        """Seconds that painting the whole window takes where nothing has changed."""
        return self.time(self.window.update)

    def time_tick(self) -> float:
        """Seconds from a second that has passed until it is painted."""
        self._clock.advance(1)
        return self.time(self.window.tick)

    def time_refresh(self) -> float:
        """Seconds until all of the window is made anew and painted."""

        def refresh() -> None:
            self.window.refresh()
            self.window.update()

        return self.time(refresh)

    def close(self) -> None:
        """Close the window and remove the folder."""
        self.window.close()
        self.work.close()
        self._settle()
        self._folder.cleanup()

    def _time_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> float:
        target = QApplication.focusWidget() or self.window
        return self.time(lambda: QTest.keyClick(target, key, modifiers))

    def _begin(self) -> float:
        self._settle()
        self._painted_at = 0.0
        return self._timer()

    def _end(self, start: float) -> float:
        """The time of the last paint.

        Raises:
            TimeoutError: nothing was painted.
        """
        patience = QElapsedTimer()
        patience.start()
        while not self._painted_at:
            if patience.hasExpired(_PATIENCE_MILLISECONDS):
                raise TimeoutError("nothing was painted")
            self._application.qt.processEvents()
        self._settle()
        return self._painted_at - start

    def _settle(self) -> None:
        """Until nothing more is painted; what was to be deleted is, as in the program's own loop."""
        quiet = 0
        while quiet < _QUIET_PASSES:
            before = self._painted_at
            self._application.qt.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
            quiet = quiet + 1 if self._painted_at == before else 0

    def _wait_until(self, is_so: Callable[[], bool]) -> None:
        patience = QElapsedTimer()
        patience.start()
        while not is_so():
            if patience.hasExpired(_PATIENCE_MILLISECONDS):
                raise TimeoutError("the journal did not open")
            self._application.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        self._settle()

    def _on_painted(self) -> None:
        self._painted_at = self._timer()
