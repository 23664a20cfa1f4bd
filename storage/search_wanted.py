"""What is sought among the cases: words, words to leave out, kinds of notes, a period, a shelf."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from enum import StrEnum

from msgspec import Struct

from storage.search_terms import Terms, term_of


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


def _terms(words: Sequence[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(filter(None, map(term_of, words))))
