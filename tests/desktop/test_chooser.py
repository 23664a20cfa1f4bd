"""Which back end is tried where, in which order; none of them is opened here."""

import gc
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.hotkeys.backend import Outcome, Unavailable
from desktop.hotkeys.chooser import Surroundings, choose
from desktop.hotkeys.chord import parse_chord
from desktop.hotkeys.null import NullHotkeys

WINDOWS = Surroundings("win32", "windows", False, False)
MAC = Surroundings("darwin", "cocoa", False, False)
X11 = Surroundings("linux", "xcb", False, True)
WAYLAND = Surroundings("linux", "wayland", True, False)
XWAYLAND = Surroundings("linux", "xcb", True, True)
NOWHERE = Surroundings("linux", "offscreen", False, True)
OTHER = Surroundings("freebsd14", "vnc", False, False)


@pytest.mark.parametrize(
    ("wanted", "around", "tried"),
    [
        ("auto", WINDOWS, ["windows"]),
        ("auto", MAC, ["macos"]),
        ("auto", X11, ["x11"]),
        ("auto", WAYLAND, ["portal"]),
        ("auto", XWAYLAND, ["portal", "xwayland"]),
        ("system", XWAYLAND, ["portal"]),
        ("auto", OTHER, []),
        ("auto", NOWHERE, []),
        ("keyboard", NOWHERE, []),
        *(("keyboard", around, ["keyboard"]) for around in (WINDOWS, MAC, X11, WAYLAND)),
        *(("none", around, []) for around in (WINDOWS, MAC, X11, WAYLAND)),
    ],
)
def test_the_order(wanted, around, tried):
    assert [c.reason for c in choose(wanted, around=around).candidates] == tried


def test_a_hook_that_hears_every_key_is_never_chosen_by_itself():
    for wanted in ("auto", "system", "none"):
        for around in (WINDOWS, MAC, X11, WAYLAND, XWAYLAND, OTHER):
            names = [c.name for c in choose(wanted, around=around).candidates]
            assert "keyboard" not in names


@pytest.mark.parametrize(
    ("environ", "has_wayland", "has_x"),
    [
        ({}, False, False),
        ({"DISPLAY": ":0"}, False, True),
        ({"DISPLAY": ":0", "XDG_SESSION_TYPE": "wayland"}, True, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, True, False),
        ({"DISPLAY": "", "WAYLAND_DISPLAY": "", "XDG_SESSION_TYPE": "x11"}, False, False),
    ],
)
def test_what_is_here(qapp, environ, has_wayland, has_x):
    here = Surroundings.here(environ)
    assert here == (sys.platform, "offscreen", has_wayland, has_x)


def test_without_any_it_says_why():
    assert choose("none", around=X11).otherwise == "chosen_none"
    assert choose("auto", around=NOWHERE).otherwise == "no_screen"
    assert choose("auto", around=OTHER).otherwise == "other_system"


@pytest.mark.parametrize("around", [WINDOWS, MAC])
def test_what_another_system_has_is_unavailable_here(ear, around):
    (candidate,) = choose("auto", around=around).candidates
    with pytest.raises(Unavailable, match="other_system"):
        candidate.open(ear.listener)


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")
def test_no_server_is_an_answer(ear, monkeypatch):
    monkeypatch.setenv("DISPLAY", ":4711")
    (candidate,) = choose("auto", around=X11).candidates
    with pytest.raises(Unavailable, match="x11_no_server"):
        candidate.open(ear.listener)
    gc.collect()  # python-xlib leaves the sockets open with which it tried


@pytest.mark.parametrize(
    ("around", "library", "reason"),
    [(X11, "Xlib", "x11_missing"), (WAYLAND, "jeepney", "portal_no_library")],
)
def test_a_library_that_is_not_installed_is_an_answer(ear, monkeypatch, around, library, reason):
    for name in [name for name in sys.modules if name.startswith((library, "desktop.hotkeys."))]:
        if name.startswith(library) or name.endswith((".x11", ".wayland", ".portal_calls")):
            monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, library, None)
    (candidate,) = choose("auto", around=around).candidates
    with pytest.raises(Unavailable, match=reason):
        candidate.open(ear.listener)


def test_the_null_back_end_says_of_every_key_that_it_is_off():
    keys = NullHotkeys()
    assert keys.register("next", parse_chord("Ctrl+Alt+N")) is Outcome.OFF
    keys.unregister("next")
    keys.unregister_all()
    keys.close()


def test_nothing_that_hears_keys_is_imported_before_the_first_paint():
    """What the program imports to show its window; the back end comes after that."""
    program = (
        "import sys, app.window_run, app.workplace\n"
        "print([m for m in sys.modules if m.partition('.')[0] in ('Xlib', 'jeepney', 'keyboard')])"
    )
    root = Path(__file__).parents[2]
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=root, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "[]"
