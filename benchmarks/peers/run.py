"""Measures what a user would pick instead, in turns with the sidebar, into benchmarks/RESULTS.md.

Usage: python benchmarks/peers/run.py [--rounds N] [--seconds N] [--no-write]

Each in a screen of its own (Xvfb, openbox), started again and again with the same folder; the first
start of each fills caches and profiles and is thrown away. Nothing is installed: what is not here is
named. *Start to window*: from the start of the process until the window manager has a window of it.
*Memory*: PSS of all its processes, once they rest. *Idle CPU*: processor time of all of them while
nobody touches them.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from family import Family
from peers import Peer, peers
from results import RESULTS, Samples, machine_lines, ratio_table, with_section
from Xlib.display import Display
from Xlib.X import AnyPropertyType

from tests.e2e.desktop import Desktop, opened, wait_until

TITLE = "Against what a user would pick instead"
_ROUNDS, _IDLE_SECONDS = 10, 20.0
_PATIENCE_SECONDS, _LOOK_SECONDS = 60.0, 0.002


class Measured:
    """What was found of one program."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.start, self.memory, self.idle = (Samples(peer.name) for _ in range(3))


def measure(rounds: int, idle_seconds: float) -> list[str]:
    """The lines of the section."""
    everybody = peers()
    here = [Measured(peer) for peer in everybody if peer.is_here]
    for desktop in opened():
        with tempfile.TemporaryDirectory() as folder:
            for number in range(rounds + 1):
                for place, measured in enumerate(here):
                    own = Path(folder) / str(place)
                    own.mkdir(exist_ok=True)
                    _once(desktop, measured, own, idle_seconds, is_kept=number > 0)
    absent = [f"Not measured: {peer.missing} is missing." for peer in everybody if not peer.is_here]
    return [*_told(here, idle_seconds), *(["", *absent] if absent else [])]


def _once(
    desktop: Desktop, measured: Measured, folder: Path, idle_seconds: float, *, is_kept: bool
) -> None:
    peer = measured.peer
    environment = {**desktop.environment, **peer.environment(folder)}
    # Python keeps what it has compiled, as it does on a user's machine.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    screen = Display(desktop.environment["DISPLAY"])
    # The windows of the one before are gone.
    wait_until(lambda: not _clients(screen), "an empty screen")
    with Family(peer.command(folder), environment) as family:
        seconds = _seconds_to_window(screen, family, peer)
        family.settle()
        if is_kept:
            measured.start.seconds.append(seconds)
            measured.memory.seconds.append(family.pss_kib() / 1024)
            measured.idle.seconds.append(family.cpu_seconds(idle_seconds) / idle_seconds)
    screen.close()


def _seconds_to_window(screen: Display, family: Family, peer: Peer) -> float:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    while not _clients(screen):
        if time.monotonic() > deadline:
            raise TimeoutError(f"no window of {peer.name}")
        time.sleep(_LOOK_SECONDS)
    return time.perf_counter() - family.started_at


def _clients(screen: Display) -> set[int]:
    """The windows that the window manager knows and that are shown."""
    listed = screen.intern_atom("_NET_CLIENT_LIST")
    found = screen.screen().root.get_full_property(listed, AnyPropertyType)
    return set(found.value) if found else set()


def _told(here: list[Measured], idle_seconds: float) -> list[str]:
    own = here[0]
    lines = [
        "1.00 is the median of the sidebar, waiting for a call, in the same run; more is slower,",
        "larger, busier. Each was started anew in every round, one after the other, under X11 (Xvfb,",
        "openbox), the first time not counted. Start is until the window manager has its window, not",
        "until it is painted; memory is the PSS of all its processes; idle is the processor time of",
        f"all of them over {idle_seconds:.0f} s. How they were started stands in `peers/peers.py`.",
    ]
    for name in ("start", "memory", "idle"):
        samples = [getattr(measured, name) for measured in here]
        table = ratio_table(samples, _above_zero(getattr(own, name)))
        lines += ["", f"| {_NAMES[name]} | times | median | p95 |", *table[1:]]
    lines += ["", "| medians | start, ms | memory, MiB | idle, ms of CPU a second | version |"]
    lines += ["|---|--:|--:|--:|---|"]
    return [*lines, *map(_line, here)]


_NAMES = {"start": "start to window", "memory": "memory", "idle": "idle CPU"}


def _above_zero(samples: Samples) -> Samples:
    """A measure that can be divided by, should nothing have been spent at all."""
    return samples if samples.median > 0 else Samples(samples.name, [1e-6])


def _line(measured: Measured) -> str:
    start, memory, idle = measured.start.median, measured.memory.median, measured.idle.median
    values = f"{start * 1000:.0f} | {memory:.0f} | {idle * 1000:.2f}"
    return f"| {measured.peer.name} | {values} | {measured.peer.version()} |"


def main(arguments: list[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=_ROUNDS)
    parser.add_argument("--seconds", type=float, default=_IDLE_SECONDS)
    parser.add_argument("--no-write", action="store_true")
    asked = parser.parse_args(arguments)
    sys.stdout.reconfigure(encoding="utf-8")
    lines = [*measure(asked.rounds, asked.seconds), "", *machine_lines()]
    print(f"## {TITLE}", "", *lines, sep="\n")
    if not asked.no_write:
        page = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
        RESULTS.write_text(with_section(page, "peers", TITLE, lines), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
