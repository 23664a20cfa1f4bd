"""What is said when something about the encryption did not work."""

from __future__ import annotations

from app.failure import Failure
from scripts_ja.texts import t
from storage.key_record import ENCRYPTED, Form
from storage.recovery_words import MisreadError, WrongRecoveryKeyError
from storage.troubles import (
    CIPHER_MISSING,
    DAMAGED,
    DISK_FULL,
    KEY_MISSING,
    KEY_STORE_SHUT,
    KEY_WRONG,
    LOCKED,
    MISSING,
    NEWER_VERSION,
    NOT_OURS,
    READ_ONLY,
    UNWRITABLE,
    StorageError,
)
from ui.port.encryption import EncryptionState, EncryptionView

Unproved = MisreadError | WrongRecoveryKeyError

_OWN_WORDS = (
    CIPHER_MISSING,
    DAMAGED,
    DISK_FULL,
    KEY_MISSING,
    KEY_STORE_SHUT,
    KEY_WRONG,
    LOCKED,
    MISSING,
    NEWER_VERSION,
    NOT_OURS,
    READ_ONLY,
    UNWRITABLE,
)


def obstacle_words(kind: str) -> str:
    """Why nothing can be encrypted here; empty where it can."""
    return t(f"encryption.obstacle.{kind}") if kind else ""


def failure_words(kind: str) -> str:
    """What kept it from being done, and what to do."""
    return t(f"encryption.failed.{kind if kind in _OWN_WORDS else 'other'}")


def unproved_words(error: Unproved) -> str:
    """What is wrong with a recovery key that was typed."""
    if isinstance(error, WrongRecoveryKeyError):
        return t("encryption.unproved.wrong")
    if error.group:
        return t("encryption.unproved.group", group=error.group)
    return t("encryption.unproved.length")


def shortfall(view: EncryptionView, form: Form) -> str:
    """Why the records are not in that form, as far as the window knows; empty where they are."""
    plain = (EncryptionState.PLAIN, EncryptionState.IMPOSSIBLE)
    wanted = (EncryptionState.ENCRYPTED,) if form == ENCRYPTED else plain
    if view.state in wanted and not view.is_unfinished:
        return ""
    return view.remark or t("cli.encryption.unfinished")


def failed(error: StorageError) -> Failure:
    """The sentence for the command line."""
    return Failure(failure_words(error.kind))
