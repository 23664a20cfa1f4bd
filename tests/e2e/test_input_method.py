"""A real Japanese input method (fcitx5 with anthy, as ibus to Qt) in the note field.

What the field does with compositions in every detail is tested in tests/ui with events of Qt;
this shows that a real one sends them so, and which keys it keeps for itself.
"""

from __future__ import annotations

import sqlite3
import subprocess
from contextlib import closing
from pathlib import Path
from urllib.parse import unquote

import pytest
from PySide6.QtCore import QRect
from Xlib import X
from Xlib.display import Display

from tests.e2e.desktop import ROOT, Desktop, Program, Terminal, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]

_SCREEN = 1100
_SCREEN_RECT = QRect(0, 0, _SCREEN, 760)
# Keys of the window alone: a global one acts during a composition too (test_hotkeys.py).
_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n[hotkeys]\nbackend = "none"\n'
_PROFILE = """
[Groups/0]
Name=Default
Default Layout=us
DefaultIM=anthy
[Groups/0/Items/0]
Name=keyboard-us
Layout=
[Groups/0/Items/1]
Name=anthy
Layout=
[GroupOrder]
0=Default
"""
_ALWAYS_ON = "[Behavior]\nActiveByDefault=True\nShareInputState=All\n"


@pytest.fixture
def japanese(desktop: Desktop) -> Desktop:
    """The desktop with the input method on, on a message bus of their own."""
    folder = desktop.folder / "config" / "fcitx5"
    folder.mkdir(parents=True)
    (folder / "profile").write_text(_PROFILE, encoding="utf-8")
    (folder / "config").write_text(_ALWAYS_ON, encoding="utf-8")
    bus = desktop.folder / "bus"
    address = f"unix:path={bus}"
    desktop.run(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={address}"])
    wait_until(bus.exists, "the message bus")
    desktop.environment |= {
        "DBUS_SESSION_BUS_ADDRESS": address,
        "QT_IM_MODULE": "ibus",
        "IBUS_USE_PORTAL": "1",  # Qt finds it on the bus, not by a file
    }
    desktop.run(["fcitx5", "--disable", "wayland,clipboard,notifications,kimpanel"])
    wait_until(lambda: _asked(desktop) == "anthy", "anthy is on")
    return desktop


@pytest.fixture
def program(japanese: Desktop) -> Program:
    """The program in a call."""
    data = japanese.folder / "data"
    data.mkdir()
    (data / "settings.toml").write_text(_SETTINGS, encoding="utf-8")
    return _in_call(japanese, data)


def test_enter_saves_only_outside_a_composition(japanese: Desktop, program: Program) -> None:
    _compose(japanese, program, "nihongo")
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "日本語", "the word is in the field")
    assert program.state.notes == 0
    japanese.key("Return")
    program.wait(lambda p: p.state.notes == 1 and p.field == "", "the note is saved")
    assert _kept(japanese, "SELECT payload ->> 'text' FROM events WHERE kind = 'NoteTaken'") == [
        "日本語"
    ]


def test_keys_of_a_composition_leave_the_sidebar_alone(japanese: Desktop, program: Program) -> None:
    _compose(japanese, program, "nihongo")
    events, state = program.report.ids("painted"), program.state
    for key in ("F6", "F7", "F8", "F9", "F10", "ctrl+alt+n", "ctrl+alt+k", "Escape"):
        japanese.key(key)
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "日本語", "the word is in the field")
    assert program.report.ids("painted") == events
    assert (program.state, program.sheet) == (state, "")
    japanese.key("ctrl+alt+n")
    program.wait(lambda p: p.state.stage == "F1-S2", "and outside a composition it is a key")


def test_marking_a_word_leaves_the_composition_alone(japanese: Desktop, program: Program) -> None:
    japanese.key("ctrl+2")  # what the customer says is never marked: another kind of note
    _compose(japanese, program, "yakuza")
    japanese.key("Return")
    program.wait(lambda p: p.field == "やくざ", "the word is in the field")
    _compose(japanese, program, "nihongo")
    program.wait(lambda p: unquote(p.report.latest["marked"]) == "やくざ", "it is underlined")
    assert (program.field, program.report.latest["composing"]) == ("やくざ", "1")
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "やくざ日本語", "what was composed is there, once")
    japanese.key("ctrl+4", "Return")  # the word is selected, to write it anew
    _compose(japanese, program, "kaiwa")
    japanese.key("Return")
    program.wait(lambda p: p.field == "かいわ日本語", "another word is in its place")
    program.wait(lambda p: p.report.latest["marked"] == "", "and the line is gone")
    assert program.state.notes == 0


