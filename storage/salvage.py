"""What can still be read of a damaged database: rows, one range after the other.

Where a page is broken, SQLite raises for every row of it; the range is then halved until only
what really cannot be read is left out. Nothing is written to the damaged file: where it was cut,
or its first page is gone, a copy is mended (zeros for what is missing, the first page of a
database of the same build) and read instead.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from storage.connection import connect_reader
from storage.copying import remove
from storage.key_record import record_near
from storage.keys import is_sealed
from storage.purge_log import PURGES
from storage.rows import DraftRow, EventRow

OnEvent = Callable[[EventRow], None]

_FIELDS = ", ".join(EventRow._fields)
_EVENTS = (
    f"SELECT place, {_FIELDS} FROM events NOT INDEXED WHERE place >= ? AND place < ? ORDER BY place"  # noqa: S608, E501 - constants
)
_LAST_PLACES = (
    "SELECT seq FROM sqlite_sequence WHERE name = 'events'",
    "SELECT max(place) FROM events",
)
_DRAFTS = "SELECT case_id, field, body, at FROM drafts"
_STATES = "SELECT key, value FROM app_state"
# No row of ours is shorter: what the places of a file without any other sign may go up to.
_LEAST_ROW_BYTES = 64
_HEADER_BYTES = 100
_PAGE_BYTES = 4096


class Salvage:
    """What was read, and what was not.

    ``gaps`` are ranges of places (first, last + 1) that hold something nobody can read; with
    ``is_end_known`` False there may have been more behind the last one.
    """

    def __init__(self) -> None:
        self.events = 0
        self.gaps: list[tuple[int, int]] = []
        self.is_end_known = True
        self.drafts: list[DraftRow] = []
        self.states: dict[str, str] = {}
        self.purges: list[tuple[str, ...]] = []


def salvage(damaged: Path, donors: Sequence[Path], on_event: OnEvent) -> Salvage:
    """Read what can be read of it, by whichever way brings the first event.

    ``donors`` are whole databases whose first page may stand for a broken one.

    Raises:
        OSError: there is no room for a mended copy.
    """
    found = Salvage()
    for source in _ways_in(damaged, donors):
        found = _read(source, on_event)
        if found.events:
            break
    return found


def _ways_in(damaged: Path, donors: Sequence[Path]) -> Iterator[Path]:
    yield damaged
    mended = damaged.with_name(f"{damaged.name}.new-{os.getpid()}-mended")
    if is_sealed(damaged) and record_near(damaged) is not None:
        return  # encrypted: pages put together differently are none
    try:
        for first_page in [b"", *map(_first_page, donors)]:
            remove(mended)
            _mend(damaged, mended, first_page)
            yield mended
    finally:
        with suppress(OSError):
            remove(mended)


def _first_page(donor: Path) -> bytes:
    with donor.open("rb") as file:
        return file.read(_PAGE_BYTES)


def _mend(damaged: Path, mended: Path, first_page: bytes) -> None:
    """A copy with the pages that its header speaks of, zeros where they are gone."""
    os.close(os.open(mended, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    shutil.copyfile(damaged, mended)
    wal = damaged.with_name(damaged.name + "-wal")
    if wal.exists():
        shutil.copyfile(wal, mended.with_name(mended.name + "-wal"))
    with mended.open("r+b") as file:
        header = file.read(_HEADER_BYTES)
        size = file.seek(0, os.SEEK_END)
        pages = max(-(-size // _PAGE_BYTES), int.from_bytes(header[28:32], "big"))
        if first_page:
            pages = -(-size // _PAGE_BYTES)
            file.seek(0)
            file.write(first_page[:28] + pages.to_bytes(4, "big") + first_page[32:])
        file.truncate(pages * _PAGE_BYTES)


def _read(source: Path, on_event: OnEvent) -> Salvage:
    found = Salvage()
    try:
        with closing(connect_reader(source)) as connection:
            end = _end_of(connection, source, found)
            has_events = _has_events(connection)
        if has_events:
            _read_range(source, 1, end, found, on_event)
        if not found.is_end_known and found.gaps and found.gaps[-1][1] == end:
            found.gaps.pop()  # nobody knows whether there was anything
        found.drafts = [DraftRow(*map(str, row)) for row in _rows(source, _DRAFTS)]
        found.states = {str(key): str(value) for key, value in _rows(source, _STATES)}
        found.purges = [tuple(map(str, row)) for row in _rows(source, PURGES)]
    except sqlite3.Error:
        found.is_end_known = False
    return found


def _end_of(connection: sqlite3.Connection, source: Path, found: Salvage) -> int:
    """One more than the highest place that there can be."""
    for statement in _LAST_PLACES:
        with suppress(sqlite3.Error, TypeError, ValueError):
            return int(connection.execute(statement).fetchone()[0]) + 1
    found.is_end_known = False
    connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchone()  # no schema, no rows
    return source.stat().st_size // _LEAST_ROW_BYTES + 1


def _has_events(connection: sqlite3.Connection) -> bool:
    """Whether there is such a table: not in another program's file, nor in one without a schema."""
    try:
        connection.execute(_EVENTS, (1, 1)).fetchone()
    except sqlite3.Error as error:
        return getattr(error, "sqlite_errorname", "SQLITE_ERROR") != "SQLITE_ERROR"
    return True


def _read_range(source: Path, first: int, end: int, found: Salvage, on_event: OnEvent) -> None:
    """Read the places from ``first`` up to ``end``; where that breaks off, by halves.

    Each time by another connection: after one broken page SQLCipher reads no other one.
    """
    ranges = [(first, end)]
    while ranges:
        first, end = ranges.pop()
        connection = connect_reader(source)
        try:
            for place, *row in connection.execute(_EVENTS, (first, end)):
                first = place + 1
                found.events += 1
                on_event(EventRow(*row))
        except sqlite3.Error:
            middle = (first + end) // 2
            if middle > first:
                ranges += [(middle, end), (first, middle)]
            else:
                _note_gap(found, first, end)
        finally:
            connection.close()


def _note_gap(found: Salvage, first: int, end: int) -> None:
    if found.gaps and found.gaps[-1][1] == first:
        first = found.gaps.pop()[0]
    found.gaps.append((first, end))


def _rows(source: Path, statement: str) -> Iterator[tuple[object, ...]]:
    """Rows up to the first that cannot be read."""
    with suppress(sqlite3.Error), closing(connect_reader(source)) as connection:
        yield from connection.execute(statement)
