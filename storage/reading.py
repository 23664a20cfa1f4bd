"""The statements that read: rows into events and case lines, on anybody's connection."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime

from call.case import CaseSummary, Due
from call.events import Envelope
from storage.rows import (
    CaseRow,
    Draft,
    DraftRow,
    DueRow,
    EventRow,
    draft_of,
    due_of,
    envelope_of,
    iso,
    summary_of,
)

_EVENTS = """
    WITH RECURSIVE family (case_id) AS (
        SELECT ?
        UNION
        SELECT cases.case_id FROM cases JOIN family ON cases.joined_to = family.case_id
        WHERE cases.joined_to <> ''
    )
    SELECT id, desk_id, seq, case_id, call_id, kind, v, cause, wall, boot_seconds, boot_id, payload
    FROM events WHERE case_id IN family AND place > ? ORDER BY place
"""
_CASE = """
    SELECT case_id, case_no, status, opened_at, touched_at, joined_to, company_no,
           customer, reading, number, number_digits, issue, stage_title, phase, concession
    FROM cases
"""
CASE_BY_ID = _CASE + "WHERE case_id = ?"
CASES_BY_NO = _CASE + "WHERE case_no = ? ORDER BY touched_at DESC"
CASES_BY_COMPANY_NO = (
    _CASE + "WHERE company_no = ? AND company_no <> '' AND status <> 'joined'"
    " ORDER BY touched_at DESC"
)
CASES_BY_NUMBER = (
    _CASE + "WHERE number_digits = ? AND number_digits <> '' AND status <> 'joined'"
    " ORDER BY touched_at DESC"
)
RECENT_CASES = _CASE + "WHERE status <> 'joined' ORDER BY touched_at DESC LIMIT ?"
CASES_OF_SHELF = {
    "all": RECENT_CASES,
    "open": _CASE + "WHERE status = 'open' ORDER BY touched_at DESC LIMIT ?",
    "due": _CASE  # noqa: S608 - constants
    + "JOIN (SELECT case_id AS id, min(at) AS soonest FROM dues GROUP BY 1) ON id = case_id"
    + " WHERE status <> 'joined' ORDER BY soonest, case_id LIMIT ?",
    "closed": _CASE + "WHERE status = 'done' ORDER BY touched_at DESC LIMIT ?",
}
CASES_IN_ORDER_OF_DUES = """
    SELECT dues.case_id, target, kind, at, owner, text
    FROM dues JOIN cases ON cases.case_id = dues.case_id
    WHERE cases.status <> 'joined' ORDER BY at, dues.case_id, target LIMIT ?
"""
_DUES = "SELECT case_id, target, kind, at, owner, text FROM dues WHERE case_id = ? ORDER BY at"
_RUNNING = """
    SELECT case_id FROM cases
    WHERE phase NOT IN ('idle', 'closed') AND status NOT IN ('joined', 'done')
    ORDER BY touched_at
"""
_CASES_WITH = """
    SELECT DISTINCT coalesce(nullif(cases.joined_to, ''), cases.case_id)
    FROM events JOIN cases ON cases.case_id = events.case_id WHERE events.kind = ? ORDER BY 1
"""
_DRAFTS = "SELECT case_id, field, body, at FROM drafts ORDER BY at, case_id, field"
_CASE_NOS = """
    SELECT case_no, opened_at FROM cases WHERE opened_at >= ?1
    UNION ALL SELECT case_no, opened_at FROM purges WHERE opened_at >= ?1
    ORDER BY opened_at, case_no
"""
_STATE = "SELECT value FROM app_state WHERE key = ?"
_LAST_SEQ = "SELECT coalesce(max(seq), 0) FROM events WHERE desk_id = ?"
_DESKS = """
    WITH RECURSIVE desks (desk_id) AS (
        SELECT min(desk_id) FROM events
        UNION SELECT (SELECT min(desk_id) FROM events WHERE desk_id > desks.desk_id) FROM desks
        WHERE desk_id IS NOT NULL
    )
    SELECT desk_id FROM desks
    UNION SELECT substr(key, length(?1) + 1) FROM app_state
    WHERE substr(key, 1, length(?1)) = ?1
    UNION SELECT value FROM app_state WHERE key = 'desk_id'
"""
STATE_OF_SEQ = "last_seq:"
_STATE_OF_CASE_NOS = "given_case_nos"
_SAVE_STATE = """
    INSERT INTO app_state VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET value = excluded.value
