"""Searching notes and cases: what is sought, what was found and where, on a reader's connection.

A note is found that has every wanted word as a piece of its text, or of a field of its case, and
no unwanted one: exactly what a scan over the same searchable texts finds (tests compare them).
The latest comes first; of a case only the latest note is shown.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from call.case import CaseSummary
from storage import reading
from storage.rows import iso
from storage.search_family import Doc
from storage.search_index import is_whole
from storage.search_terms import Terms, expression, is_exact, term_of
from storage.search_text import Span, places, searchable


class Shelf(StrEnum):
    """Which cases: something goes on or is owed, something has a date, nothing of either."""

    ALL = "all"
    OPEN = "open"
    DUE = "due"
    CLOSED = "closed"


class Wanted(Struct, frozen=True):
    """What is sought. Words as they are typed; ``since`` and ``until`` are aware, the end excluded.

    ``kinds`` are note kinds (``promise``); without one, cases are found by their fields, too.
    """

    words: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    since: datetime | None = None
    until: datetime | None = None
    shelf: Shelf = Shelf.ALL

    @property
    def terms(self) -> Terms:
        """The words as they are compared."""
        return Terms(_terms(self.words), _terms(self.unwanted))

    @property
    def is_open(self) -> bool:
        """Whether nothing but a shelf is asked for."""
        rest = (self.kinds, self.since, self.until)
        return not (self.terms.wanted or self.terms.unwanted or any(rest))


class Found(Struct, frozen=True):
    """A case, its note that was found (``kind`` empty: by its fields), and places in the text.

    ``answered`` is the last note of an answer that was given in the case.
    """

    case: CaseSummary
    kind: str
    at: datetime
    text: str
    places: tuple[Span, ...]
    answered: str


class Findings(Struct, frozen=True):
    """The cases that were found, the latest first. ``is_whole``: every note was looked at.

    While the index is being made anew, it is not.
    """

    found: tuple[Found, ...] = ()
    has_more: bool = False
    is_whole: bool = True


_COLUMNS = "d.id, d.case_id, d.kind, d.at, d.body, d.fields"
_BY_TOKENS = f"""
    SELECT {_COLUMNS} FROM search_tokens f CROSS JOIN search_docs d ON d.id = f.rowid
    WHERE search_tokens MATCH ?
"""  # noqa: S608 - constants
_BY_SCAN = f"SELECT {_COLUMNS} FROM search_docs d WHERE 1"  # noqa: S608 - constants
_LATEST = {_BY_TOKENS: " ORDER BY f.rowid DESC", _BY_SCAN: " ORDER BY d.id DESC"}
_ID = {_BY_TOKENS: "f.rowid", _BY_SCAN: "d.id"}
# The plus keeps SQLite from asking the index once for each of these ids.
_ON_SHELF = {
    Shelf.OPEN: "SELECT case_id FROM cases WHERE status = 'open'",
    Shelf.DUE: "SELECT case_id FROM dues",
}
_BOUNDS = "SELECT min(id), max(id) FROM search_docs WHERE at >= ? AND at < ?"
_ANSWERED = """
    SELECT body FROM search_docs WHERE case_id = ? AND kind = 'answered' ORDER BY id DESC LIMIT 1
