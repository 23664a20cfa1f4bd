"""Of all documents of a case that are sought, the one to show: that in which the words stand."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from call.case import CaseSummary
from storage.search_docs import one_by_one
from storage.search_family import Doc
from storage.search_text import searchable
from storage.search_wanted import Wanted

_EARLIER = """
    SELECT id, case_id, kind, at, body, fields FROM search_docs
    WHERE case_id = ? AND id < ? ORDER BY id DESC
"""


def best_of_case(
    connection: sqlite3.Connection, latest: Doc, case: CaseSummary, wanted: Wanted
) -> Doc:
    """The one whose text has most of the words, the latest of those.

    A field of the case (an issue, a product) makes every note of it sought, also where an earlier
    one has the word itself. ``latest`` is the latest that is sought. What stands in the name or
    the number is shown there.

    Raises:
        sqlite3.Error: it cannot be read, or ``interrupt`` was called.
    """
    shown = (searchable(case.customer), searchable(case.case_no))
    terms = [term for term in wanted.terms.wanted if not any(term in text for text in shown)]
    best, most = latest, _held(latest, terms)
    if most == len(terms):
        return best
    for row in connection.execute(_EARLIER, (latest.case_id, latest.id)):
        doc = Doc(*row)
        held = _held(doc, terms)
        if held > most and any(one_by_one(connection, wanted, [doc.id])):
            best, most = doc, held
            if most == len(terms):
                break
    return best


def _held(doc: Doc, terms: Sequence[str]) -> int:
    text = searchable(doc.body)
    return sum(term in text for term in terms)
