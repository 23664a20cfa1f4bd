"""A day at the desk in some minutes: what a call leaves behind must be gone when it is over.

Usage: python benchmarks/soak.py [--hours N]     judged (`make soak`); `make bench` only tells it

The real window (off-screen) over a real journal, worked by keys, on a clock that is moved by hand:
each second of every call is ticked and painted. After each simulated hour it is told how much memory
the process has and how many descriptors, threads, timers and objects of Qt there are. The first two
hours are the warm-up, in which everything is opened for the first time. Fails where one of the
counts is higher at the end than after the warm-up, where anything was logged as a warning, and
where memory grows by more than a megabyte an hour.
"""

from __future__ import annotations

import argparse
import gc
import logging
import os
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication
from results import Samples, ratio_table
from seat import Seat

TITLE = "A soak: eight simulated hours of calls"

_HOURS = 8
_WARM_UP_HOURS = 2
_HOUR_SECONDS = 3600.0
_CALL = (20.0, 600.0)  # seconds from one doing to the next, and of all of it
_MOST_KIB_AN_HOUR = 1024.0
_TRIED = 20  # up to so many rounds, only a try
_TRIED_CALL = (1.0, 60.0)
_NOTES = ("washing machine leaks since Monday", "wants the floor paid", "rings back after four")
# Opened by their key and closed again in every call.
_SHEETS = (
    *("exits", "cards", "kinds", "customer", "consult", "cases", "find_phrase", "agenda"),
    *("callback", "visit", "abuse", "retime", "keys_help", "second_desk", "papers", "settings"),
)


class Counts(NamedTuple):
    """What must not grow: file descriptors, threads, and of Qt timers and all objects.

    ``objects`` are those below any window, ``held`` those that Python holds, wherever they are.
    """

    descriptors: int
    threads: int
    timers: int
    objects: int
    held: int


class Hour(NamedTuple):
    """How it is after so many hours of calls."""

    hours: float
    kib: float
    counts: Counts

    def cells(self) -> list[str]:
        """To be shown: hours, MiB, counts."""
        return [f"{self.hours:.1f}", f"{self.kib / 1024:.1f}", *map(str, self.counts)]


class Soak:
    """One seat that takes one call after the other."""

    def __init__(self) -> None:
        self.seat = Seat()
        self.seconds = 0.0
        self._calls = 0

    def a_call(self, seconds_at_a_time: float = _CALL[0], seconds: float = _CALL[1]) -> None:
        """Ten minutes: notes, stages, a hold, every sheet; then after-call work until it is done."""
        seat, begun = self.seat, self.seconds
        self._calls += 1
        seat.begin_call("F1-S1")
        for number, name in enumerate(_SHEETS):
            self._pass(seconds_at_a_time)
            if number % 3 == 0:
                seat.note(f"{_NOTES[number % len(_NOTES)]} {self._calls}-{number}")
            if number % 4 == 0:
                seat.press("next")
            seat.look_into(name)
        seat.press("hold")
        self._pass(3 * seconds_at_a_time)
        seat.press("hold")
        seat.press("temperature4")
        seat.press("end")
        seat.look_into("wrap_up")
        self._pass(seconds - (self.seconds - begun))
        seat.finish()

    def close(self) -> None:
        """Everything on the disk."""
        self.seat.close()

    def _pass(self, seconds: float) -> None:
        for _ in range(int(seconds)):
            self.seat.tick()
        self.seconds += int(seconds)


