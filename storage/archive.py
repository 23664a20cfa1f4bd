"""Reading what was written: for lists and the command line, beside a journal or without one."""

from __future__ import annotations

import sqlite3
import unicodedata
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from call.case import CaseSummary, Due
from call.events import Envelope
from storage import reading, troubles
from storage.connection import BUSY_SECONDS, connect_reader, storage_errors
from storage.foreign_events import KnownEvents, known_events
from storage.gate import SCHEMA_VERSION, exists_and_is_ours
from storage.retention import Overdue, Purged, overdue, purges
from storage.troubles import StorageError

# What searches is imported by who searches: most readings are no search.
if TYPE_CHECKING:
    from storage.search import Findings, Found
    from storage.search_wanted import Wanted

_T = TypeVar("_T")


class Archive:
    """A read-only look at the database; writes, repairs and moves nothing.

    Every method sees one moment of the database and raises :class:`StorageError`. Belongs to
    the thread that made it.
    """

    def __init__(self, path: Path, busy_seconds: float = BUSY_SECONDS) -> None:
        """Open it.

        Raises:
            StorageError: ``missing`` where nothing was ever written; ``damaged``, ``not_ours``,
                ``newer_version`` or ``older_version`` (start the sidebar once) where the file
                cannot be read by this program; otherwise what the system says.
        """
        self._path = path
        with storage_errors(path):
            if not exists_and_is_ours(path, busy_seconds):
                raise StorageError(troubles.MISSING, path)
            self._connection = connect_reader(path, busy_seconds)
        try:
            self._refuse_older()
        except BaseException:
            self.close()
            raise

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def events_of(self, case_id: str) -> tuple[Envelope, ...]:
        """The events of a case and of those joined to it, in order; empty for an unknown id.

        The order is that of ``seq`` within a desk; desks are interleaved as their events came.
        """
        return self._read(lambda connection: reading.events_of(connection, case_id))

    def summary_of(self, case_id: str) -> CaseSummary | None:
        """The line of a case, or None."""
        return self._first(reading.CASE_BY_ID, case_id)

    def by_case_no(self, case_no: str) -> CaseSummary | None:
        """The case of that number (受付番号), else the newest with that number of the company's.

        Width and case of letters do not matter. A joined case is returned as itself, saying in
        ``joined_to`` where it went.
        """
        number = unicodedata.normalize("NFKC", case_no).strip()
        return self._first(reading.CASES_BY_NO, number) or self._first(
            reading.CASES_BY_COMPANY_NO, number
        )

    def by_number(self, number: str) -> tuple[CaseSummary, ...]:
        """The cases of a telephone number, however it is written, the newest first."""
        from storage.search_customers import of_number

        return self._read(lambda connection: of_number(connection, number))

    def recent(self, limit: int) -> tuple[CaseSummary, ...]:
        """The cases touched last, without joined ones."""
        return self._read(lambda connection: reading.cases(connection, reading.RECENT_CASES, limit))

    def dues(self, limit: int) -> tuple[tuple[Due, CaseSummary], ...]:
        """What is owed over all cases, the soonest first, each with its case."""
        return self._read(lambda connection: reading.dues(connection, limit))

    def known_among(self, envelopes: Sequence[Envelope]) -> KnownEvents:
        """Which of these events of another desk are here already."""
        return self._read(lambda connection: known_events(connection, envelopes))

    def cases_with(self, kind: str) -> tuple[str, ...]:
        """The ids of all cases in which an event of that kind was recorded, counted or not."""
        return self._read(lambda connection: reading.cases_with(connection, kind))

    def find(self, wanted: Wanted, limit: int) -> Findings:
        """The latest cases in which something is found; where only a shelf is asked for, its.

        Raises:
            StorageError: also ``interrupted``, where another thread asked for that.
        """
        from storage.search import find, shelf

        if wanted.is_open:
            return self._read(lambda connection: shelf(connection, wanted.shelf, limit))
        return self._read(lambda connection: find(connection, wanted, limit))

    def of_number(self, number: str) -> tuple[Found, ...]:
        """The cases of a telephone number, the newest first, with what was answered."""
        from storage.search import listed
        from storage.search_customers import of_number

        return self._read(lambda connection: listed(connection, of_number(connection, number)))

    def of_customer(self, name: str, limit: int) -> tuple[Found, ...]:
        """The latest cases of customers of that name or reading, however it is written."""
        from storage.search_customers import of_customer

        return self._read(lambda connection: of_customer(connection, name, limit))

    def overdue(self, before: datetime) -> Overdue:
        """The cases that were touched last before that moment: over, and kept open."""
        return self._read(lambda connection: overdue(connection, before))

    def purges(self) -> tuple[Purged, ...]:
        """Every case that was erased, by number and dates, the last first."""
        return self._read(purges)

    def state(self, key: str) -> str:
        """A value of the program's own; empty where there is none."""
        return self._read(lambda connection: reading.state(connection, key))

    def interrupt(self) -> None:
        """End what is being read. The one method that another thread may call."""
        self._connection.interrupt()

    def _first(self, statement: str, parameter: str) -> CaseSummary | None:
        found = self._read(lambda connection: reading.cases(connection, statement, parameter))
        return found[0] if found else None

    def _refuse_older(self) -> None:
        version = self._read(lambda c: int(c.execute("PRAGMA user_version").fetchone()[0]))
        if version < SCHEMA_VERSION:
            raise StorageError(troubles.OLDER_VERSION, self._path, f"schema {version}")

    def _read(self, action: Callable[[sqlite3.Connection], _T]) -> _T:
        with storage_errors(self._path):
            self._connection.execute("BEGIN")
            try:
                return action(self._connection)
            finally:
                if self._connection.in_transaction:
                    self._connection.execute("ROLLBACK")
