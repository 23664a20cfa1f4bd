"""Whether the file at hand is a database of ours that this version may open."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from storage import troubles
from storage.connection import connect_reader
from storage.key_record import has_recovery_near, record_near
from storage.keys import MAGIC, is_sealed, is_under, key_for
from storage.troubles import StorageError

APPLICATION_ID = 0x596F7269  # "Yori", at offset 68 of the file
SCHEMA_VERSION = 4

_HEADER_BYTES = 100


def exists_and_is_ours(path: Path, busy_seconds: float) -> bool:
    """Look at the file without writing to it; False where there is none.

    Raises:
        StorageError: it is damaged, belongs to another program or to a newer version.
        OSError: it may not be read.
        sqlite3.Error: it may not be opened.
    """
    if not path.exists():
        # Looked at in this order: whoever makes a database makes its log after it.
        # An empty one is what a reader leaves.
        if _has_wal(path) and not path.exists():
            # SQLite would play it into a new database, to which it does not belong.
            raise StorageError(troubles.DAMAGED, path, "a write-ahead log without its database")
        return False
    if is_sealed(path) and _may_be_encrypted(path):
        _check_encrypted(path, busy_seconds)
    else:
        _check_header(path)
    version = _schema_version(path, busy_seconds)
    if version > SCHEMA_VERSION:
        raise StorageError(troubles.NEWER_VERSION, path, f"schema {version}")
    return True


def is_gone(path: Path) -> bool:
    """Whether there is no such file, and no log that was left alone by it."""
    return not _has_wal(path) and not path.exists()


def wal_of(path: Path) -> Path:
    """Where SQLite keeps the write-ahead log of a database."""
    return path.with_name(path.name + "-wal")


def _check_header(path: Path) -> None:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(MAGIC):
        # Zero bytes too: SQLite would take them for an empty database and say nothing.
        raise StorageError(troubles.DAMAGED, path, "no SQLite header")
    if int.from_bytes(header[68:72], "big") != APPLICATION_ID:
        raise StorageError(troubles.NOT_OURS, path, "another application id")
    if _is_cut(path, header):
        raise StorageError(troubles.DAMAGED, path, "shorter than its header says")


def _may_be_encrypted(path: Path) -> bool:
    """Whether something beside the file, or a key, says so: without, its beginning is damaged."""
    is_told = record_near(path) is not None or has_recovery_near(path)
    return is_told or key_for(path) is not None


def _check_encrypted(path: Path, busy_seconds: float) -> None:
    record = record_near(path)
    is_of_that_key = record is None or is_under(path, record.key_id)
    with closing(connect_reader(path, busy_seconds)) as connection:
        try:
            (application_id,) = connection.execute("PRAGMA application_id").fetchone()
            (pages,) = connection.execute("PRAGMA page_count").fetchone()
            (page_bytes,) = connection.execute("PRAGMA page_size").fetchone()  # a text
        except sqlite3.DatabaseError as error:
            if is_of_that_key or error.sqlite_errorname != "SQLITE_NOTADB":
                raise
            raise StorageError(troubles.KEY_WRONG, path, "encrypted under another key") from error
    if application_id != APPLICATION_ID:
        raise StorageError(troubles.NOT_OURS, path, "another application id")
    if not _has_wal(path) and path.stat().st_size < pages * int(page_bytes):
        raise StorageError(troubles.DAMAGED, path, "shorter than its header says")


def _has_wal(path: Path) -> bool:
    wal = wal_of(path)
    return wal.exists() and wal.stat().st_size > 0


def _is_cut(path: Path, header: bytes) -> bool:
    """Whether pages are missing at the end, which SQLite would notice only on reading them.

    With a write-ahead log the missing pages may be there: a checkpoint was cut short.
    """
    if _has_wal(path):
        return False
    if header[24:28] != header[92:96]:
        return False  # the page count was not kept up
    page_bytes = int.from_bytes(header[16:18], "big")
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    return path.stat().st_size < page_bytes * int.from_bytes(header[28:32], "big")


def _schema_version(path: Path, busy_seconds: float) -> int:
    # Asked of SQLite, not of the header: the newest one may still be in the write-ahead log.
    with closing(connect_reader(path, busy_seconds)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])
