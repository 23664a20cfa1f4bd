"""Whether a department wants its cases sealed, and by whose keys."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from handoff.desk_keys import PublicKey


class SealRules(Struct, frozen=True):
    """Whether cases leave and come only sealed, and whose seals there are.

    ``senders`` are the desks that are trusted, ``receivers`` those of them to which cases are
    sealed.
    """

    is_required: bool = False
    senders: tuple[PublicKey, ...] = ()
    receivers: tuple[PublicKey, ...] = ()
