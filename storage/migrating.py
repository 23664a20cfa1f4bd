"""Bringing a database to today's schema.

The schema itself, and sqlite-utils with it, is imported only where the file is not of today: on all
other days nothing of it is in memory. For the writer thread only.
"""

from __future__ import annotations

import sqlite3
from pathlib import Path

from storage import reading, troubles
from storage.connection import transaction
from storage.gate import SCHEMA_VERSION
from storage.troubles import StorageError

_DESK_CODE_LENGTH = 4
_UNAMBIGUOUS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford: no I, L, O, U


def migrate(db: sqlite3.Connection) -> None:
    """Bring the database to today's schema and give a new one its desk, in one transaction.

    Takes the write lock in any case, so that a lock of another process is noticed now. (Of a
    read-only file SQLite says so only when something is written; until then it can be read.)

    Raises:
        StorageError: it is of a newer version; nothing was changed.
        sqlite3.Error: it cannot be written; nothing was changed.
    """
    with transaction(db):
        version = version_of(db)
        if version > SCHEMA_VERSION:
            _, _, file = db.execute("PRAGMA database_list").fetchone()
            raise StorageError(troubles.NEWER_VERSION, Path(file), f"schema {version}")
        if version < SCHEMA_VERSION:
            _apply(db)
            _name_the_desk(db)
        reading.remember_last_seq(db, reading.state(db, "desk_id"))


def version_of(connection: sqlite3.Connection) -> int:
    """The schema of a database; 0 of one that is being made."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _apply(db: sqlite3.Connection) -> None:
    from sqlite_utils import Database

    from storage.schema import MIGRATIONS

    # Plugins of other programs have no business with this connection.
    MIGRATIONS.apply(Database(db, execute_plugins=False))


def _name_the_desk(db: sqlite3.Connection) -> None:
    # Only here: libcrypto comes with both.
    import secrets
    import uuid

    code = "".join(secrets.choice(_UNAMBIGUOUS) for _ in range(_DESK_CODE_LENGTH))
    for key, value in (("desk_id", str(uuid.uuid4())), ("desk_code", code)):
        db.execute("INSERT INTO app_state VALUES (?, ?) ON CONFLICT DO NOTHING", (key, value))