"""


def events_of(connection: sqlite3.Connection, case_id: str, after: int = 0) -> tuple[Envelope, ...]:
    """The events of a case and of all that was joined to it, in the order they happened.

    Those that arrived behind the place ``after``.
    """
    rows = [EventRow(*row) for row in connection.execute(_EVENTS, (case_id, after))]
    return tuple(envelope_of(row) for row in _in_order(rows))


def running_cases(connection: sqlite3.Connection) -> tuple[tuple[str, tuple[Envelope, ...]], ...]:
    """Every case whose last call is not over, the one touched last at the end."""
    case_ids = [case_id for (case_id,) in connection.execute(_RUNNING)]
    return tuple((case_id, events_of(connection, case_id)) for case_id in case_ids)


def cases(
    connection: sqlite3.Connection, statement: str, *parameters: str | int
) -> tuple[CaseSummary, ...]:
    """The case lines that one of the statements above finds, with what they owe."""
    rows = [CaseRow(*row) for row in connection.execute(statement, parameters)]
    return tuple(summary_of(row, _dues_of(connection, row.case_id)) for row in rows)


def dues(connection: sqlite3.Connection, limit: int) -> tuple[tuple[Due, CaseSummary], ...]:
    """What is owed over all cases, the soonest first, each with its case."""
    rows = [DueRow(*row) for row in connection.execute(CASES_IN_ORDER_OF_DUES, (limit,))]
    lines = {row.case_id: cases(connection, CASE_BY_ID, row.case_id)[0] for row in rows}
    return tuple((due_of(row), lines[row.case_id]) for row in rows)


def cases_with(connection: sqlite3.Connection, kind: str) -> tuple[str, ...]:
    """The ids of all cases with an event of that kind; of a joined one, where it went."""
    return tuple(case_id for (case_id,) in connection.execute(_CASES_WITH, (kind,)))


def drafts(connection: sqlite3.Connection) -> tuple[Draft, ...]:
    """All drafts, the oldest first."""
    return tuple(draft_of(DraftRow(*row)) for row in connection.execute(_DRAFTS))


def case_nos_since(connection: sqlite3.Connection, moment: datetime) -> tuple[str, ...]:
    """The numbers of all cases opened at ``moment`` or later, joined and erased ones included.

    Besides, those that were given before something older was restored: customers have them.
    """
    here = [number for number, _ in connection.execute(_CASE_NOS, (iso(moment),))]
    given = state(connection, _STATE_OF_CASE_NOS).split("\n")
    return tuple(dict.fromkeys([*filter(None, given), *here]))


def state(connection: sqlite3.Connection, key: str) -> str:
    """A value of ``app_state``; empty where there is none."""
    row = connection.execute(_STATE, (key,)).fetchone()
    return str(row[0]) if row else ""


def last_seq(connection: sqlite3.Connection, desk_id: str) -> int:
    """The highest sequence number that a desk has ever used, 0 where it wrote nothing.

    Events that were purged, or that a restore took back, keep their numbers: other desks may have
    them.
    """
    highest = int(connection.execute(_LAST_SEQ, (desk_id,)).fetchone()[0])
    return max(highest, int(state(connection, STATE_OF_SEQ + desk_id) or 0))


def last_seqs(connection: sqlite3.Connection) -> dict[str, int]:
    """The same for this desk and all whose events are here or were."""
    found = connection.execute(_DESKS, (STATE_OF_SEQ,))
    return {desk_id: last_seq(connection, desk_id) for (desk_id,) in found if desk_id}


def remember_last_seq(connection: sqlite3.Connection, desk_id: str, seq: int = 0) -> None:
    """Keep the highest number beside the events: at every start, and before any are deleted.

    In the caller's transaction. ``seq`` is one that is known from elsewhere.
    """
    highest = max(last_seq(connection, desk_id), seq)
    if str(highest) != state(connection, STATE_OF_SEQ + desk_id):
        save_state(connection, STATE_OF_SEQ + desk_id, str(highest))


def remember_case_nos(connection: sqlite3.Connection, numbers: Iterable[str]) -> None:
    """Keep these numbers as given, in the caller's transaction."""
    save_state(connection, _STATE_OF_CASE_NOS, "\n".join(numbers))


def save_state(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Set a value of ``app_state``, in the caller's transaction."""
    connection.execute(_SAVE_STATE, (key, value))


def _in_order(rows: list[EventRow]) -> Iterator[EventRow]:
    """Each desk's events by their sequence, the desks interleaved as their events arrived.

    Rows come as they arrived. For one desk the order is simply that of ``seq``, even where an
    event was written again later; walls cannot order desks, for a clock may be set back.
    """
    by_desk: defaultdict[str, list[EventRow]] = defaultdict(list)
    for row in rows:
        by_desk[row.desk_id].append(row)
    turns = {desk: iter(sorted(own, key=lambda row: row.seq)) for desk, own in by_desk.items()}
    return (next(turns[row.desk_id]) for row in rows)


def _dues_of(connection: sqlite3.Connection, case_id: str) -> tuple[Due, ...]:
    rows: Iterable[tuple[str, str, str, str, str, str]] = connection.execute(_DUES, (case_id,))
    return tuple(due_of(DueRow(*row)) for row in rows)
