"""The setting that starts the program at the login, and the entry that the system has of it."""

import sys
from pathlib import Path

import pytest

from desktop.autostart import open_autostart
from scripts_ja.texts import t

NAME = "start.at_login"

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the entry is a file there")


@pytest.fixture
def entry(seat):
    return open_autostart(seat.places.data)


def _settled(seat) -> None:
    seat.wait_until(lambda: seat.work.is_quiet)


def _set(seat, value: str) -> None:
    seat.work.settings.change({NAME: value})
    _settled(seat)


def test_nothing_is_written_unasked(seat, entry):
    seat.work.login_start.begin()
    _settled(seat)
    assert not entry.is_on()
    assert seat.work.settings.get(NAME) == "off"


def test_on_and_off(seat, entry):
    _set(seat, "on")
    assert entry.is_on()
    _set(seat, "off")
    assert not entry.is_on()


def test_cancel_takes_it_back(seat, entry):
    seat.act("settings")
    window = seat.controller.settings.window
    choice = window.rows[NAME].choice
    choice.setCurrentIndex(choice.findData("on"))
    _settled(seat)
    assert entry.is_on()
    window.cancel()
    _settled(seat)
    assert not entry.is_on()


@pytest.mark.parametrize("was", ["on", "off"])
def test_what_was_changed_in_the_system_counts(seat, entry, was):
    _set(seat, was)
    if was == "on":
        entry.turn_off()
    else:
        entry.turn_on(["x"])
    seat.work.login_start.begin()
    _settled(seat)
    assert seat.work.settings.get(NAME) == ("off" if was == "on" else "on")
    assert entry.is_on() is (was == "off")


def test_a_program_that_was_moved_is_found_again(seat, entry):
    _set(seat, "on")
    good = entry._path.read_bytes()
    entry.turn_on(["/old/place"])
    seat.work.login_start.begin()
    _settled(seat)
    assert entry._path.read_bytes() == good


def test_who_is_faster_than_the_disk_is_heard(seat, entry):
    seat.work.login_start.begin()  # finds nothing, and says so late
    _set(seat, "on")
    assert seat.work.settings.get(NAME) == "on"
    assert entry.is_on()


def test_what_fails_is_said_and_the_setting_shows_what_is_so(seat, entry):
    folder = entry._path.parent
    Path(folder.parent).mkdir(parents=True, exist_ok=True)
    folder.write_text("a file, not a folder")
    _set(seat, "on")
    assert seat.work.settings.get(NAME) == "off"
    assert seat.notice == t("start.failed")
    folder.unlink()
    _set(seat, "on")
    assert entry.is_on()
    assert seat.notice == ""
