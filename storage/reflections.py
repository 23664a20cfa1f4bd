"""What an agent writes for themselves: a file of its own, apart from the journal.

No event, no case, no number of a case stands here, and nothing else reads it: it goes into no
export and to no superior. Whoever wrote it can take it out again.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storage.connection import connect_writer, make_private, storage_errors, transaction
from storage.reflections_copy import bring_back, copy_of, forget_copy
from storage.rows import iso, whole
from storage.swapping import SWAPPING

_SCHEMA = (
    """
    CREATE TABLE IF NOT EXISTS reflections (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        at TEXT NOT NULL,
        kind TEXT NOT NULL,
        keep TEXT NOT NULL,
        change TEXT NOT NULL,
        first_phrase TEXT NOT NULL
    ) STRICT
    """,
)
REFLECTION, CARE = "reflection", "care"
# What is being written: one row at most, and no reflection yet.
_DRAFT = "draft"


class Reflection(Struct, frozen=True):
    """One thing to keep, one to change, the next first phrase (F8-S6; rules.md #103, #106).

    With the kind ``care`` it is what helped, or was offered, after a hard call (F7-S5, F8-S3): then
    ``keep`` holds it. ``id`` is 0 until it was written.
    """

    at: datetime
    keep: str = ""
    change: str = ""
    first_phrase: str = ""
    kind: str = REFLECTION
    id: int = 0

    @property
    def is_blank(self) -> bool:
        """Whether nothing was written."""
        return not any(text.strip() for text in (self.keep, self.change, self.first_phrase))


class Reflections:
    """Opens the file for one thing at a time. Reads and writes the disk: beside the window only.

    Every method raises StorageError where the file cannot be read or written.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._is_looked_at = False

    def add(self, reflection: Reflection) -> None:
        """Write one; a blank one is nothing."""
        if reflection.is_blank:
            return
        with self._open() as connection, transaction(connection):
            _insert(connection, reflection, reflection.kind)

    def keep_draft(self, draft: Reflection) -> None:
        """Keep what is being written in place of what was; a blank one only takes that out."""
        with self._open() as connection, transaction(connection):
            connection.execute("DELETE FROM reflections WHERE kind = ?", (_DRAFT,))
            if not draft.is_blank:
                _insert(connection, draft, _DRAFT)

    def draft(self) -> Reflection | None:
        """What is being written, or None."""
        return next(iter(self._rows("WHERE kind = ?")), None)

    def remove(self, reflection_id: int) -> None:
        """Take one out; nothing of it stays in the file."""
        with self._open() as connection, transaction(connection):
            connection.execute("DELETE FROM reflections WHERE id = ?", (reflection_id,))
            forget_copy(self._path)

    def all(self) -> tuple[Reflection, ...]:
        """All of them, the last one first; not what is being written."""
        return self._rows("WHERE kind <> ?")

    def _rows(self, where: str) -> tuple[Reflection, ...]:
        if not (self._path.exists() or copy_of(self._path).exists()):
            return ()
        with self._open() as connection:
            rows = connection.execute(
                f"SELECT at, keep, change, first_phrase, kind, id FROM reflections {where}"  # noqa: S608 - ours
                " ORDER BY at DESC, id DESC",
                (_DRAFT,),
            ).fetchall()
        return tuple(Reflection(datetime.fromisoformat(at), *rest) for at, *rest in rows)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        with SWAPPING, storage_errors(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            if not self._is_looked_at:
                bring_back(self._path)
                self._is_looked_at = True
            self._path.touch(mode=0o600, exist_ok=True)
            make_private(self._path)
            with closing(connect_writer(self._path)) as connection:
                for statement in _SCHEMA:
                    connection.execute(statement)
                yield connection


def _insert(connection: sqlite3.Connection, reflection: Reflection, kind: str) -> None:
    texts = (reflection.keep, reflection.change, reflection.first_phrase)
    connection.execute(
        "INSERT INTO reflections (at, kind, keep, change, first_phrase) VALUES (?, ?, ?, ?, ?)",
        (iso(reflection.at), kind, *(whole(text.strip()) for text in texts)),
    )
