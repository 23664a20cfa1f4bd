"""What the first frame needs of the settings file, read without the table of all settings.

Nothing is repaired or told here: that comes with the whole settings, right after the first paint.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

from ui import actions
from ui.first_frame import FirstChoices


def first_choices(settings: Path) -> FirstChoices:
    """What is readable and known; the default for all else. Puts the agent's own keys in force."""
    try:
        tree = tomllib.loads(settings.read_text(encoding="utf-8-sig"))
    except (OSError, ValueError, RecursionError):
        return FirstChoices()
    keys = _table(tree, "hotkeys")
    own = {name: key for name, key in keys.items() if isinstance(key, str)}
    changed = {name: own[name] for name in actions.DEFAULTS if own.get(name, "none") != "none"}
    actions.put_in_force({name: key for name, key in changed.items() if key})
    view = _table(tree, "view")
    percent = view.get("text_percent", 100)
    is_percent = type(percent) is int and 100 <= percent <= 200
    return FirstChoices(
        theme=_known(view.get("theme"), ("system", "light", "dark", "contrast")),
        percent=percent if is_percent and isinstance(percent, int) else 100,
        side=_known(view.get("dock"), ("right", "left", "floating")),
        is_strip=view.get("compact") == "on",
    )


def _table(tree: dict[str, object], name: str) -> dict[str, object]:
    table = tree.get(name)
    return table if isinstance(table, dict) else {}


def _known(word: object, words: tuple[str, ...]) -> str:
    return word if isinstance(word, str) and word in words else words[0]
