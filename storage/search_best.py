"""Of all documents of a case that are sought, the one to show: that in which the words stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from call.case import CaseSummary
from storage.search_docs import one_by_one
from storage.search_family import Doc
from storage.search_text import searchable
from storage.search_wanted import Wanted

_EARLIER = "SELECT id, body FROM search_docs WHERE case_id = ? AND id < ? ORDER BY id DESC"


def best_of_case(
    connection: sqlite3.Connection, latest: Doc, case: CaseSummary, wanted: Wanted
) -> Doc:
    """The one whose text has most of the words, the latest of those.

    A field of the case (an issue, a product) makes every note of it sought, also where an earlier
    one has the word itself. ``latest`` is the latest that is sought; mostly it has them all, and
    nothing more is read. What stands in the name or the number is shown there.

    Raises:
        sqlite3.Error: it cannot be read, or ``interrupt`` was called.
    """
    terms = wanted.terms.wanted
    text = searchable(latest.body)
    if all(term in text for term in terms):
        return latest
    shown = (searchable(case.customer), searchable(case.case_no))
    terms = tuple(term for term in terms if not any(term in name for name in shown))
    best, most = latest, _held(text, terms)
    if most == len(terms):
        return latest
    for id_, body in connection.execute(_EARLIER, (latest.case_id, latest.id)):
        held = _held(searchable(body), terms)
        doc = next(one_by_one(connection, wanted, [id_]), None) if held > most else None
        if doc is not None:
            best, most = doc, held
        if most == len(terms):
            break
    return best


def _held(text: str, terms: Sequence[str]) -> int:
    return len([term for term in terms if term in text])
