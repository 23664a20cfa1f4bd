"""All actions and their default keys, as data. Names on screen: ``action.<id>`` in the resources.

Why these keys and no others: docs/KEYS.md. Enter, F6-F10 and, while composing, Esc belong to the
input method.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Action:
    """One thing a key does. ``argument`` tells apart the actions of one family (a digit)."""

    id: str
    key: str
    argument: int = 0

    @property
    def family(self) -> str:
        """The id without its argument: what the resources and the buttons call it."""
        return self.id.rstrip("0123456789") if self.argument else self.id


TABLE: tuple[Action, ...] = (
    Action("start", "Ctrl+Alt+S"),
    Action("next", "Ctrl+Alt+N"),
    Action("back", "Ctrl+Alt+B"),
    Action("exits", "Ctrl+Alt+G"),
    Action("aside", "Ctrl+Alt+."),
    Action("cards", "Ctrl+Alt+,"),
    Action("hold", "Ctrl+Alt+W"),
    Action("hold_kind", "Ctrl+Alt+7"),
    Action("end", "Ctrl+Alt+K"),
    Action("handoff", "Ctrl+Alt+E"),
    Action("consult", "Ctrl+Alt+C"),
    Action("follow_advice", "Ctrl+Alt+A"),
    Action("same_talk", "Ctrl+Alt+O"),
    Action("new_fact", "Ctrl+Alt+V"),
    Action("safety", "Ctrl+Alt+Q"),
    *(Action(f"temperature{n}", f"Ctrl+Alt+{n}", n) for n in range(1, 6)),
    *(Action(f"announce{n}", f"Alt+{n}", n) for n in range(1, 10)),
    Action("customer", "Ctrl+Alt+U"),
    Action("copy_phrase", "Ctrl+Alt+6"),
    Action("more_phrases", "Ctrl+Alt+8"),
    Action("find_phrase", "Ctrl+Alt+/"),
    Action("own_wording", "Ctrl+Alt+;"),
    Action("first_phrase", "Ctrl+Alt+]"),
    Action("more_donts", "F4"),
    Action("more_hints", "F5"),
    *(Action(f"kind{n}", f"Ctrl+{n}", n) for n in range(1, 4)),
    Action("wording", "Ctrl+4"),
    Action("kinds", "Ctrl+0"),
    Action("undo", "Ctrl+Alt+Z"),
    Action("retime", "Ctrl+Alt+Y"),
    Action("parked", "Ctrl+Alt+9"),
    Action("cases", "Ctrl+Alt+0"),
    Action("keep_number", "Ctrl+Alt+-"),
    Action("focus_note", "Ctrl+Alt+X"),
    Action("text_size", "F2"),
    Action("theme", "F3"),
    Action("keys_help", "F1"),
)

_KEYS = {action.id: action.key for action in TABLE}


def key_of(action_id: str) -> str:
    """The key of an action, as buttons show it: 「Ctrl Alt N」."""
    return _KEYS[action_id].replace("+", " ")


def short_key_of(action_id: str) -> str:
    """The last part of the key, for narrow buttons."""
    key = _KEYS[action_id]
    return key[-1] if key.endswith("+-") else key.rsplit("+", 1)[-1]
