"""A period as marks of the index: whole years and months, and single days at its ends."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta

from storage.search_terms import day_marks

_EARLIEST_AND_LATEST = """
    SELECT (SELECT min(at) FROM search_docs), (SELECT max(at) FROM search_docs)
"""
_A_DAY = timedelta(days=1)


def marks_of_period(
    connection: sqlite3.Connection, since: datetime | None, until: datetime | None
) -> tuple[str, ...]:
    """The marks of which each note of the period has one; empty where there is no such note.

    Days are those of UTC: notes of the first and the last one may lie outside of the period.

    Raises:
        sqlite3.Error: it cannot be read.
    """
    earliest, latest = connection.execute(_EARLIEST_AND_LATEST).fetchone()
    if earliest is None:
        return ()
    first, last = _day(earliest), _day(latest)
    if since is not None:
        first = max(first, since.astimezone(UTC).date())
    if until is not None:
        last = min(last, until.astimezone(UTC).date())
    return tuple(_marks(first, last))


def _marks(first: date, last: date) -> Iterator[str]:
    """As few marks as tell all days from the first to the last one."""
    day = first
    while day <= last:
        of_day, of_month, of_year = reversed(day_marks(day.isoformat()))
        next_year, next_month = date(day.year + 1, 1, 1), _next_month(day)
        if day.day == day.month == 1 and next_year - _A_DAY <= last:
            yield of_year
            day = next_year
        elif day.day == 1 and next_month - _A_DAY <= last:
            yield of_month
            day = next_month
        else:
            yield of_day
            day += _A_DAY


def _next_month(day: date) -> date:
    return (day.replace(day=1) + timedelta(days=31)).replace(day=1)


def _day(at: str) -> date:
    return date.fromisoformat(at[:10])
