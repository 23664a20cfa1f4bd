"""The database as the writer thread sees it: opened or made, written, moved aside if unusable.

For the writer thread only.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from storage import reading, troubles
from storage.aside import LARGE_BYTES, bases_of, is_waiting, keep_for_good, set_aside
from storage.batch import Batch
from storage.connection import storage_errors, transaction
from storage.database_file import convert_if_begun, create, open_existing, open_or_make
from storage.displaced import OpenPlace
from storage.gate import is_gone
from storage.listening import Opening
from storage.rescue_report import last_rescue
from storage.search_index import SearchIndex, is_whole
from storage.troubles import REPLACED, SET_ASIDE, TAKEN_AWAY, StorageError, Trouble
from storage.writing import write_batch

_T = TypeVar("_T")

_NUMBERING_DAYS = 3


class JournalFile:
    """One database, opened when it is first needed. Belongs to the thread that uses it.

    ``wall`` tells the time of day (aware), for "the last three days". ``on_set_aside`` hears of
    each unusable file that was moved away; the file itself is never overwritten. All methods
    raise :class:`StorageError` for what the world does, and may then be called again.
    """

    def __init__(
        self,
        path: Path,
        busy_seconds: float,
        wall: Callable[[], datetime],
        on_set_aside: Callable[[Trouble], None],
    ) -> None:
        self.path = path
        self._wall = wall
        self._busy_seconds = busy_seconds
        self._on_set_aside = on_set_aside
        self._db: sqlite3.Connection | None = None
        self._place: OpenPlace | None = None
        self._put_there: Path | None = None  # what another program had put in its place
        self._index = SearchIndex()

    def write(self, batch: Batch) -> None:
        """Commit all of a batch, or nothing."""

        def commit(db: sqlite3.Connection) -> None:
            with self._indexing(db) as index:
                write_batch(db, batch, index)

        self._with_database(commit)

    def index_some(self) -> bool:
        """Go on with an index that is not whole, in a commit of its own; whether there is more."""

        def commit(db: sqlite3.Connection) -> bool:
            if is_whole(db):
                return False
            with self._indexing(db) as index:
                return index.rebuild_some(db)

        return self._with_database(commit)

    def read_opening(self) -> Opening:
        """What there is to go on from."""
        since = self._wall() - timedelta(days=_NUMBERING_DAYS)
        return self._with_database(lambda db: _read_opening(db, since))

    def open(self) -> None:
        """Open the database, if it is not open."""
        self._with_database(lambda _: None)

    def reopen(self, on_progress: Callable[[float], None]) -> None:
        """Let go of the file and open it in the form that is wanted (:mod:`storage.conversion`).

        Raises:
            StorageError: it is open again, and in the form that it was in.
        """
        self.close()
        convert_if_begun(self.path, self._busy_seconds, on_progress)

    def close(self) -> None:
        """Let go of the file, unless what is open is nowhere else; opened again by what comes next."""
        with suppress(StorageError), storage_errors(self.path):
            if self._stays_at_its_name():
                self._let_go()

    def _let_go(self) -> None:
        db, self._db, self._place = self._db, None, None
        self._index.begin_anew()
        if db is not None:
            with suppress(StorageError), storage_errors(self.path):
                db.close()

    def _stays_at_its_name(self) -> bool:
        """Whether what is open is what the name leads to; where not, it was written again.

        Raises:
            OSError, sqlite3.Error, StorageError: it could not be, and stays open: nothing else
                holds it.
        """
        db, place = self._db, self._place
        if db is None or place is None or not place.is_left(db):
            return True
        aside = place.write_again(db, self._let_go, self._put_there)
        self._put_there = aside or self._put_there
        kind = TAKEN_AWAY if aside is None else REPLACED
        self._on_set_aside(Trouble(kind, aside or self.path))
        return False

    @contextmanager
    def _indexing(self, db: sqlite3.Connection) -> Iterator[SearchIndex]:
        try:
            with transaction(db):
                yield self._index
        except BaseException:
            self._index.begin_anew()
            raise

    def _with_database(self, action: Callable[[sqlite3.Connection], _T]) -> _T:
        """Do something; where the file turns out unusable, in a new one."""
        try:
            return self._attempt(action)
        except StorageError as error:
            if error.kind not in SET_ASIDE:
                raise
            self._set_aside(error.kind)
        return self._attempt(action)

    def _attempt(self, action: Callable[[sqlite3.Connection], _T]) -> _T:
        with storage_errors(self.path):
            if self._db is None:
                self._open_or_save()
            assert self._db is not None  # noqa: S101 - opened one line above
            self._place = self._place or OpenPlace(self.path)
            result = action(self._db)
            self._stays_at_its_name()
            return result

    def _open_or_save(self) -> None:
        """Open it; where a crash came between setting aside and saving, save now."""
        if is_waiting(self.path):
            self._save_from_aside(troubles.DAMAGED)
        elif is_gone(self.path) and bases_of(self.path):
            create(self.path, self._busy_seconds)
            self._db = open_existing(self.path, self._busy_seconds)
            rescue = last_rescue(self._db)
            if rescue is not None and rescue.backup:
                self._on_set_aside(Trouble(troubles.VANISHED, self.path, rescue))
        else:
            self._db = open_or_make(self.path, self._busy_seconds)

    def adopt(self, prepared: Path) -> None:
        """Put an earlier state in place of what is there (:mod:`storage.restoring`)."""
        from storage.restoring import adopt  # here: hardly a day needs it

        self.close()
        adopt(prepared, self.path, self._busy_seconds)

    def save_from_damage(self) -> None:
        """Damage was found in what is open: go on in a new database with all that can be saved."""
        self._set_aside(troubles.DAMAGED)

    def _set_aside(self, kind: str) -> None:
        self.close()
        with storage_errors(self.path):
            set_aside(self.path)
            self._save_from_aside(kind)

    def _save_from_aside(self, kind: str) -> None:
        """Make a new database of what can be saved; again, where a crash came in between."""
        from storage.rebuilding import name_aside  # here: hardly a day needs it

        if not self.path.exists():
            waiting = set_aside(self.path)  # what a crash left behind of it
            if _size_of(waiting) > LARGE_BYTES:
                self._on_set_aside(Trouble(troubles.SALVAGING, waiting))
            create(self.path, self._busy_seconds)
        aside = keep_for_good(self.path)
        self._db = open_existing(self.path, self._busy_seconds)
        name_aside(self._db, aside)
        self._on_set_aside(Trouble(kind, aside, last_rescue(self._db)))


def _size_of(path: Path) -> int:
    return path.stat().st_size if path.exists() else 0


def _read_opening(connection: sqlite3.Connection, numbers_since: datetime) -> Opening:
    desk_id = reading.state(connection, "desk_id")
    return Opening(
        desk_id=desk_id,
        desk_code=reading.state(connection, "desk_code"),
        last_seq=reading.last_seq(connection, desk_id),
        running=reading.running_cases(connection),
        drafts=reading.drafts(connection),
        case_nos=reading.case_nos_since(connection, numbers_since),
    )
