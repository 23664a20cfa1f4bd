"""Erasing cases from the data folder: the journal, its backups, and files that were set aside.

Everything that was begun is noted in the journal first (``purging``: ids of cases, nothing else),
so that a program that was killed in between goes on at its next start: :func:`finish`.

Runs on connections of its own, beside the writer: between calls only, in any thread.
"""

from __future__ import annotations

import json
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storage import reading, troubles
from storage.connection import connect_writer, make_private, storage_errors, transaction
from storage.erasing import erase, family_of, holds_any, log_purge, scrub
from storage.gate import SCHEMA_VERSION
from storage.retention import is_over
from storage.troubles import StorageError

RETENTION, ASKED = "retention", "asked"
BACKUPS = "backups"

PURGING = "purging"
_COMPANIONS = ("", "-wal", "-shm", "-journal")
_BUSY_SECONDS = 5.0
_SAVE = """
    INSERT INTO app_state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""
_FORGET = "DELETE FROM app_state WHERE key = ?"
_log = logging.getLogger(__name__)


class Outcome(Struct, frozen=True):
    """How many cases were erased, and whether nothing of them is left in any file."""

    erased: int = 0
    is_clean: bool = True


class Purge:
    """Erases cases of one journal. ``may_go_on`` is asked between its steps: False ends it there.

    Every method raises :class:`StorageError` where the journal cannot be written.
    """

    def __init__(self, database: Path, may_go_on: Callable[[], bool] = lambda: True) -> None:
        self._database = database
        self._may_go_on = may_go_on

    def overdue(self, case_ids: Sequence[str], before: datetime, at: datetime) -> Outcome:
        """Erase those of these cases that are still over since before that moment."""
        return self._purge(case_ids, at, RETENTION, before)

    def asked(self, case_id: str, at: datetime) -> Outcome:
        """Erase one case that somebody wants to be erased, whatever its state."""
        return self._purge([case_id], at, ASKED, None)

    def finish(self) -> bool:
        """Go on with what was begun; whether nothing of it is left in any file."""
        with storage_errors(self._database), closing(self._open()) as connection:
            return self._finish(connection)

    def remember(self, key: str, value: str) -> None:
        """Keep a value of the program's own beside the cases."""
        with (
            storage_errors(self._database),
            closing(self._open()) as connection,
            transaction(connection),
        ):
            connection.execute(_SAVE, (key, value))

    def _purge(
        self, case_ids: Sequence[str], at: datetime, reason: str, before: datetime | None
    ) -> Outcome:
        erased = 0
        with storage_errors(self._database), closing(self._open()) as connection:
            for case_id in case_ids:
                if not self._may_go_on():
                    break
                erased += _erase_family(connection, case_id, at, reason, before)
            return Outcome(erased, self._finish(connection))

    def _open(self) -> sqlite3.Connection:
        connection = connect_writer(self._database, _BUSY_SECONDS)
        (version,) = connection.execute("PRAGMA user_version").fetchone()
        if version != SCHEMA_VERSION:
            connection.close()
            raise StorageError(troubles.OLDER_VERSION, self._database, f"schema {version}")
        return connection

    def _finish(self, connection: sqlite3.Connection) -> bool:
        case_ids = _begun(connection)
        if not case_ids:
            return True
        if not self._may_go_on() or not scrub(connection, self._may_go_on):
            return False
        is_clean = True
        for copy in _copies_of(self._database):
            is_clean = self._may_go_on() and _clean_copy(copy, case_ids) and is_clean
        if is_clean:
            with transaction(connection):
                connection.execute(_FORGET, (PURGING,))
        return is_clean


def _erase_family(
    connection: sqlite3.Connection, case_id: str, at: datetime, reason: str, before: datetime | None
) -> int:
    """Erase a case and all joined to it, or, where it is not over any more, nothing."""
    with transaction(connection):
        if before is not None and not is_over(connection, case_id, before):
            return 0
        family = family_of(connection, case_id)
        if not family:
            return 0
        log_purge(connection, family, at, reason)
        erase(connection, family)
        begun = json.dumps([*_begun(connection), *family])
        connection.execute(_SAVE, (PURGING, begun))
    return 1


def _begun(connection: sqlite3.Connection) -> list[str]:
    found = reading.state(connection, PURGING)
    return [str(case_id) for case_id in json.loads(found)] if found else []


def _copies_of(database: Path) -> Iterator[Path]:
    """Backups, and unusable files that were moved aside, newest things of other branches alike."""
    yield from sorted((database.parent / BACKUPS).rglob("*.db"))
    for aside in sorted(database.parent.glob(f"{database.name}.damaged-*")):
        if not aside.name.endswith(_COMPANIONS[1:]):
            yield aside


def _clean_copy(copy: Path, case_ids: Sequence[str]) -> bool:
    """Take the cases out of a copy; one that is no database is dropped where it names them."""
    try:
        with closing(connect_writer(copy, _BUSY_SECONDS)) as connection:
            if holds_any(connection, case_ids):
                with transaction(connection):
                    erase(connection, case_ids)
                if not scrub(connection):
                    return False
        make_private(copy)
    except StorageError as error:  # encrypted, and there is no key
        _log.warning("a copy of the journal could not be opened: %s", error.kind)
        return False
    except sqlite3.DatabaseError as error:
        if isinstance(error, sqlite3.OperationalError):  # locked, read-only, full: tried again
            _log.warning("a copy of the journal could not be cleaned: %s", error)
            return False
        return _drop_if_named(copy, case_ids)
    return not _names_any(copy, case_ids) or _drop(copy)


def _drop_if_named(copy: Path, case_ids: Sequence[str]) -> bool:
    return not _names_any(copy, case_ids) or _drop(copy)


def _names_any(copy: Path, case_ids: Sequence[str]) -> bool:
    """Whether the bytes of a file, or of its log, hold the id of one of the cases."""
    sought = [case_id.encode() for case_id in case_ids]
    for suffix in _COMPANIONS:
        with suppress(FileNotFoundError):
            content = copy.with_name(copy.name + suffix).read_bytes()
            if any(each in content for each in sought):
                return True
    return False


def _drop(copy: Path) -> bool:
    _log.warning("a copy of the journal that held erased cases was removed: %s", copy.name)
    try:
        for suffix in _COMPANIONS:
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    except OSError:
        return False
    return True
