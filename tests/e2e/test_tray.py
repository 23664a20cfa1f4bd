"""The icon in a real tray, under real window managers: put away, brought back, focus left alone."""

from __future__ import annotations

import subprocess
import sys
import threading
from collections.abc import Iterator

import pytest
from Xlib import X
from Xlib.display import Display
from Xlib.error import ConnectionClosedError, DisplayConnectionError
from Xlib.protocol import event

from tests.e2e.desktop import PICTURES, ROOT, Desktop, Program, wait_until
from tests.e2e.test_edge import _SCREEN, _WIDE, Crm, opened, places
from tests.e2e.test_hotkeys import managed  # noqa: F401 - a fixture

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_SIZE = 48
_REQUEST_DOCK = 0


class TrayHost:
    """A tray as a panel has one: a window in the corner that takes in icons (XEmbed)."""

    def __init__(self, desktop: Desktop) -> None:
        self._display = Display(desktop.environment["DISPLAY"])
        screen = self._display.screen()
        self._window = screen.root.create_window(
            0, 0, _SIZE, _SIZE, 0, screen.root_depth, override_redirect=True
        )
        self._window.map()
        self.icons: list[int] = []
        self._own(screen.root)
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _own(self, root) -> None:
        atom = self._display.intern_atom
        selection = atom("_NET_SYSTEM_TRAY_S0")
        self._window.set_selection_owner(selection, X.CurrentTime)
        data = (32, [X.CurrentTime, selection, self._window.id, 0, 0])
        told = event.ClientMessage(window=root, client_type=atom("MANAGER"), data=data)
        root.send_event(told, event_mask=X.StructureNotifyMask)
        self._display.sync()

    def _serve(self) -> None:
        opcode = self._display.intern_atom("_NET_SYSTEM_TRAY_OPCODE")
        try:
            while True:
                told = self._display.next_event()
                if told.type == X.ClientMessage and told.client_type == opcode:
                    self._take(told.data[1])
        except (ConnectionClosedError, DisplayConnectionError, OSError):
            return  # the server is gone

    def _take(self, data) -> None:
        if data[1] != _REQUEST_DOCK:
            return
        icon = self._display.create_resource_object("window", data[2])
        icon.reparent(self._window, 0, 0)
        icon.configure(width=_SIZE, height=_SIZE)
        icon.map()
        self._display.sync()
        self.icons.append(data[2])


@pytest.fixture
def home(managed: Desktop) -> Iterator[tuple[Desktop, Crm, Program]]:  # noqa: F811
    """A maximised CRM, the sidebar, and a tray that comes after it, as at a login."""
    crm = Crm(managed)
    crm.maximise()
    program = opened(managed)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "the sidebar")
    host = TrayHost(managed)
    wait_until(lambda: bool(host.icons), "the icon is in the tray")
    return managed, crm, program


def choose(desktop: Desktop, downs: int, at: int = _SIZE // 2) -> None:
    """Open the icon's menu and choose an entry by keys; twice at one place is a double click."""
    before = set(desktop.windows(".*"))
    desktop.xdotool("mousemove", at, at, "click", 3)
    wait_until(lambda: bool(set(desktop.windows(".*")) - before), "the menu")
    desktop.key(*["Down"] * downs, "Return")
    wait_until(lambda: not set(desktop.windows(".*")) - before, "it is closed")


def ctl(desktop: Desktop, *words: str) -> None:
    environment = {**desktop.environment, "YORISOI_DATA_DIR": str(desktop.folder / "data")}
    command = [sys.executable, str(ROOT / "main.py"), "ctl", *words]
    subprocess.run(command, env=environment, check=True)


def test_put_away_frees_the_edge_and_a_call_brings_it_back(home) -> None:
    desktop, crm, program = home
    desktop.picture(PICTURES / "tray-icon.png")
    choose(desktop, 1)
    wait_until(lambda: crm.fills(0, _SCREEN), "the strip is given back")
    assert places(desktop) == []
    wait_until(crm.has_focus, "the focus is where it was")
    ctl(desktop, "ringing", "--", "0312345678")
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "the strip is back")
    wait_until(lambda: places(desktop) == [(_SCREEN - _WIDE, 0, _WIDE, 760)], "at its edge")
    program.wait(lambda p: p.state.phase == "ringing", "and it shows the call")
    assert crm.has_focus()
    desktop.picture(PICTURES / "tray-ringing.png")
    desktop.type("crm")
    wait_until(lambda: crm.typed() == b"crm", "keys go where they went")


def test_a_click_on_the_icon_and_a_second_start_bring_it_back(home) -> None:
    desktop, crm, _program = home
    for bring in (lambda: desktop.click(_SIZE // 2, _SIZE // 2), lambda: again(desktop)):
        choose(desktop, 1)
        wait_until(lambda: crm.fills(0, _SCREEN), "the strip is given back")
        bring()
        wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "the strip is back")


def again(desktop: Desktop) -> None:
    environment = {**desktop.environment, "YORISOI_DATA_DIR": str(desktop.folder / "data")}
    subprocess.run([sys.executable, str(ROOT / "main.py")], env=environment, check=True)


def test_quit_from_the_tray_even_while_it_is_away(home) -> None:
    desktop, crm, program = home
    choose(desktop, 1)
    wait_until(lambda: crm.fills(0, _SCREEN), "the strip is given back")
    choose(desktop, 4, at=_SIZE // 4)
    assert program.wait_gone() == 0
