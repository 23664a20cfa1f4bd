"""Windows: an AppBar of the shell. Written from documentation; never run there (PLATFORMS.md).

NEW, then QUERYPOS with what we want, our width put back into the answer (another bar at the same
edge may leave none of it), SETPOS, and REMOVE at the end. After a crash the shell takes the strip
back when it notices that the window is gone.
"""

from __future__ import annotations

import atexit
import ctypes
import sys
from typing import Any

from desktop.edge.backend import Rect, Relay, Strip, Unavailable
from desktop.windows_messages import MessageFilter, Msg, declare_functions

ABM_NEW, ABM_REMOVE, ABM_QUERYPOS, ABM_SETPOS = 0, 1, 2, 3
ABM_ACTIVATE, ABM_WINDOWPOSCHANGED = 6, 9
ABE_LEFT, ABE_RIGHT = 0, 2
ABN_POSCHANGED, ABN_FULLSCREENAPP = 1, 2
WM_ACTIVATE, WM_WINDOWPOSCHANGED, WM_APP = 0x0006, 0x0047, 0x8000
CALLBACK = WM_APP + 0x59
HWND_TOPMOST, HWND_BOTTOM = -1, 1
_STAYS = 0x0001 | 0x0002 | 0x0010  # SWP_NOSIZE, SWP_NOMOVE, SWP_NOACTIVATE


class WinRect(ctypes.Structure):
    """RECT; c_int32, because LONG has eight bytes elsewhere."""

    _fields_ = tuple((name, ctypes.c_int32) for name in ("left", "top", "right", "bottom"))


class AppBarData(ctypes.Structure):
    """APPBARDATA of shellapi.h: 48 bytes on 64-bit systems, rc at 24."""

    _fields_ = (
        ("cbSize", ctypes.c_uint32),
        ("hWnd", ctypes.c_void_p),
        ("uCallbackMessage", ctypes.c_uint32),
        ("uEdge", ctypes.c_uint32),
        ("rc", WinRect),
        ("lParam", ctypes.c_ssize_t),
    )


class WindowsEdge(MessageFilter):
    """``shell32`` and ``user32`` are given by the tests."""

    def __init__(self, relay: Relay, shell32: Any = None, user32: Any = None) -> None:
        super().__init__()
        self._relay = relay
        self._shell32, self._user32 = (shell32, user32) if shell32 else _libraries()
        self._window = 0
        # The shell says so to all windows when it starts again and has forgotten every bar. 0
        # where the name could not be had; 0 is also WM_NULL, by which others ask whether we live.
        self._taskbar_created = int(self._user32.RegisterWindowMessageW("TaskbarCreated"))
        if not self.hear():
            raise Unavailable("no_screen")
        atexit.register(self.release)

    def reserve(self, window: int, strip: Strip) -> Rect:
        """Ask the shell; it moves the strip aside from the task bar and from other bars.

        Raises:
            Unavailable: the shell takes no bar.
        """
        if self._window != window:
            self.release()
            if not self._send(ABM_NEW, self._data(window)):
                raise Unavailable("windows_refused")
            self._window = window
        data = self._data(window)
        data.uEdge = ABE_LEFT if strip.side == "left" else ABE_RIGHT
        monitor = strip.monitor
        data.rc = WinRect(monitor.left, monitor.top, monitor.right, monitor.bottom)
        for message in (ABM_QUERYPOS, ABM_SETPOS):
            _give_width(data, strip.place.width)
            self._send(message, data)
        _give_width(data, strip.place.width)
        rect = data.rc
        return Rect(rect.left, rect.top, rect.right - rect.left, rect.bottom - rect.top)

    def release(self) -> None:
        """Give the strip back."""
        window, self._window = self._window, 0
        if window:
            self._send(ABM_REMOVE, self._data(window))

    def front_window(self) -> int:
        """The window in the foreground."""
        return int(self._user32.GetForegroundWindow() or 0)

    def bring_front(self, window: int) -> bool:
        """Allowed to us while the keyboard is ours."""
        return bool(self._user32.IsWindow(window) and self._user32.SetForegroundWindow(window))

    def close(self) -> None:
        """Give all back and hear no more messages."""
        self._relay.mute()
        self.release()
        atexit.unregister(self.release)
        self.stop_hearing()

    def on_message(self, msg: Msg) -> bool:
        """Hear the shell. Nothing is taken out."""
        if self._window and msg.hwnd == self._window:
            self._on_own_message(msg)
        return False

    def _on_own_message(self, msg: Msg) -> None:
        if self._taskbar_created and msg.message == self._taskbar_created:
            self._window = 0
            self._relay.moved.emit()
        elif msg.message == CALLBACK:
            self._on_shell(int(msg.wParam), is_on=bool(msg.lParam))
        elif msg.message == WM_ACTIVATE:
            self._send(ABM_ACTIVATE, self._data(self._window))
        elif msg.message == WM_WINDOWPOSCHANGED:
            self._send(ABM_WINDOWPOSCHANGED, self._data(self._window))

    def _on_shell(self, what: int, *, is_on: bool) -> None:
        if what == ABN_POSCHANGED:
            self._relay.moved.emit()
        elif what == ABN_FULLSCREENAPP:  # a bar that stays above would lie over a presentation
            place = HWND_BOTTOM if is_on else HWND_TOPMOST
            self._user32.SetWindowPos(self._window, place, 0, 0, 0, 0, _STAYS)

    def _data(self, window: int) -> AppBarData:
        return AppBarData(cbSize=ctypes.sizeof(AppBarData), hWnd=window, uCallbackMessage=CALLBACK)

    def _send(self, message: int, data: AppBarData) -> int:
        return int(self._shell32.SHAppBarMessage(message, ctypes.byref(data)))


def _give_width(data: AppBarData, width: int) -> None:
    """The strip in its full width at the outer side of what the shell leaves."""
    if data.uEdge == ABE_LEFT:
        data.rc.right = data.rc.left + width
    else:
        data.rc.left = data.rc.right - width


def declare(shell32: Any, user32: Any) -> None:
    """Tell ctypes the arguments."""
    handle, number, size = ctypes.c_void_p, ctypes.c_int32, ctypes.c_size_t
    signatures = (
        (shell32.SHAppBarMessage, (ctypes.c_uint32, ctypes.POINTER(AppBarData)), size),
        (user32.RegisterWindowMessageW, (ctypes.c_wchar_p,), ctypes.c_uint32),
        (user32.GetForegroundWindow, (), handle),
        (user32.SetForegroundWindow, (handle,), number),
        (user32.IsWindow, (handle,), number),
        (user32.SetWindowPos, (handle, handle, *[number] * 4, ctypes.c_uint32), number),
    )
    declare_functions(signatures)


def _libraries() -> tuple[Any, Any]:
    if sys.platform != "win32":
        raise Unavailable("other_system")
    try:
        shell32, user32 = ctypes.WinDLL("shell32"), ctypes.WinDLL("user32")
        declare(shell32, user32)
    except (OSError, AttributeError) as error:
        raise Unavailable("windows_refused") from error
    return shell32, user32
