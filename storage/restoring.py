"""An earlier state put back: a backup becomes the content of the database, in one commit.

The database file stays the same one: its pages are replaced in a single transaction, so that a
crash leaves the old state or the new one, readers are not disturbed, and no log of the old state
can be played into the new one.
"""

from __future__ import annotations

import os
from contextlib import closing
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from storage import reading, troubles
from storage.connection import connect_reader, connect_writer, storage_errors, transaction
from storage.conversion import convert_one
from storage.copying import OnStep, copy_database, remove
from storage.erasing import scrub
from storage.gate import exists_and_is_ours
from storage.migrating import migrate
from storage.purge_log import Erased, keep_erased, read_erased
from storage.troubles import StorageError

_NUMBERING_DAYS = 3
_STEP_PAGES = 256
_FRUITLESS_STEPS = 2000  # each waits a millisecond for another program to let go
_LAST_PLACE = "SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'events'"
_RAISE_PLACES = "UPDATE sqlite_sequence SET seq = max(seq, ?) WHERE name = 'events'"


def prepare(
    backup: Path, database: Path, wall: datetime, on_step: OnStep = lambda d, t: None
) -> Path:
    """Make, beside the database, what it will hold: the backup, by today's schema.

    The numbers that this desk has given to events and cases stay given. Returns the path of it;
    whoever asked for it removes it.

    Raises:
        StorageError: the backup is damaged, of a newer version or another program's, or there is
            no room; nothing was changed.
    """
    with storage_errors(backup):
        if not exists_and_is_ours(backup, 0):
            raise StorageError(troubles.MISSING, backup)
    prepared = database.with_name(f"{database.name}.new-{os.getpid()}-restore")
    try:
        copy_database(backup, prepared, on_step, pause_seconds=0.0)
        convert_one(prepared, 0)  # the backup may be from before the records were encrypted
        with storage_errors(prepared):
            _bring_up_to_date(prepared, database, wall)
    except BaseException:
        remove(prepared)
        raise
    return prepared


def adopt(prepared: Path, database: Path, busy_seconds: float) -> None:
    """Let the database hold what was prepared; all of it, or what it held before.

    Raises:
        StorageError: also ``locked``, where another program does not let go of it.
    """
    left = _FRUITLESS_STEPS

    def watch(status: int, _remaining: int, _total: int) -> None:
        nonlocal left
        left -= status in (5, 6)  # SQLITE_BUSY, SQLITE_LOCKED: tried again for ever
        if left < 0:
            raise StorageError(troubles.LOCKED, database)

    with (
        storage_errors(database),
        closing(connect_reader(prepared)) as source,
        closing(connect_writer(database, busy_seconds)) as target,
    ):
        with transaction(target):  # whoever else writes is noticed now
            if set(read_erased(target).rows) - set(read_erased(source).rows):
                raise StorageError(troubles.LOCKED, database, "something was erased meanwhile")
        source.backup(target, pages=_STEP_PAGES, progress=watch, sleep=0.001)
        # What the old state said must not stay in the log for longer than it has to.
        target.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _bring_up_to_date(prepared: Path, database: Path, wall: datetime) -> None:
    since = wall - timedelta(days=_NUMBERING_DAYS)
    given = _given(database, since)
    with closing(connect_writer(prepared, 0)) as connection:
        migrate(connection)
        with transaction(connection):
            own = reading.state(connection, "desk_id")
            for desk_id, seq in {own: 0, **given.last_seqs}.items():
                reading.remember_last_seq(connection, desk_id, seq)
            # Places go on too: whether something came after a backup is told by them.
            connection.execute(_RAISE_PLACES, (given.place,))
            known = reading.case_nos_since(connection, since)
            reading.remember_case_nos(connection, dict.fromkeys([*given.case_nos, *known]))
            is_erased_here = keep_erased(connection, given.erased)
        if is_erased_here:
            scrub(connection)


class _Given(NamedTuple):
    """Numbers that were given, and what was erased."""

    last_seqs: dict[str, int]
    place: int = 0
    case_nos: tuple[str, ...] = ()
    erased: Erased = Erased()


def _given(database: Path, since: datetime) -> _Given:
    """What the present state knows; nothing where it cannot be read."""
    try:
        with storage_errors(database):
            if not exists_and_is_ours(database, 0):
                return _Given({})
            with closing(connect_reader(database)) as reader:
                (place,) = reader.execute(_LAST_PLACE).fetchone()
                return _Given(
                    reading.last_seqs(reader),
                    place,
                    reading.case_nos_since(reader, since),
                    read_erased(reader),
                )
    except StorageError:
        return _Given({})
