"""The statements that write: a batch into the tables, inside the caller's transaction."""

from __future__ import annotations

import logging
import sqlite3

from storage.batch import Batch
from storage.reading import last_seq
from storage.rows import CaseRow, DueRow, EventRow
from storage.search_index import SearchIndex

_log = logging.getLogger(__name__)

# An id that is there already was committed although the commit reported an error.
_INSERT_EVENT = """
    INSERT INTO events (id, desk_id, seq, case_id, call_id, kind, v, cause,
                        wall, boot_seconds, boot_id, payload)
    VALUES (:id, :desk_id, :seq, :case_id, :call_id, :kind, :v, :cause,
            :wall, :boot_seconds, :boot_id, :payload)
    ON CONFLICT (id) DO NOTHING
"""
_UPSERT_CASE = """
    INSERT INTO cases (case_id, case_no, status, opened_at, touched_at, joined_to, company_no,
                       customer, reading, number, number_digits, issue, stage_title, phase,
                       concession)
    VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (case_id) DO UPDATE SET
        case_no = excluded.case_no, status = excluded.status, opened_at = excluded.opened_at,
        touched_at = excluded.touched_at, joined_to = excluded.joined_to,
        company_no = excluded.company_no, customer = excluded.customer,
        reading = excluded.reading, number = excluded.number,
        number_digits = excluded.number_digits, issue = excluded.issue,
        stage_title = excluded.stage_title, phase = excluded.phase,
        concession = excluded.concession
"""
_DELETE_DUES = "DELETE FROM dues WHERE case_id = ?"
_INSERT_DUE = """
    INSERT INTO dues (case_id, target, kind, at, owner, text) VALUES (?, ?, ?, ?, ?, ?)
    ON CONFLICT DO NOTHING
"""
_DELETE_DRAFT = "DELETE FROM drafts WHERE case_id = ? AND field = ?"
_UPSERT_DRAFT = """
    INSERT INTO drafts (case_id, field, body, at) VALUES (?, ?, ?, ?)
    ON CONFLICT (case_id, field) DO UPDATE SET body = excluded.body, at = excluded.at
"""


def write_batch(db: sqlite3.Connection, batch: Batch, index: SearchIndex) -> None:
    """Write all of a batch, and what is searched of it.

    Raises:
        sqlite3.Error: nothing of it may be kept.
    """
    touched = index.touched_by(db, batch)
    for event in batch.events:
        insert_event(db, event)
    for case, dues in batch.cases.values():
        write_case(db, case, dues)
    for key in batch.cleared:
        db.execute(_DELETE_DRAFT, (key.case_id, key.field))
    for draft in batch.drafts.values():
        db.execute(_UPSERT_DRAFT, draft)
    index.follow(db, touched)


def insert_event(db: sqlite3.Connection, event: EventRow) -> None:
    """Write an event, unless it is there; in the caller's transaction."""
    try:
        db.execute(_INSERT_EVENT, event._asdict())
    except sqlite3.IntegrityError:
        # Another process wrote as the same desk. What happened is kept, under the next number.
        highest = last_seq(db, event.desk_id) if event.desk_id else 0  # half a row
        if not highest:
            raise
        seq = highest + 1
        _log.warning("seq %d of desk %s was taken, now %d", event.seq, event.desk_id, seq)
        db.execute(_INSERT_EVENT, {**event._asdict(), "seq": seq})


def write_case(db: sqlite3.Connection, case: CaseRow, dues: tuple[DueRow, ...]) -> None:
    """Write the line of a case and what it owes, in the caller's transaction."""
    db.execute(_UPSERT_CASE, case)
    db.execute(_DELETE_DUES, (case.case_id,))
    for due in dues:
        db.execute(_INSERT_DUE, due)
