"""Keys and edge on a real X server without a window manager, and on one that ends.

What window managers do with both is in tests/e2e.
"""

from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path

import pytest
from Xlib import XK, X, Xatom
from Xlib.display import Display
from Xlib.error import ConnectionClosedError
from Xlib.ext import xtest

from desktop.edge.backend import Rect, Strip, Unavailable
from desktop.edge.x11 import X11Edge
from desktop.hotkeys import x11
from desktop.hotkeys.backend import Outcome
from desktop.hotkeys.backend import Unavailable as NoKeys
from desktop.hotkeys.chord import parse_chord
from desktop.hotkeys.x11 import X11Hotkeys
from tests.e2e.desktop import Desktop

N, B = parse_chord("Ctrl+Alt+N"), parse_chord("Ctrl+Alt+B")
MONITOR = Rect(0, 0, 1100, 760)
RIGHT = Strip("right", Rect(760, 0, 340, 760), MONITOR)
_HAND_MILLISECONDS = 3
PARTIAL = "_NET_WM_STRUT_PARTIAL"


class Server(Desktop):
    """An X server and nobody in it."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.name = self._start_server()
        self.display = Display(self.name)
        self.display.set_error_handler(lambda *_: None)
        self.root = self.display.screen().root

    def end(self) -> None:
        """Kill it, as a logout does, and wait until it is gone."""
        self.started[0].kill()
        self.started[0].wait()

    def press(self, *names: str) -> None:
        """Press keys together, as a hand does: never in the millisecond of the release before."""
        codes = [self.display.keysym_to_keycode(XK.string_to_keysym(name)) for name in names]
        for code in codes:
            xtest.fake_input(self.display, X.KeyPress, code, _HAND_MILLISECONDS)
        for code in reversed(codes):
            xtest.fake_input(self.display, X.KeyRelease, code)
        self.display.sync()

    def window(self) -> int:
        """A window of somebody's."""
        made = self.root.create_window(0, 0, 10, 10, 0, X.CopyFromParent)
        self.display.sync()
        return made.id

    def strut(self, window: int) -> list[int]:
        """What a window has reserved."""
        place = self.display.create_resource_object("window", window)
        found = place.get_full_property(self.display.get_atom(PARTIAL), Xatom.CARDINAL)
        return list(found.value) if found else []

    def heed_struts(self) -> None:
        """Say what a window manager says that knows them."""
        atoms = [self.display.get_atom(PARTIAL)]
        name = self.display.get_atom("_NET_SUPPORTED")
        self.root.change_property(name, Xatom.ATOM, 32, atoms)
        self.display.sync()


@pytest.fixture
def server():
    with tempfile.TemporaryDirectory(prefix="yorisoi-", ignore_cleanup_errors=True) as folder:
        server = Server(Path(folder))
        yield server
        with contextlib.suppress(ConnectionClosedError, OSError):
            server.display.close()
        server.close()


# -- keys -------------------------------------------------------------------------------------


@pytest.fixture
def keys(ear, server):
    backend = X11Hotkeys(ear.relay, server.name)
    yield backend
    backend.close()


def test_a_press_is_heard_once_under_every_state_of_the_lock_keys(ear, server, keys):
    assert keys.register("next", N) is Outcome.ACTIVE
    for locks in ((), ("Caps_Lock",), ("Num_Lock",), ("Caps_Lock",), ("Num_Lock",)):
        if locks:
            server.press(*locks)
        server.press("Control_L", "Alt_L", "n")
        ear.wait_until(lambda: ear.pressed)
        ear.settle()
        assert ear.pressed == ["next"]
        ear.pressed.clear()


def test_a_taken_key_is_told_and_the_others_work(ear, server, keys):
    code = server.display.keysym_to_keycode(XK.XK_n)
    held = X.ControlMask | X.Mod1Mask | X.LockMask  # one state of the lock keys is enough
    server.root.grab_key(code, held, False, X.GrabModeAsync, X.GrabModeAsync)
    server.display.sync()
    assert keys.register("next", N) is Outcome.TAKEN
    assert keys.register("back", B) is Outcome.ACTIVE
    server.press("Control_L", "Alt_L", "n")
    server.press("Control_L", "Alt_L", "b")
    ear.wait_until(lambda: ear.pressed)
    assert ear.pressed == ["back"]
    server.root.ungrab_key(code, held)
    server.display.sync()
    assert keys.register("next", N) is Outcome.ACTIVE


