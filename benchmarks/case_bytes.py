"""How many bytes a case takes on the disk, plain and encrypted, against bare sqlite3.

Calls of some 25 events, half of them notes, each with a callback that is owed. Bare sqlite3 keeps
their events as JSON in one table, with nothing to find them by.
"""

from __future__ import annotations

import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from forms import convert
from histories import closed_calls
from results import Samples, ratio_table

from storage.key_record import ENCRYPTED

TITLE = "Bytes per case"
_EVENTS = 25
_ROUNDS_OF_SMOKE_TEST = 20
_TABLES = """
    SELECT CASE WHEN name LIKE 'search%' THEN 'what is searched' ELSE 'all else' END, sum(pgsize)
    FROM dbstat GROUP BY 1 ORDER BY 2 DESC
"""


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    lines = ["Bytes of the file per case. 1.00 is bare sqlite3 with the same events.", ""]
    for cases in (10, 30) if rounds <= _ROUNDS_OF_SMOKE_TEST else (100, 1_000, 3_000):
        with tempfile.TemporaryDirectory() as folder:
            lines += [*_of(Path(folder) / "data", cases), ""]
    return lines[:-1]


def _of(data: Path, cases: int) -> list[str]:
    path, bare = data / "yorisoi.db", data / "bare.db"
    events = closed_calls(data, cases, _EVENTS)
    _write_bare(path, bare)
    found = [Samples(f"{cases:,} cases: bare sqlite3", [bare.stat().st_size / cases])]
    found.append(Samples(f"{cases:,} cases: plain", [path.stat().st_size / cases]))
    parts = _parts(path)
    convert(path, ENCRYPTED)
    found.append(Samples(f"{cases:,} cases: encrypted", [path.stat().st_size / cases]))
    sizes = ", ".join(f"{each.name.split(': ')[1]} {each.median:,.0f}" for each in found)
    told = f"{cases:,} cases of {events / cases:.0f} events, bytes per case: {sizes}{parts}."
    return [told, "", *ratio_table(found, found[0])]


def _parts(path: Path) -> str:
    """Of the plain file, what is for the search; nothing where SQLite cannot say."""
    with closing(sqlite3.connect(path)) as connection:
        try:
            rows = connection.execute(_TABLES).fetchall()
        except sqlite3.OperationalError:
            return ""
    total = sum(size for _, size in rows)
    return "; of the plain file " + ", ".join(f"{name} {size / total:.0%}" for name, size in rows)


def _write_bare(path: Path, bare: Path) -> None:
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(bare)) as target:
        target.execute("CREATE TABLE events (place INTEGER PRIMARY KEY, payload TEXT NOT NULL)")
        rows = source.execute("SELECT place, kind || payload FROM events")
        target.executemany("INSERT INTO events VALUES (?, ?)", rows)
        target.commit()
