"""A file that is no readable database, kept as it is inside an encrypted one.

What was set aside as damaged may hold everything a customer said: it can neither be converted
nor stay readable, and it must not be thrown away either.
"""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

from storage import cipher
from storage.connection import transaction
from storage.key_record import sync_folder
from storage.keys import Key
from storage.rewriting import CONVERTING, SEALED, remove, sync_file

_PART_BYTES = 1 << 20


def seal(path: Path, key: Key) -> None:
    """Put a file into an encrypted one beside it, ``<name>.sealed``, and take it away.

    Raises:
        OSError, sqlite3.Error: the file is still there.
    """
    beside = path.with_name(path.name + CONVERTING)
    remove(beside)
    os.close(os.open(beside, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    with closing(_open(beside, key)) as connection, path.open("rb") as file:
        connection.execute("PRAGMA synchronous = FULL")
        connection.execute("CREATE TABLE parts (n INTEGER PRIMARY KEY, bytes BLOB) STRICT")
        with transaction(connection):
            while part := file.read(_PART_BYTES):
                connection.execute("INSERT INTO parts (bytes) VALUES (?)", (part,))
    sync_file(beside)
    beside.replace(path.with_name(path.name + SEALED))
    sync_folder(path.parent)
    path.unlink()


def unseal(path: Path, key: Key) -> None:
    """Give a file that was sealed its bytes and its name again.

    Raises:
        OSError, sqlite3.Error: it is still sealed.
    """
    named = path.with_name(path.name.removesuffix(SEALED))
    beside = named.with_name(named.name + CONVERTING)
    remove(beside)
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    with closing(_open(path, key)) as connection, os.fdopen(descriptor, "wb") as file:
        for (part,) in connection.execute("SELECT bytes FROM parts ORDER BY n"):
            file.write(part)
    sync_file(beside)
    beside.replace(named)
    sync_folder(path.parent)
    path.unlink()


def sealed_content(path: Path, key: Key) -> bytes:
    """The bytes of the file that was sealed.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    with closing(_open(path, key)) as connection:
        return b"".join(
            part for (part,) in connection.execute("SELECT bytes FROM parts ORDER BY n")
        )


def _open(path: Path, key: Key) -> sqlite3.Connection:
    return cipher.connect(f"{path.absolute().as_uri()}?mode=rw", key, 0)
