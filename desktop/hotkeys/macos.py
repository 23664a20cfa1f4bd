"""macOS: Carbon's RegisterEventHotKey. It asks for no permission, and hears no other key."""

from __future__ import annotations

import ctypes
import sys
from typing import Any

from desktop.hotkeys.backend import Outcome, Relay, Unavailable
from desktop.hotkeys.chord import Chord

_FRAMEWORK = "/System/Library/Frameworks/Carbon.framework/Carbon"
SHIFT, OPTION, CONTROL = 0x0200, 0x0800, 0x1000
EVENT_HOTKEY_EXISTS = -9878
EVENT_NOT_HANDLED = -9874


def _four(code: str) -> int:
    """A four-character code."""
    return int.from_bytes(code.encode("ascii"), "big")


KEYBOARD_CLASS, PRESSED = _four("keyb"), 5
DIRECT_OBJECT, HOTKEY_ID_TYPE, SIGNATURE = _four("----"), _four("hkid"), _four("YRSI")

# kVK_*: places on the keyboard, named for the US layout; the Japanese one has these alike.
# From these codes on, in their order; a blank is a key that no hotkey of ours can have.
_RUNS = {0x00: "ASDFHGZXCV", 0x0B: "BQWERYT123465 97-80 OU IP LJ K; ,/NM."}
_FUNCTION_KEYS = {"F1": 0x7A, "F2": 0x78, "F3": 0x63, "F4": 0x76, "F5": 0x60, "F11": 0x67}
KEY_CODES = _FUNCTION_KEYS | {
    key: start + place
    for start, run in _RUNS.items()
    for place, key in enumerate(run)
    if key != " "
}


class HotkeyId(ctypes.Structure):
    """EventHotKeyID; passed by value."""

    _fields_ = (("signature", ctypes.c_uint32), ("id", ctypes.c_uint32))


class EventType(ctypes.Structure):
    """EventTypeSpec."""

    _fields_ = (("eventClass", ctypes.c_uint32), ("eventKind", ctypes.c_uint32))


Handler = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


class MacHotkeys:
    """``carbon`` is given by the tests."""

    def __init__(self, relay: Relay, carbon: Any = None) -> None:
        self._relay = relay
        self._carbon = carbon or _load()
        self._references: dict[str, tuple[int, ctypes.c_void_p]] = {}
        self._ids: dict[int, str] = {}
        self._next_number = 1
        self._target = self._carbon.GetApplicationEventTarget()
        self._handler = Handler(self._on_event)  # kept: Carbon holds no reference to it
        self._handler_reference = ctypes.c_void_p()
        wanted = EventType(KEYBOARD_CLASS, PRESSED)
        status = self._carbon.InstallEventHandler(
            self._target,
            self._handler,
            1,
            ctypes.byref(wanted),
            None,
            ctypes.byref(self._handler_reference),
        )
        if status:
            raise Unavailable("macos_refused")

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Ask the system; -9878 says that another program was first."""
        self.unregister(hotkey_id)
        code = KEY_CODES.get(chord.key)
        if code is None:
            return Outcome.ABSENT
        number, reference = self._next_number, ctypes.c_void_p()
        status = self._carbon.RegisterEventHotKey(
            code,
            _modifiers(chord),
            HotkeyId(SIGNATURE, number),
            self._target,
            0,
            ctypes.byref(reference),
        )
        if status:
            return Outcome.TAKEN if status == EVENT_HOTKEY_EXISTS else Outcome.REFUSED
        self._next_number += 1
        self._references[hotkey_id], self._ids[number] = (number, reference), hotkey_id
        return Outcome.ACTIVE

    def unregister(self, hotkey_id: str) -> None:
        """Give one key back."""
        found = self._references.pop(hotkey_id, None)
        if found is not None:
            number, reference = found
            del self._ids[number]
            self._carbon.UnregisterEventHotKey(reference)

    def unregister_all(self) -> None:
        """Give all keys back."""
        for hotkey_id in list(self._references):
            self.unregister(hotkey_id)

    def close(self) -> None:
        """Give all back and hear no more events."""
        self._relay.mute()
        self.unregister_all()
        self._carbon.RemoveEventHandler(self._handler_reference)

    def _on_event(self, _call: int | None, event: int | None, _data: int | None) -> int:
        """Called by Carbon in the thread of the window."""
        found = HotkeyId()
        status = self._carbon.GetEventParameter(
            event,
            DIRECT_OBJECT,
            HOTKEY_ID_TYPE,
            None,
            ctypes.sizeof(found),
            None,
            ctypes.byref(found),
        )
        if status or found.signature != SIGNATURE or found.id not in self._ids:
            return EVENT_NOT_HANDLED
        self._relay.pressed.emit(self._ids[found.id])
        return 0


def _modifiers(chord: Chord) -> int:
    held = CONTROL if chord.ctrl else 0
    held |= OPTION if chord.alt else 0
    return held | (SHIFT if chord.shift else 0)


def declare(carbon: Any) -> Any:
    """Tell ctypes the arguments; pointers would else be cut to 32 bits."""
    pointer, number = ctypes.c_void_p, ctypes.c_uint32
    carbon.GetApplicationEventTarget.argtypes = ()
    carbon.GetApplicationEventTarget.restype = pointer
    carbon.InstallEventHandler.argtypes = (
        *(pointer, Handler, ctypes.c_ulong),
        *(ctypes.POINTER(EventType), pointer, ctypes.POINTER(pointer)),
    )
    carbon.RegisterEventHotKey.argtypes = (
        *(number, number, HotkeyId),
        *(pointer, number, ctypes.POINTER(pointer)),
    )
    carbon.UnregisterEventHotKey.argtypes = (pointer,)
    carbon.RemoveEventHandler.argtypes = (pointer,)
    carbon.GetEventParameter.argtypes = (
        *(pointer, number, number, pointer),
        *(ctypes.c_ulong, pointer, pointer),
    )
    for name in (
        *("InstallEventHandler", "RegisterEventHotKey", "UnregisterEventHotKey"),
        *("RemoveEventHandler", "GetEventParameter"),
    ):
        getattr(carbon, name).restype = ctypes.c_int32
    return carbon


def _load() -> Any:
    if sys.platform != "darwin":
        raise Unavailable("other_system")
    try:
        return declare(ctypes.CDLL(_FRAMEWORK))
    except (OSError, AttributeError) as error:
        raise Unavailable("macos_refused") from error
