"""A disk that takes its time costs the window not one frame.

The commit itself is held, in SQLite's own connection; how long is up to the test, never to a clock.
What would make the window wait for it is refused in the window's thread, so that a wait shows
whatever its length: waiting for another thread, opening the database, committing.
"""

import sqlite3
import threading

import pytest

from call import commands as c
from call.fold_times import CallPhase
from scripts_ja.texts import t
from storage import connection as storage_connection

_KEYS = ("next", "back", "aside", "aside", "hold", "hold", "cards", "next")


class SlowDisk:
    """Commits stop while it is held. Counts those that have begun."""

    def __init__(self) -> None:
        self._may_go_on = threading.Event()
        self._may_go_on.set()
        self.begun = 0

    def hold(self) -> None:
        self._may_go_on.clear()

    def let_go(self) -> None:
        self._may_go_on.set()

    def commit(self) -> None:
        self.begun += 1
        self._may_go_on.wait()


class Window:
    """Counts its paints, and says in which thread nothing may wait."""

    def __init__(self, seat) -> None:
        self.paints = 0
        seat.window.painted.connect(self._on_painted)

    def _on_painted(self) -> None:
        self.paints += 1


@pytest.fixture
def disk(monkeypatch):
    """In force for whoever connects from now on."""
    slow = SlowDisk()

    class Connection(sqlite3.Connection):
        def execute(self, statement, *rest):
            if statement == "COMMIT":
                slow.commit()
            return super().execute(statement, *rest)

    connect = sqlite3.connect

    def connect_slowly(*args, **kw):
        return connect(*args, factory=Connection, **kw)

    monkeypatch.setattr(storage_connection.sqlite3, "connect", connect_slowly)
    yield slow
    slow.let_go()


@pytest.fixture
def talk(disk, make_seat):
    """A desk on that disk, with a call that is on it."""
    seat = make_seat().start()
    seat.begin_call("0312345678")
    seat.window.input.focus()
    seat.save()
    seat.wait_for_background()
    return seat


@pytest.fixture
def never_waits(talk, disk, monkeypatch):
    """From here on the window's thread may wait for no other, nor connect to the database.

    All events, queues and futures wait by a condition.
    """

    def elsewhere(do):
        def do_elsewhere(*args, **kw):
            assert threading.current_thread() is not threading.main_thread(), "the window waits"
            return do(*args, **kw)

        return do_elsewhere

    with monkeypatch.context() as patched:
        patched.setattr(threading.Condition, "wait", elsewhere(threading.Condition.wait))
        slow = storage_connection.sqlite3
        patched.setattr(slow, "connect", elsewhere(slow.connect))
        yield patched
    disk.let_go()


def is_marked(seat) -> bool:
    return t("unsaved.mark") in {notice.text for notice in seat.window.notice._standing.values()}


def hold_a_commit(seat, disk) -> None:
    """The writer is in the middle of a commit, and stays there."""
    begun = disk.begun
    disk.hold()
    seat.work.do(c.SetTemperature(3))
    seat.wait_until(lambda: disk.begun > begun)


def test_stages_are_switched_and_painted_while_a_commit_hangs(talk, disk, never_waits):
    window = Window(talk)
    hold_a_commit(talk, disk)
    begun = disk.begun
    for action in _KEYS:
        painted, stage = window.paints, talk.case.stages.current
        talk.act(action)
        assert window.paints > painted, f"{action} was not painted"
        if action in ("next", "back") and talk.window.sheet is None:
            assert talk.case.stages.current != stage
            assert talk.work.stage().title in talk.window.stage.title.text()
    assert disk.begun == begun, "all this happened within one commit"


def test_what_hangs_is_marked_and_goes_when_the_disk_has_it(talk, disk, never_waits):
    hold_a_commit(talk, disk)
    talk.note("ディスクが遅いあいだのメモ")
    talk.wait_until(lambda: is_marked(talk))
    talk.act("next")
    assert is_marked(talk)
    disk.let_go()
    talk.wait_until(lambda: not is_marked(talk))
    never_waits.undo()
    talk.save()
    with talk.archive() as archive:
        kinds = [type(e.body).__name__ for e in archive.events_of(talk.case.id)]
    assert kinds[-2:] == ["NoteTaken", "StageEntered"]


def test_a_whole_call_is_over_before_the_first_commit_returns(talk, disk, never_waits):
    hold_a_commit(talk, disk)
    begun, window = disk.begun, Window(talk)
    for number in range(5):
        painted = window.paints
        talk.note(f"{number}番目のメモ")
        talk.act("hold")
        talk.wait(20)
        talk.act("hold")
        talk.act("next")
        assert window.paints > painted
    talk.act("end")
    assert talk.work.phase is CallPhase.WRAP_UP
    assert (len(talk.notes()), disk.begun) == (5, begun)
    assert talk.work.unsaved_seconds() > 0
