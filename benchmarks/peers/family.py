"""A program with all processes that it started, whoever their parent is by now."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

from processes import cpu_seconds, pss_kib

_MARK = "YORISOI_BENCH_FAMILY"
_RESTING_SHARE = 0.1  # of one processor: it does no more work of its start
_PATIENCE_SECONDS = 30.0


class Family:
    """From the start of the program to the end of the last of its processes.

    Known by a mark in the environment that they inherit, and by their parents where a process has
    written over its environment. Some are started by one that ends at once.
    """

    def __init__(self, command: Sequence[str], environment: Mapping[str, str]) -> None:
        self._mark = f"{_MARK}={uuid4().hex}".encode("ascii")
        name, _, value = self._mark.decode("ascii").partition("=")
        self.started_at = time.perf_counter()
        self._first = subprocess.Popen(
            command,
            env={**environment, name: value},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def __enter__(self) -> Family:
        return self

    def __exit__(self, *_: object) -> None:
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while (members := self.members()) and time.monotonic() < deadline:
            for member in members:
                with suppress(ProcessLookupError):
                    os.kill(member, signal.SIGKILL)
            with suppress(subprocess.TimeoutExpired):
                self._first.wait(0.1)
        self._first.kill()
        self._first.wait(_PATIENCE_SECONDS)

    def members(self) -> set[int]:
        """The ids of those that live."""
        parents = {int(path.name): _parent(path) for path in Path("/proc").glob("[0-9]*")}
        found = {process for process in parents if self._has_mark(process)}
        grows = True
        while grows:
            more = {p for p, parent in parents.items() if parent in found} - found
            found |= more
            grows = bool(more)
        return {process for process in found if parents[process]}

    def pss_kib(self) -> float:
        """Memory of all in KiB, what is shared counted in parts."""
        total = 0.0
        for process in self.members():
            with suppress(OSError):
                total += pss_kib(process)
        return total

    def cpu_seconds(self, seconds: float) -> float:
        """Processor time of all of them that live through the next seconds."""
        before = self._spent()
        time.sleep(seconds)
        after = self._spent()
        return sum(spent - before.get(process, 0.0) for process, spent in after.items())

    def settle(self) -> None:
        """Let it do what comes after its window, until it rests for a second."""
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while self.cpu_seconds(1.0) > _RESTING_SHARE and time.monotonic() < deadline:
            continue

    def _spent(self) -> dict[int, float]:
        spent = {}
        for process in self.members():
            with suppress(OSError):
                spent[process] = cpu_seconds(process)
        return spent

    def _has_mark(self, process: int) -> bool:
        if process == self._first.pid:
            return True
        try:
            return self._mark in Path(f"/proc/{process}/environ").read_bytes().split(b"\0")
        except OSError:
            return False


def _parent(path: Path) -> int:
    """The parent of a process; 0 where it is over."""
    try:
        state, parent = (path / "stat").read_text("ascii", "replace").rpartition(")")[2].split()[:2]
    except OSError:
        return 0
    return 0 if state == "Z" else int(parent)
