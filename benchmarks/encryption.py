"""What encryption costs: opening, appending, a draft, searching, plain and encrypted side by side.

Each against bare sqlite3 doing the least of its kind in the same run: opening a file and reading
one row, committing one row, reading all notes by ``LIKE``.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
import tempfile
import time
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

from results import Samples, ratio_table
from search import make_corpus

from call.case import CaseSummary
from call.clock import Reading
from call.events import Envelope, TemperatureSet
from storage import keys
from storage.archive import Archive
from storage.batch import Batch
from storage.conversion import convert_all
from storage.journal_file import JournalFile
from storage.key_record import ENCRYPTED, PLAIN, Form, KeyRecord, write_record
from storage.rows import Draft
from storage.search_wanted import Wanted

TITLE = "Encryption: plain and encrypted, against bare sqlite3"
_NOTES, _NOTES_OF_SMOKE_TEST = 20_000, 300
_ROUNDS_OF_SMOKE_TEST = 20
_START = datetime(2026, 4, 1, tzinfo=UTC)
_SEARCHED = ("返金", "異臭", "佐々木", "4821", "責任者を出せ")
_NAME = "yorisoi.db"

Do = Callable[[], object]

# The key is made here and kept in memory: no run touches the key store of whoever measures.
os.environ["PYTHON_KEYRING_BACKEND"] = "keyring.backends.fail.Keyring"


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    is_smoke = rounds <= _ROUNDS_OF_SMOKE_TEST
    notes = _NOTES_OF_SMOKE_TEST if is_smoke else _NOTES
    with tempfile.TemporaryDirectory() as folder:
        plain, encrypted = Path(folder) / "plain" / _NAME, Path(folder) / "encrypted" / _NAME
        plain.parent.mkdir()
        make_corpus(plain, notes)
        shutil.copytree(plain.parent, encrypted.parent)
        there = _convert(encrypted, ENCRYPTED)
        sizes = [path.stat().st_size for path in (plain, encrypted)]
        lines = [f"{notes:,} notes. 1.00 is the median of bare sqlite3 in the same run.", ""]
        with ExitStack() as opened:
            for name, bare, ours in _kinds(plain, opened):
                rows = {
                    f"{name}: bare sqlite3": bare,
                    f"{name}: plain": ours(plain, opened),
                    f"{name}: encrypted": ours(encrypted, opened),
                }
                samples = _interleaved(rows, rounds)
                table = ratio_table(samples, samples[0])
                lines += table if len(lines) == 2 else table[2:]
        back = _convert(encrypted, PLAIN)
    megabytes = sizes[0] / 1e6
    return [
        *lines,
        "",
        f"Encrypted, the file is {sizes[1] / sizes[0]:.2f} times as large. Converting, with the"
        f" comparison of every row: {there / megabytes:.2f} s per MB, back {back / megabytes:.2f} s.",
    ]


def _kinds(plain: Path, opened: ExitStack) -> list[tuple[str, Do, Callable[[Path, ExitStack], Do]]]:
    bare = plain.with_name("bare.db")
    writer = opened.enter_context(closing(sqlite3.connect(bare, isolation_level=None)))
    writer.execute("PRAGMA journal_mode = WAL")
    writer.execute("PRAGMA synchronous = FULL")
    writer.execute("CREATE TABLE rows (id INTEGER PRIMARY KEY, body TEXT)")
    reader = opened.enter_context(closing(sqlite3.connect(plain, isolation_level=None)))

    def commit() -> object:
        return writer.execute("INSERT INTO rows (body) VALUES (?)", ("x" * 200,))

    def like() -> object:
        return reader.execute(
            "SELECT * FROM search_docs WHERE body LIKE '%返金%' ORDER BY id DESC"
        ).fetchall()

    return [
        ("open", lambda: _open_bare(bare), _opening),
        ("append", commit, _appending),
        ("draft", commit, _drafting),
        ("search", like, _searching),
    ]


def _open_bare(path: Path) -> None:
    with closing(sqlite3.connect(f"{path.as_uri()}?mode=ro", uri=True)) as connection:
        connection.execute("SELECT * FROM rows LIMIT 1").fetchone()


def _opening(path: Path, _opened: ExitStack) -> Do:
    def do() -> object:
        with Archive(path) as archive:
            return archive.recent(1)

    return do


def _appending(path: Path, opened: ExitStack) -> Do:
    file = _file(path, opened)
    numbers = iter(range(1_000_000))

    def do() -> object:
        number = next(numbers)
        at = _START + timedelta(seconds=number)
        event = Envelope(
            id=f"b{number}",
            desk_id="bench",
            case_id="case-b",
            call_id="call-b",
            seq=number,
            at=Reading(at, 1.0, "b"),
            body=TemperatureSet(number % 5 + 1),
        )
        line = CaseSummary("case-b", "K7Q2-B", "open", at, at)
        return file.write(Batch.of_append([event], [line], (), 0.0))

    return do


def _drafting(path: Path, opened: ExitStack) -> Do:
    file = _file(path, opened)
    numbers = iter(range(1_000_000))

    def do() -> object:
        text = f"{'下書き' * 60}{next(numbers)}"
        return file.write(Batch.of_draft(Draft("case-b", "note", text, _START)))

    return do


def _searching(path: Path, opened: ExitStack) -> Do:
    archive = opened.enter_context(Archive(path))
    turns = iter(range(1_000_000))
    return lambda: archive.find(Wanted((_SEARCHED[next(turns) % len(_SEARCHED)],)), 50)


def _file(path: Path, opened: ExitStack) -> JournalFile:
    return opened.enter_context(closing(JournalFile(path, 2.0, lambda: _START, lambda _: None)))


def _interleaved(rows: dict[str, Do], rounds: int) -> list[Samples]:
    """One of each in turn, so that whatever else the machine does meets all of them."""
    samples = [Samples(name) for name in rows]
    for _ in range(min(rounds, 200)):
        for each, do in zip(samples, rows.values(), strict=True):
            begun = time.perf_counter()
            do()
            each.seconds.append(time.perf_counter() - begun)
    return samples


def _convert(path: Path, form: Form) -> float:
    """Bring it into that form under a key of this run; the seconds it took."""
    key = next(iter(keys._known.values()), None) or keys.new_key()
    keys.remember(key)
    record = KeyRecord(key.key_id, key.fingerprint, form, is_settled=False)
    write_record(path.parent, record)
    begun = time.perf_counter()
    convert_all(path, 60.0)
    return time.perf_counter() - begun
