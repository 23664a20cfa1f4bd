"""What is said about global hotkeys."""

from __future__ import annotations

from collections.abc import Sequence

from scripts_ja.texts import t
from ui.actions import key_of, spaced

_MOST_NAMED = 3


def said_of_taken(taken: Sequence[tuple[str, str]]) -> str:
    """One sentence about all keys that others have: the keys and what is offered instead.

    Args:
        taken: key and offer, both neutral; an offer is empty where no key is free.
    """
    if not taken:
        return ""
    (key, offer), help_key = taken[0], key_of("keys_help")
    if len(taken) > 1:
        named = taken if len(taken) <= _MOST_NAMED else taken[: _MOST_NAMED - 1]
        keys = t("hotkeys.joint").join([spaced(key), *(_last(k) for k, _ in named[1:])])
        more = len(taken) - len(named)
        keys = t("hotkeys.and_more", keys=keys, count=more) if more else keys
        return t("hotkeys.taken_some", keys=keys, help=help_key)
    if not offer:
        return t("hotkeys.taken_no_offer", key=spaced(key), help=help_key)
    return t("hotkeys.taken", key=spaced(key), offer=spaced(offer), help=help_key)


def _last(key: str) -> str:
    return key.rsplit("+", 1)[-1]
