"""A day at the desk in some minutes: what a call leaves behind must be gone when it is over.

Usage: python benchmarks/soak.py [--hours N]

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
from seat import Seat

_HOURS = 8
_WARM_UP_HOURS = 2
_HOUR_SECONDS = 3600.0
_CALL_SECONDS = 600.0
_MOST_KIB_AN_HOUR = 1024.0
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


class Soak:
    """One seat that takes one call after the other."""

    def __init__(self) -> None:
        self.seat = Seat()
        self.seconds = 0.0
        self._calls = 0

    def a_call(self, seconds_at_a_time: float = 20.0, seconds: float = _CALL_SECONDS) -> None:
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


def main(arguments: list[str]) -> int:
    """Soak, say, judge."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--hours", type=int, default=_HOURS)
    hours = parser.parse_args(arguments).hours
    warnings = Warnings()
    logging.getLogger().addHandler(warnings)
    soak = Soak()
    told: list[tuple[float, float, Counts]] = []
    print("hour\tMiB\t" + "\t".join(Counts._fields), flush=True)
    for hour in range(1, hours + 1):
        while soak.seconds < hour * _HOUR_SECONDS:
            soak.a_call()
        told.append((soak.seconds / _HOUR_SECONDS, rss_kib(), counts()))
        row = [f"{told[-1][0]:.1f}", f"{told[-1][1] / 1024:.1f}", *map(str, told[-1][2])]
        print("\t".join(row), flush=True)
    soak.close()
    after = told[min(_WARM_UP_HOURS, len(told)) - 1 :]
    kib = slope([(hour, memory) for hour, memory, _ in after])
    more = grown(after[0][2], after[-1][2])
    print(
        f"memory: {kib:+.0f} KiB an hour after the first {_WARM_UP_HOURS}; more than then: {more}"
    )
    print(*(f"logged: {line}" for line in warnings.told), sep="\n")
    return 1 if more or warnings.told or kib > _MOST_KIB_AN_HOUR else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
