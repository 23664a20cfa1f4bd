"""What was erased, by numbers and dates: carried into whatever takes the place of a database.

A backup from before, a stick in a drawer: what was erased must not come back with it.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable

from msgspec import Struct

from storage import reading
from storage.erasing import erase
from storage.retention import PURGING

PURGES = "SELECT case_no, opened_at, closed_at, purged_at, reason, files FROM purges ORDER BY id"
_HERE = "SELECT case_id FROM cases JOIN purges USING (case_no, opened_at)"
_IS_HERE = "SELECT 1 FROM cases WHERE case_id = ?"
_KEEP = """
    INSERT INTO purges (case_no, opened_at, closed_at, purged_at, reason, files)
    SELECT ?1, ?2, ?3, ?4, ?5, ?6 WHERE NOT EXISTS (
        SELECT 1 FROM purges WHERE case_no = ?1 AND opened_at = ?2 AND purged_at = ?4
    )
"""


class Erased(Struct, frozen=True):
    """Rows of ``purges``, ids of what is still to be cleaned up, and cases that came again."""

    rows: tuple[tuple[str, ...], ...] = ()
    begun: tuple[str, ...] = ()
    back: frozenset[str] = frozenset()


def begun(connection: sqlite3.Connection) -> tuple[str, ...]:
    """The ids of erased cases of which a file may still hold something."""
    return ids_of(reading.state(connection, PURGING))


def ids_of(state: str) -> tuple[str, ...]:
    """What ``app_state`` says of them; nothing where it cannot be read any more."""
    try:
        return tuple(map(str, json.loads(state))) if state else ()
    except ValueError:
        return ()


def read_erased(connection: sqlite3.Connection) -> Erased:
    """What a database of today's schema knows to be erased.

    A case that was taken over again from another desk since then is here by right.
    """
    ids = begun(connection)
    back = {case_id for (case_id,) in connection.execute(_HERE)}
    back |= {each for each in ids if connection.execute(_IS_HERE, (each,)).fetchone()}
    rows = tuple(tuple(map(str, row)) for row in connection.execute(PURGES))
    return Erased(rows, ids, frozenset(back))


def keep_erased(connection: sqlite3.Connection, erased: Erased) -> bool:
    """Let what is erased be erased here too, in the caller's transaction; whether something was.

    Afterwards :func:`storage.erasing.scrub` is due.
    """
    connection.executemany(_KEEP, erased.rows)
    ids = dict.fromkeys([*begun(connection), *erased.begun])
    here = {case_id for (case_id,) in connection.execute(_HERE)}
    here |= {each for each in ids if connection.execute(_IS_HERE, (each,)).fetchone()}
    going = sorted(here - erased.back)
    erase(connection, going)
    keep_begun(connection, [*ids, *going])
    return bool(going)


def keep_begun(connection: sqlite3.Connection, ids: Iterable[str]) -> None:
    """Note which cases are still to be cleaned up, in the caller's transaction."""
    once = list(dict.fromkeys(ids))
    if once:
        reading.save_state(connection, PURGING, json.dumps(once))
