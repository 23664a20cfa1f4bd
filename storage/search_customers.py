"""The earlier cases of a customer: by a telephone number, by a name or its reading."""

from __future__ import annotations

import sqlite3

from call.case import CaseSummary
from storage import reading
from storage.rows import digits_of
from storage.search import Found, find, listed
from storage.search_docs import by_index
from storage.search_family import in_one_piece
from storage.search_text import searchable
from storage.search_wanted import Wanted

# So many cases are looked at, of which some only have the name as a piece of something.
_CALLED_SIMILARLY = 200
# A shorter number is an extension: it would be a piece of half of all the others.
_SHORTEST_PIECE = 6


def of_customer(connection: sqlite3.Connection, name: str, limit: int) -> tuple[Found, ...]:
    """The latest cases of customers who are called, or read, like that, however it is written.

    Raises:
        sqlite3.Error: it cannot be read, or ``interrupt`` was called.
    """
    sought = searchable(in_one_piece(name))
    if not sought:
        return ()
    found = find(connection, Wanted((sought,)), _CALLED_SIMILARLY).found
    cases = [each.case for each in found if sought in _names_of(each.case)]
    return listed(connection, cases[:limit])


def of_number(connection: sqlite3.Connection, number: str) -> tuple[CaseSummary, ...]:
    """The cases of a telephone number, the one touched last first.

    Of every number that rang in them or was left to ring back, not only of the one in their line.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    digits = digits_of(number)
    found = {
        case.case_id: case for case in reading.cases(connection, reading.CASES_BY_NUMBER, digits)
    }
    if len(digits) >= _SHORTEST_PIECE:
        for doc in by_index(connection, Wanted((digits,))):
            if doc.case_id not in found and digits in doc.fields.split("\n"):
                lines = reading.cases(connection, reading.CASE_BY_ID, doc.case_id)
                found.update((line.case_id, line) for line in lines)
    return tuple(sorted(found.values(), key=lambda case: case.touched_at, reverse=True))


def _names_of(case: CaseSummary) -> tuple[str, ...]:
    return tuple(searchable(in_one_piece(name)) for name in (case.customer, case.reading))
