"""The record of what is encrypted here, written again where it was lost and the key was not.

An encrypted file begins with the name of its key. So a record that somebody deleted, or that cannot
be read, is no reason to take the file for damaged and to begin a new one.
"""

from __future__ import annotations

import logging
import sqlite3
from contextlib import closing
from pathlib import Path

from storage.connection import connect_reader
from storage.key_record import ENCRYPTED, KeyRecord, read_record, write_record
from storage.keys import is_sealed, key_for
from storage.troubles import StorageError

_log = logging.getLogger(__name__)


def lost_record(database: Path) -> KeyRecord | None:
    """What it said; None where it is there, nothing is encrypted, or the key is not to be had."""
    try:
        if not is_sealed(database) or read_record(database.parent) is not None:
            return None
        key = key_for(database)
        with closing(connect_reader(database, 0)) as reader:
            reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
    except (OSError, sqlite3.Error, StorageError) as error:
        _log.info("the record of what is encrypted cannot be told: %s", error)
        return None
    if key is None:
        return None
    # Other files may stand in another form: the next start looks at all of them.
    return KeyRecord(key.key_id, key.fingerprint, ENCRYPTED, is_settled=False)


def write_lost_record(database: Path) -> None:
    """Write it again, for whoever may write; where that cannot be done now, the next look does it."""
    record = lost_record(database)
    if record is None:
        return
    try:
        write_record(database.parent, record)
    except OSError as error:
        _log.info("the record of what is encrypted was not written again: %s", error)