def test_a_key_that_was_given_back_is_free_for_others(ear, server, keys):
    keys.register("next", N)
    keys.unregister_all()
    other = X11Hotkeys(ear.relay, server.name)
    assert other.register("next", N) is Outcome.ACTIVE
    assert keys.register("next", N) is Outcome.TAKEN
    other.close()


def test_a_key_that_this_keyboard_lacks_comes_back_with_it(ear, server, keys):
    code = server.display.keysym_to_keycode(XK.XK_n)
    before = server.display.get_keyboard_mapping(code, 1)
    server.display.change_keyboard_mapping(code, [[X.NoSymbol] * len(before[0])])
    server.display.sync()
    keys._read()
    assert keys.register("next", N) is Outcome.ABSENT
    server.display.change_keyboard_mapping(code, before)
    server.display.sync()
    ear.wait_until(lambda: ear.changed)
    assert ear.changed == {"next": Outcome.ACTIVE}
    server.press("Control_L", "Alt_L", "n")
    ear.wait_until(lambda: ear.pressed)


def test_a_server_that_ends_is_told_and_nothing_fails_afterwards(ear, server, keys):
    keys.register("next", N)
    server.end()
    ear.wait_until(lambda: ear.lost)
    assert set(ear.lost) == {"x11_lost"}
    assert keys.register("back", B) is Outcome.REFUSED
    keys.unregister("next")
    keys.unregister_all()
    keys.close()


def test_a_server_that_ends_while_it_is_met(ear, server, monkeypatch):
    def ends(self):
        self._display.close()
        raise ConnectionClosedError("server")

    monkeypatch.setattr(x11.X11Hotkeys, "_read_modifiers", ends)
    with pytest.raises(NoKeys) as refused:
        X11Hotkeys(ear.relay, server.name)
    assert refused.value.reason == "x11_no_server"


# -- the edge ---------------------------------------------------------------------------------


@pytest.fixture
def edge(server):
    backend = X11Edge(server.name)
    yield backend
    backend.close()


def refusal(edge, window, strip=RIGHT):
    with pytest.raises(Unavailable) as refused:
        edge.reserve(window, strip)
    return refused.value.reason


def test_a_strip_is_asked_for_and_given_back(server, edge):
    server.heed_struts()
    window = server.window()
    assert edge.reserve(window, RIGHT) == RIGHT.place
    assert server.strut(window) == [0, 340, 0, 0, 0, 0, 0, 759, 0, 0, 0, 0]
    edge.release()
    assert server.strut(window) == []
    edge.release()


def test_another_window_has_the_strip_in_place_of_the_first(server, edge):
    server.heed_struts()
    first, second = server.window(), server.window()
    edge.reserve(first, RIGHT)
    edge.reserve(second, RIGHT)
    assert (server.strut(first), bool(server.strut(second))) == ([], True)


def test_where_nobody_heeds_it_that_is_a_reason(server, edge):
    assert refusal(edge, server.window()) == "x11_manager"


def test_between_two_monitors_nothing_is_reserved_any_more(server, edge):
    server.heed_struts()
    window = server.window()
    edge.reserve(window, RIGHT)
    inner = Strip("right", Rect(300, 0, 340, 760), Rect(0, 0, 640, 760), (Rect(640, 0, 460, 760),))
    assert refusal(edge, window, inner) == "inner_edge"
    assert server.strut(window) == []


def test_a_window_that_is_gone_is_no_trouble(server, edge):
    server.heed_struts()
    window = server.window()
    edge.reserve(window, RIGHT)
    server.display.create_resource_object("window", window).destroy()
    server.display.sync()
    edge.release()
    assert edge.front_window() == 0
    assert not edge.bring_front(window)


def test_an_edge_without_a_server(server, edge):
    window = server.window()
    server.end()
    assert refusal(edge, window) == "x11_lost"
    assert (edge.front_window(), edge.bring_front(window)) == (0, False)
    edge.release()
    edge.close()
