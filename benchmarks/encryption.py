"""Opening, appending, a draft, searching, erasing, backing up: plain and encrypted, side by side.

Each against bare sqlite3 doing the least of its kind in the same run: opening a file and reading
one row, committing one row, reading all notes by ``LIKE``, deleting the events of a case and
``VACUUM``, copying the file and checking it.
"""

from __future__ import annotations

import shutil
import sqlite3
import tempfile
from collections.abc import Callable
from contextlib import ExitStack, closing
from datetime import UTC, datetime, timedelta
from itertools import count, cycle
from pathlib import Path

from corpus import lay_out
from forms import convert
from notes import PHRASES
from results import in_turns, ratio_table

from call.case import CaseSummary
from call.clock import Reading
from call.events import Body, CaseOpened, Envelope, NoteTaken, TemperatureSet
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.backups import Backups
from storage.batch import Batch
from storage.copying import sync_file
from storage.journal_file import JournalFile
from storage.key_record import ENCRYPTED, PLAIN
from storage.purge import Purge
from storage.rows import Draft
from storage.search_wanted import Wanted

TITLE = "The journal, plain and encrypted, against bare sqlite3"
_NOTES, _NOTES_OF_SMOKE_TEST = 20_000, 300
_ROUNDS_OF_SMOKE_TEST = 20
_START = datetime(2026, 4, 1, tzinfo=UTC)
_OFTEN, _SELDOM = 200, 10
_SEARCHED = ("返金", "異臭", "佐々木", "4821", "責任者を出せ")
_NAME = "yorisoi.db"

Do = Callable[[], object]
Kind = tuple[str, int, Do, Callable[[Path, ExitStack], Do]]


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    is_smoke = rounds <= _ROUNDS_OF_SMOKE_TEST
    notes = _NOTES_OF_SMOKE_TEST if is_smoke else _NOTES
    with tempfile.TemporaryDirectory() as folder:
        plain, encrypted = Path(folder) / "plain" / _NAME, Path(folder) / "encrypted" / _NAME
        lay_out(notes, plain.parent)
        shutil.copytree(plain.parent, encrypted.parent)
        there = convert(encrypted, ENCRYPTED)
        sizes = [path.stat().st_size for path in (plain, encrypted)]
        lines = [f"{notes:,} notes. 1.00 is the median of bare sqlite3 in the same run.", ""]
        with ExitStack() as opened:
            for name, most, bare, ours in _kinds(plain, opened):
                rows = {
                    f"{name}: bare sqlite3": bare,
                    f"{name}: plain": ours(plain, opened),
                    f"{name}: encrypted": ours(encrypted, opened),
                }
                samples = in_turns(rows, min(rounds, most))
                table = ratio_table(samples, samples[0])
                lines += table if len(lines) == 2 else table[2:]
        back = convert(encrypted, PLAIN)
    megabytes = sizes[0] / 1e6
    return [
        *lines,
        "",
        f"Encrypted, the file is {sizes[1] / sizes[0]:.2f} times as large. Converting, with the"
        f" comparison of every row: {there / megabytes:.2f} s per MB, back {back / megabytes:.2f} s.",
    ]


def _kinds(plain: Path, opened: ExitStack) -> list[Kind]:
    """Name, how often at the most, bare sqlite3, and ours on a file.

    Erasing comes before there are backups, which it would clean, too.
    """
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
        ("open", _OFTEN, lambda: _open_bare(bare), _opening),
        ("append", _OFTEN, commit, _appending),
        ("append a note, indexed", _OFTEN, commit, _noting),
        ("draft", _OFTEN, commit, _drafting),
        ("search", _OFTEN, like, _searching),
        ("search, the file opened for it", _OFTEN, like, _searching_anew),
        ("purge of a case", _SELDOM, _bare_purge(plain, opened), _purging),
        ("backup", _SELDOM, _bare_backup(plain), _backing_up),
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
    return _committing(path, opened, "b", lambda number, _: TemperatureSet(number % 5 + 1))


def _noting(path: Path, opened: ExitStack) -> Do:
    def note(number: int, at: Reading) -> NoteTaken:
        return NoteTaken(f"m{number}", NoteKind.MEMO, "、".join(PHRASES[:5]), at)

    return _committing(path, opened, "m", note)


def _committing(
    path: Path, opened: ExitStack, mark: str, body_of: Callable[[int, Reading], Body]
) -> Do:
    file = _file(path, opened)
    numbers = count(1)

    def do() -> object:
        number = next(numbers)
        at = Reading(_START + timedelta(seconds=number), 1.0, "b")
        event = Envelope(
            id=f"{mark}{number}",
            desk_id=f"bench-{mark}",
            case_id=f"case-{mark}",
            call_id="call-b",
            seq=number,
            at=at,
            body=CaseOpened("K7Q2-B") if number == 1 else body_of(number, at),
        )
        line = CaseSummary(f"case-{mark}", "K7Q2-B", "open", at.wall, at.wall)
        return file.write(Batch.of_append([event], [line], (), 0.0))

    return do


def _drafting(path: Path, opened: ExitStack) -> Do:
    file = _file(path, opened)
    numbers = count()

    def do() -> object:
        text = f"{'下書き' * 60}{next(numbers)}"
        return file.write(Batch.of_draft(Draft("case-b", "note", text, _START)))

    return do


def _searching(path: Path, opened: ExitStack) -> Do:
    archive = opened.enter_context(Archive(path))
    words = cycle(_SEARCHED)
    return lambda: archive.find(Wanted((next(words),)), 50)


def _searching_anew(path: Path, _opened: ExitStack) -> Do:
    words = cycle(_SEARCHED)

    def do() -> object:
        with Archive(path) as archive:
            return archive.find(Wanted((next(words),)), 50)

    return do


def _purging(path: Path, _opened: ExitStack) -> Do:
    numbers = count(1)
    return lambda: Purge(path).asked(f"c{next(numbers)}", _START)


def _bare_purge(plain: Path, opened: ExitStack) -> Do:
    path = plain.with_name("bare-purge.db")
    shutil.copyfile(plain, path)
    connection = opened.enter_context(closing(sqlite3.connect(path, isolation_level=None)))
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("PRAGMA secure_delete = ON")
    connection.execute("DROP TRIGGER events_no_delete")
    numbers = count(1)

    def do() -> object:
        connection.execute("DELETE FROM events WHERE case_id = ?", (f"c{next(numbers)}",))
        connection.execute("VACUUM")
        return connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()

    return do


def _backing_up(path: Path, _opened: ExitStack) -> Do:
    minutes = count()
    return lambda: Backups(path).make("asked", _START + timedelta(minutes=next(minutes)))


def _bare_backup(plain: Path) -> Do:
    target = plain.with_name("bare-copy.db")

    def do() -> object:
        target.unlink(missing_ok=True)
        with closing(sqlite3.connect(plain)) as source, closing(sqlite3.connect(target)) as copy:
            source.backup(copy)
            assert copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
        return sync_file(target)

    return do


def _file(path: Path, opened: ExitStack) -> JournalFile:
    return opened.enter_context(closing(JournalFile(path, 2.0, lambda: _START, lambda _: None)))
