"""The encryption of the records, as the window shows and changes it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Literal, Protocol

from msgspec import Struct


class EncryptionState(StrEnum):
    """How it stands; ``PROPOSED`` is a recovery key that waits to be proved."""

    UNKNOWN = "unknown"
    IMPOSSIBLE = "impossible"
    PLAIN = "plain"
    PROPOSED = "proposed"
    CONVERTING = "converting"
    ENCRYPTED = "encrypted"
    LOCKED = "locked"


class EncryptionView(Struct, frozen=True):
    """What there is to show.

    ``groups`` is the recovery key that was proposed, to be written down. ``remark`` is one
    sentence: why it cannot be had, or what did not work. With ``is_busy`` something is being
    asked of the system and nothing else can be asked meanwhile.
    """

    state: EncryptionState = EncryptionState.UNKNOWN
    groups: tuple[str, ...] = ()
    remark: str = ""
    percent: int = 0
    is_busy: bool = False
    is_recoverable: bool = False
    is_unfinished: bool = False


class EncryptionPort(Protocol):
    """Asks and changes; whatever it is, the answer comes as another view."""

    @property
    def view(self) -> EncryptionView:
        """What there is to show now."""
        ...

    @property
    def is_offered(self) -> bool:
        """Whether there is reason to point it out: never asked about, or locked."""
        ...

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that the view is another."""
        ...

    def look(self) -> None:
        """Find out how it stands."""
        ...

    def decline(self) -> None:
        """Not to be pointed out again."""
        ...

    def propose(self) -> None:
        """A new recovery key, to be written down."""
        ...

    def give_up(self) -> None:
        """The one that was proposed is not wanted."""
        ...

    def right_groups(self, typed: str) -> int:
        """How many groups, from the first, are well written so far."""
        ...

    def prove(self, typed: str) -> None:
        """What was written down; where nothing is encrypted yet, it is from then on."""
        ...

    def recover(self, typed: str) -> None:
        """Open by the recovery key."""
        ...

    def remove_recovery(self) -> None:
        """Have no recovery key any more."""
        ...

    def decrypt(self) -> None:
        """Have nothing encrypted any more."""
        ...

    def change_form(self, form: Literal["plain", "encrypted"], then: Callable[[str], None]) -> str:
        """Bring all into that form for somebody who waits: ``then`` hears what did not work.

        Where that cannot be begun now, one sentence says why (else empty).
        """
        ...

    def convert(self) -> None:
        """Go on with what was left."""
        ...
