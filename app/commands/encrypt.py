"""``encrypt [--json]``: all records of this user encrypted, with a key in the system's key store."""

from __future__ import annotations

import argparse
import json
import sys

from app.commands.recovery_key import make_and_prove
from app.encryption_words import failed, obstacle_words
from app.failure import Failure
from app.form_change import change_form
from desktop.paths import Places, make_private
from scripts_ja.texts import t
from storage.encryption import Encryption
from storage.key_record import ENCRYPTED
from storage.troubles import StorageError


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Encrypt; at a terminal a recovery key is made first, elsewhere it is said that there is none."""
    make_private(where.data)
    encryption = Encryption(where.database)
    try:
        status = encryption.status()
        if status.wanted != ENCRYPTED and status.obstacle:
            raise Failure(obstacle_words(status.obstacle))
        if not (status.is_recoverable or arguments.json) and sys.stdin.isatty():
            make_and_prove(encryption, is_needed=False)
        if status.wanted == ENCRYPTED:
            encryption.key()  # encrypted, and locked: that is not well
        is_changed = status.wanted != ENCRYPTED or status.is_converting
        if is_changed:
            change_form(where, ENCRYPTED)
        status = encryption.status()
    except StorageError as error:
        raise failed(error) from None
    told = {"form": ENCRYPTED, "changed": is_changed, "recovery_key": status.is_recoverable}
    if arguments.json:
        sys.stdout.write(json.dumps(told) + "\n")
        return 0
    sys.stdout.write(t("cli.encryption.encrypted" if is_changed else "cli.encryption.is") + "\n")
    if not status.is_recoverable:
        sys.stderr.write(t("cli.encryption.no_recovery_key") + "\n")
    return 0