class Warnings(logging.Handler):
    """Collects what is logged as a warning or worse, Qt's own included."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.told: list[str] = []

    @classmethod
    def hearing(cls) -> Warnings:
        """One that hears from now on."""
        made = cls()
        logging.getLogger().addHandler(made)
        return made

    def emit(self, record: logging.LogRecord) -> None:
        """Keep its text."""
        self.told.append(f"{record.name}: {record.getMessage()}")


def counts() -> Counts:
    """As they are now, with nothing on its way to be deleted."""
    gc.collect()
    objects = [child for window in QApplication.topLevelWidgets() for child in _below(window)]
    held = [thing for thing in gc.get_objects() if isinstance(thing, QObject)]
    timers = len({id(thing) for thing in [*objects, *held] if isinstance(thing, QTimer)})
    descriptors = len(list(Path("/proc/self/fd").iterdir()))
    return Counts(descriptors, threading.active_count(), timers, len(objects), len(held))


def rss_kib() -> float:
    """Memory of this process that is not on the disk, in KiB."""
    pages = int(Path("/proc/self/statm").read_text("ascii").split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1024


def slope(points: Sequence[tuple[float, float]]) -> float:
    """The line of least squares through the points: how much y for one x."""
    middle_x = sum(x for x, _ in points) / len(points)
    middle_y = sum(y for _, y in points) / len(points)
    across = sum((x - middle_x) ** 2 for x, _ in points)
    return sum((x - middle_x) * (y - middle_y) for x, y in points) / across if across else 0.0


def grown(before: Counts, after: Counts) -> dict[str, tuple[int, int]]:
    """What is more than it was."""
    pairs = zip(Counts._fields, before, after, strict=True)
    return {name: (old, new) for name, old, new in pairs if new > old}


def _below(window: QObject) -> Iterator[QObject]:
    yield window
    yield from window.findChildren(QObject)


def hours_of_calls(
    hours: int,
    hour_seconds: float = _HOUR_SECONDS,
    call: tuple[float, float] = _CALL,
) -> Iterator[Hour]:
    """One call after the other; how it is after each hour. ``call`` is given to ``a_call``."""
    soak = Soak()
    for hour in range(1, hours + 1):
        while soak.seconds < hour * hour_seconds:
            soak.a_call(*call)
        yield Hour(soak.seconds / hour_seconds, rss_kib(), counts())
    soak.close()


def after_warm_up(told: Sequence[Hour]) -> Sequence[Hour]:
    """The hours in which nothing is opened for the first time; the first is what it began with."""
    return told[min(_WARM_UP_HOURS, len(told)) - 1 :]


def slope_of(hours: Sequence[Hour]) -> float:
    """KiB an hour."""
    return slope([(each.hours, each.kib) for each in hours])


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    warnings = Warnings.hearing()
    tried = (_WARM_UP_HOURS + 1, _TRIED_CALL[1], _TRIED_CALL)
    told = list(hours_of_calls(*tried) if rounds <= _TRIED else hours_of_calls(_HOURS))
    first, *_, last = after = after_warm_up(told)
    began = Samples(f"after {first.hours:.0f} hours, the warm-up", [first.kib])
    ended = Samples(f"after {last.hours:.0f} hours", [last.kib])
    return [
        "The real window (off-screen) over a real journal, on a clock that is moved by hand: calls of ten",
        "minutes with notes, stages, a hold, every sheet, and after-call work. Memory is what the process",
        "has that is not on the disk; descriptors, threads, timers and objects of Qt are counted.",
        "`make soak` judges the same.",
        "",
        "| hours | MiB | " + " | ".join(Counts._fields) + " |",
        "|--:" * (2 + len(Counts._fields)) + "|",
        *(f"| {' | '.join(hour.cells())} |" for hour in told),
        "",
        f"After the warm-up memory grows by {slope_of(after):+.0f} KiB an hour. Warnings in the log: "
        f"{len(warnings.told)}.",
        "",
        *ratio_table([began, ended], began, "memory"),
    ]


def main(arguments: list[str]) -> int:
    """Soak, say, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=int, default=_HOURS)
    asked = parser.parse_args(arguments)
    warnings = Warnings.hearing()
    told: list[Hour] = []
    print("hour\tMiB\t" + "\t".join(Counts._fields), flush=True)
    for hour in hours_of_calls(asked.hours):
        told.append(hour)
        print("\t".join(hour.cells()), flush=True)
    after = after_warm_up(told)
    kib, more = slope_of(after), grown(after[0].counts, after[-1].counts)
    print(
        f"memory: {kib:+.0f} KiB an hour after the first {_WARM_UP_HOURS}; more than then: {more}"
    )
    print(*(f"logged: {line}" for line in warnings.told), sep="\n")
    return 1 if more or warnings.told or kib > _MOST_KIB_AN_HOUR else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
