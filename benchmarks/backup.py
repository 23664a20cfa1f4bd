"""Backing up, opening and restoring: against bare sqlite3 on the same file, and beside a writer.

Synthetic: notes of some 300 bytes. What a commit takes while a backup is made is told against what
it takes with nothing beside it. All that is told against each other takes turns.
"""

from __future__ import annotations

import itertools
import shutil
import sqlite3
import tempfile
import threading
import time
from collections.abc import Iterable
from contextlib import closing
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path

from results import Samples, in_turns, ratio_table

from call.case import CaseSummary
from call.clock import Reading
from call.events import CaseOpened, Envelope, NoteTaken
from scripts_ja.model import NoteKind
from storage.backups import Backups
from storage.batch import Batch
from storage.copying import STEP_PAUSE_SECONDS, copy_database, sync_file
from storage.journal_file import JournalFile
from storage.restoring import adopt, prepare

TITLE = "Backup, open, restore: against bare sqlite3"
_EVENTS, _EVENTS_OF_SMOKE_TEST = 60_000, 1_500
_ROUNDS_OF_SMOKE_TEST = 20
_TIMES, _OPENINGS, _COMMITS, _TURNS = 10, 60, 300, 5
_FIRST_OF_COMMITS = 10_000_000
_NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    events = _EVENTS_OF_SMOKE_TEST if rounds <= _ROUNDS_OF_SMOKE_TEST else _EVENTS
    times = 1 if rounds <= _ROUNDS_OF_SMOKE_TEST else _TIMES
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "data" / "yorisoi.db"
        _fill(path, events)
        size = path.stat().st_size
        copies = _copies(path, times)
        openings = _openings(path, min(rounds, _OPENINGS))
        commits = _commits(path, min(_COMMITS, rounds))
    lines = [f"{events} events, {size / 1e6:.0f} MB, {size / events:.0f} bytes per event.", ""]
    lines += [*ratio_table(copies, copies[0]), ""]
    lines += [*ratio_table(openings, openings[0]), ""]
    return lines + ratio_table(commits, commits[0])


def _copies(path: Path, times: int) -> list[Samples]:
    target = path.with_name("copy.db")
    made = Backups(path).make("asked", _NOON)
    return in_turns(
        {
            "bare sqlite3: backup in one step, and quick_check": lambda: _bare(path, target),
            "the file copied, unchecked": lambda: shutil.copyfile(path, target),
            "ours, as the command does it": lambda: copy_database(path, target, pause_seconds=0.0),
            "ours, as beside a call: with pauses": lambda: copy_database(path, target),
            "restore: prepared and adopted": lambda: _restore(made.path, path),
        },
        times,
    )


def _openings(path: Path, times: int) -> list[Samples]:
    return in_turns(
        {
            "bare sqlite3: open, read one row": lambda: _bare_open(path),
            "ours: gate, schema, what a start finds": lambda: _open(path),
        },
        times,
    )


def _commits(path: Path, count: int) -> list[Samples]:
    """Commits of one event: alone, and while backups are made one after the other; in turns."""
    pauses = {
        "a commit, nothing beside it": None,
        "while a backup is made with pauses": STEP_PAUSE_SECONDS,
        "while a backup is made without": 0.0,
    }
    found = [Samples(name) for name in pauses]
    numbers = itertools.count(_FIRST_OF_COMMITS)
    turns = min(count, _TURNS)
    for _ in range(turns):
        for samples, pause in zip(found, pauses.values(), strict=True):
            is_over = threading.Event()
            copier = threading.Thread(target=_copy_again, args=(path, pause, is_over))
            copier.start()
            with closing(_file(path)) as file:
                file.open()
                _commit_some(file, samples, islice(numbers, count // turns))
            is_over.set()
            copier.join()
    return found


def _commit_some(file: JournalFile, samples: Samples, numbers: Iterable[int]) -> None:
    for number in numbers:
        batch = Batch.of_append([_event(number)], [], [], 0.0)
        begun = time.perf_counter()
        file.write(batch)
        samples.seconds.append(time.perf_counter() - begun)


def _copy_again(path: Path, pause: float | None, is_over: threading.Event) -> None:
    while pause is not None and not is_over.is_set():
        copy_database(path, path.with_name("beside.db"), pause_seconds=pause)


def _bare(path: Path, target: Path) -> None:
    target.unlink(missing_ok=True)
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(target)) as copy:
        source.backup(copy)
        assert copy.execute("PRAGMA quick_check").fetchone() == ("ok",)
    sync_file(target)


def _bare_open(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("SELECT value FROM app_state LIMIT 1").fetchone()


def _open(path: Path) -> None:
    with closing(_file(path)) as file:
        file.read_opening()


def _restore(backup: Path, path: Path) -> None:
    adopt(prepare(backup, path, _NOON), path, 2.0)


def _file(path: Path) -> JournalFile:
    return JournalFile(path, 2.0, lambda: _NOON, lambda trouble: None)


def _fill(path: Path, events: int) -> None:
    with closing(_file(path)) as file:
        for first in range(0, events, 500):
            batch = [_event(number) for number in range(first, first + 500)]
            lines = {event.case_id: _line(event) for event in batch}
            file.write(Batch.of_append(batch, list(lines.values()), [], 0.0))


def _event(number: int) -> Envelope:
    at = Reading(_NOON + timedelta(seconds=number % 10_000_000), float(number), "boot")
    text = "洗濯機から水が漏れるとのお申し出。" * 4
    body = NoteTaken(f"n{number}", NoteKind.CLAIM, text, at) if number % 20 else CaseOpened("n")
    return Envelope(
        id=f"e{number}",
        desk_id="desk",
        case_id=f"case-{number // 20}",
        call_id="call",
        seq=number + 1,
        at=at,
        body=body,
    )


def _line(event: Envelope) -> CaseSummary:
    return CaseSummary(event.case_id, event.case_id, "done", event.at.wall, event.at.wall)
