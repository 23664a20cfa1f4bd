"""What is no longer needed, and what was erased: read on anybody's connection.

A case is over when nothing goes on and nothing is owed in it (status ``done``); from the last time
that it, or a case joined to it, was touched, its days are counted.
"""

from __future__ import annotations

import sqlite3
from datetime import datetime

import msgspec
from msgspec import Struct

from call.case import CaseSummary
from storage import reading
from storage.rows import iso

PURGING = "purging"
"""In ``app_state``: ids of erased cases of which a file may still hold something."""
_OVERDUE = """
    SELECT head.case_id FROM cases AS head
    WHERE head.joined_to = '' AND head.status {status} AND head.touched_at < ?1
      AND NOT EXISTS (
        WITH RECURSIVE family (case_id) AS (
            SELECT head.case_id
            UNION
            SELECT cases.case_id FROM cases JOIN family ON cases.joined_to = family.case_id
            WHERE cases.joined_to <> ''
        )
        SELECT 1 FROM cases WHERE case_id IN family AND touched_at >= ?1
      )
    ORDER BY head.touched_at, head.case_id
"""
_OVER = _OVERDUE.format(status="= 'done'")
_OPEN = _OVERDUE.format(status="<> 'done'")
_PURGES = """
    SELECT case_no, opened_at, closed_at, purged_at, reason, files FROM purges ORDER BY id DESC
"""


class Overdue(Struct, frozen=True):
    """Cases untouched since before a moment: those that are over, and those still open."""

    over: tuple[CaseSummary, ...] = ()
    kept_open: tuple[CaseSummary, ...] = ()


class Purged(Struct, frozen=True):
    """That a case was erased: nothing of the customer. ``files`` are names of exported notes.

    ``reason`` is ``retention`` (its days were over) or ``asked`` (somebody erased it).
    """

    case_no: str
    opened_at: datetime
    closed_at: datetime
    purged_at: datetime
    reason: str
    files: tuple[str, ...] = ()


def overdue(connection: sqlite3.Connection, before: datetime) -> Overdue:
    """What was touched last before that moment (aware), the longest ago first."""
    return Overdue(*(_lines(connection, statement, before) for statement in (_OVER, _OPEN)))


def is_over(connection: sqlite3.Connection, case_id: str, before: datetime) -> bool:
    """Whether that case is among those that may go now."""
    return case_id in {found for (found,) in connection.execute(_OVER, (iso(before),))}


def purges(connection: sqlite3.Connection) -> tuple[Purged, ...]:
    """Everything that was erased, the last first."""
    return tuple(_purged(*row) for row in connection.execute(_PURGES))


def _purged(case_no: str, opened: str, closed: str, at: str, reason: str, files: str) -> Purged:
    opened_at, closed_at, purged_at = map(datetime.fromisoformat, (opened, closed, at))
    names = msgspec.json.decode(files, type=tuple[str, ...])
    return Purged(case_no, opened_at, closed_at, purged_at, reason, names)


def _lines(
    connection: sqlite3.Connection, statement: str, before: datetime
) -> tuple[CaseSummary, ...]:
    ids = [case_id for (case_id,) in connection.execute(statement, (iso(before),))]
    return tuple(reading.cases(connection, reading.CASE_BY_ID, case_id)[0] for case_id in ids)
