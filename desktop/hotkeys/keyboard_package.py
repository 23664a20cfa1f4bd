"""The ``keyboard`` package: only where it was chosen by name in the settings.

Its hook hears every key of the user, in every program. Nobody has maintained it since 2020; on
Linux it wants root, on newer macOS importing it ends the process. So it is imported here alone,
never on macOS, and everything it is known to do wrong becomes an answer.
"""

from __future__ import annotations

import importlib
import os
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import Any

from desktop.hotkeys.backend import Outcome, Relay, Unavailable
from desktop.hotkeys.chord import Chord

_DEVICES = Path("/dev/input")
_NAMES = {",": "comma"}  # its own grammar separates steps by a comma


class KeyboardHotkeys:
    """``load``, ``platform`` and ``devices`` (where Linux has its keyboards) are given by the tests."""

    def __init__(
        self,
        relay: Relay,
        load: Callable[[], Any] | None = None,
        platform: str = sys.platform,
        devices: Path | None = None,
    ) -> None:
        if platform == "darwin":
            raise Unavailable("keyboard_on_mac")
        self._relay = relay
        self._handles: dict[str, Any] = {}
        self._is_refused = False
        try:
            self._keyboard = (load or _load)()
        except Exception as error:  # noqa: BLE001 - what it does while it is imported is its own
            raise Unavailable("keyboard_missing") from error
        if platform == "linux" and not _can_read(devices or _DEVICES):
            # The package would say yes, and its thread would end without a word.
            raise Unavailable("keyboard_refused")

    def register(self, hotkey_id: str, chord: Chord) -> Outcome:
        """Listen for a key. It is not kept from other programs, and nobody can be found to have it.

        The key is not suppressed: to suppress, the package holds back every key of the user, and
        it is known to leave Ctrl and Alt stuck. Once it has failed, it is asked for no other key.
        """
        self.unregister(hotkey_id)
        if self._is_refused:
            return Outcome.REFUSED
        try:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")  # that it cannot send keys: it is not to
                self._handles[hotkey_id] = self._keyboard.add_hotkey(
                    spelled(chord), self._relay.pressed.emit, args=(hotkey_id,), suppress=False
                )
        except ValueError:
            return Outcome.ABSENT
        except Exception:  # noqa: BLE001 - AssertionError(""), ImportError, OSError
            self._is_refused = True
            self._relay.lost.emit("keyboard_refused")
            return Outcome.REFUSED
        return Outcome.ACTIVE

    def unregister(self, hotkey_id: str) -> None:
        """Listen no more for one key."""
        handle = self._handles.pop(hotkey_id, None)
        if handle is None:
            return
        try:
            self._keyboard.remove_hotkey(handle)
        except Exception:  # noqa: BLE001 - what it does not find is gone
            return

    def unregister_all(self) -> None:
        """Listen to no key of ours."""
        for hotkey_id in list(self._handles):
            self.unregister(hotkey_id)

    def close(self) -> None:
        """Take the hook away altogether."""
        self._relay.mute()
        self.unregister_all()
        try:
            self._keyboard.unhook_all()
        except Exception:  # noqa: BLE001 - there was no hook
            return


def spelled(chord: Chord) -> str:
    """「ctrl+alt+n」, as the package spells it."""
    held = zip(("ctrl", "alt", "shift"), (chord.ctrl, chord.alt, chord.shift), strict=True)
    key = _NAMES.get(chord.key, chord.key.lower())
    return "+".join([*(name for name, is_held in held if is_held), key])


def _can_read(devices: Path) -> bool:
    return any(os.access(device, os.R_OK) for device in devices.glob("event*"))


def _load() -> Any:
    return importlib.import_module("keyboard")
