"""The index of notes as they stand: brought up to date in the commit of the events it follows.

A document per note, and one per case for cases without any; its id is the ``place`` of the event
that brought it, so that a higher one is a later one. It holds what the fold says: an edit, a
removal, an undo or a join changes the documents of the whole family of cases.

The index itself keeps no text (``content=''``): a token is taken out by naming it again, which is
why ``search_docs`` keeps what was put in.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from call.case import Case
from call.events import CaseOpened, Envelope, NoteTaken
from storage import reading
from storage.batch import Batch
from storage.rows import digits_of, iso, whole
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
_FIELDS = ("company_no", "customer", "reading", "callback_tel", "product", "issue")
_CASES_AT_A_TIME = 20

_STATE = "search_index"
_READY = f"ready:{TOKENS_VERSION}"
_MAKING = f"making:{TOKENS_VERSION}:"

_HEAD = "SELECT joined_to FROM cases WHERE case_id = ?"
_FAMILY = """
    WITH RECURSIVE family (case_id) AS (
        SELECT ?
        UNION
        SELECT cases.case_id FROM cases JOIN family ON cases.joined_to = family.case_id
        WHERE cases.joined_to <> ''
    )
"""
_PLACES = f"""
    {_FAMILY}
    SELECT id, place FROM events
    WHERE case_id IN family AND kind IN ('CaseOpened', 'NoteTaken')
"""  # noqa: S608 - constants
_OWN_DOCS = f"""
    {_FAMILY}
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


class Doc(NamedTuple):
    """What is found, in the order of the columns of ``search_docs``.

    ``kind`` is empty for the case itself; ``fields`` are those of its case, one a line.
    """

    id: int
    case_id: str
    kind: str
    at: str
    body: str
    fields: str


def touched_by(connection: sqlite3.Connection, batch: Batch) -> set[str]:
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


def follow(connection: sqlite3.Connection, case_ids: Iterable[str]) -> None:
    """Make the documents of these cases what their events say now.

    Whatever is wrong with them, the events are kept: the index is then made anew.

    Raises:
        sqlite3.Error: the database cannot be written.
    """
    for head in sorted({_head(connection, case_id) for case_id in case_ids}):
        try:
            _follow(connection, head)
        except sqlite3.DatabaseError as error:
            if getattr(error, "sqlite_errorname", "") != "SQLITE_CORRUPT_VTAB":
                raise  # the disk, which the journal knows how to bear
            _log.exception("the search index is damaged and is made anew")
            _save_state(connection, "")
            return
        except Exception:  # noqa: BLE001 - a note that is not found must not be lost as well
            _log.exception("case %s cannot be searched", head)


def is_whole(connection: sqlite3.Connection) -> bool:
    """Whether every case is in the index, by the tokens of this version."""
    return reading.state(connection, _STATE) == _READY


def begin_anew(connection: sqlite3.Connection) -> None:
    """Have the index made anew by what comes next, in the caller's transaction."""
    _save_state(connection, "")


def rebuild_some(connection: sqlite3.Connection) -> bool:
    """Put some more cases into an index that is not whole; whether there are more.

    In the caller's transaction. What is written meanwhile goes in by :func:`follow`.
    """
    state = reading.state(connection, _STATE)
    if state == _READY:
        return False
    if not state.startswith(_MAKING):
        state = _MAKING
        connection.execute("INSERT INTO search_tokens (search_tokens) VALUES ('delete-all')")
        connection.execute("DELETE FROM search_docs")
    after = (state.removeprefix(_MAKING), _CASES_AT_A_TIME)
    case_ids = [case_id for (case_id,) in connection.execute(_NEXT_CASES, after)]
    _save_state(connection, _MAKING + case_ids[-1] if case_ids else _READY)
    follow(connection, case_ids)
    return bool(case_ids) and reading.state(connection, _STATE) != ""


def _follow(connection: sqlite3.Connection, case_id: str) -> None:
    wanted = {doc.id: doc for doc in _docs_of(connection, case_id)}
    there = {row[0]: Doc(*row) for row in connection.execute(_OWN_DOCS, (case_id,))}
    for doc in there.values():
        if wanted.get(doc.id) != doc:
            connection.execute(_FORGET, (doc.id, document(doc.body, doc.fields, doc.kind)))
            connection.execute(_DELETE, (doc.id,))
    for doc in wanted.values():
        if there.get(doc.id) != doc:
            connection.execute(_INSERT, doc)
            connection.execute(_LEARN, (doc.id, document(doc.body, doc.fields, doc.kind)))


def _docs_of(connection: sqlite3.Connection, case_id: str) -> list[Doc]:
    """What there is to find of a case and of those joined to it."""
    events = reading.events_of(connection, case_id)
    place_of = dict(connection.execute(_PLACES, (case_id,)).fetchall())
    case = Case.of(case_id, events)
    fields = _fields_of(case, events)
    taken = {event.body.note_id: event for event in events if isinstance(event.body, NoteTaken)}
    docs = [
        Doc(
            place_of[taken[note.note_id].id],
            case_id,
            note.kind.value,
            iso(note.begun_at.wall),
            whole(note.text),
            fields,
        )
        for note in case.notes.notes
    ]
    own = next((event for event in events if _opens(event, case_id)), None)
    if own is not None:
        docs.append(Doc(place_of[own.id], case_id, "", iso(own.at.wall), "", fields))
    return docs


def _fields_of(case: Case, events: Sequence[Envelope]) -> str:
    """What a case is found by besides its notes, one a line, none twice."""
    numbers = [event.body.case_no for event in events if isinstance(event.body, CaseOpened)]
    phones = [case.field("callback_tel"), *(call.number for call in case.calls.values())]
    fields = [*numbers, *(case.field(name) for name in _FIELDS), *phones]
    digits = [digits_of(phone) for phone in phones]
    return whole("\n".join(dict.fromkeys(filter(None, [*fields, *digits]))))


def _opens(event: Envelope, case_id: str) -> bool:
    return isinstance(event.body, CaseOpened) and event.case_id == case_id


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
