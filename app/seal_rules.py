"""Whether a department wants its cases sealed, and by whose keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from handoff.desk_keys import PublicKey


class SealRules(Struct, frozen=True):
    """Whether cases leave and come only sealed, and whose seals there are.

    ``senders`` are the desks that are trusted, ``receivers`` those of them to which cases are
    sealed. ``folder`` is the shared folder whose rules these are. ``unknown`` says why nobody can
    tell what the department wants (one of :data:`UNKNOWN`): then nothing leaves or comes at all.
    """

    is_required: bool = False
    senders: tuple[PublicKey, ...] = ()
    receivers: tuple[PublicKey, ...] = ()
    folder: str = ""
    unknown: str = ""


# The department's folder was never read; what was kept of it is spoilt; its own file is broken.
UNREAD, SPOILT, BROKEN = "rules_unread", "rules_spoilt", "rules_broken"
UNKNOWN = (UNREAD, SPOILT, BROKEN)


def unknown_rules(why: str, folder: str) -> SealRules:
    """Whoever asks only whether seals are required hears that they are."""
    return SealRules(is_required=True, folder=folder, unknown=why)


def rules_in_force(rules: SealRules, folder: str) -> SealRules:
    """``rules`` as they were read, where the settings now name ``folder``."""
    if rules.folder == folder:
        return rules
    return unknown_rules(UNREAD, folder) if folder else SealRules()
