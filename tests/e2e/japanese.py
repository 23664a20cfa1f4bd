"""A real Japanese input method (fcitx5 with anthy, as ibus to Qt), and a picture of every step.

Only xdotool touches the program: what is composed comes from keys that fcitx5 has heard.
"""

from __future__ import annotations

import sqlite3
import subprocess
import time
from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from Xlib import X
from Xlib.display import Display

from tests.e2e.desktop import PICTURES, Desktop, Program, wait_until

SCREEN = 1100
SCREEN_RECT = QRect(0, 0, SCREEN, 760)
DESK = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n'
# Keys of the window alone: a global one acts during a composition too.
WINDOW_KEYS_ONLY = f'{DESK}[hotkeys]\nbackend = "none"\n'
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
# For the eye alone: no test judges by it.
_STILL_SECONDS = 0.06
_MOST_LOOKS = 8
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


class Steps:
    """Numbered pictures of the screen, in a folder of the test that takes them."""

    def __init__(self, desktop: Desktop, folder: Path) -> None:
        self._desktop, self._folder, self._count = desktop, folder, 0
        for old in folder.glob("*.png"):
            old.unlink()

    def take(self, what: str) -> None:
        """Keep what the screen shows, once it stands still: some steps nobody reports."""
        self._count += 1
        path = self._folder / f"{self._count:02}-{what}.png"
        for _ in range(_MOST_LOOKS):
            before = path.read_bytes() if path.exists() else b""
            time.sleep(_STILL_SECONDS)
            self._desktop.picture(path)
            if path.read_bytes() == before:
                return


@pytest.fixture
def steps(japanese: Desktop, request: pytest.FixtureRequest) -> Steps:
    """Pictures of this test: CONTRIBUTING.md says where they are."""
    name = request.node.originalname.removeprefix("test_")
    return Steps(japanese, PICTURES / "input-method" / name)


def in_call(desktop: Desktop, settings: str) -> Program:
    """The program in a call, with the keyboard in the note field."""
    data = desktop.folder / "data"
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    program = Program(desktop, data)
    program.wait_shown()
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
    return program


def compose(desktop: Desktop, program: Program, word: str) -> None:
    """Be in the middle of a word."""
    desktop.type(word, 30)
    program.wait(lambda p: is_composing(p), "a composition")


def is_composing(program: Program) -> bool:
    """Whether a word is under way in the note field."""
    return program.report.latest["composing"] == "1"


def kept(desktop: Desktop, query: str) -> list[str]:
    """What stands on the disk."""
    uri = f"{(desktop.folder / 'data' / 'yorisoi.db').as_uri()}?mode=ro"
    with closing(sqlite3.connect(uri, uri=True)) as database:
        return [text for (text,) in database.execute(query)]


class Candidates:
    """The list of the input method: a window that no window manager has."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self._known = set(self._unmanaged())

    def wait(self) -> None:
        """Wait until it is shown."""
        wait_until(lambda: bool(self._new()), "the candidates")

    @property
    def place(self) -> QRect:
        """Where it is on the screen."""
        window = str(self._new().pop())
        said = self._desktop.xdotool("getwindowgeometry", "--shell", window)
        told = dict(line.split("=", 1) for line in said.splitlines())
        return QRect(*(int(told[key]) for key in ("X", "Y", "WIDTH", "HEIGHT")))

    def is_above(self, window: str) -> bool:
        """Whether it lies above a window of the program."""
        display = Display(self._desktop.environment["DISPLAY"])
        try:
            root = display.screen().root
            frame = display.create_resource_object("window", int(window))
            while (parent := frame.query_tree().parent) != root:
                frame = parent
            from_below = [each.id for each in root.query_tree().children]
        finally:
            display.close()
        return from_below.index(self._new().pop()) > from_below.index(frame.id)

    def _new(self) -> set[int]:
        return set(self._unmanaged()) - self._known

    def _unmanaged(self) -> list[int]:
        display = Display(self._desktop.environment["DISPLAY"])
        try:
            found = []
            for window in display.screen().root.query_tree().children:
                told = window.get_attributes()
                if told.override_redirect and told.map_state == X.IsViewable:
                    found.append(window.id)
            return found
        finally:
            display.close()


def _asked(desktop: Desktop) -> str:
    """The name of the input method that is on."""
    ask = ["fcitx5-remote", "-n"]
    done = subprocess.run(ask, env=desktop.environment, check=False, capture_output=True, text=True)
    return done.stdout.strip()
