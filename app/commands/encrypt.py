"""``encrypt [--json]``: all records of this user encrypted, with a key in the system's key store.

Only one program writes. Without a sidebar the lock is held from the recovery key to the last file.
Where one is open, it converts; a recovery key is then made in its settings only, so at a terminal,
where one comes first, the way leads there.
"""

from __future__ import annotations

import argparse
import json
import sys

from msgspec import Struct

from app.commands.recovery_key import make_and_prove
from app.encryption_words import failed, obstacle_words
from app.failure import Failure
from app.form_change import change_form
from app.turn import turn
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.texts import t
from storage.encryption import Encryption, Status
from storage.key_record import ENCRYPTED
from storage.troubles import StorageError


class _Outcome(Struct, frozen=True):
    """What was done; ``advice`` is the way to a recovery key where there is none."""

    is_changed: bool
    is_recoverable: bool
    advice: str


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Encrypt; at a terminal a recovery key is made first, elsewhere it is said that there is none."""
    is_asking = not arguments.json and sys.stdin.isatty()
    try:
        with turn(where) as sidebar:
            done = _encrypt(where, sidebar, is_asking)
    except StorageError as error:
        raise failed(error) from None
    told = {"form": ENCRYPTED, "changed": done.is_changed, "recovery_key": done.is_recoverable}
    if arguments.json:
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    sys.stdout.write(
        t("cli.encryption.encrypted" if done.is_changed else "cli.encryption.is") + "\n"
    )
    if not done.is_recoverable:
        sys.stderr.write(done.advice + "\n")
    return 0


def _encrypt(where: Places, sidebar: SingleInstance | None, is_asking: bool) -> _Outcome:  # noqa: FBT001
    encryption = Encryption(where.database)
    status = encryption.status()
    if status.wanted != ENCRYPTED and status.obstacle:
        raise Failure(obstacle_words(status.obstacle))
    if is_asking and not status.is_recoverable:
        _have_recovery_key(encryption, status, sidebar)
    if status.wanted == ENCRYPTED:
        encryption.key()  # encrypted, and locked: that is not well
    is_changed = status.wanted != ENCRYPTED or status.is_converting
    if is_changed:
        change_form(where, ENCRYPTED, sidebar)
    key = (
        "cli.encryption.no_recovery_key"
        if sidebar is None
        else "cli.encryption.no_recovery_key_yet"
    )
    return _Outcome(is_changed, encryption.status().is_recoverable, t(key))


def _have_recovery_key(
    encryption: Encryption, status: Status, sidebar: SingleInstance | None
) -> None:
    """Make one before anything is encrypted.

    Raises:
        Failure: a sidebar is open, which alone may write one.
    """
    if sidebar is None:
        make_and_prove(encryption, is_needed=False)
    elif status.wanted != ENCRYPTED:
        raise Failure(t("cli.encryption.in_sidebar"))
