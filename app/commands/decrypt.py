"""``decrypt [--json]``: all records of this user readable without a key again."""

from __future__ import annotations

import argparse
import json
import sys

from app.encryption_words import failed
from app.form_change import change_form
from app.turn import turn
from desktop.paths import Places
from scripts_ja.texts import t
from storage.encryption import Encryption
from storage.key_record import ENCRYPTED, PLAIN
from storage.troubles import StorageError


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Decrypt; what is not encrypted stays as it is."""
    try:
        with turn(where) as sidebar:
            status = Encryption(where.database).status()
            is_changed = status.wanted == ENCRYPTED or status.is_converting
            if is_changed:
                change_form(where, PLAIN, sidebar)
    except StorageError as error:
        raise failed(error) from None
    if arguments.json:
        sys.stdout.write(json.dumps({"form": PLAIN, "changed": is_changed}) + "\n")
    else:
        sys.stdout.write(t("cli.encryption.decrypted" if is_changed else "cli.encryption.not"))
        sys.stdout.write("\n")
    return 0
