"""The index of notes as they stand: brought up to date in the commit of the events it follows.

An edit, a removal, an undo or a join changes the documents (:mod:`storage.search_family`) of the
whole family of cases; the family that was written last is kept folded, so that the next event of
its call costs the same as the first.

The index itself keeps no text (``content=''``): a token is taken out by naming it again, which is
why ``search_docs`` keeps what was put in.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable

from storage import reading
from storage.batch import Batch
from storage.search_family import FAMILY, Change, Doc, Family
from storage.search_terms import TOKENS_VERSION, document

_log = logging.getLogger(__name__)

# What changes a note, or what a case is found by.
_TOUCHING = frozenset(
    {
        "CallRinging",
        "CallStarted",
        "CaseJoined",
        "CaseOpened",
        "EventCorrected",
        "EventUndone",
        "FieldFilled",
        "NoteEdited",
        "NoteRemoved",
        "NoteTaken",
    }
)
_CASES_AT_A_TIME = 20

_STATE = "search_index"
_READY = f"ready:{TOKENS_VERSION}"
_MAKING = f"making:{TOKENS_VERSION}:"

_HEAD = "SELECT joined_to FROM cases WHERE case_id = ?"
_OWN_DOCS = f"""
    {FAMILY}
    SELECT id, case_id, kind, at, body, fields FROM search_docs WHERE case_id IN family
    UNION
    SELECT id, case_id, kind, at, body, fields FROM search_docs
    WHERE id IN (SELECT place FROM events
                 WHERE case_id IN family AND kind IN ('CaseOpened', 'NoteTaken'))
"""  # noqa: S608 - constants
_FORGET = "INSERT INTO search_tokens (search_tokens, rowid, t) VALUES ('delete', ?, ?)"
_LEARN = "INSERT INTO search_tokens (rowid, t) VALUES (?, ?)"
_DELETE = "DELETE FROM search_docs WHERE id = ?"
_INSERT = "INSERT INTO search_docs (id, case_id, kind, at, body, fields) VALUES (?, ?, ?, ?, ?, ?)"
_NEXT_CASES = """
    SELECT case_id FROM cases WHERE case_id > ? AND joined_to = '' ORDER BY case_id LIMIT ?
"""


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether every case is in the index, by the tokens of this version."""
    return reading.state(connection, _STATE) == _READY


def begin_anew(connection: sqlite3.Connection) -> None:
    """Have the index made anew by what comes next, in the caller's transaction."""
    _save_state(connection, "")


def empty(connection: sqlite3.Connection) -> None:
    """Take everything out; the writer makes the index anew."""
    connection.execute("INSERT INTO search_tokens (search_tokens) VALUES ('delete-all')")
    connection.execute("DELETE FROM search_docs")
    _save_state(connection, "")


def forget_docs(connection: sqlite3.Connection, docs: Iterable[Doc]) -> None:
    """Take documents out, tokens and all.

    Raises:
        sqlite3.Error: the database cannot be written.
    """
    for doc in docs:
        connection.execute(_FORGET, (doc.id, document(doc.body, doc.fields, doc.kind, doc.at)))
        connection.execute(_DELETE, (doc.id,))


class SearchIndex:
    """What the writer knows of the index on its connection, always within its transaction.

    Where a transaction failed, :meth:`begin_anew` must be called: what was folded is not there.
    """

    def __init__(self) -> None:
        self._family: Family | None = None
        self._version = -1

    def begin_anew(self) -> None:
        """Remember nothing of what was folded."""
        self._family = None

    def touched_by(self, connection: sqlite3.Connection, batch: Batch) -> set[str]:
        """The cases whose documents a batch changes: ask before writing it.

        Where a join is made or taken back, both cases are named.
        """
        touched = {event.case_id for event in batch.events if event.kind in _TOUCHING}
        touched |= {
            line.case_id
            for line, _ in batch.cases.values()
            if line.joined_to != _joined_to(connection, line.case_id)
        }
        return touched | {_head(connection, case_id) for case_id in touched}

    def follow(self, connection: sqlite3.Connection, case_ids: Iterable[str]) -> None:
        """Make the documents of these cases what their events say now.

        Whatever is wrong with them, the events are kept: the index is then made anew.

        Raises:
            sqlite3.Error: the database cannot be written.
        """
        for head in sorted({_head(connection, case_id) for case_id in case_ids}):
            try:
                self._follow(connection, head)
            except sqlite3.DatabaseError as error:
                self.begin_anew()
                if getattr(error, "sqlite_errorname", "") != "SQLITE_CORRUPT_VTAB":
                    raise  # the disk, which the journal knows how to bear
                _log.exception("the search index is damaged and is made anew")
                _save_state(connection, "")
                return
            except Exception:  # noqa: BLE001 - a note that is not found must not be lost as well
                self.begin_anew()
                _log.exception("case %s cannot be searched", head)

    def rebuild_some(self, connection: sqlite3.Connection) -> bool:
        """Put some more cases into an index that is not whole; whether there are more.

        In the caller's transaction. What is written meanwhile goes in by :meth:`follow`.
        """
        state = reading.state(connection, _STATE)
        if state == _READY:
            return False
        self.begin_anew()
        if not state.startswith(_MAKING):
            state = _MAKING
            empty(connection)
        after = (state.removeprefix(_MAKING), _CASES_AT_A_TIME)
        case_ids = [case_id for (case_id,) in connection.execute(_NEXT_CASES, after)]
        _save_state(connection, _MAKING + case_ids[-1] if case_ids else _READY)
        self.follow(connection, case_ids)
        return bool(case_ids) and reading.state(connection, _STATE) != ""

    def _follow(self, connection: sqlite3.Connection, head: str) -> None:
        change = self._of_family_in_hand(connection, head)
        if change is None:
            self._family = Family.of(connection, head)
            there = {row[0]: Doc(*row) for row in connection.execute(_OWN_DOCS, (head,))}
            change = _difference(there, self._family.docs)
        forget_docs(connection, change.old)
        for doc in change.new:
            connection.execute(_INSERT, doc)
            connection.execute(_LEARN, (doc.id, document(doc.body, doc.fields, doc.kind, doc.at)))

    def _of_family_in_hand(self, connection: sqlite3.Connection, head: str) -> Change | None:
        """What came since it was folded; None where it must be folded anew.

        Another connection may have written (``data_version``), and documents, too; an index that is
        not whole may have been emptied.
        """
        (version,) = connection.execute("PRAGMA data_version").fetchone()
        version, self._version = self._version, version
        is_same = version == self._version and is_whole(connection)
        if self._family is None or self._family.head != head or not is_same:
            return None
        return self._family.go_on(connection)


def _difference(there: dict[int, Doc], wanted: dict[int, Doc]) -> Change:
    return Change(
        tuple(doc for doc in there.values() if wanted.get(doc.id) != doc),
        tuple(doc for doc in wanted.values() if there.get(doc.id) != doc),
    )


def _head(connection: sqlite3.Connection, case_id: str) -> str:
    """The case that this one counts for; a ring of joins ends somewhere."""
    seen = {case_id}
    while (joined_to := _joined_to(connection, case_id)) and joined_to not in seen:
        case_id = joined_to
        seen.add(case_id)
    return case_id


def _joined_to(connection: sqlite3.Connection, case_id: str) -> str:
    row = connection.execute(_HEAD, (case_id,)).fetchone()
    return str(row[0]) if row else ""


def _save_state(connection: sqlite3.Connection, state: str) -> None:
    reading.save_state(connection, _STATE, state)