def test_kill_loses_only_the_composition(japanese: Desktop, program: Program) -> None:
    _compose(japanese, program, "nihongo")
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "日本語", "the word is in the field")
    drafts = "SELECT body FROM drafts"
    wait_until(lambda: _kept(japanese, drafts) == ["日本語"], "it is kept", 1.0)
    _compose(japanese, program, "kaiwa")
    program.kill()
    program.wait_gone()
    again = Program(japanese, japanese.folder / "data")
    again.wait(lambda p: p.state.phase == "talking" and p.field == "日本語", "it is back")


class Steps:
    """A picture of the screen per step, to be looked at: build/e2e/ime-<test>-<step>.png."""

    def __init__(self, desktop: Desktop, test: str) -> None:
        self._desktop, self._test, self._count = desktop, test, 0

    def take(self, what: str) -> None:
        self._count += 1
        name = f"ime-{self._test}-{self._count:02d}-{what}.png"
        self._desktop.picture(ROOT / "build" / "e2e" / name)


def test_a_lost_focus_keeps_what_is_composed(japanese: Desktop, program: Program) -> None:
    """To another window by a click, to another field by a click: nothing is lost or there twice."""
    steps = Steps(japanese, "focus")
    crm = Terminal(japanese)
    program.take_focus()
    _compose(japanese, program, "nihongo")
    program.wait(lambda p: p.report.latest["composing"] == "1", "a word under way")
    steps.take("composing")
    place = _place(japanese, crm.window)
    japanese.click(place.left() + 40, place.bottom() - 40)
    wait_until(crm.has_focus, "the other window has the focus")
    program.wait(lambda p: p.field == "にほんご", "the word stands in the field")
    steps.take("other-window")
    program.take_focus()
    _compose(japanese, program, "kaiwa")
    steps.take("composing-again")
    japanese.click(_SCREEN - 300, 33)  # the customer's line
    program.wait(lambda p: p.sheet == "CustomerSheet", "a form has the place")
    program.wait(lambda p: p.field == "にほんごかいわ", "and the word is kept, once")
    steps.take("other-field")
    assert crm.typed() == b""
    assert program.state.notes == 0


def test_candidates_stand_by_the_word_and_are_seen(japanese: Desktop, program: Program) -> None:
    """The list of the input method is on the screen, above the sidebar, and off the line typed."""
    steps = Steps(japanese, "candidates")
    lefts = []
    for before in ("", "kyouhaiitenkidesu"):
        if before:
            _compose(japanese, program, before)
            japanese.key("Return")
            program.wait(lambda p: p.field != "", "a text before it")
        known = set(_unmanaged(japanese))
        _compose(japanese, program, "nihongo")
        japanese.key("space", "space")
        wait_until(lambda known=known: bool(set(_unmanaged(japanese)) - known), "the candidates")
        steps.take("candidates-after-text" if before else "candidates")
        place = _place(japanese, (set(_unmanaged(japanese)) - known).pop())
        _, line = map(int, program.report.latest["entry"].split(","))
        assert place.y() >= line or place.bottom() <= line, "it covers what is typed"
        assert abs(place.center().y() - line) < 250, "it is elsewhere"
        assert _SCREEN_RECT.contains(place), "it is off the screen"
        lefts.append(place.x())
        # Given up, not taken: anthy learns, in the home of whoever runs the tests.
        japanese.key("Escape", "Escape")
        program.wait(lambda p: p.report.latest["composing"] == "", "the word is given up")
    assert lefts[1] > lefts[0], "it goes with the word"


def _unmanaged(desktop: Desktop) -> list[str]:
    """Windows that no window manager has, and that are seen: menus, candidates."""
    display = Display(desktop.environment["DISPLAY"])
    try:
        found = []
        for window in display.screen().root.query_tree().children:
            told = window.get_attributes()
            if told.override_redirect and told.map_state == X.IsViewable:
                found.append(str(window.id))
        return found
    finally:
        display.close()


def _place(desktop: Desktop, window: str) -> QRect:
    said = desktop.xdotool("getwindowgeometry", "--shell", window)
    told = dict(line.split("=", 1) for line in said.splitlines())
    return QRect(*(int(told[key]) for key in ("X", "Y", "WIDTH", "HEIGHT")))


def _in_call(desktop: Desktop, data: Path) -> Program:
    program = Program(desktop, data)
    program.wait_shown()
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
    return program


def _compose(desktop: Desktop, program: Program, word: str) -> None:
    desktop.type(word, 30)
    program.wait(lambda p: p.report.latest["composing"] == "1", "a composition")


def _asked(desktop: Desktop) -> str:
    """The name of the input method that is on."""
    ask = ["fcitx5-remote", "-n"]
    done = subprocess.run(ask, env=desktop.environment, check=False, capture_output=True, text=True)
    return done.stdout.strip()


def _kept(desktop: Desktop, query: str) -> list[str]:
    uri = f"{(desktop.folder / 'data' / 'yorisoi.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        return [text for (text,) in database.execute(query)]
