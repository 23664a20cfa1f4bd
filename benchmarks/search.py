"""Searching notes: how the time grows from 10,000 to a million notes, against LIKE.

Time of the processor, not of the clock: other work on the machine does not count. All three
databases are asked in turns. They are made once (corpus.py), which takes a minute or two.
"""

from __future__ import annotations

import sqlite3
import tempfile
import time
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

from corpus import MILLION, database_of
from notes import PHRASES, START, new_database
from queries import PAGE, QueryClass, ask_like, classes
from results import Samples, ratio_table

from call.case import CaseSummary
from call.clock import Reading
from call.events import CaseOpened, Envelope, NoteTaken, TemperatureSet
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.batch import Batch
from storage.connection import connect_reader
from storage.journal_file import JournalFile
from storage.search_wanted import Wanted

TITLE = "Searching notes: by class of query and number of notes"
_SIZES, _TRIED_SIZES = (10_000, 100_000, MILLION), (300, 1_000)
_MOST_ROUNDS = 60
_LIKES = 2
_ROUNDS_OF_SMOKE_TEST = 20
_CALLS = (10, 100, 1_000, 10_000)
_ENOUGH = 200  # commits
_NOTE = "、".join(PHRASES[:5])
# What all is told against: a scan of a small table for a word that no note has.
_ABSENT = Wanted(("鰐鮫",))


@dataclass
class Size:
    """The times over so many notes, by class of query."""

    notes: int
    archive: Archive
    reader: sqlite3.Connection
    ours: dict[str, Samples] = field(default_factory=dict)
    like: dict[str, Samples] = field(default_factory=dict)


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    is_smoke = rounds <= _ROUNDS_OF_SMOKE_TEST
    unit = Samples("`LIKE` for a word that none of them has")
    with ExitStack() as opened:
        sizes = [_opened(count, opened) for count in (_TRIED_SIZES if is_smoke else _SIZES)]
        for each in classes():
            _ask(sizes, each, min(rounds, _MOST_ROUNDS), unit)
    largest = sizes[-1]
    return [
        f"The latest {PAGE} cases and their pieces, with open file: milliseconds of processor time,",
        "median (p95). In brackets behind: how many times longer the same takes by `LIKE` over the",
        "notes as they were typed, which does not know widths and variants. The last two classes are",
        "made to find nothing among many hits.",
        "",
        *_curve(sizes),
        "",
        _worst(largest),
        "",
        f"1.00 is the median of a scan by `LIKE` over {sizes[0].notes:,} notes for a word that none has.",
        "",
        *ratio_table(_named(largest), unit),
        "",
        *_append_lines(is_smoke=is_smoke),
    ]


def _opened(count: int, opened: ExitStack) -> Size:
    path = database_of(count)
    archive = opened.enter_context(Archive(path))
    return Size(count, archive, opened.enter_context(closing(connect_reader(path))))


def _ask(sizes: list[Size], asked: QueryClass, rounds: int, unit: Samples) -> None:
    """Each query of the class, in turns over all sizes and what they are told against."""
    for number in range(rounds):
        wanted = asked.queries[number % len(asked.queries)]
        for size in sizes:
            begun = time.thread_time()
            size.archive.find(wanted, PAGE)
            samples = size.ours.setdefault(asked.name, Samples(asked.name))
            samples.seconds.append(time.thread_time() - begun)
        unit.seconds.append(_like_seconds(sizes[0].reader, _ABSENT))
    for wanted in asked.queries[:_LIKES]:
        for size in sizes:
            samples = size.like.setdefault(asked.name, Samples(asked.name))
            samples.seconds.append(_like_seconds(size.reader, wanted))


def _like_seconds(reader: sqlite3.Connection, wanted: Wanted) -> float:
    begun = time.thread_time()
    ask_like(reader, wanted)
    return time.thread_time() - begun


def _curve(sizes: list[Size]) -> list[str]:
    lines = ["| query | " + " | ".join(f"{size.notes:,}" for size in sizes) + " |"]
    lines.append("|---|" + "--:|" * len(sizes))
    rows = {name: [_cell(size, name) for size in sizes] for name in sizes[0].ours}
    return [*lines, *(f"| {name} | " + " | ".join(cells) + " |" for name, cells in rows.items())]


def _cell(size: Size, name: str) -> str:
    ours, like = size.ours[name], size.like[name]
    times = f"×{like.median / ours.median:.1f}"
    return f"{ours.median * 1000:.1f} ({ours.p95 * 1000:.1f}) [{times}]"


def _worst(size: Size) -> str:
    contrived = {each.name for each in classes() if each.is_contrived}
    p95 = {name: each.p95 * 1000 for name, each in size.ours.items() if name not in contrived}
    worst = max(p95, key=lambda name: p95[name])
    return (
        f"The worst class over {size.notes:,} notes, but for the last two: {worst}, "
        f"p95 {p95[worst]:.1f} ms."
    )


def _named(size: Size) -> list[Samples]:
    return [
        Samples(f"{name}, {size.notes:,} notes", each.seconds) for name, each in size.ours.items()
    ]


def _append_lines(*, is_smoke: bool) -> list[str]:
    """What the index adds to the commit of a note, and how that grows with the call."""
    found, unit = [], Samples("an event that is not searched")
    for size in _CALLS[:1] if is_smoke else _CALLS:
        with tempfile.TemporaryDirectory() as folder:
            calls = 1 if is_smoke else -(-_ENOUGH // (size // 5))
            found.append(_time_notes(Path(folder), size, calls, unit))
    return [
        "Committing a note with its index, in the writer's thread, in a call of so many notes. 1.00 is",
        "the median commit of an event that is not searched, into a file of its own, in turns.",
        "",
        *ratio_table(found, unit),
    ]


def _time_notes(folder: Path, size: int, calls: int, unit: Samples) -> Samples:
    """Calls of so many notes, one after the other; the last fifth of each counts."""
    samples = Samples(f"a note after {size:,} others")
    with ExitStack() as opened:
        notes, others = (_file(folder / name, opened) for name in ("notes.db", "others.db"))
        for call in range(calls):
            for seq in range(size):
                note = _seconds_of_commit(notes, call, seq, is_note=True)
                if seq >= size - size // 5:
                    samples.seconds.append(note)
                    unit.seconds.append(_seconds_of_commit(others, call, seq, is_note=False))
    return samples


def _file(path: Path, opened: ExitStack) -> JournalFile:
    new_database(path)
    return opened.enter_context(closing(JournalFile(path, 2.0, lambda: START, lambda _: None)))


def _seconds_of_commit(file: JournalFile, call: int, seq: int, *, is_note: bool) -> float:
    at = Reading(START + timedelta(seconds=seq), float(seq), "b")
    note = NoteTaken(f"n{call}-{seq}", NoteKind.MEMO, _NOTE, at)
    number = f"N-{call}"
    event = Envelope(
        id=f"e{call}-{seq}",
        desk_id="d",
        case_id=f"c{call}",
        call_id="k",
        seq=call * _CALLS[-1] + seq,
        at=at,
        body=CaseOpened(number) if seq == 0 else note if is_note else TemperatureSet(3),
    )
    line = CaseSummary(event.case_id, number, "open", START, at.wall)
    batch = Batch.of_append([event], [line], (), 0.0)
    begun = time.perf_counter()
    file.write(batch)
    return time.perf_counter() - begun
