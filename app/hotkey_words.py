"""What is said about global hotkeys."""

from __future__ import annotations

from collections.abc import Sequence

from scripts_ja.texts import t
from ui.actions import by_id, key_of, spaced

_NAMED = 3


def action_name(action_id: str) -> str:
    """The name of an action, with its number where it is one of a family."""
    action = by_id(action_id)
    name = t(f"action.{action.family}")
    return t("hotkeys.numbered", name=name, number=action.argument) if action.argument else name


def said_of_taken(taken: Sequence[tuple[str, str]]) -> str:
    """One sentence about all keys that others have: the keys and what is offered instead.

    Args:
        taken: key and offer, both neutral; an offer is empty where no key is free.
    """
    if not taken:
        return ""
    (key, offer), help_key = taken[0], key_of("keys_help")
    if len(taken) > 1:
        named = t("list.joint").join([spaced(key), *(_last(k) for k, _ in taken[1:_NAMED])])
        more = len(taken) - _NAMED
        keys = t("hotkeys.and_more", keys=named, count=more) if more > 0 else named
        return t("hotkeys.taken_some", keys=keys, help=help_key)
    if not offer:
        return t("hotkeys.taken_no_offer", key=spaced(key), help=help_key)
    return t("hotkeys.taken", key=spaced(key), offer=spaced(offer), help=help_key)


def _last(key: str) -> str:
    return key.rsplit("+", 1)[-1]
