"""The report of the last rescue, kept in the database that came out of it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import msgspec

from storage import reading
from storage.connection import connect_reader, storage_errors
from storage.troubles import Rescue

_REPORT = "rescue"


def keep_rescue(connection: sqlite3.Connection, rescue: Rescue) -> None:
    """Write it, in the caller's transaction."""
    reading.save_state(connection, _REPORT, msgspec.json.encode(rescue).decode())


def last_rescue(connection: sqlite3.Connection) -> Rescue | None:
    """What was done to the file that was set aside last; None where that never happened."""
    told = reading.state(connection, _REPORT)
    try:
        return msgspec.json.decode(told, type=Rescue) if told else None
    except msgspec.DecodeError:
        return None


def rescue_of(database: Path) -> Rescue | None:
    """The same, read from a file.

    Raises:
        StorageError: it cannot be read.
    """
    with storage_errors(database), closing(connect_reader(database)) as reader:
        return last_rescue(reader)
