"""Which backup the present state came from, kept in the database itself."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage import reading
from storage.connection import connect_reader, storage_errors

_RESTORED = "restored"


def keep_restored(connection: sqlite3.Connection, told: str) -> None:
    """Note it, in the caller's transaction."""
    reading.save_state(connection, _RESTORED, told)


def restored_from(database: Path) -> str:
    """The name of the backup that was restored last, and when (UTC, ISO); empty for none.

    Raises:
        StorageError: the database cannot be read.
    """
    with storage_errors(database), closing(connect_reader(database)) as reader:
        return reading.state(reader, _RESTORED)
