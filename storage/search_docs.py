"""The documents that are sought, the latest first: asked of the index, or read one by one.

Both find the same (tests compare them). The index is asked wherever all cases are meant; where only
a few are, among which the index would find one hit in thousands, their documents are read.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from functools import cache

from storage.rows import iso
from storage.search_days import marks_of_period
from storage.search_family import Doc
from storage.search_terms import Terms, expression, kind_mark
from storage.search_text import searchable
from storage.search_wanted import Shelf, Wanted

# From so many documents on, asking the index takes less than reading them.
_FEW = 500

_COLUMNS = "d.id, d.case_id, d.kind, d.at, d.body, d.fields"
_BY_INDEX = f"""
    SELECT {_COLUMNS} FROM search_tokens f CROSS JOIN search_docs d ON d.id = f.rowid
    WHERE search_tokens MATCH ? AND d.at >= ? AND d.at < ?
"""  # noqa: S608 - constants
# Nothing before the first one need be looked at: what is open is seldom old. The plus keeps SQLite
# from asking the index once for each of these ids.
_AMONG = " AND f.rowid >= ? AND +f.rowid IN (SELECT value FROM json_each(?))"
_LATEST = " ORDER BY f.rowid DESC"
_ONE_BY_ONE = f"""
    SELECT {_COLUMNS} FROM search_docs d
    WHERE d.id IN (SELECT value FROM json_each(?)) AND d.at >= ? AND d.at < ? ORDER BY d.id DESC
"""  # noqa: S608 - constants
_ON_SHELF = {
    Shelf.OPEN: "SELECT case_id FROM cases WHERE status = 'open'",
    Shelf.DUE: "SELECT case_id FROM dues",
}
_EVER = ("0000", "9999")


def sought_docs(connection: sqlite3.Connection, wanted: Wanted) -> Iterator[Doc]:
    """Every document that is sought, read as they are asked for. Closed cases are not told apart.

    Raises:
        sqlite3.Error: it cannot be read, or ``interrupt`` was called.
    """
    if wanted.shelf not in _ON_SHELF:
        return by_index(connection, wanted)
    ids = _ids_on(connection, wanted.shelf)
    return (one_by_one if len(ids) < _FEW else by_index)(connection, wanted, ids)


def by_index(
    connection: sqlite3.Connection, wanted: Wanted, ids: list[int] | None = None
) -> Iterator[Doc]:
    """The documents (of these ``ids``) that the index finds."""
    marks = [[kind_mark(kind) for kind in wanted.kinds]] if wanted.kinds else []
    if wanted.since or wanted.until:
        days = marks_of_period(connection, wanted.since, wanted.until)
        if not days:
            return
        marks.append(list(days))
    parameters: list[str | int] = [expression(wanted.terms, *marks), *_period(wanted)]
    statement = _BY_INDEX
    if ids is not None:
        statement += _AMONG
        parameters += [min(ids, default=0), json.dumps(ids)]
    for row in connection.execute(statement + _LATEST, parameters):
        yield Doc(*row)


def one_by_one(connection: sqlite3.Connection, wanted: Wanted, ids: list[int]) -> Iterator[Doc]:
    """The documents of these ``ids`` that have what is sought."""
    terms = wanted.terms

    @cache  # those of a case are the same
    def fields(text: str) -> tuple[str, ...]:
        return tuple(map(searchable, text.split("\n")))

    for row in connection.execute(_ONE_BY_ONE, [json.dumps(ids), *_period(wanted)]):
        doc = Doc(*row)
        is_kind = not wanted.kinds or doc.kind in wanted.kinds
        if is_kind and _has((searchable(doc.body), *fields(doc.fields)), terms):
            yield doc


def _ids_on(connection: sqlite3.Connection, shelf: Shelf) -> list[int]:
    statement = f"SELECT id FROM search_docs WHERE case_id IN ({_ON_SHELF[shelf]})"  # noqa: S608 - constants
    return [id_ for (id_,) in connection.execute(statement)]


def _period(wanted: Wanted) -> tuple[str, str]:
    since, until = _EVER
    return (
        iso(wanted.since) if wanted.since else since,
        iso(wanted.until) if wanted.until else until,
    )


def _has(texts: tuple[str, ...], terms: Terms) -> bool:
    def is_there(term: str) -> bool:
        return any(term in text for text in texts)

    return all(map(is_there, terms.wanted)) and not any(map(is_there, terms.unwanted))
