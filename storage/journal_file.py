"""The database as the writer thread sees it: opened or made, written, moved aside if unusable.

Imports sqlite-utils (about 0.1 s): for the writer thread only.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from sqlite_utils import Database

from storage import reading
from storage.batch import Batch
from storage.connection import connect_writer, make_private, storage_errors, transaction
from storage.gate import exists_and_is_ours
from storage.listening import Opening
from storage.schema import migrate
from storage.search_index import SearchIndex, is_whole
from storage.troubles import SET_ASIDE, StorageError, Trouble
from storage.writing import write_batch

_T = TypeVar("_T")

_COMPANIONS = ("", "-wal", "-shm", "-journal")
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
        self._db: Database | None = None
        self._index = SearchIndex()

    def write(self, batch: Batch) -> None:
        """Commit all of a batch, or nothing."""

        def commit(db: Database) -> None:
            with self._indexing(db) as index:
                write_batch(db, batch, index)

        self._with_database(commit)

    def index_some(self) -> bool:
        """Go on with an index that is not whole, in a commit of its own; whether there is more."""

        def commit(db: Database) -> bool:
            if is_whole(db.conn):
                return False
            with self._indexing(db) as index:
                return index.rebuild_some(db.conn)

        return self._with_database(commit)

    def read_opening(self) -> Opening:
        """What there is to go on from."""
        since = self._wall() - timedelta(days=_NUMBERING_DAYS)
        return self._with_database(lambda db: _read_opening(db, since))

    def open(self) -> None:
        """Open the database, if it is not open."""
        self._with_database(lambda _: None)

    def close(self) -> None:
        """Let go of the file; opened again by whatever comes next."""
        db, self._db = self._db, None
        self._index.begin_anew()
        if db is not None:
            with suppress(StorageError), storage_errors(self.path):
                db.close()

    @contextmanager
    def _indexing(self, db: Database) -> Iterator[SearchIndex]:
        try:
            with transaction(db.conn):
                yield self._index
        except BaseException:
            self._index.begin_anew()
            raise

    def _with_database(self, action: Callable[[Database], _T]) -> _T:
        """Do something; where the file turns out unusable, in a new one."""
        try:
            return self._attempt(action)
        except StorageError as error:
            if error.kind not in SET_ASIDE:
                raise
            self._set_aside(error.kind)
        return self._attempt(action)

    def _attempt(self, action: Callable[[Database], _T]) -> _T:
        with storage_errors(self.path):
            if self._db is None:
                self._db = _open(self.path, self._busy_seconds)
            return action(self._db)

    def _set_aside(self, kind: str) -> None:
        self.close()
        with storage_errors(self.path):
            moved_to = _move_aside(self.path)
        self._on_set_aside(Trouble(kind, moved_to))


def _open(path: Path, busy_seconds: float) -> Database:
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True)
    make_private(path)
    if not exists_and_is_ours(path, busy_seconds):
        _create(path, busy_seconds)
    return _open_existing(path, busy_seconds)


def _open_existing(path: Path, busy_seconds: float) -> Database:
    connection = connect_writer(path, busy_seconds)
    try:
        # Plugins of other programs have no business with this connection.
        db = Database(connection, execute_plugins=False)
        migrate(db)
    except BaseException:
        connection.close()
        raise
    return db


def _create(path: Path, busy_seconds: float) -> None:
    """Make a complete database under another name first.

    A crash in between then leaves no empty file under the real name, which would read as damage.
    """
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    _remove(new)
    try:
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        with closing(_open_existing(new, busy_seconds)):
            pass
        _publish(new, path)
    finally:
        with suppress(OSError):
            _remove(new)


def _publish(new: Path, path: Path) -> None:
    """Give the new file its name, unless another process was faster."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            new.rename(path)
    _sync_folder(path.parent)


def _sync_folder(folder: Path) -> None:
    """Make the name itself outlast a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _move_aside(path: Path) -> Path:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    aside = path.with_name(f"{path.name}.damaged-{stamp}")
    # The log before its database: after a crash in between, the rest is found and moved too.
    for suffix in reversed(_COMPANIONS):
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def _remove(path: Path) -> None:
    for suffix in _COMPANIONS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _read_opening(db: Database, numbers_since: datetime) -> Opening:
    connection = db.conn
    desk_id = reading.state(connection, "desk_id")
    return Opening(
        desk_id=desk_id,
        desk_code=reading.state(connection, "desk_code"),
        last_seq=reading.last_seq(connection, desk_id),
        running=reading.running_cases(connection),
        drafts=reading.drafts(connection),
        case_nos=reading.case_nos_since(connection, numbers_since),
    )
