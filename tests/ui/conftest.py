"""A desk with its window, put together as the program does it, on a clock that stands still.

Nothing of ours is replaced: the journal writes to a file, commands go through the session, keys
through Qt's own shortcuts. Waiting is for something to become so, never for time to pass.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication, QDeadlineTimer, QEvent, QEventLoop
from PySide6.QtGui import QInputMethodEvent, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from app.opening import open_workplace
from call import commands as c
from call.clock import SimulatedClock
from desktop.paths import Places
from storage.archive import Archive
from ui import actions
from ui.application import Application
from ui.furnished import Desktop

PATIENCE_MILLISECONDS = 20_000
# 1 April 2026, 14:00 in Japan: a Wednesday.
AFTERNOON = datetime(2026, 4, 1, 5, 0, tzinfo=UTC)
SETTINGS = {"desk.name": "田中", "desk.company": "みどり電器", "view.theme": "light"}


class Seat:
    """One agent's place: the workplace, the window over it, and hands to work them."""

    def __init__(self, application, folder: Path, clock: SimulatedClock, settings, size) -> None:
        self._qt = application.qt
        self.clock = clock
        self.places = Places(folder)
        self.work, notices = open_workplace(self.places, clock, application.post, settings)
        self.desktop = Desktop(self.work, notices)
        self.window = self.desktop.window
        self.controller = self.desktop.controller
        self.window.resize(*size)
        self.window.show()
        self.window.activateWindow()
        self.window.input.focus()
        self._is_closed = False
        self.settle()

    def start(self) -> Seat:
        """Open the journal and wait until the desk knows who it is."""
        self.controller.begin()
        self.work.start()
        self.wait_until(lambda: self.work.session.is_open)
        return self

    # -- waiting ------------------------------------------------------------------------------

    def settle(self) -> None:
        """Let everything that waits in the loop happen."""
        for _ in range(3):
            self._qt.processEvents()
            QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    def wait_until(self, is_so: Callable[[], object]) -> None:
        patience = QDeadlineTimer(PATIENCE_MILLISECONDS)
        while not is_so():
            assert not patience.hasExpired(), "it never came"
            self._qt.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents, 20)
        self.settle()

    def save(self) -> None:
        """Wait until all that was given to the journal is on the disk."""
        assert self.work.journal.flush(PATIENCE_MILLISECONDS / 1000)
        self.settle()

    def wait_for_background(self) -> None:
        """Wait until the jobs beside the window have brought what they found."""
        came: list[object] = []
        self.work.cases.fetch_waiting(came.append)
        self.wait_until(lambda: came)

    # -- hands --------------------------------------------------------------------------------

    @property
    def edit(self):
        return self.window.input.edit

    def press(self, key: str, widget: QWidget | None = None) -> None:
        """Press a key such as 「Ctrl+Alt+N」 where the focus is, shortcuts and all."""
        combination = QKeySequence(key)[0]
        target = widget or QApplication.focusWidget() or self.window
        QTest.keyClick(target, combination.key(), combination.keyboardModifiers())
        self.settle()

    def act(self, action_id: str) -> None:
        """Press the key of an action."""
        self.press(next(a.key for a in actions.TABLE if a.id == action_id))

    def hand_over(self) -> None:
        """The key of the handoff note; where required items lack, once more: 未確認のまま渡す."""
        self.act("handoff")
        case = self.work.case
        if case is not None and not case.handing_up.handoffs:
            self.act("handoff")

    def type(self, text: str, widget: QWidget | None = None) -> None:
        """Type a text as an input method commits it, in one piece."""
        event = QInputMethodEvent("", [])
        event.setCommitString(text)
        QApplication.sendEvent(widget or self.edit, event)

    def compose(self, preedit: str, widget: QWidget | None = None) -> None:
        """Be in the middle of a word, or (empty) give it up."""
        QApplication.sendEvent(widget or self.edit, QInputMethodEvent(preedit, []))

    def note(self, text: str) -> None:
        """Take a note."""
        self.type(text)
        self.press("Return", self.edit)

    def wait(self, seconds: float) -> None:
        """Let time pass on the call's clock, and let the window see it."""
        self.clock.advance(seconds)
        self.window.tick()
        self.settle()

    def begin_call(self, number: str = "") -> None:
        self.work.do(c.StartCall(number))
        self.settle()

    # -- eyes ---------------------------------------------------------------------------------

    @property
    def case(self):
        assert self.work.case is not None
        return self.work.case

    @property
    def notice(self) -> str:
        return self.window.notice.text()

    def notes(self) -> list[str]:
        return [note.text for note in self.case.notes.notes]

    def bytes_on_disk(self) -> bytes:
        """All bytes of all files in the data folder, the journal's log included."""
        return b"".join(p.read_bytes() for p in self.places.data.rglob("*") if p.is_file())

    def archive(self) -> Archive:
        return Archive(self.places.database)

    # -- leaving ------------------------------------------------------------------------------

    def close(self) -> None:
        """As the program ends: the window goes, what waits is written, the loop runs dry."""
        if self._is_closed:
            return
        self._is_closed = True
        self.window.close()
        self.work.close()
        self.settle()
        self.window.deleteLater()
        self.settle()

    def die(self) -> None:
        """As the program is killed: what the journal has is all that there is."""
        self._is_closed = True
        self.save()
        self.work.close()
        self.settle()
        self.window.hide()
        self.window.deleteLater()
        self.settle()


@pytest.fixture(scope="session")
def application(qapp) -> Application:
    return Application(["yorisoi"])


@pytest.fixture(autouse=True)
def _japan(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Clock times on the screen are those of Japan, wherever the tests run."""
    if not hasattr(time, "tzset"):
        yield
        return
    before = os.environ.get("TZ")
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    time.tzset()
    yield
    monkeypatch.undo()
    assert os.environ.get("TZ") == before
    time.tzset()


@pytest.fixture(autouse=True)
def _default_keys() -> Iterator[None]:
    """What a test chose as keys is nothing to the next, which may have no window."""
    yield
    actions.put_in_force({})


@pytest.fixture
def clock() -> SimulatedClock:
    return SimulatedClock(AFTERNOON)


@pytest.fixture
def make_seat(application, tmp_path, clock) -> Iterator[Callable[..., Seat]]:
    """Makes seats over the same data folder, one after the other, and closes them."""
    seats: list[Seat] = []

    def make(size=(340, 820), folder: Path | None = None, **settings) -> Seat:
        for earlier in seats:
            earlier.close()
        named = {name.replace("__", "."): value for name, value in settings.items()}
        seat = Seat(application, folder or tmp_path / "data", clock, SETTINGS | named, size)
        seats.append(seat)
        return seat

    yield make
    for seat in reversed(seats):
        seat.close()


@pytest.fixture
def seat(make_seat) -> Seat:
    """A desk that waits for a call."""
    return make_seat().start()


@pytest.fixture
def talk(seat: Seat) -> Seat:
    """A desk with a call that has just begun."""
    seat.begin_call("0312345678")
    seat.window.input.focus()
    return seat
