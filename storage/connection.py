"""Connecting to the database: one recipe for the writer, one for readers, errors by name."""

from __future__ import annotations

import errno
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from storage import troubles
from storage.keys import Key, key_for
from storage.troubles import StorageError

BUSY_SECONDS = 2.0

_WRITER_PRAGMAS = (
    "PRAGMA journal_mode = WAL",
    "PRAGMA synchronous = FULL",  # a power cut must not take what was said to be saved
    "PRAGMA fullfsync = ON",  # macOS: fsync alone does not reach the platter
    "PRAGMA foreign_keys = ON",
    "PRAGMA recursive_triggers = ON",  # else INSERT OR REPLACE slips past the append-only guard
    "PRAGMA secure_delete = ON",  # Debian's default, not that of Windows
)

_COPY_PRAGMAS = ("PRAGMA journal_mode = OFF", "PRAGMA synchronous = OFF")

_KIND_OF_SQLITE_ERROR = {
    "SQLITE_BUSY": troubles.LOCKED,
    "SQLITE_LOCKED": troubles.LOCKED,
    "SQLITE_PROTOCOL": troubles.LOCKED,
    "SQLITE_FULL": troubles.DISK_FULL,
    "SQLITE_IOERR": troubles.IO_ERROR,
    "SQLITE_READONLY": troubles.READ_ONLY,
    "SQLITE_CANTOPEN": troubles.UNWRITABLE,
    "SQLITE_PERM": troubles.UNWRITABLE,
    "SQLITE_CORRUPT": troubles.DAMAGED,
    "SQLITE_NOTADB": troubles.DAMAGED,
    "SQLITE_INTERRUPT": troubles.INTERRUPTED,
}

_KIND_OF_ERRNO = {
    errno.ENOSPC: troubles.DISK_FULL,
    errno.EDQUOT: troubles.DISK_FULL,
    errno.EROFS: troubles.READ_ONLY,
    errno.EIO: troubles.IO_ERROR,
    errno.EFBIG: troubles.IO_ERROR,
}


def connect_writer(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open an existing database for writing; belongs to the calling thread.

    Waits up to ``busy_seconds`` for a lock that another process holds.

    Raises:
        sqlite3.Error: it is not there, or may not be opened.
        StorageError: it is encrypted, and there is no key (:mod:`storage.keys`).
    """
    connection = _connect(path, "rw", busy_seconds, key_for(path))
    try:
        for pragma in _WRITER_PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


def connect_reader(path: Path, busy_seconds: float = BUSY_SECONDS) -> sqlite3.Connection:
    """Open an existing database for reading only; belongs to the calling thread.

    Raises:
        sqlite3.Error: it is not there, or may not be opened.
        StorageError: it is encrypted, and there is no key.
    """
    return _connect(path, "ro", busy_seconds, key_for(path))


def connect_copy(path: Path, of: Path) -> sqlite3.Connection:
    """Open a file that is being made as a copy and that nobody else knows of yet.

    It is in the form, and under the key, of what it is a copy ``of``. It keeps no log and waits
    for no disk: whoever makes it puts it on the disk when it is whole, and throws it away where
    it is not.

    Raises:
        sqlite3.Error: it is not there, or may not be opened.
        StorageError: ``of`` is encrypted, and there is no key.
    """
    return connect_under(path, key_for(of))


def connect_under(path: Path, key: Key | None) -> sqlite3.Connection:
    """The same for a copy whose form and key are known, whatever stands elsewhere.

    Raises:
        sqlite3.Error: it is not there, or may not be opened.
    """
    connection = _connect(path, "rw", 0, key)
    try:
        for pragma in _COPY_PRAGMAS:
            connection.execute(pragma)
    except BaseException:
        connection.close()
        raise
    return connection


@contextmanager
def storage_errors(path: Path) -> Iterator[None]:
    """Turn what SQLite and the file system raise into a :class:`StorageError` with its kind."""
    try:
        yield
    except sqlite3.Error as error:
        raise StorageError(_kind_of_sqlite(error), path, str(error)) from error
    except OSError as error:
        kind = _KIND_OF_ERRNO.get(error.errno or 0, troubles.UNWRITABLE)
        raise StorageError(kind, path, str(error)) from error


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """Everything or nothing, holding the write lock from the first statement.

    A deferred BEGIN that reads first fails at once, whatever the busy timeout, when another
    process commits in between.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:  # a full disk has already rolled it back
            with suppress(sqlite3.Error):
                connection.execute("ROLLBACK")
        raise


def make_private(path: Path) -> None:
    """Take the file and its log away from other users.

    SQLite gives a log the mode of its database when it makes it: one made while the database
    could only be read would stay read-only.
    """
    if os.name != "posix" or not path.exists():
        return
    with suppress(FileNotFoundError, PermissionError):  # it may belong to somebody else
        if path.stat().st_mode & 0o077:
            path.chmod(path.stat().st_mode & 0o700)
        for suffix in ("-wal", "-shm"):
            companion, mode = path.with_name(path.name + suffix), path.stat().st_mode & 0o700
            if companion.exists() and companion.stat().st_mode & 0o777 != mode:
                companion.chmod(mode)


def _connect(path: Path, mode: str, busy_seconds: float, key: Key | None) -> sqlite3.Connection:
    # Never without a mode: SQLite would create an empty file where there is none.
    uri = f"{path.absolute().as_uri()}?mode={mode}"
    if key is None:
        return sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_seconds)
    # Only here: most machines have no encrypted file, and some have no SQLCipher.
    from storage import cipher

    return cipher.connect(uri, key, busy_seconds)


def _kind_of_sqlite(error: sqlite3.Error) -> str:
    name = getattr(error, "sqlite_errorname", None) or ""
    return _KIND_OF_SQLITE_ERROR.get("_".join(name.split("_")[:2]), troubles.UNEXPECTED)
