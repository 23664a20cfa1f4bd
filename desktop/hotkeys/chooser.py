"""Which back end, in which order, and why. The reasons are ids; their words are elsewhere.

auto       the ways of the system in their order
system     the first of them, or none
keyboard   the package of that name, because it was asked for: it hears every key
none       no global hotkeys
"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Mapping
from typing import NamedTuple

from PySide6.QtGui import QGuiApplication

from desktop.hotkeys.backend import HotkeyBackend, Listener, Relay, Unavailable

Name = Callable[[str], str]


class Surroundings(NamedTuple):
    """What the choice depends on."""

    platform: str
    qt_platform: str
    has_wayland: bool
    has_x: bool

    @classmethod
    def here(cls, environ: Mapping[str, str] = os.environ) -> Surroundings:
        """Those of this process."""
        is_wayland = environ.get("XDG_SESSION_TYPE") == "wayland"
        return cls(
            sys.platform,
            QGuiApplication.platformName(),
            is_wayland or bool(environ.get("WAYLAND_DISPLAY")),
            bool(environ.get("DISPLAY")),
        )


class Candidate(NamedTuple):
    """A back end that may work here. ``open`` raises :class:`Unavailable` where it does not.

    ``is_exclusive``: it was seen that a key it brings never reaches the window with the focus
    as well. Where that has not been seen, the window's own shortcut stands aside instead.
    """

    name: str
    reason: str
    open: Callable[[Listener], HotkeyBackend]
    is_exclusive: bool = False


class Choice(NamedTuple):
    """Candidates, the best first, and what is said where there is none."""

    candidates: tuple[Candidate, ...]
    otherwise: str


def choose(wanted: str, name_of: Name = str, around: Surroundings | None = None) -> Choice:
    """What to try for a value of the setting ``hotkeys.backend``."""
    around = around or Surroundings.here()
    if wanted == "none":
        return Choice((), "chosen_none")
    if around.qt_platform in ("offscreen", "minimal"):
        return Choice((), "no_screen")
    if wanted == "keyboard":
        return Choice((Candidate("keyboard", "keyboard", _open_keyboard),), "keyboard_missing")
    found = _of_system(around, name_of)
    return Choice(found[:1] if wanted == "system" else found, "other_system")


def _of_system(around: Surroundings, name_of: Name) -> tuple[Candidate, ...]:
    if around.platform == "win32":
        # No hook, no permission; works over windows of administrators, survives lock and sleep.
        return (Candidate("windows", "windows", _open_windows),)
    if around.platform == "darwin":
        # Old, but the only way that asks for no permission to watch the keyboard.
        return (Candidate("macos", "macos", _open_macos),)
    if around.has_wayland:
        # The compositor gives keys to nobody but through the portal. A grab through XWayland
        # hears them only while a window of X11 has the focus: better than nothing, so second.
        portal = Candidate("portal", "portal", lambda listener: _open_portal(listener, name_of))
        return (
            (portal, Candidate("x11", "xwayland", _open_x11, True)) if around.has_x else (portal,)
        )
    # The server gives the key to us alone, and says when another client has it.
    return (Candidate("x11", "x11", _open_x11, True),) if around.has_x else ()


# Each is imported where it is opened: what another system needs is never loaded on this one.


def _open_windows(listener: Listener) -> HotkeyBackend:
    from desktop.hotkeys.windows import WindowsHotkeys

    return WindowsHotkeys(Relay(listener))


def _open_macos(listener: Listener) -> HotkeyBackend:
    from desktop.hotkeys.macos import MacHotkeys

    return MacHotkeys(Relay(listener))


def _open_x11(listener: Listener) -> HotkeyBackend:
    try:
        from desktop.hotkeys.x11 import X11Hotkeys
    except ImportError as error:
        raise Unavailable("x11_missing") from error
    return X11Hotkeys(Relay(listener))


def _open_portal(listener: Listener, name_of: Name) -> HotkeyBackend:
    try:
        from desktop.hotkeys.wayland import PortalHotkeys
    except ImportError as error:
        raise Unavailable("portal_no_library") from error
    return PortalHotkeys(Relay(listener), name_of)


def _open_keyboard(listener: Listener) -> HotkeyBackend:
    from desktop.hotkeys.keyboard_package import KeyboardHotkeys

    return KeyboardHotkeys(Relay(listener))
