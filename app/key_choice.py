"""Which action has which key: the settings where they say something that can be, else the default."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping

from desktop.hotkeys.chord import neutral_form
from ui.actions import DEFAULTS, TABLE

GLOBAL = tuple(action.id for action in TABLE if action.is_global)
# docs/KEYS.md: what only some machines use, the likeliest to be free first.
_RESERVE = tuple(f"Ctrl+Alt+{letter}" for letter in "MIRJHP")
# Bound by fcitx5 and GNOME.
_NEVER = frozenset({"Ctrl+Alt+Shift+U", "Ctrl+Alt+Shift+R"})


def chosen_key(get: Callable[[str], str], action: str) -> str:
    """What the settings say of an action: empty for its default, ``none``, or a combination."""
    value = get(f"hotkeys.{action}")
    return "none" if value == "none" else neutral_form(value)


def keys_in_force(get: Callable[[str], str]) -> dict[str, str]:
    """The key of every action, none twice.

    A key that was chosen for two counts for the first; the other has its default again, or a
    key of the reserve where that is gone too. ``none`` is the default: it still works inside
    the window.
    """
    chosen = {action: chosen_key(get, action) for action in GLOBAL}
    keys = {a: key for a, key in DEFAULTS.items() if chosen.get(a, "") in ("", "none")}
    for action in GLOBAL:
        if action not in keys:
            wanted = (chosen[action], *candidates(action, keys))
            keys[action] = next(key for key in wanted if key not in keys.values())
    return {action: keys[action] for action in DEFAULTS}


def candidates(action: str, keys: Mapping[str, str]) -> tuple[str, ...]:
    """Keys for an action that no other has: its default, the reserve, then those with Shift."""
    used = {key for other, key in keys.items() if other != action}
    own = DEFAULTS[action]
    with_shift = [_with_shift(own), *(_with_shift(key) for key in _RESERVE)]
    return _each_once((own, *_RESERVE, *with_shift), used | _NEVER)


def _with_shift(key: str) -> str:
    modifiers, last = key.rsplit("+", 1)
    return f"{modifiers}+Shift+{last}"


def _each_once(keys: Collection[str], without: Collection[str]) -> tuple[str, ...]:
    return tuple(key for key in dict.fromkeys(keys) if key not in without)