"""
_EVER = ("0000", "9999")


def find(connection: sqlite3.Connection, wanted: Wanted, limit: int) -> Findings:
    """The latest ``limit`` cases in which something is found.

    Raises:
        sqlite3.Error: it cannot be read, or ``interrupt`` was called.
    """
    found: dict[str, Found] = {}
    seen: set[str] = set()
    terms = wanted.terms.wanted
    for doc in _docs(connection, wanted):
        if doc.case_id in seen:
            continue
        seen.add(doc.case_id)
        case = _on_shelf(connection, doc.case_id, wanted.shelf)
        if case is None:
            continue
        if len(found) == limit:
            return Findings(tuple(found.values()), True, is_whole(connection))
        found[doc.case_id] = _found(connection, doc, case, terms)
    return Findings(tuple(found.values()), False, is_whole(connection))


def shelf(connection: sqlite3.Connection, which: Shelf, limit: int) -> Findings:
    """The cases of a shelf: the soonest due first, else the one touched last."""
    statement = reading.CASES_OF_SHELF[which.value]
    cases = reading.cases(connection, statement, limit + 1)
    return Findings(listed(connection, cases[:limit]), len(cases) > limit, is_whole(connection))


def listed(connection: sqlite3.Connection, cases: Sequence[CaseSummary]) -> tuple[Found, ...]:
    """Cases that were not searched for, with what was answered in them."""
    return tuple(
        Found(case, "", case.touched_at, "", (), _answered(connection, case.case_id))
        for case in cases
    )


def of_customer(connection: sqlite3.Connection, name: str, limit: int) -> tuple[Found, ...]:
    """The latest cases of customers of that name; variants of it are the same name."""
    found = find(connection, Wanted(tuple(name.split())), limit).found
    sought = "".join(searchable(name).split())
    cases = [
        each.case for each in found if "".join(searchable(each.case.customer).split()) == sought
    ]
    return listed(connection, cases if sought else ())


def _docs(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Doc]:
    """Every document that is sought, the latest first, read as they are asked for."""
    terms = wanted.terms
    match = expression(terms, wanted.kinds)
    base = _BY_TOKENS if match else _BY_SCAN
    conditions, parameters = _conditions(connection, wanted, _ID[base])
    statement = base + conditions + _LATEST[base]
    rows = connection.execute(statement, [*([match] if match else []), *parameters])
    is_certain = bool(match) and all(map(is_exact, (*terms.wanted, *terms.unwanted)))
    for row in rows:
        doc = Doc(*row)
        if is_certain or _has(doc, terms):
            yield doc


def _conditions(
    connection: sqlite3.Connection, wanted: Wanted, column: str
) -> tuple[str, list[str | int]]:
    conditions: list[str] = []
    parameters: list[str | int] = []
    if wanted.since or wanted.until:
        since = iso(wanted.since) if wanted.since else _EVER[0]
        until = iso(wanted.until) if wanted.until else _EVER[1]
        # Ids grow with time, but a clock may have been set back: both are asked.
        first, last = connection.execute(_BOUNDS, (since, until)).fetchone()
        conditions.append(f" AND {column} BETWEEN ? AND ? AND d.at >= ? AND d.at < ?")
        parameters += [first or 0, last or 0, since, until]
    if wanted.shelf in _ON_SHELF:
        cases = _ON_SHELF[wanted.shelf]
        ids = f"SELECT id FROM search_docs WHERE case_id IN ({cases})"  # noqa: S608 - constants
        conditions.append(f" AND +{column} IN ({ids})")
    return "".join(conditions), parameters


def _has(doc: Doc, terms: Terms) -> bool:
    body, *fields = map(searchable, (doc.body, *doc.fields.split("\n")))
    texts = (body, *fields)

    def is_there(term: str) -> bool:
        return any(term in text for text in texts)

    return all(map(is_there, terms.wanted)) and not any(map(is_there, terms.unwanted))


def _on_shelf(connection: sqlite3.Connection, case_id: str, which: Shelf) -> CaseSummary | None:
    lines = reading.cases(connection, reading.CASE_BY_ID, case_id)
    if not lines or (which is Shelf.CLOSED and lines[0].status != "done"):
        return None
    return lines[0]


def _found(
    connection: sqlite3.Connection, doc: Doc, case: CaseSummary, terms: Sequence[str]
) -> Found:
    return Found(
        case,
        doc.kind,
        datetime.fromisoformat(doc.at),
        doc.body,
        places(doc.body, terms),
        _answered(connection, doc.case_id),
    )


def _answered(connection: sqlite3.Connection, case_id: str) -> str:
    row = connection.execute(_ANSWERED, (case_id,)).fetchone()
    return str(row[0]) if row else ""


def _terms(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(term_of, words))))
