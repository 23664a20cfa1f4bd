"""All actions and their default keys, as data. Names on screen: ``action.<id>`` in the resources.

Why these keys and no others: docs/KEYS.md. Enter, F6-F10 and, while composing, Esc belong to the
input method.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Action(NamedTuple):
    """One thing a key does. ``argument`` tells apart the actions of one family (a digit).

    ``is_global``: its key also works while another window has the focus (docs/KEYS.md).
    """

    id: str
    key: str
    argument: int = 0
    is_global: bool = False

    @property
    def family(self) -> str:
        """The id without its argument: what the resources and the buttons call it."""
        return self.id.rstrip("0123456789") if self.argument else self.id


TABLE: tuple[Action, ...] = (
    Action("start", "Ctrl+Alt+S", is_global=True),
    Action("next", "Ctrl+Alt+N", is_global=True),
    Action("back", "Ctrl+Alt+B", is_global=True),
    Action("exits", "Ctrl+Alt+G", is_global=True),
    Action("aside", "Ctrl+Alt+.", is_global=True),
    Action("cards", "Ctrl+Alt+,", is_global=True),
    Action("hold", "Ctrl+Alt+W", is_global=True),
    Action("hold_kind", "Ctrl+Alt+7", is_global=True),
    Action("end", "Ctrl+Alt+K", is_global=True),
    Action("handoff", "Ctrl+Alt+E", is_global=True),
    Action("consult", "Ctrl+Alt+C", is_global=True),
    Action("papers", "Ctrl+Alt+Shift+E"),
    Action("follow_advice", "Ctrl+Alt+A", is_global=True),
    Action("same_talk", "Ctrl+Alt+O", is_global=True),
    Action("new_fact", "Ctrl+Alt+V", is_global=True),
    Action("safety", "Ctrl+Alt+Q", is_global=True),
    *(Action(f"temperature{n}", f"Ctrl+Alt+{n}", n, is_global=True) for n in range(1, 6)),
    *(Action(f"announce{n}", f"Alt+{n}", n) for n in range(1, 10)),
    Action("customer", "Ctrl+Alt+U", is_global=True),
    Action("copy_phrase", "Ctrl+Alt+6", is_global=True),
    Action("more_phrases", "Ctrl+Alt+8", is_global=True),
    Action("find_phrase", "Ctrl+Alt+/", is_global=True),
    Action("own_wording", "Ctrl+Alt+;"),
    Action("first_phrase", "Ctrl+Alt+]"),
    Action("second_desk", "Ctrl+Alt+["),
    Action("wrap_up", "Ctrl+9"),
    Action("more_donts", "F4"),
    Action("more_hints", "F5"),
    *(Action(f"kind{n}", f"Ctrl+{n}", n) for n in range(1, 4)),
    Action("wording", "Ctrl+4"),
    Action("visit", "Ctrl+7"),
    Action("abuse", "Ctrl+8"),
    Action("kinds", "Ctrl+0"),
    Action("agenda", "Ctrl+5"),
    Action("callback", "Ctrl+6"),
    Action("undo", "Ctrl+Alt+Z", is_global=True),
    Action("retime", "Ctrl+Alt+Y", is_global=True),
    Action("parked", "Ctrl+Alt+9", is_global=True),
    Action("cases", "Ctrl+Alt+0", is_global=True),
    Action("keep_number", "Ctrl+Alt+-"),
    Action("focus_note", "Ctrl+Alt+X", is_global=True),
    Action("compact", "Ctrl+Alt+Shift+M", is_global=True),
    Action("dock", "F11"),
    Action("text_size", "F2"),
    Action("theme", "F3"),
    Action("settings", "F12"),
    Action("keys_help", "F1"),
)

DEFAULTS: Mapping[str, str] = {action.id: action.key for action in TABLE}
# One keyboard, one window: every window puts its own keys in force when it is made.
_in_force: dict[str, str] = dict(DEFAULTS)


def put_in_force(keys: Mapping[str, str]) -> None:
    """From now on these are the keys, by action; what is not named has its default."""
    _in_force.clear()
    _in_force.update({**DEFAULTS, **keys})


def key_in_force(action_id: str) -> str:
    """The key of an action in its neutral form: 「Ctrl+Alt+N」."""
    return _in_force[action_id]


def key_of(action_id: str) -> str:
    """The key of an action, as buttons show it: 「Ctrl Alt N」."""
    return spaced(_in_force[action_id])


def short_key_of(action_id: str) -> str:
    """The last part of the key, for narrow buttons."""
    return _in_force[action_id].rsplit("+", 1)[-1]


def spaced(key: str) -> str:
    """A key as it is shown: 「Ctrl Alt N」."""
    return key.replace("+", " ")


def by_id(action_id: str) -> Action:
    """The action of an id."""
    return next(action for action in TABLE if action.id == action_id)
