"""What an action is called."""

from __future__ import annotations

from scripts_ja.texts import t
from ui.actions import by_id


def action_name(action_id: str) -> str:
    """The name of an action, with its number where it is one of a family."""
    action = by_id(action_id)
    name = t(f"action.{action.family}")
    return t("hotkeys.numbered", name=name, number=action.argument) if action.argument else name
