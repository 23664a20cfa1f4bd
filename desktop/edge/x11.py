"""X11: a strut on the window itself. The server forgets it with the window, also after a crash.

Struts are counted from the edge of the whole desktop. A strip between two monitors would take
away the monitor behind it, so it is not asked for.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from Xlib import X, Xatom
from Xlib.error import ConnectionClosedError, DisplayError, XError
from Xlib.protocol.event import ClientMessage

from desktop.edge.backend import Rect, Strip, Unavailable
from desktop.x_display import PlainDisplay

_T = TypeVar("_T")
_PARTIAL, _WHOLE = "_NET_WM_STRUT_PARTIAL", "_NET_WM_STRUT"
_EVERY_DESKTOP = 0xFFFFFFFF
_FROM_A_PAGER = 2  # the agent asked for it: no window manager holds that back


class X11Edge:
    """On a connection of its own. ``display`` names the server; None is that of the environment."""

    def __init__(self, display: str | None = None) -> None:
        try:
            self._display = PlainDisplay(display)
        except (DisplayError, OSError) as error:
            raise Unavailable("x11_no_server") from error
        self._display.set_error_handler(lambda *_: None)  # would go to standard error
        self._root = self._display.screen().root
        self._reserved = 0

    def reserve(self, window: int, strip: Strip) -> Rect:
        """Set both properties, the old one for window managers that know only that.

        Raises:
            Unavailable: it is no outer edge, or nobody here heeds struts.
        """
        if self._reserved not in (0, window):
            self.release()
        size = self._asked(self._root.get_geometry)
        if size is None:
            raise Unavailable("x11_lost")
        behind, values = _strut(strip, size.width)
        if any(behind.meets(monitor) for monitor in strip.other_monitors):
            self.release()
            raise Unavailable("inner_edge")
        self._reserved = window
        self._asked(lambda: self._set(window, values))
        if not self._is_heeded():
            raise Unavailable("x11_manager")
        return strip.place

    def release(self) -> None:
        """Take the properties away."""
        window, self._reserved = self._reserved, 0
        if window:
            self._asked(lambda: self._delete(window))

    def front_window(self) -> int:
        """What the window manager calls active."""
        found = self._asked(lambda: self._windows("_NET_ACTIVE_WINDOW"))
        return found[0] if found else 0

    def bring_front(self, window: int) -> bool:
        """Ask the window manager, as a task bar does."""
        return bool(self._asked(lambda: self._activate(window)))

    def close(self) -> None:
        """Leave the server."""
        self.release()
        try:
            self._display.close()
        except (ConnectionClosedError, OSError):
            return  # the server left first

    # -- the server ---------------------------------------------------------------------------

    def _asked(self, ask: Callable[[], _T]) -> _T | None:
        """The answer, or None where the server or the window is gone."""
        try:
            answer = ask()
            self._display.sync()
            while self._display.pending_events():
                self._display.next_event()  # new keyboard layouts are told to everybody
        except (ConnectionClosedError, OSError, XError):
            return None
        return answer

    def _set(self, window: int, values: list[int]) -> None:
        for name, count in ((_PARTIAL, 12), (_WHOLE, 4)):
            self._window(window).change_property(
                self._atom(name), Xatom.CARDINAL, 32, values[:count]
            )
        # On every desktop: a property where it is not shown yet, a request where it is.
        desktop = self._atom("_NET_WM_DESKTOP")
        self._window(window).change_property(desktop, Xatom.CARDINAL, 32, [_EVERY_DESKTOP])
        self._request(window, "_NET_WM_DESKTOP", [_EVERY_DESKTOP, _FROM_A_PAGER, 0, 0, 0])

    def _delete(self, window: int) -> None:
        for name in (_PARTIAL, _WHOLE):
            self._window(window).delete_property(self._atom(name))

    def _activate(self, window: int) -> bool:
        if window not in self._windows("_NET_CLIENT_LIST"):
            return False
        self._request(window, "_NET_ACTIVE_WINDOW", [_FROM_A_PAGER, X.CurrentTime, 0, 0, 0])
        return True

    def _request(self, window: int, name: str, values: list[int]) -> None:
        """Ask the window manager for something about a window."""
        message = ClientMessage(
            window=self._window(window), client_type=self._atom(name), data=(32, values)
        )
        mask = X.SubstructureRedirectMask | X.SubstructureNotifyMask
        self._root.send_event(message, event_mask=mask)

    def _is_heeded(self) -> bool:
        return bool(self._asked(lambda: self._atoms() & self._supported()))

    def _atoms(self) -> frozenset[int]:
        return frozenset({self._atom(_PARTIAL), self._atom(_WHOLE)})

    def _supported(self) -> frozenset[int]:
        return frozenset(self._values("_NET_SUPPORTED", Xatom.ATOM))

    def _windows(self, name: str) -> tuple[int, ...]:
        return self._values(name, Xatom.WINDOW)

    def _values(self, name: str, kind: int) -> tuple[int, ...]:
        found = self._root.get_full_property(self._atom(name), kind)
        return tuple(found.value) if found is not None else ()

    def _window(self, window: int) -> Any:
        return self._display.create_resource_object("window", window)

    def _atom(self, name: str) -> int:
        return int(self._display.get_atom(name))


def _strut(strip: Strip, desktop_width: int) -> tuple[Rect, list[int]]:
    """All that the strut takes, up to the edge of the desktop; and the twelve numbers of it.

    left, right, top, bottom, then from and to of each, the last row included.
    """
    place = strip.place
    rows = [place.top, place.bottom - 1]
    if strip.side == "left":
        taken = Rect(0, place.top, place.right, place.height)
        return taken, [taken.width, 0, 0, 0, *rows, 0, 0, 0, 0, 0, 0]
    taken = Rect(place.left, place.top, max(0, desktop_width - place.left), place.height)
    return taken, [0, taken.width, 0, 0, 0, 0, *rows, 0, 0, 0, 0]
