"""Searching notes and cases: what is sought, what was found and where, on a reader's connection.

A note is found that has every wanted word as a piece of its text, or of a field of its case, and
no unwanted one: exactly what a scan over the same searchable texts finds (tests compare them).
The latest comes first; of a case one note is shown, that which has the words, or the latest.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

from call.case import CaseSummary
from storage import reading
from storage.search_best import best_of_case
from storage.search_docs import sought_docs
from storage.search_family import Doc
from storage.search_index import is_whole
from storage.search_text import Span, places
from storage.search_wanted import Shelf, Wanted


class Found(Struct, frozen=True):
    """A case, its note that was found, and places of the sought words in the text.

    Where no word is in the note, and some are in a field that no list shows, the text is that
    field, and ``kind`` is empty. ``in_name`` and ``in_number`` are places in the name of the
    customer and in the number of the case; ``answered`` is the last note of an answer.
    """

    case: CaseSummary
    kind: str
    at: datetime
    text: str
    places: tuple[Span, ...]
    answered: str
    in_name: tuple[Span, ...] = ()
    in_number: tuple[Span, ...] = ()


class Findings(Struct, frozen=True):
    """The cases that were found, the latest first. ``is_whole``: every note was looked at.

    While the index is being made anew, it is not.
    """

    found: tuple[Found, ...] = ()
    has_more: bool = False
    is_whole: bool = True


_OPEN_CASES = "SELECT case_id FROM cases WHERE status = 'open'"
_ANSWERED = """
    SELECT body FROM search_docs WHERE case_id = ? AND kind = 'answered' ORDER BY id DESC LIMIT 1
"""


def find(connection: sqlite3.Connection, wanted: Wanted, limit: int) -> Findings:
    """The latest ``limit`` cases in which something is found.

    Raises:
        sqlite3.Error: it cannot be read, or ``interrupt`` was called.
    """
    found: dict[str, Found] = {}
    seen: set[str] = set()
    terms = wanted.terms.wanted
    if wanted.shelf is Shelf.CLOSED:
        seen |= {case_id for (case_id,) in connection.execute(_OPEN_CASES)}
    for doc in sought_docs(connection, wanted):
        if doc.case_id in seen:
            continue
        seen.add(doc.case_id)
        case = _on_shelf(connection, doc.case_id, wanted.shelf)
        if case is None:
            continue
        if len(found) == limit:
            return Findings(tuple(found.values()), True, is_whole(connection))
        shown = best_of_case(connection, doc, case, wanted)
        found[doc.case_id] = _found(connection, shown, case, terms)
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


def _on_shelf(connection: sqlite3.Connection, case_id: str, which: Shelf) -> CaseSummary | None:
    lines = reading.cases(connection, reading.CASE_BY_ID, case_id)
    if not lines or (which is Shelf.CLOSED and lines[0].status != "done"):
        return None
    return lines[0]


def _found(
    connection: sqlite3.Connection, doc: Doc, case: CaseSummary, terms: Sequence[str]
) -> Found:
    in_name, in_number = places(case.customer, terms), places(case.case_no, terms)
    kind, text, found = doc.kind, doc.body, places(doc.body, terms)
    if not (found or in_name or in_number):
        shown = (case.customer, case.case_no)
        lines = (line for line in doc.fields.split("\n") if line not in shown)
        field = next(((line, spans) for line in lines if (spans := places(line, terms))), None)
        if field is not None:
            kind, (text, found) = "", field
    at, answered = datetime.fromisoformat(doc.at), _answered(connection, doc.case_id)
    return Found(case, kind, at, text, found, answered, in_name, in_number)


def _answered(connection: sqlite3.Connection, case_id: str) -> str:
    row = connection.execute(_ANSWERED, (case_id,)).fetchone()
    return str(row[0]) if row else ""
