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
    _put_keys_in_force(_table(tree, "hotkeys"))
    view = _table(tree, "view")
    return FirstChoices(
        theme=_known(view.get("theme"), ("system", "light", "dark", "contrast")),
        percent=_percent(view.get("text_percent")),
        side=_known(view.get("dock"), ("right", "left", "floating")),
        is_strip=view.get("compact") == "on",
    )


def _put_keys_in_force(keys: dict[str, object]) -> None:
    """As the whole settings will: spelled as on the buttons, none twice, none that is no key."""
    own = {
        f"hotkeys.{name}": key
        for name in actions.DEFAULTS
        if isinstance(key := keys.get(name), str)
    }
    if any(own.values()):
        from app.key_choice import keys_in_force  # few have keys of their own

        actions.put_in_force(keys_in_force(lambda name: own.get(name, "")))


def _percent(value: object) -> int:
    """Within its bounds, as the whole settings repair it."""
    if not isinstance(value, int) or isinstance(value, bool):
        return 100
    return min(max(value, 100), 200)


def _table(tree: dict[str, object], name: str) -> dict[str, object]:
    table = tree.get(name)
    return table if isinstance(table, dict) else {}


def _known(word: object, words: tuple[str, ...]) -> str:
    return word if isinstance(word, str) and word in words else words[0]
