"""``recovery-key new|open|remove``: the key on paper, for when the key store has lost it.

All of it by the lock: a sidebar that is open may be doing the same, or be converting, and has a
place for each.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator

from app.encryption_words import failed, unproved_words
from app.failure import Failure
from app.turn import turn
from desktop.paths import Places
from scripts_ja.texts import t
from storage.encryption import Encryption, MisreadError, WrongRecoveryKeyError
from storage.key_record import ENCRYPTED
from storage.troubles import StorageError

_TRIES = 3


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Make a new one in place of the old, open by it, or remove it."""
    encryption = Encryption(where.database)
    try:
        with turn(where) as sidebar:
            if sidebar is not None:
                raise Failure(t("cli.encryption.in_sidebar"))
            _ACTIONS[arguments.action](encryption)
    except StorageError as error:
        raise failed(error) from None
    return 0


def _renew(encryption: Encryption) -> None:
    if encryption.status().wanted != ENCRYPTED:
        raise Failure(t("cli.encryption.not"))
    make_and_prove(encryption, is_needed=True)


def _remove(encryption: Encryption) -> None:
    encryption.remove_recovery()
    sys.stdout.write(t("encryption.recovery_removed") + "\n")


def make_and_prove(encryption: Encryption, *, is_needed: bool) -> None:
    """Show a new recovery key and have it typed again; an empty line gives it up.

    Raises:
        Failure: it was needed, and not proved. The former one is good.
    """
    try:
        words = encryption.propose_recovery()
        sys.stdout.write(t("cli.encryption.write_down", groups="  ".join(words.groups)) + "\n")
        is_proved = any(_is_proved(encryption, typed) for typed in _tries())
    finally:
        encryption.give_up_recovery()  # what was proved has another name
    if is_proved:
        sys.stdout.write(t("encryption.recovery_proved") + "\n")
    elif is_needed:
        raise Failure(t("cli.encryption.not_proved"))


def _tries() -> Iterator[str]:
    for _ in range(_TRIES):
        typed = _line(t("cli.encryption.type_again"))
        if not typed:
            return
        yield typed


def _is_proved(encryption: Encryption, typed: str) -> bool:
    try:
        encryption.prove_recovery(typed)
    except (MisreadError, WrongRecoveryKeyError) as error:
        sys.stderr.write(unproved_words(error) + "\n")
        return False
    return True


def _open(encryption: Encryption) -> None:
    try:
        is_kept = encryption.recover(_line(t("cli.encryption.type")))
    except (MisreadError, WrongRecoveryKeyError) as error:
        raise Failure(unproved_words(error)) from None
    if not is_kept:
        raise Failure(t("cli.encryption.not_kept"))
    sys.stdout.write(t("encryption.recovered") + "\n")


_ACTIONS = {"new": _renew, "open": _open, "remove": _remove}


def _line(asked: str) -> str:
    sys.stdout.write(asked)
    sys.stdout.flush()
    return sys.stdin.readline().strip()
