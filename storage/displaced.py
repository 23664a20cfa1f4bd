"""The database taken away, or another file put in its place, while it is open.

Systems that let an open file be removed let its owner go on writing into what nobody will find
again. So after every piece of work the writer looks whether the name still leads to what it has
open; where it does not, all that it has open is written to a new file of that name. What was put
there instead is kept beside it, for it may be somebody's.
"""

from __future__ import annotations

import logging
import os
import sqlite3
import uuid
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from storage import reading
from storage.aside import name_for_good
from storage.connection import connect_reader, connect_under, storage_errors, transaction
from storage.copying import check, remove, sync_file, sync_folder
from storage.gate import wal_of
from storage.key_record import ENCRYPTED, KeyRecord, has_record, write_record
from storage.keys import Key, key_for
from storage.swapping import LONG_WORK
from storage.troubles import StorageError

_TOKEN = "seen_at_its_name"  # noqa: S105 - nothing secret
_HAS_EVENT = "SELECT 1 FROM events WHERE id = ?"
_Identity = tuple[int, int] | None

_log = logging.getLogger(__name__)


class OpenPlace:
    """What the name of an open database, and that of its log, led to when it was opened."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._key = key_for(path)
        self._file: _Identity = None
        self._log: _Identity = None
        self._note()

    def is_left(self, connection: sqlite3.Connection) -> bool:
        """Whether the name leads elsewhere now. Costs two looks at the folder where it does not.

        Raises:
            OSError, sqlite3.Error: it cannot be told now.
        """
        if self._log is None:
            self._log = _identity_of(wal_of(self.path))
        found, log = _identity_of(self.path), _identity_of(wal_of(self.path))
        if self._log is not None and log is None:
            return True
        if found == self._file:
            return False
        if found is not None and self._is_seen_of(connection):
            self._note()  # some shares give a file another number each time
            return False
        return True

    def write_again(
        self, connection: sqlite3.Connection, let_go: Callable[[], object], former: Path | None
    ) -> Path | None:
        """Put all that is open into a new file of that name; ``let_go`` closes the connection.

        Returns where what stood there instead lies now; None where nothing did. ``former`` is what
        was kept the last time: a folder that is synchronized may bring back an earlier state after
        every write, and one of them is enough.

        Raises:
            OSError, sqlite3.Error, StorageError: it could not be written; what is open stays open.
        """
        with LONG_WORK:  # nobody else may have the old file open: who closes it, removes its log
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self._key is not None and not has_record(self.path.parent):
                name = (self._key.key_id, self._key.fingerprint)
                write_record(self.path.parent, KeyRecord(*name, ENCRYPTED, is_settled=False))
            new = self.path.with_name(f"{self.path.name}.new-{os.getpid()}")
            _copy(connection, new, self._key)
            aside = self._move_aside(connection, former)
            let_go()
            self._remove_log()
            new.replace(self.path)
            sync_folder(self.path.parent)
        _log.warning("the database was not at its name any more, and was written again")
        return aside

    def _note(self) -> None:
        self._file = _identity_of(self.path)
        self._log = _identity_of(wal_of(self.path))

    def _is_seen_of(self, connection: sqlite3.Connection) -> bool:
        """Whether what is written here can be read by that name; also where nobody can tell now."""
        token = str(uuid.uuid4())
        with transaction(connection):
            reading.save_state(connection, _TOKEN, token)
        # Our log may stand beside a file that is not ours any more, and would be read with it.
        is_busy = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
        if is_busy:
            return True
        try:
            with closing(connect_reader(self.path, 0)) as reader:
                return reading.state(reader, _TOKEN) == token
        except (sqlite3.Error, StorageError):
            return False

    def _remove_log(self) -> None:
        """A log that lies there still would be played into the new file; all of ours is in that.

        Who still reads the old file keeps the old ``-shm`` too, instead of having it cut short.
        """
        for suffix in ("-wal", "-shm"):
            with suppress(OSError):
                self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)

    def _move_aside(self, connection: sqlite3.Connection, former: Path | None) -> Path | None:
        """Keep what stands there instead, with its log."""
        found = _identity_of(self.path)
        if found is None or found == self._file:
            return None  # there is nothing, or only our log is gone
        aside = name_for_good(self.path)
        if _identity_of(wal_of(self.path)) not in (None, self._log):
            wal_of(self.path).rename(wal_of(aside))
        self.path.rename(aside)
        if former is not None and former.exists() and _is_part_of(connection, aside):
            remove(aside)
            return former
        return aside


def _copy(connection: sqlite3.Connection, new: Path, key: Key | None) -> None:
    """All that a connection has open, as one whole file."""
    remove(new)
    os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    try:
        with storage_errors(new):
            with closing(connect_under(new, key)) as writer:
                connection.backup(writer)
                writer.execute("PRAGMA journal_mode = DELETE")
            check(new)
            sync_file(new)
    except BaseException:
        with suppress(OSError):
            remove(new)
        raise


def _is_part_of(connection: sqlite3.Connection, other: Path) -> bool:
    """Whether a file is an earlier state of what is open: no event in it that is not here too."""
    try:
        with closing(connect_reader(other, 0)) as reader:
            ids = reader.execute("SELECT id FROM events")
            return all(connection.execute(_HAS_EVENT, row).fetchone() for row in ids)
    except (sqlite3.Error, StorageError):
        return False


def _identity_of(path: Path) -> _Identity:
    """None where nothing has that name.

    Raises:
        OSError: it cannot be told now, as on a share that does not answer.
    """
    try:
        found = path.stat()
    except (FileNotFoundError, NotADirectoryError):
        return None
    return found.st_dev, found.st_ino
