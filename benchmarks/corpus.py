"""Databases with many notes, made once by bulk SQL and kept in build/bench.

Twenty thousand notes are made of words (notes.py); what is beyond repeats them in SQLite itself,
under other ids and in other cases. Each note has its event, its document and its tokens, so that the
program can open, search, fold and back up such a database like one that it has written. Of the
latest tenth of the cases, one in sixty is open.
"""

from __future__ import annotations

import os
import random
import shutil
import sqlite3
import tempfile
from contextlib import closing
from pathlib import Path

from notes import doc, new_database

from storage.connection import connect_writer, transaction
from storage.gate import SCHEMA_VERSION
from storage.search_terms import TOKENS_VERSION, document

MILLION = 1_000_000
_TRIED = 1_000  # where only a few rounds are asked for
_AS_TRIED = 20
_NOTES_BY_WORDS = 20_001  # whole cases of three notes
_MADE_AS = 2  # raise it when what is made here changes
_FOLDER = Path(__file__).parents[1] / "build" / "bench"

_REPEAT = (
    """
    INSERT INTO search_docs
    SELECT id + :shift, case_id || :mark, kind, at, body, fields FROM search_docs
    WHERE id <= :many AND id + :shift <= :count
    """,
    """
    INSERT INTO search_tokens (rowid, t)
    SELECT id + :shift, t FROM temp.tokens WHERE id + :shift <= :count
    """,
)
_EVENTS = (
    """
    INSERT INTO cases (case_id, case_no, status, opened_at, touched_at, joined_to, company_no,
                       customer, reading, number, number_digits, issue, stage_title, phase,
                       concession)
    SELECT case_id, substr(fields, 1, instr(fields, char(10)) - 1),
           CASE WHEN min(id) % 61 = 1 AND min(id) > 0.9 * (SELECT max(id) FROM search_docs)
                THEN 'open' ELSE 'done' END, min(at), max(at), '', '',
           '佐々木', '', '0', '0', '', '', 'idle', ''
    FROM search_docs GROUP BY case_id
    """,
    """
    INSERT INTO events (place, id, desk_id, seq, case_id, call_id, kind, v, cause,
                        wall, boot_seconds, boot_id, payload)
    SELECT id, 'e' || id, 'bench', id, case_id, NULL, 'NoteTaken', 1, NULL, at, id, 'b',
           json_object('note_id', 'n' || id, 'note_kind', kind, 'text', body, 'begun_at',
                       json_object('wall', at, 'boot_seconds', id + 0.0, 'boot_id', 'b'))
    FROM search_docs
    """,
    """
    INSERT INTO events (id, desk_id, seq, case_id, call_id, kind, v, cause,
                        wall, boot_seconds, boot_id, payload)
    SELECT 'o' || case_id, 'bench', -row_number() OVER (), case_id, NULL, 'CaseOpened', 1, NULL,
           opened_at, 0, 'b', json_object('case_no', case_no)
    FROM cases
    """,
)


def wanted_notes(rounds: int) -> int:
    """As many as were asked for (``--notes``); few where only a few rounds are tried."""
    asked = os.environ.get("YORISOI_BENCH_NOTES")
    return int(asked) if asked else (_TRIED if rounds <= _AS_TRIED else MILLION)


def database_of(count: int) -> Path:
    """A database of that many notes, to be read or copied; not to be written."""
    path = _FOLDER / f"notes-{count}-{SCHEMA_VERSION}-{TOKENS_VERSION}-{_MADE_AS}.db"
    if not path.exists():
        _FOLDER.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=_FOLDER) as folder:
            made = Path(folder) / "made.db"
            _make(made, count)
            made.rename(path)
    return path


def lay_out(count: int, data: Path) -> None:
    """A copy of that database as the one of a data folder."""
    data.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(database_of(count), data / "yorisoi.db")


def _make(path: Path, count: int) -> None:
    new_database(path)
    with closing(connect_writer(path)) as writer:
        writer.execute("PRAGMA synchronous = OFF")
        writer.execute("PRAGMA secure_delete = OFF")
        with transaction(writer):
            many = min(count, _NOTES_BY_WORDS)
            _write_words(writer, many)
            for number in range(1, -(-count // many)):
                values = {"shift": number * many, "many": many, "count": count}
                for statement in _REPEAT:
                    writer.execute(statement, {**values, "mark": f"-{number}"})
            for statement in _EVENTS:
                writer.execute(statement)
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        writer.execute("PRAGMA journal_mode = DELETE")


def _write_words(writer: sqlite3.Connection, many: int) -> None:
    rng = random.Random(20260401)  # the same in every run
    docs = [doc(rng, number) for number in range(many)]
    tokens = [(each.id, document(each.body, each.fields, each.kind, each.at)) for each in docs]
    writer.executemany("INSERT INTO search_docs VALUES (?, ?, ?, ?, ?, ?)", docs)
    writer.execute("CREATE TEMP TABLE tokens (id INTEGER PRIMARY KEY, t TEXT)")
    writer.executemany("INSERT INTO temp.tokens VALUES (?, ?)", tokens)
    writer.execute("INSERT INTO search_tokens (rowid, t) SELECT id, t FROM temp.tokens")
