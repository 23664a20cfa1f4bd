"""Windows: RegisterHotKey in the thread of the window, heard through Qt's native event filter.

No hook: the system compares keys itself and sends one message per press, so nothing that is
typed elsewhere passes through here.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from typing import Any

from desktop.hotkeys.backend import Outcome, Relay, Unavailable
from desktop.hotkeys.chord import SYMBOLS, Chord
from desktop.windows_messages import MessageFilter, Msg, declare_functions

MOD_ALT, MOD_CONTROL, MOD_SHIFT = 0x1, 0x2, 0x4
MOD_NOREPEAT = 0x4000  # a key that is held is one message
WM_HOTKEY = 0x0312
ERROR_HOTKEY_ALREADY_REGISTERED = 1409
# Where the layout cannot be asked: these four are the same on the Japanese and US keyboards.
_OEM = {".": 0xBE, ",": 0xBC, "-": 0xBD, "/": 0xBF}


class WindowsHotkeys(MessageFilter):
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
        if not self.hear():
            raise Unavailable("no_screen")

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
        self.stop_hearing()

    def on_message(self, msg: Msg) -> bool:
        """Take WM_HOTKEY out of the stream where it is one of ours."""
        if msg.message != WM_HOTKEY or msg.wParam not in self._ids:
            return False
        self._relay.pressed.emit(self._ids[msg.wParam])
        return True

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
    """Tell ctypes the arguments."""
    handle, number, mask = ctypes.c_void_p, ctypes.c_int32, ctypes.c_uint32
    declare_functions(
        (
            (user32.RegisterHotKey, (handle, number, mask, mask), number),
            (user32.UnregisterHotKey, (handle, number), number),
            (user32.VkKeyScanW, (ctypes.c_wchar,), ctypes.c_int16),
        )
    )
    return user32


def _user32() -> Any:
    if sys.platform != "win32":
        raise Unavailable("other_system")
    try:
        return declare(ctypes.WinDLL("user32", use_last_error=True))
    except (OSError, AttributeError) as error:
        raise Unavailable("windows_refused") from error


def _last_error() -> int:
    if sys.platform != "win32":
        return 0
    return ctypes.get_last_error()
