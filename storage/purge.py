"""Erasing cases from the data folder: the journal, its backups, and files that were set aside.

Everything that was begun is noted in the journal first (``purging``: ids of cases, nothing else),
so that a program that was killed in between goes on at its next start: :func:`finish`.

Runs on connections of its own, beside the writer: between calls only, in any thread.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from storage import reading, troubles
from storage.connection import connect_writer, storage_errors, transaction
from storage.erasing import erase, family_of, log_purge, scrub
from storage.gate import SCHEMA_VERSION
from storage.purge_log import begun, keep_begun
from storage.purged_copies import BACKUPS, clean_copy, clear_half_made, copies_of
from storage.retention import PURGING, is_over
from storage.swapping import LONG_WORK
from storage.troubles import StorageError

__all__ = ["ASKED", "BACKUPS", "PURGING", "RETENTION", "Outcome", "Purge"]

RETENTION, ASKED = "retention", "asked"

_BUSY_SECONDS = 5.0
_SHARE_OF_CASES = 0.5  # the rest are the copies
_FORGET = "DELETE FROM app_state WHERE key = ?"


class Outcome(Struct, frozen=True):
    """How many cases were erased, and whether nothing of them is left in any file."""

    erased: int = 0
    is_clean: bool = True


class Purge:
    """Erases cases of one journal. ``may_go_on`` is asked between its steps: False ends it there.

    ``on_done`` hears from 0 to 1 how far it is.

    Every method raises :class:`StorageError` where the journal cannot be written.
    """

    def __init__(
        self,
        database: Path,
        may_go_on: Callable[[], bool] = lambda: True,
        on_done: Callable[[float], object] = lambda done: None,
    ) -> None:
        self._database = database
        self._may_go_on = may_go_on
        self._on_done = on_done

    def overdue(self, case_ids: Sequence[str], before: datetime, at: datetime) -> Outcome:
        """Erase those of these cases that are still over since before that moment."""
        return self._purge(case_ids, at, RETENTION, before)

    def asked(self, case_id: str, at: datetime) -> Outcome:
        """Erase one case that somebody wants to be erased, whatever its state."""
        return self._purge([case_id], at, ASKED, None)

    def finish(self) -> bool:
        """Go on with what was begun; whether nothing of it is left in any file."""
        with LONG_WORK, storage_errors(self._database), closing(self._open()) as connection:
            return self._finish(connection)

    def remember(self, key: str, value: str) -> None:
        """Keep a value of the program's own beside the cases."""
        with (
            LONG_WORK,
            storage_errors(self._database),
            closing(self._open()) as connection,
            transaction(connection),
        ):
            reading.save_state(connection, key, value)

    def _purge(
        self, case_ids: Sequence[str], at: datetime, reason: str, before: datetime | None
    ) -> Outcome:
        erased = 0
        with LONG_WORK, storage_errors(self._database), closing(self._open()) as connection:
            for number, case_id in enumerate(case_ids):
                if not self._may_go_on():
                    break
                self._on_done(_SHARE_OF_CASES * number / len(case_ids))
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
        case_ids = begun(connection)
        if not case_ids:
            return True
        if not self._may_go_on() or not scrub(connection, self._may_go_on):
            return False
        is_clean = clear_half_made(self._database)
        copies = tuple(copies_of(self._database))
        for number, copy in enumerate(copies):
            self._on_done(_SHARE_OF_CASES + (1 - _SHARE_OF_CASES) * number / len(copies))
            is_clean = self._may_go_on() and clean_copy(copy, case_ids) and is_clean
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
        keep_begun(connection, [*begun(connection), *family])
    return 1
