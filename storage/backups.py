"""The backups of a database: made beside it, listed, looked into, thinned out.

They lie in ``backups/`` beside the database, which nobody but this user may enter. A backup has
its name only when it is whole, checked and on the disk.
"""

from __future__ import annotations

import os
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from msgspec import Struct

from storage import troubles
from storage.backup_names import DAILY, Backup, backup_of, file_name, superfluous
from storage.connection import connect_reader, storage_errors
from storage.copying import OnStep, copy_database, no_step, remove, sync_folder
from storage.gate import exists_and_is_ours
from storage.reflections_copy import keep_copy
from storage.swapping import LONG_WORK
from storage.troubles import StorageError

FOLDER = "backups"
REFLECTIONS = "reflections.db"

# What differs after whatever was written: an event, a case line, a purge.
_STATE = """
    SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'events'), 0),
           coalesce((SELECT min(place) FROM events), 0),
           (SELECT count(*) FROM cases),
           coalesce((SELECT max(touched_at) FROM cases), '')
"""
_CONTENT = """
    SELECT (SELECT count(*) FROM cases WHERE joined_to = ''),
           (SELECT count(*) FROM events),
           (SELECT wall FROM events ORDER BY place DESC LIMIT 1),
           coalesce((SELECT max(place) FROM events), 0)
"""
_LATER = """
    WITH later AS (SELECT case_id, min(place) AS first FROM events WHERE place > ? GROUP BY case_id)
    SELECT (SELECT count(*) FROM events WHERE place > ?),
           (SELECT count(*) FROM later),
           (SELECT count(*) FROM later
            WHERE NOT EXISTS (SELECT 1 FROM events WHERE case_id = later.case_id AND place <= ?))
"""
_BUSY_SECONDS = 2.0


class Content(Struct, frozen=True):
    """What a database holds: cases, events, and the time and place of the last event, if any."""

    cases: int
    events: int
    last_event_at: datetime | None
    last_place: int = 0


class Loss(Struct, frozen=True):
    """What is here and not in a backup: events, and cases they belong to, new ones among them."""

    events: int
    cases: int
    new_cases: int


class Backups:
    """The folder of backups of one database. Reads and writes the disk: beside the window only."""

    def __init__(self, database: Path) -> None:
        self.database = database
        self.folder = database.parent / FOLDER

    def make(
        self,
        kind: str,
        at: datetime,
        on_step: OnStep = no_step,
        *,
        pause_seconds: float = 0.0,
    ) -> Backup:
        """Make one, and let those go that are kept no longer.

        Raises:
            StorageError: there is no database that can be read, or no room; nothing was changed.
        """
        target = self.folder / file_name(kind, at)
        copy_to(self.database, target, on_step, pause_seconds)
        keep_copy(self.database.with_name(REFLECTIONS))
        self.thin_out()
        return Backup(target, kind, at.astimezone(UTC))

    def all(self) -> tuple[Backup, ...]:
        """All of them, the newest first; none where the folder cannot be read."""
        try:
            found = [backup_of(path) for path in self.folder.iterdir()]
        except OSError:
            return ()
        backups = [backup for backup in found if backup is not None]
        return tuple(sorted(backups, key=lambda backup: backup.made_at, reverse=True))

    def is_changed(self) -> bool:
        """Whether anything was written since the newest backup; also where none can be read.

        Raises:
            StorageError: the database itself cannot be read.
        """
        state = _state_of(self.database)
        newest = next(iter(self.all()), None)
        if newest is None:
            return state[0] > 0
        try:
            return _state_of(newest.path) != state
        except StorageError:
            return True

    def has_of_today(self, now: datetime) -> bool:
        """Whether a daily one was made on this day of the calendar."""
        today = now.astimezone().date()
        return any(
            backup.kind == DAILY and backup.made_at.astimezone().date() == today
            for backup in self.all()
        )

    def thin_out(self) -> None:
        """Let those go that are kept no longer; what cannot be removed stays."""
        for backup in superfluous(self.all()):
            with suppress(OSError):
                remove(backup.path)

    def remove_all(self) -> int:
        """Remove every backup, as after a purge: what was erased must stand in none of them.

        Raises:
            OSError: one of them cannot be removed.
        """
        backups = self.all()
        for backup in backups:
            remove(backup.path)
        return len(backups)


def copy_to(
    source: Path,
    target: Path,
    on_step: OnStep = no_step,
    pause_seconds: float = 0.0,
) -> None:
    """Copy a database of ours to a name that it gets only when it is whole there.

    Raises:
        StorageError: it cannot be read or the copy cannot be written.
    """
    with storage_errors(source):
        if not exists_and_is_ours(source, _BUSY_SECONDS):
            raise StorageError(troubles.MISSING, source)
    with LONG_WORK, storage_errors(target):
        target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        beside = target.with_name(f"{target.name}.new-{os.getpid()}")
        copy_database(source, beside, on_step, pause_seconds)
        beside.replace(target)
        sync_folder(target.parent)


def content_of(path: Path) -> Content:
    """What a database of ours holds, of whatever version.

    Raises:
        StorageError: it cannot be read.
    """
    with storage_errors(path):
        if not exists_and_is_ours(path, _BUSY_SECONDS):
            raise StorageError(troubles.MISSING, path)
        with closing(connect_reader(path)) as reader:
            cases, events, last, place = reader.execute(_CONTENT).fetchone()
    return Content(cases, events, datetime.fromisoformat(last) if last else None, place)


def loss_since(database: Path, last_place: int) -> Loss:
    """What came after the event at that place, the last one of a backup.

    Raises:
        StorageError: the database cannot be read.
    """
    with storage_errors(database), closing(connect_reader(database)) as reader:
        events, cases, new_cases = reader.execute(_LATER, (last_place,) * 3).fetchone()
    return Loss(events, cases, new_cases)


def _state_of(path: Path) -> tuple[int, int, int, str]:
    with storage_errors(path), closing(connect_reader(path)) as reader:
        state: tuple[int, int, int, str] = reader.execute(_STATE).fetchone()
    return state
