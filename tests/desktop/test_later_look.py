"""What had to wait is looked at once more, some minutes later, and nothing ticks until then."""

import pytest

from desktop.folder_watch import LaterLook


@pytest.fixture
def later(qapp):
    looks = []
    later = LaterLook(lambda: looks.append(1))
    later.looks = looks
    yield later
    later.stop()


def test_no_timer_runs_before_it_was_asked_for(later):
    assert not later._timer.isActive()


def test_it_looks_once_when_the_time_has_come(later):
    later.begin()
    assert later._timer.isActive()
    assert later._timer.isSingleShot()
    later._timer.timeout.emit()
    assert later.looks == [1]


def test_at_the_end_nobody_waits(later):
    later.begin()
    later.stop()
    assert not later._timer.isActive()
