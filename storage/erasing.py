"""Taking cases out of one database so that no byte of them stays: the only DELETE of events.

Works on the database of any version, for backups are older ones. A case goes with all that is
joined to it, in one transaction; what the file still holds of it afterwards (tokens in the index,
the write-ahead log, pages that were moved) goes by :func:`scrub`.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

from storage.reading import remember_last_seq
from storage.rows import iso
from storage.search_family import FAMILY, Doc
from storage.search_index import empty, forget_docs, is_whole

_GUARD = "SELECT sql FROM sqlite_master WHERE type = 'trigger' AND name = 'events_no_delete'"
_HAS_TABLE = "SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?"
_MEMBERS = FAMILY + "SELECT case_id FROM family"  # noqa: S608 - constants
_IS_THERE = """
    SELECT EXISTS (SELECT 1 FROM events WHERE case_id = :case_id)
        OR EXISTS (SELECT 1 FROM cases WHERE case_id = :case_id)
        OR EXISTS (SELECT 1 FROM drafts WHERE case_id = :case_id)
"""
_JOINED_TO = "SELECT joined_to FROM cases WHERE case_id = ?"
_DOCS = """
    SELECT id, case_id, kind, at, body, fields FROM search_docs WHERE case_id = ?1
    UNION
    SELECT id, case_id, kind, at, body, fields FROM search_docs
    WHERE id IN (SELECT place FROM events WHERE case_id = ?1)
"""
_DELETES = (
    "DELETE FROM events WHERE case_id = ?",
    "DELETE FROM drafts WHERE case_id = ?",
    "DELETE FROM dues WHERE case_id = ?",
    "DELETE FROM cases WHERE case_id = ?",
)
_DESKS = "SELECT DISTINCT desk_id FROM events WHERE case_id = ?"
_FILES = """
    SELECT json_extract(payload, '$.file_name') FROM events
    WHERE case_id = ? AND kind = 'HandoffMade' AND json_valid(payload) ORDER BY place
"""
_LOG = """
    INSERT INTO purges (case_no, opened_at, closed_at, purged_at, reason, files)
    SELECT case_no, opened_at, touched_at, ?, ?, ? FROM cases WHERE case_id = ?
"""


def family_of(connection: sqlite3.Connection, case_id: str) -> tuple[str, ...]:
    """The case that this one counts for, and all that is joined to it; empty where it is not."""
    seen = {case_id}
    while (row := connection.execute(_JOINED_TO, (case_id,)).fetchone()) and row[0]:
        if row[0] in seen:  # a ring of joins
            break
        case_id = row[0]
        seen.add(case_id)
    members = [member for (member,) in connection.execute(_MEMBERS, (case_id,))]
    return tuple(each for each in members if _is_there(connection, each))


def log_purge(
    connection: sqlite3.Connection, family: Sequence[str], at: datetime, reason: str
) -> None:
    """Note that these cases are erased, by number and dates, in the caller's transaction."""
    for case_id in family:
        files = [name for (name,) in connection.execute(_FILES, (case_id,)) if name]
        row = (iso(at), reason, json.dumps(files, ensure_ascii=False), case_id)
        connection.execute(_LOG, row)


def erase(connection: sqlite3.Connection, case_ids: Iterable[str]) -> None:
    """Take these cases out of every table, in the caller's transaction.

    The sequence numbers of their events stay given (``app_state``). The guard of the events is
    down only within the transaction: nobody else can see it so.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    guard = connection.execute(_GUARD).fetchone()
    has_index = connection.execute(_HAS_TABLE, ("search_docs",)).fetchone()
    if guard:
        connection.execute("DROP TRIGGER events_no_delete")
    if has_index and not is_whole(connection):
        empty(connection)  # a token can be taken out only by those who put it in
    for case_id in case_ids:
        if has_index:
            docs = [Doc(*row) for row in connection.execute(_DOCS, (case_id,))]
            forget_docs(connection, docs)
        for (desk_id,) in connection.execute(_DESKS, (case_id,)).fetchall():
            remember_last_seq(connection, desk_id)
        for statement in _DELETES:
            connection.execute(statement, (case_id,))
    if guard:
        connection.execute(guard[0])


def holds_any(connection: sqlite3.Connection, case_ids: Iterable[str]) -> bool:
    """Whether something of one of these cases is in it."""
    return any(_is_there(connection, case_id) for case_id in case_ids)


def scrub(connection: sqlite3.Connection, may_go_on: Callable[[], bool] = lambda: True) -> bool:
    """Overwrite what was erased: in the index, between the rows, in the log; whether all is.

    Outside of a transaction. Another connection that reads just now can keep the log from being
    emptied, and a call that begins ends it: then it must be done again.

    Raises:
        sqlite3.Error: it cannot be written.
    """
    if connection.execute(_HAS_TABLE, ("search_tokens",)).fetchone():
        connection.execute("INSERT INTO search_tokens (search_tokens) VALUES ('optimize')")
    # secure_delete clears what is deleted, but not what a page held before rows were moved.
    if not may_go_on():
        return False
    connection.execute("VACUUM")
    is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not is_busy


def _is_there(connection: sqlite3.Connection, case_id: str) -> bool:
    return bool(connection.execute(_IS_THERE, {"case_id": case_id}).fetchone()[0])
