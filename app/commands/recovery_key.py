"""``recovery-key new|open|remove``: the key on paper, for when the key store has lost it.

A new one, and having none, are written by the lock: a sidebar that is open may be doing the same, or
be converting. Opening by it only fills the key store, for which that sidebar waits.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from app.encryption_words import failed, unproved_words
from app.failure import Failure
from desktop.instance import SingleInstance
from desktop.paths import Places, make_private
from scripts_ja.texts import t
from storage.encryption import Encryption, MisreadError, WrongRecoveryKeyError
from storage.key_record import ENCRYPTED
from storage.troubles import StorageError

_TRIES = 3


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Make a new one in place of the old, open by it, or remove it."""
    encryption = Encryption(where.database)
    try:
        if arguments.action == "open":
            _open(encryption)
        else:
            with _alone(where):
                _change(arguments.action, encryption)
    except StorageError as error:
        raise failed(error) from None
    return 0


@contextmanager
def _alone(where: Places) -> Iterator[None]:
    """Hold the lock.

    Raises:
        Failure: a sidebar has it, whose settings do the same.
    """
    make_private(where.data)
    instance = SingleInstance(where.data, where.lock)
    if not instance.is_first():
        raise Failure(t("cli.encryption.in_sidebar"))
    try:
        yield
    finally:
        instance.release()


def _change(action: str, encryption: Encryption) -> None:
    if action == "new":
        _check_encrypted(encryption)
        make_and_prove(encryption, is_needed=True)
    else:
        encryption.remove_recovery()
        sys.stdout.write(t("encryption.recovery_removed") + "\n")


def make_and_prove(encryption: Encryption, *, is_needed: bool) -> None:
    """Show a new recovery key and have it typed again; an empty line gives it up.

    Raises:
        Failure: it was needed, and not proved. The former one is good.
    """
    words = encryption.propose_recovery()
    sys.stdout.write(t("cli.encryption.write_down", groups="  ".join(words.groups)) + "\n")
    for _ in range(_TRIES):
        typed = _line(t("cli.encryption.type_again"))
        if not typed:
            break
        try:
            encryption.prove_recovery(typed)
        except (MisreadError, WrongRecoveryKeyError) as error:
            sys.stderr.write(unproved_words(error) + "\n")
        else:
            sys.stdout.write(t("encryption.recovery_proved") + "\n")
            return
    encryption.give_up_recovery()
    if is_needed:
        raise Failure(t("cli.encryption.not_proved"))


def _check_encrypted(encryption: Encryption) -> None:
    if encryption.status().wanted != ENCRYPTED:
        raise Failure(t("cli.encryption.not"))


def _open(encryption: Encryption) -> None:
    try:
        is_kept = encryption.recover(_line(t("cli.encryption.type")))
    except (MisreadError, WrongRecoveryKeyError) as error:
        raise Failure(unproved_words(error)) from None
    if not is_kept:
        raise Failure(t("cli.encryption.not_kept"))
    sys.stdout.write(t("encryption.recovered") + "\n")


def _line(asked: str) -> str:
    sys.stdout.write(asked)
    sys.stdout.flush()
    return sys.stdin.readline().strip()
