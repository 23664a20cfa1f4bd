"""A key combination in the neutral form of the table of actions: 「Ctrl+Alt+N」."""

from __future__ import annotations

import string
from typing import NamedTuple

SYMBOLS = ".,-/;"
# F6-F10 belong to the input method, F12 to the debugger of Windows.
_FUNCTION_KEYS = ("F1", "F2", "F3", "F4", "F5", "F11")
KEYS = frozenset([*string.ascii_uppercase, *string.digits, *SYMBOLS, *_FUNCTION_KEYS])
_MODIFIERS = ("Ctrl", "Alt", "Shift")


class Chord(NamedTuple):
    """Modifiers and one key of :data:`KEYS`."""

    ctrl: bool
    alt: bool
    shift: bool
    key: str

    def __str__(self) -> str:
        held = zip(_MODIFIERS, (self.ctrl, self.alt, self.shift), strict=True)
        return "+".join([*(name for name, is_held in held if is_held), self.key])


def parse_chord(text: str) -> Chord:
    """Read a combination; case and blanks do not matter.

    Two modifiers at least, one of them Ctrl or Alt: with fewer it would take a key away from
    the typing, or from the menus, of every other program.

    Raises:
        ValueError: this is no combination that may be used everywhere.
    """
    *held, key = [part.strip().capitalize() for part in text.split("+")]
    if key not in KEYS:
        raise ValueError(f"no such key: {text!r}")
    if len(set(held)) != len(held) or not set(held) <= set(_MODIFIERS):
        raise ValueError(f"no such modifiers: {text!r}")
    if len(held) < 2:
        raise ValueError(f"too few modifiers: {text!r}")
    return Chord("Ctrl" in held, "Alt" in held, "Shift" in held, key)


def neutral_form(text: str) -> str:
    """The one way to write a combination; empty where it is none that may be used everywhere."""
    try:
        return str(parse_chord(text))
    except ValueError:
        return ""
