"""A new database in place of a damaged one: the newest good backup, and all that can be saved.

A file that cannot be used is moved to ``<name>.damaged`` first and, only when the new database is
in place, to ``<name>.damaged-<UTC time>``: a start that finds the former knows that a crash came in
between, and does it again.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

import msgspec

from storage import reading, troubles
from storage.backup_names import RESTORE, Backup
from storage.backups import Backups
from storage.connection import storage_errors, transaction
from storage.copying import COMPANIONS, copy_database
from storage.gate import exists_and_is_ours
from storage.purge_log import Erased, ids_of, keep_erased
from storage.refolding import refold
from storage.rescue_report import keep_rescue, last_rescue
from storage.retention import PURGING
from storage.rows import EventRow
from storage.salvage import Salvage, salvage
from storage.troubles import Rescue, StorageError
from storage.writing import insert_event

_log = logging.getLogger(__name__)

LARGE_BYTES = 4_000_000
"""From here on saving takes so long that the call should go on in memory meanwhile."""

_OF_THE_BACKUP = frozenset(
    {troubles.DAMAGED, troubles.NOT_OURS, troubles.NEWER_VERSION, troubles.UNEXPECTED}
)
_SAVED_STATES = ("desk_id", "desk_code", "given_case_nos")
_COUNTS = """
    SELECT (SELECT count(*) FROM cases WHERE joined_to = ''), (SELECT count(*) FROM events)
"""
_IN_RANGE = "SELECT count(*) FROM events WHERE place >= ? AND place < ?"


def set_aside(path: Path) -> Path:
    """Move a file that cannot be used, with its log, to where it waits to be saved from."""
    waiting = waiting_of(path)
    # Called again after a crash in between, it moves the rest. (A log that was left alone would be
    # played into the next database of that name.)
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(waiting.with_name(waiting.name + suffix))
    return waiting


def waiting_of(path: Path) -> Path:
    """Where a file lies that was moved aside and that nothing was saved from yet."""
    return path.with_name(f"{path.name}.damaged")


def is_waiting(path: Path) -> bool:
    """Whether something lies aside that nothing was saved from yet; its log alone counts too."""
    waiting = waiting_of(path)
    return any(waiting.with_name(waiting.name + suffix).exists() for suffix in COMPANIONS)


def keep_for_good(path: Path) -> Path:
    """Give what lies aside a name that nothing takes again; returns it."""
    waiting, aside = waiting_of(path), name_for_good(path)
    for suffix in reversed(COMPANIONS):
        with suppress(FileNotFoundError):
            waiting.with_name(waiting.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def name_for_good(path: Path) -> Path:
    """A name for what is moved aside now; erasing, converting and ``doctor`` know it."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return path.with_name(f"{path.name}.damaged-{stamp}")


def bases_of(path: Path) -> list[Backup]:
    """The backups that a database may be made of, the newest first; none from before a restore."""
    return [backup for backup in Backups(path).all() if backup.kind != RESTORE]


def rebuild(path: Path, new: Path, open_new: Callable[[], sqlite3.Connection]) -> None:
    """Make ``new`` of the newest good backup and of what can be saved from the file set aside.

    ``open_new`` opens it, by today's schema, and makes it where there was no backup. What was done
    stands in it (:mod:`storage.rescue_report`).

    Raises:
        StorageError: it cannot be written; what lies aside is untouched.
    """
    backups = bases_of(path)
    basis = _first_good(backups, new)
    with storage_errors(new), closing(open_new()) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")  # its first page may be a donor
        donors = [*(backup.path for backup in backups), new]
        with transaction(db):
            rescue = _fill(db, new, waiting_of(path), donors, basis)
            is_vanished = not is_waiting(path)
            keep_rescue(db, msgspec.structs.replace(rescue, aside="") if is_vanished else rescue)


def name_aside(db: sqlite3.Connection, aside: Path) -> None:
    """Write into the report where the unusable file lies for good."""
    rescue = last_rescue(db)
    if rescue is not None:
        named = msgspec.structs.replace(rescue, aside=aside.name)
        with transaction(db):
            keep_rescue(db, named)


def _first_good(backups: list[Backup], new: Path) -> Backup | None:
    for backup in backups:
        try:
            with storage_errors(backup.path):
                exists_and_is_ours(backup.path, 0)
            copy_database(backup.path, new, pause_seconds=0.0)
        except StorageError as error:
            if error.kind not in _OF_THE_BACKUP:
                raise
            _log.warning("backup %s cannot be used: %s", backup.path.name, error.kind)
        else:
            return backup
    return None


def _fill(
    db: sqlite3.Connection, new: Path, aside: Path, donors: list[Path], basis: Backup | None
) -> Rescue:
    before = db.execute("SELECT count(*) FROM events").fetchone()[0]
    touched: set[str] = set()
    rejected = 0

    def take(row: EventRow) -> None:
        nonlocal rejected
        if not _is_whole(row):
            rejected += 1
            return
        with storage_errors(new):
            try:
                insert_event(db, row)
            except (sqlite3.IntegrityError, sqlite3.DataError):
                rejected += 1
            else:
                touched.add(row.case_id)

    known = db.execute("SELECT coalesce(max(place), 0) FROM events").fetchone()[0]
    found = salvage(aside, donors, take) if aside.exists() else Salvage()
    missing = rejected + sum(_lost_in(db, first, end, known) for first, end in found.gaps)
    _take_over(db, found)
    refold(db, touched)
    # The backup may be from before something was erased; what the file itself still had, was not.
    erased = Erased(tuple(found.purges), ids_of(found.states.get(PURGING, "")), frozenset(touched))
    keep_erased(db, erased)
    cases, events = db.execute(_COUNTS).fetchone()
    return Rescue(
        datetime.now(UTC),
        aside.name,
        backup=basis.path.name if basis else "",
        cases=cases,
        events=events,
        saved=events - before,
        missing=missing,
        is_all_known=found.is_end_known and aside.exists(),
    )


def _is_whole(row: EventRow) -> bool:
    """Whether it can be an event: where a page was lost, half a row may be zeros."""
    try:
        datetime.fromisoformat(row.wall)
        msgspec.json.decode(row.payload)
    except (TypeError, ValueError, msgspec.DecodeError):
        return False
    return True


def _lost_in(db: sqlite3.Connection, first: int, end: int, known: int) -> int:
    """How many of a range of places the backup cannot stand for."""
    covered = db.execute(_IN_RANGE, (first, min(end, known + 1))).fetchone()[0]
    return max(0, end - first - int(covered))


def _take_over(db: sqlite3.Connection, found: Salvage) -> None:
    """Who this desk is, which numbers it gave, and what was being typed."""
    for key, value in found.states.items():
        if key in _SAVED_STATES:
            reading.save_state(db, key, value)
        elif key.startswith(reading.STATE_OF_SEQ) and value.isdigit():
            desk_id = key.removeprefix(reading.STATE_OF_SEQ)
            reading.remember_last_seq(db, desk_id, int(value))
    for draft in found.drafts:
        with suppress(sqlite3.IntegrityError, sqlite3.DataError):
            db.execute("INSERT INTO drafts VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING", draft)
