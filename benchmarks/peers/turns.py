"""The programs one after the other, again and again, each in an empty screen (Xvfb, openbox).

Started with the same folder each time; the first start of each fills caches and profiles and is
thrown away. *Start to window*: from the start of the process until the window manager has a window
of it. *Memory*: PSS of all its processes, once they rest. *Idle*: processor time of all of them
while nobody touches them.
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from page import NOT_MEASURED
from results import Samples, ratio_table
from Xlib.display import Display
from Xlib.X import AnyPropertyType

from peers.family import Family
from peers.programs import Peer, peers
from tests.e2e.desktop import Desktop, opened, wait_until

_MOST_ROUNDS, _ROUNDS_OF_ALL = 5, 100
_IDLE_SECONDS, _TRIED_SECONDS = 10.0, 0.5
_PATIENCE_SECONDS, _LOOK_SECONDS = 60.0, 0.002


class Measured:
    """What was found of one program."""

    def __init__(self, peer: Peer) -> None:
        self.peer = peer
        self.start, self.memory, self.idle = (Samples(peer.name) for _ in range(3))


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    times = max(1, min(rounds // _ROUNDS_OF_ALL, _MOST_ROUNDS))
    idle_seconds = _IDLE_SECONDS if times == _MOST_ROUNDS else _TRIED_SECONDS
    everybody = peers()
    here = [Measured(peer) for peer in everybody if peer.is_here]
    for desktop in opened():
        with tempfile.TemporaryDirectory() as folder:
            for number in range(times + 1):
                for place, measured in enumerate(here):
                    own = Path(folder) / str(place)
                    own.mkdir(exist_ok=True)
                    _once(desktop, measured, own, idle_seconds, is_kept=number > 0)
    absent = [
        f"{NOT_MEASURED}: {peer.missing} is missing (`make bench-peers` installs it)."
        for peer in everybody
        if not peer.is_here
    ]
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
        "1.00 is the median of the sidebar, waiting for a call, in the same run; more is slower or",
        "larger. Each was started anew in every round, one after the other, the first time not",
        "counted. Start is until the window manager has its window, not until it is painted; memory",
        "is the PSS of all its processes, once they rest. How they were started stands in",
        "[peers/programs.py](peers/programs.py).",
        "",
        *ratio_table([each.start for each in here], own.start, "start to window"),
        "",
        *ratio_table([each.memory for each in here], own.memory, "memory"),
        "",
        f"Idle is the processor time of all processes over {idle_seconds:g} s in which nobody touches",
        "them, told in milliseconds only: next to nothing for all, and a ratio of two such figures",
        "would sound like more than it is.",
        "",
        "| medians | start, ms | memory, MiB | idle, ms of CPU a second | version |",
        "|---|--:|--:|--:|---|",
    ]
    return [*lines, *map(_line, here)]


def _line(measured: Measured) -> str:
    start, memory, idle = measured.start.median, measured.memory.median, measured.idle.median
    values = f"{start * 1000:.0f} | {memory:.0f} | {idle * 1000:.2f}"
    return f"| {measured.peer.name} | {values} | {measured.peer.version()} |"
