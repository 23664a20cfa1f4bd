"""What is not on the disk is marked 未保存 until it is."""

import sqlite3
import time

import pytest

from call import commands as c
from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui.trust_mark import UNSAVED_MILLISECONDS


def is_marked(seat) -> bool:
    return seat.notice == t("unsaved.mark")


@pytest.fixture
def locked(talk):
    """The journal's file in the hands of another program."""
    talk.save()
    with sqlite3.connect(talk.places.database, isolation_level=None) as other:
        other.execute("BEGIN IMMEDIATE")
        yield other
        if other.in_transaction:
            other.execute("ROLLBACK")
    other.close()


def test_what_waits_is_marked_after_a_quarter_of_a_second_and_not_before(talk, locked):
    happened = time.monotonic()
    talk.work.do(c.SetTemperature(3))
    assert not is_marked(talk)
    talk.wait_until(lambda: is_marked(talk))
    assert 0.25 <= time.monotonic() - happened < 2.0
    assert UNSAVED_MILLISECONDS == 250
    assert talk.window.notice.property("tone") == "danger"


def test_the_mark_goes_when_the_disk_has_it(talk, locked):
    talk.work.do(c.SetTemperature(3))
    talk.wait_until(lambda: is_marked(talk))
    locked.execute("ROLLBACK")
    talk.wait_until(lambda: not is_marked(talk))
    assert not talk.work.unsaved_seconds()
    assert talk.notice == ""


def test_the_call_goes_on_meanwhile(talk, locked):
    talk.note("書けないあいだのメモ")
    talk.act("hold")
    talk.act("next")
    assert talk.work.phase is CallPhase.ON_HOLD
    assert talk.notes() == ["書けないあいだのメモ"]
    locked.execute("ROLLBACK")
    talk.save()
    with talk.archive() as archive:
        kinds = [type(e.body).__name__ for e in archive.events_of(talk.case.id)]
    assert kinds[-3:] == ["NoteTaken", "CallHeld", "StageEntered"]


def test_nothing_is_marked_on_an_ordinary_disk(talk):
    talk.work.do(c.SetTemperature(3))
    talk.save()
    talk.wait_until(lambda: not talk.desktop.trust._timer.isActive())
    assert not is_marked(talk)


@pytest.fixture
def without_folder(make_seat, tmp_path):
    """A file stands where the data folder should be: nobody, not even root, can write there."""
    in_the_way = tmp_path / "data"
    in_the_way.write_text("")
    return make_seat(folder=in_the_way / "yorisoi").start()


def standing(seat) -> set[str]:
    return {notice.text for notice in seat.window.notice._standing.values()}


def test_a_folder_that_cannot_be_made_is_said_and_marked_and_recovers(without_folder):
    seat, trouble = without_folder, t("storage.unwritable", path=without_folder.places.database)
    assert seat.notice == trouble
    seat.begin_call()
    seat.note("それでも書ける")
    seat.wait_until(lambda: t("unsaved.mark") in standing(seat))
    assert trouble in standing(seat)
    seat.places.data.parent.unlink()
    seat.save()
    seat.wait_until(lambda: not standing(seat) & {trouble, t("unsaved.mark")})
    with seat.archive() as archive:
        assert archive.events_of(seat.case.id)


@pytest.mark.parametrize("is_over", [False, True])
def test_what_was_begun_without_a_disk_is_not_found_again_as_something_earlier(
    without_folder, is_over
):
    seat = without_folder
    seat.begin_call()
    if is_over:
        seat.act("end")
    seat.wait_until(lambda: t("unsaved.mark") in standing(seat))
    seat.places.data.parent.unlink()
    seat.save()
    seat.wait_until(lambda: "storage" not in seat.window.notice._standing)
    assert "recovered" not in seat.window.notice._standing
    assert not seat.work.parked
