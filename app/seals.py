"""Closing what leaves and opening what comes, as the department's ``desks.toml`` wants it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from msgspec import Struct

from app.department_copy import find_copy
from app.desk_key import DeskKeyError, secret_key
from app.rule_layers import seal_rules
from app.seal_rules import BROKEN, SealRules, rules_in_force
from app.settings import Settings
from desktop.paths import Places
from handoff.bundle import BundleError
from handoff.desk_keys import PublicKey, is_sound
from handoff.sealing import SEALED, is_sealed, seal, unseal

Close = Callable[[bytes], bytes]

# Nobody but this desk could open it; nobody would believe it.
ALONE, UNLISTED = "alone", "unlisted"


class SealError(Exception):
    """A file cannot be sealed.

    ``kind`` is that of a :class:`DeskKeyError`, one of :data:`~app.department_desks.UNKNOWN`,
    ``alone`` (no other desk receives) or ``unlisted`` (the department does not list this desk).
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.kind = kind


class Seals(Struct, frozen=True):
    """The rules of one moment, and the data folder in which this desk's public key lies.

    Both ways ask the system's key store where something is sealed: never in the window's thread.
    """

    rules: SealRules
    folder: Path

    def extension(self, plain: str) -> str:
        """How a file ends that leaves."""
        return SEALED.get(plain, plain) if self.rules.is_required else plain

    def closing(self, receivers: tuple[PublicKey, ...] = ()) -> Close:
        """Seals for these desks; without any, a case for all that receive cases.

        Raises:
            SealError: it cannot be done, so that nothing may leave.
        """
        if self.rules.unknown:
            raise SealError(self.rules.unknown)
        try:
            sender = secret_key(self.folder)
        except DeskKeyError as error:
            raise SealError(error.kind) from None
        desks = receivers or self._receivers(sender.public())
        return lambda content: seal(content, sender, desks)

    def _receivers(self, own: PublicKey) -> tuple[PublicKey, ...]:
        if own not in self.rules.senders:
            raise SealError(UNLISTED)
        if not set(self.rules.receivers) - {own}:
            raise SealError(ALONE)
        if not all(map(is_sound, self.rules.receivers)):
            raise SealError(BROKEN)
        return self.rules.receivers

    def opened(self, content: bytes) -> tuple[bytes, PublicKey | None]:
        """What is in a file, and whose seal it had; a plain one is what it is, where that is let.

        Raises:
            BundleError: ``unsealed``, ``key_none``, ``key_lost``, ``key_shut``, one of
                :data:`~app.department_desks.UNKNOWN`, or as :func:`handoff.sealing.unseal` says.
        """
        if self.rules.unknown:
            raise BundleError(self.rules.unknown)
        if not is_sealed(content):
            if self.rules.is_required:
                raise BundleError("unsealed")
            return content, None
        try:
            own = secret_key(self.folder)
        except DeskKeyError as error:
            raise BundleError(f"key_{error.kind}") from None
        found = unseal(content, own, self.rules.senders)
        return found.content, found.sender


def seals_of(where: Places, settings: Settings) -> Seals:
    """Those of a command: by the copy of what the department shares, as the sidebar begins."""
    folder = settings.text("department.folder")
    copy = find_copy(where.department, folder) if folder else None
    return Seals(rules_in_force(seal_rules(copy), folder), where.data)
