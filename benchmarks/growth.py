"""How what one waits for grows: with the notes there are, the events of a call, the open cases.

Each as a picture in benchmarks/pictures, over two logarithmic axes: a straight line that rises by
one field for each field to the right is proportional, a level one does not grow. The sizes take
turns, some rounds each, so that a busy moment of the machine meets all of them.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from datetime import timedelta
from itertools import product
from pathlib import Path

from corpus import MILLION, database_of
from histories import NOON, history, open_cases
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from queries import PAGE, classes
from results import Samples, ratio_table
from seat import Seat
from svg_chart import Curve, chart

from call import commands as c
from call.case import Case, summarize
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.batch import Batch

TITLE = "Growth: notes, events of a call, open cases"
PICTURES: dict[str, str] = {}
"""The SVG pictures of the last measuring, by file name."""

_TRIED = 20  # up to so many rounds, only a try
_MOST_ROUNDS = 30
_TURNS = 5
_SEARCHED = ("two characters, frequent", "two characters, rare", "a name, any variant", "two words")

Columns = dict[str, dict[int, Samples]]


def measure(rounds: int) -> list[str]:
    """The lines of the section; the pictures are left in ``PICTURES``."""
    is_tried = rounds <= _TRIED
    often = min(rounds, _MOST_ROUNDS)
    sizes = (10, 30) if is_tried else (10, 100, 1_000, 10_000)
    notes = (300, 1_000) if is_tried else (1_000, 10_000, 100_000, MILLION)
    lines = [
        "Milliseconds, median of each, the sizes in turns; of processor time, but for committing and for",
        "all that is told by open cases.",
        "The pictures have logarithmic axes: a level line does not grow, one that rises by a field for",
        "each field to the right is proportional. In the tables of ratios, 1.00 is the same over the",
        "fewest.",
        "",
    ]
    for name, title, across, columns in (
        ("notes", "Searching notes", "notes", _by_notes(notes, often)),
        ("events", "A long call", "events of the call", _by_events(sizes, often)),
        ("cases", "Many open cases", "open cases", _by_open_cases(sizes, often)),
    ):
        PICTURES[f"growth-{name}.svg"] = _picture(title, across, columns)
        lines += [f"![{title}](pictures/growth-{name}.svg)", "", *_table(across, columns), ""]
        lines += [*_grown(across, columns), ""]
    return lines[:-1]


def _by_notes(sizes: Sequence[int], rounds: int) -> Columns:
    columns: Columns = {}
    asked = [each for each in classes() if each.name in _SEARCHED]
    with ExitStack() as opened:
        archives = {size: opened.enter_context(Archive(database_of(size))) for size in sizes}
        for number, each in product(range(rounds), asked):
            wanted = each.queries[number % len(each.queries)]
            for size, archive in archives.items():
                begun = time.thread_time()
                archive.find(wanted, PAGE)
                _column(columns, each.name, size).append(time.thread_time() - begun)
    return columns


def _by_events(sizes: Sequence[int], rounds: int) -> Columns:
    columns: Columns = {}
    for some, size in product(_turns(rounds), sizes):
        with tempfile.TemporaryDirectory() as folder:
            data = Path(folder)
            ends_at = _long_call(data, size, some, columns)
            with _seat(data, ends_at, time.thread_time) as seat:
                _in_a_long_call(seat, size, some, columns)
    return columns


def _long_call(data: Path, size: int, rounds: int, columns: Columns) -> timedelta:
    """Write the call, and measure what happens without a window; how long it lasted."""
    decided = _column(columns, "a note: decided and folded", size)
    committed = _column(columns, "a note: committed with its index", size)
    folded = _column(columns, "the whole case folded", size)
    with history(data) as made:
        desk = made.begin_call()
        made.go_on(desk, size)
        made.keep(desk)
        made.commit()
        for number in range(rounds):
            now = made.clock.now()
            command = c.TakeNote(NoteKind.MEMO, f"{number}本目の折り返しをお待ち")
            decided.append(_seconds(lambda: desk.do(command, now), time.thread_time))  # noqa: B023
            line = summarize(desk.case, now)
            batch = Batch.of_append(desk.history[-1:], [line], (), 0.0)
            committed.append(_seconds(lambda: made.file.write(batch)))  # noqa: B023
            folded.append(_seconds(lambda: Case.of(desk.case.id, desk.history), time.thread_time))
        return made.clock.now().wall - NOON


def _in_a_long_call(seat: Seat, size: int, rounds: int, columns: Columns) -> None:
    for _ in range(rounds):
        for name, do in (
            ("next stage: key to painted", lambda: seat.time_action("next")),
            ("stage before: key to painted", lambda: seat.time_action("back")),
            ("a note: key to painted", lambda: _note(seat)),
            ("a second passes: tick to painted", seat.time_tick),
        ):
            _column(columns, name, size).append(do())


def _note(seat: Seat) -> float:
    seat.window.input.focus()
    QTest.keyClicks(seat.window.input.edit, "a note")
    return seat.time_key(Qt.Key.Key_Return)


def _by_open_cases(sizes: Sequence[int], rounds: int) -> Columns:
    columns: Columns = {}
    with tempfile.TemporaryDirectory() as folder:
        for size in sizes:
            open_cases(Path(folder, str(size)), size)
        for some, size in product(_turns(rounds), sizes):
            with _seat(Path(folder, str(size)), timedelta(days=1)) as seat:
                _with_open_cases(seat, size, some, columns)
    return columns


def _with_open_cases(seat: Seat, size: int, rounds: int, columns: Columns) -> None:
    _column(columns, "start until calls can be taken", size).append(seat.seconds_to_open)
    _column(columns, "start until all is read beside it", size).append(seat.seconds_to_quiet)
    for _ in range(rounds):
        for name, do in (
            ("waiting panel: made anew and painted", seat.time_refresh),
            ("agenda: key to painted", lambda: seat.time_action("agenda")),
        ):
            _column(columns, name, size).append(do())
        seat.time_key(Qt.Key.Key_Escape)


def _turns(rounds: int) -> list[int]:
    """The rounds in so many turns, in one where there are only a few."""
    turns = max(1, min(rounds // _TURNS, _TURNS))
    return [rounds // turns] * turns


@contextmanager
def _seat(
    data: Path, after: timedelta, timer: Callable[[], float] = time.perf_counter
) -> Iterator[Seat]:
    seat = Seat(data=data, starts_at=NOON + after, timer=timer)
    try:
        yield seat
    finally:
        seat.close()


def _column(columns: Columns, name: str, size: int) -> list[float]:
    return columns.setdefault(name, {}).setdefault(size, Samples(name)).seconds


def _seconds(do: Callable[[], object], clock: Callable[[], float] = time.perf_counter) -> float:
    begun = clock()
    do()
    return clock() - begun


def _picture(title: str, across: str, columns: Mapping[str, Mapping[int, Samples]]) -> str:
    curves = [
        Curve(name, tuple((size, samples.median * 1000) for size, samples in by_size.items()))
        for name, by_size in columns.items()
    ]
    return chart(title, across, "milliseconds", curves)


def _table(across: str, columns: Mapping[str, Mapping[int, Samples]]) -> list[str]:
    sizes = list(next(iter(columns.values())))
    lines = [f"| by {across} | " + " | ".join(f"{size:,}" for size in sizes) + " |"]
    lines += ["|---|" + "--:|" * len(sizes)]
    for name, by_size in columns.items():
        cells = [f"{samples.median * 1000:.2f}" for samples in by_size.values()]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return lines


def _grown(across: str, columns: Columns) -> list[str]:
    """How many times longer it takes over the most than over the fewest."""
    fewest, most = (end(next(iter(columns.values()))) for end in (min, max))
    grown = [
        Samples(name, [each / by_size[fewest].median for each in by_size[most].seconds])
        for name, by_size in columns.items()
    ]
    return ratio_table(grown, Samples("", [1.0]), f"{most:,} {across} against {fewest:,}")
