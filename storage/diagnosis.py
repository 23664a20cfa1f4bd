"""What is wrong with a database: everything that can be looked at without writing to it.

Imports sqlite-utils where it compares schemas: for the command line.
"""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from msgspec import Struct

from storage.connection import connect_reader, storage_errors
from storage.gate import SCHEMA_VERSION, exists_and_is_ours
from storage.migrating import migrate, version_of
from storage.search_index import is_whole

_OBJECTS = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_%'"
_CASES_WITHOUT_LINE = """
    SELECT count(*) FROM (SELECT DISTINCT case_id FROM events
                          WHERE case_id NOT IN (SELECT case_id FROM cases))
"""
_OLDEST_SQLITE = (3, 37, 0)  # STRICT tables


class Diagnosis(Struct, frozen=True):
    """What was found. ``damage`` are SQLite's own words, none for a sound file.

    ``schema`` are the names of tables, indexes and triggers that differ from those of a fresh
    database; ``lineless`` cases are in no list though there are events of them.
    """

    version: int
    damage: tuple[str, ...] = ()
    schema: tuple[str, ...] = ()
    lineless: int = 0
    is_index_whole: bool = True

    @property
    def is_older(self) -> bool:
        """Whether the next start brings it up to date."""
        return self.version < SCHEMA_VERSION


def diagnose(path: Path) -> Diagnosis | None:
    """Look at all of it; None where there is no database.

    Raises:
        StorageError: it cannot be opened, is another program's or a newer version's.
    """
    with storage_errors(path):
        if not exists_and_is_ours(path, 0):
            return None
        with closing(connect_reader(path)) as connection:
            version = version_of(connection)
            damage = _damage(connection)
            if damage or version < SCHEMA_VERSION:
                return Diagnosis(version, damage)
            lineless = connection.execute(_CASES_WITHOUT_LINE).fetchone()[0]
            schema = _differences(connection)
            return Diagnosis(version, damage, schema, lineless, is_whole(connection))


def is_sqlite_fit() -> bool:
    """Whether this Python's SQLite can hold our tables and index."""
    with closing(sqlite3.connect(":memory:")) as connection:
        options = {row[0] for row in connection.execute("PRAGMA compile_options")}
    return sqlite3.sqlite_version_info >= _OLDEST_SQLITE and "ENABLE_FTS5" in options


def _damage(connection: sqlite3.Connection) -> tuple[str, ...]:
    try:
        found = [row[0] for row in connection.execute("PRAGMA integrity_check(20)")]
        strays = connection.execute("PRAGMA foreign_key_check").fetchall()
    except sqlite3.DatabaseError as error:
        return (str(error),)
    told = [] if found == ["ok"] else found
    return (*told, *(f"foreign key: {row[0]}" for row in strays))


def _differences(connection: sqlite3.Connection) -> tuple[str, ...]:
    fresh = sqlite3.connect(":memory:", isolation_level=None)
    with closing(fresh):
        migrate(fresh)
        expected = _objects(fresh)
    found = _objects(connection)
    return tuple(sorted(name for _, name in expected.symmetric_difference(found)))


def _objects(connection: sqlite3.Connection) -> set[tuple[str, str]]:
    return {
        (" ".join((sql or "").split()), f"{kind} {name}")
        for kind, name, sql in connection.execute(_OBJECTS)
    }
