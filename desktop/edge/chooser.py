"""Which back end, by the platform that Qt runs on. The reasons are ids; their words are elsewhere.

xcb       a strut: part of the window, so it goes with it however the program ends
windows   an AppBar of the shell
cocoa     macOS reserves its edges for nobody
wayland   a window can neither reserve, nor place, nor raise itself (Qt's wheel has no layer-shell)
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtGui import QGuiApplication

from desktop.edge.backend import EdgeBackend, Relay, Unavailable
from desktop.edge.null import NullEdge

_WITHOUT = {
    "cocoa": "macos",
    "wayland": "wayland",
    "offscreen": "no_screen",
    "minimal": "no_screen",
}


class Opened(NamedTuple):
    """A back end with its name (``x11``, ``windows``, ``none``) and, where none, the reason."""

    name: str
    backend: EdgeBackend
    reason: str = ""


def open_edge(relay: Relay, qt_platform: str = "") -> Opened:
    """The back end for this system; one that refuses to open is told by its reason."""
    platform = (qt_platform or QGuiApplication.platformName()).split("-")[0]
    try:
        if platform == "xcb":
            return Opened("x11", _open_x11())
        if platform == "windows":
            return Opened("windows", _open_windows(relay))
        reason = _WITHOUT.get(platform, "other_system")
    except Unavailable as error:
        reason = error.reason
    return Opened("none", NullEdge(reason), reason)


# Each is imported where it is opened: what another system needs is never loaded on this one.


def _open_x11() -> EdgeBackend:
    try:
        from desktop.edge.x11 import X11Edge
    except ImportError as error:
        raise Unavailable("x11_missing") from error
    return X11Edge()


def _open_windows(relay: Relay) -> EdgeBackend:
    from desktop.edge.windows import WindowsEdge

    return WindowsEdge(relay)
