"""The sidebar as the program puts it together, worked by keys, with a look at when it is painted."""

from __future__ import annotations

import tempfile
import time
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
_PATIENCE_MILLISECONDS = 20_000
# So many passes of the loop without a paint: nothing more is to come of a key.
_QUIET_PASSES = 3
_KEYS = {action.id: QKeySequence(action.key)[0] for action in actions.TABLE}


class Seat:
    """One window over a journal of its own, in a folder that goes with it."""

    def __init__(self, size: tuple[int, int] = (340, 820)) -> None:
        self._folder = tempfile.TemporaryDirectory()
        self._application = Application(["yorisoi"])
        self._clock = SimulatedClock(_NOON)
        places = Places(Path(self._folder.name))
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
        self._wait_until_open()
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

    def time_action(self, action_id: str) -> float:
        """Seconds from the key of an action to the end of the last paint that follows it."""
        combination = _KEYS[action_id]
        return self._time_key(combination.key(), combination.keyboardModifiers())

    def time_key(self, key: Qt.Key) -> float:
        """The same for a plain key."""
        return self._time_key(key, Qt.KeyboardModifier.NoModifier)

    def time_repaint(self) -> float:
        """Seconds that painting the whole window takes where nothing has changed."""
        start = self._begin()
        self.window.update()
        return self._end(start)

    def close(self) -> None:
        """Close the window and remove the folder."""
        self.window.close()
        self.work.close()
        self._settle()
        self._folder.cleanup()

    def _time_key(self, key: Qt.Key, modifiers: Qt.KeyboardModifier) -> float:
        target = QApplication.focusWidget() or self.window
        start = self._begin()
        QTest.keyClick(target, key, modifiers)
        return self._end(start)

    def _begin(self) -> float:
        self._settle()
        self._painted_at = 0.0
        return time.perf_counter()

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

    def _wait_until_open(self) -> None:
        patience = QElapsedTimer()
        patience.start()
        while not self.work.session.is_open:
            if patience.hasExpired(_PATIENCE_MILLISECONDS):
                raise TimeoutError("the journal did not open")
            self._application.qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        self._settle()

    def _on_painted(self) -> None:
        self._painted_at = time.perf_counter()
