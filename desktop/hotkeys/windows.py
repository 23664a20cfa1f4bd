"""Windows: RegisterHotKey in the thread of the window, heard through Qt's native event filter.

No hook: the system compares keys itself and sends one message per press, so nothing that is
typed elsewhere passes through here.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication

from desktop.hotkeys.backend import Outcome, Relay, Unavailable
from desktop.hotkeys.chord import SYMBOLS, Chord

MOD_ALT, MOD_CONTROL, MOD_SHIFT = 0x1, 0x2, 0x4
MOD_NOREPEAT = 0x4000  # a key that is held is one message
WM_HOTKEY = 0x0312
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
# Qt sends a message of the thread under either name, by how the loop came across it.
_MESSAGES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
# Where the layout cannot be asked: these four are the same on the Japanese and US keyboards.
_OEM = {".": 0xBE, ",": 0xBC, "-": 0xBD, "/": 0xBF}


class Point(ctypes.Structure):
    """POINT; c_int32, because LONG has eight bytes elsewhere."""

    _fields_ = (("x", ctypes.c_int32), ("y", ctypes.c_int32))


class Msg(ctypes.Structure):
    """MSG of winuser.h: 48 bytes on 64-bit systems, wParam at 16."""

    _fields_ = (
        ("hwnd", ctypes.c_void_p),
        ("message", ctypes.c_uint32),
        ("wParam", ctypes.c_size_t),
        ("lParam", ctypes.c_ssize_t),
        ("time", ctypes.c_uint32),
        ("pt", Point),
    )


class WindowsHotkeys(QAbstractNativeEventFilter):
    """``user32`` and ``last_error`` are given by the tests."""

    def __init__(
        self, relay: Relay, user32: Any = None, last_error: Callable[[], int] | None = None
    ) -> None:
        super().__init__()
        self._relay = relay
        self._user32 = user32 or _user32()
        self._last_error = last_error or _last_error
        self._numbers: dict[str, int] = {}
        self._ids: dict[int, str] = {}
        self._next_number = 1  # below 0xC000, which is where those of libraries begin
        application = QCoreApplication.instance()
        if application is None:
            raise Unavailable("no_screen")
        application.installNativeEventFilter(self)

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Ask the system; 1409 says that another program was first."""
        self.unregister(hotkey_id)
        code = self._virtual_key(chord.key)
        if not code:
            return Outcome.ABSENT
        number = self._next_number
        if not self._user32.RegisterHotKey(None, number, _modifiers(chord), code):
            is_taken = self._last_error() == ERROR_HOTKEY_ALREADY_REGISTERED
            return Outcome.TAKEN if is_taken else Outcome.REFUSED
        self._next_number += 1
        self._numbers[hotkey_id], self._ids[number] = number, hotkey_id
        return Outcome.ACTIVE

    def unregister(self, hotkey_id: str) -> None:
        """Give one key back; a press that is already on its way is dropped."""
        number = self._numbers.pop(hotkey_id, None)
        if number is not None:
            del self._ids[number]
            self._user32.UnregisterHotKey(None, number)

    def unregister_all(self) -> None:
        """Give all keys back."""
        for hotkey_id in list(self._numbers):
            self.unregister(hotkey_id)

    def close(self) -> None:
        """Give all back and hear no more messages."""
        self._relay.mute()
        self.unregister_all()
        application = QCoreApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)

    def nativeEventFilter(
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> tuple[bool, int]:
        """Take WM_HOTKEY out of the stream; it sees every message, so it does no more."""
        if bytes(event_type) in _MESSAGES:  # type: ignore[arg-type]
            msg = Msg.from_address(int(message))
            if msg.message == WM_HOTKEY and msg.wParam in self._ids:
                self._relay.pressed.emit(self._ids[msg.wParam])
                return True, 0
        return False, 0

    def _virtual_key(self, key: str) -> int:
        """The key's code; that of a symbol is where the layout in force has it unshifted.

        「;」 is VK_OEM_1 on the US keyboard and VK_OEM_PLUS on the Japanese one.
        """
        if len(key) > 1:
            return 0x6F + int(key[1:])  # VK_F1 is 0x70
        if key not in SYMBOLS:
            return ord(key)
        found = int(self._user32.VkKeyScanW(key)) & 0xFFFF
        needs_shift = found >> 8
        return _OEM.get(key, 0) if found == 0xFFFF or needs_shift else found & 0xFF


def _modifiers(chord: Chord) -> int:
    held = MOD_NOREPEAT
    held |= MOD_CONTROL if chord.ctrl else 0
    held |= MOD_ALT if chord.alt else 0
    return held | (MOD_SHIFT if chord.shift else 0)


def declare(user32: Any) -> Any:
    """Tell ctypes the arguments; a handle would else be cut to 32 bits."""
    user32.RegisterHotKey.argtypes = (
        ctypes.c_void_p,
        ctypes.c_int32,
        ctypes.c_uint32,
        ctypes.c_uint32,
    )
    user32.RegisterHotKey.restype = ctypes.c_int32
    user32.UnregisterHotKey.argtypes = (ctypes.c_void_p, ctypes.c_int32)
    user32.UnregisterHotKey.restype = ctypes.c_int32
    user32.VkKeyScanW.argtypes = (ctypes.c_wchar,)
    user32.VkKeyScanW.restype = ctypes.c_int16
    return user32


def _user32() -> Any:
    if sys.platform != "win32":
        raise Unavailable("other_system")
    return declare(ctypes.WinDLL("user32", use_last_error=True))


def _last_error() -> int:
    if sys.platform != "win32":
        return 0
    return ctypes.get_last_error()
