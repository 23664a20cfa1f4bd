"""What the window asks of the encryption, done beside the window: each deed says in words what it did.

The system's key store may ask the user, or hang.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct, structs

from app.encryption_words import failure_words, obstacle_words, unproved_words
from scripts_ja.texts import t
from storage.key_record import ENCRYPTED, PLAIN, Form
from storage.recovery_words import MisreadError, WrongRecoveryKeyError
from storage.troubles import StorageError
from ui.port.encryption import EncryptionState, EncryptionView

if TYPE_CHECKING:
    from storage.encryption import Encryption


class Outcome(Struct, frozen=True):
    """The view to show after a deed, and, where it was done, what it says."""

    view: EncryptionView
    said: str | None = None


def not_done(before: EncryptionView, why: str) -> Outcome:
    """Things stand as they stood before."""
    return Outcome(structs.replace(before, remark=why))


class EncryptionDeeds:
    """Any thread. ``locked`` tells the kind of trouble that keeps the journal from its file, if any.

    A deed says nothing (empty) where another follows it, and raises what ``outcome`` hears.
    """

    def __init__(self, database: Path, locked: Callable[[], str]) -> None:
        self._database = database
        self._locked = locked

    def outcome(self, deed: Callable[[], str], before: EncryptionView, remark: str) -> Outcome:
        """Do it, and look how things stand then; ``remark`` goes before what is found."""
        try:
            said = deed()
            view = self._stand()
            return Outcome(structs.replace(view, remark=remark or view.remark), said)
        except StorageError as error:
            return not_done(before, failure_words(error.kind))
        except (MisreadError, WrongRecoveryKeyError) as error:
            return not_done(before, unproved_words(error))

    def nothing(self) -> str:
        """Only look how it stands."""
        return ""

    def propose(self) -> str:
        """A new recovery key: the one deed whose words are not for a notice."""
        return self._encryption().propose_recovery().text

    def give_up(self) -> str:
        """The one that was proposed is not wanted."""
        self._encryption().give_up_recovery()
        return ""

    def prove(self, typed: str) -> str:
        """Empty where nothing was encrypted yet, and is to be now."""
        encryption = self._encryption()
        encryption.prove_recovery(typed)
        if encryption.status().wanted == ENCRYPTED:
            return t("encryption.recovery_proved")
        encryption.want(ENCRYPTED)
        return ""

    def recover(self, typed: str) -> str:
        """Open by the recovery key."""
        is_kept = self._encryption().recover(typed)
        return t("encryption.recovered" if is_kept else "encryption.recovered_once")

    def remove_recovery(self) -> str:
        """Have no recovery key any more."""
        self._encryption().remove_recovery()
        return t("encryption.recovery_removed")

    def want(self, form: Form) -> str:
        """Keep in which form the files are to be."""
        self._encryption().want(form)
        return ""

    def converted(self) -> str:
        """All files are in the form that was wanted."""
        is_encrypted = self._encryption().status().wanted == ENCRYPTED
        return t("encryption.done_encrypted" if is_encrypted else "encryption.done_plain")

    def _stand(self) -> EncryptionView:
        """How things stand, asked of the disk and the key store."""
        locked = self._locked()
        if locked:
            return EncryptionView(EncryptionState.LOCKED, remark=failure_words(locked))
        status = self._encryption().status()
        view = EncryptionView(
            EncryptionState.ENCRYPTED if status.wanted == ENCRYPTED else EncryptionState.PLAIN,
            is_recoverable=status.is_recoverable,
            is_unfinished=status.is_converting,
        )
        if status.wanted == PLAIN and status.obstacle:
            remark = obstacle_words(status.obstacle)
            return structs.replace(view, state=EncryptionState.IMPOSSIBLE, remark=remark)
        return view

    def _encryption(self) -> Encryption:
        # Here, not above: only asked for after the window stands.
        from storage.encryption import Encryption

        return Encryption(self._database)
