"""The package ``keyboard``, as a choice in the settings: what is said of it, and that it can fail."""

import sys
from types import SimpleNamespace

import pytest

from app.settings import TABLE
from desktop.hotkeys import keyboard_package
from desktop.hotkeys.chooser import Surroundings, choose
from scripts_ja.texts import t

X11 = Surroundings("linux", "xcb", False, True)
CHOICE = "hotkeys.backend"


class Package(SimpleNamespace):
    """Takes every key and lets the test press it; or raises what it is told to."""

    def __init__(self, error=None):
        super().__init__(error=error, pressed={}, is_hooked=True)

    def add_hotkey(self, hotkey, callback, args=(), suppress=False):
        if self.error:
            raise self.error
        self.pressed[hotkey] = lambda: callback(*args)
        return hotkey

    def remove_hotkey(self, handle):
        del self.pressed[handle]

    def unhook_all(self):
        self.is_hooked = False


@pytest.fixture
def install(monkeypatch, tmp_path):
    """Have a package of that name, and keyboards that can be read or cannot."""

    def install(package, *, can_read=True):
        monkeypatch.setitem(sys.modules, "keyboard", package)
        if can_read:
            (tmp_path / "event0").touch()
        monkeypatch.setattr(keyboard_package, "_DEVICES", tmp_path)
        return package

    return install


def begin(seat, wanted="keyboard"):
    """The window, the settings beside it, and the back ends of this system, none of them the X server."""
    seat.work.hotkeys.begin(
        lambda chosen: choose("none" if chosen == "auto" else chosen, around=X11)
    )
    seat.act("settings")
    window = seat.controller.settings.window
    window.choose_page("keys")
    window.rows[CHOICE].take(wanted)
    seat.settle()
    return window


def said(window):
    """What hears the keys, and why: on the page of the settings."""
    return window.keys._about.accessibleName()


def test_nobody_has_it_who_did_not_choose_it(seat):
    assert next(s.default for s in TABLE if s.name == CHOICE) == "auto"
    assert seat.work.settings.get(CHOICE) == "auto"


def test_where_it_is_chosen_it_is_said_what_it_hears(seat, install):
    install(Package())
    window = begin(seat, "auto")
    view = next(view for view in window._form.all() if view.name == CHOICE)
    assert "打ったキーをすべて" in dict(view.choices)["keyboard"]
    window.rows[CHOICE].take("keyboard")
    assert t("hotkeys.reason.keyboard") in said(window)
    assert "打ったキーをすべて" in said(window)


def test_chosen_it_brings_the_keys_and_given_up_it_lets_go(talk, install):
    package = install(Package())
    window = begin(talk)
    package.pressed["ctrl+alt+n"]()
    talk.settle()
    assert talk.case.stages.current.stage_id == "F1-S2"
    window.rows[CHOICE].take("none")
    assert (package.pressed, package.is_hooked) == ({}, False)
    assert t("hotkeys.reason.chosen_none") in said(window)


@pytest.mark.parametrize(
    ("package", "can_read", "reason"),
    [
        (None, True, "keyboard_missing"),
        (Package(), False, "keyboard_refused"),
        (Package(AssertionError("")), True, "keyboard_refused"),
        (Package(ImportError("You must be root to use this library on linux.")), True,
         "keyboard_refused"),
    ],
    ids=["not-installed", "unreadable", "assertion", "not-root"],
)  # fmt: skip
def test_where_it_fails_the_reason_is_shown_and_the_window_has_its_keys(
    talk, install, package, can_read, reason
):
    install(package, can_read=can_read)
    window = begin(talk)
    assert t(f"hotkeys.reason.{reason}") in said(window)
    assert t("hotkeys.backend.none") in said(window)
    assert {view.state for view in talk.work.hotkeys.all()} == {"off"}
    window.close()
    talk.window.activateWindow()
    talk.settle()
    talk.act("next")
    assert talk.case.stages.current.stage_id == "F1-S2"
    talk.act("keys_help")
    assert t(f"hotkeys.reason.{reason}") in talk.window.sheet._reason.accessibleName()
