"""A program under measurement, in a screen of its own (Xvfb), watched through /proc."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from processes import Wakes, cpu_seconds, pss_kib

from tests.e2e.desktop import ROOT, Desktop, Report, opened, wait_until

_BARE = Path(__file__).with_name("bare_window.py")
_PATIENCE_SECONDS = 60.0
_PAUSE_SECONDS = 0.2
# Whoever installs a program has its modules compiled already; so have both here, in a folder of
# their own, after the first round.
_COMPILED = ROOT / "build" / "benchmarks" / "compiled"
_AS_INSTALLED = {"PYTHONDONTWRITEBYTECODE": "", "PYTHONPYCACHEPREFIX": str(_COMPILED)}
# CPU in half a second that is no work any more: a clock ticks. Many wake-ups for little CPU are work
# that is done in small steps.
_RESTING = 0.05
_RESTING_WAKES = 10


class Cost(NamedTuple):
    """CPU time of all threads, and how often one of them was taken up again after waiting."""

    cpu_seconds: float
    wakes: float


class FirstPaint(NamedTuple):
    """When the first picture was on the screen, and the CPU time it took, by its own count."""

    seconds: float
    cpu_seconds: float


@contextmanager
def on_a_screen() -> Iterator[Desktop]:
    """A screen with a window manager."""
    yield from opened()


class Watched:
    """One process, from its start to the end of the block.

    ``tells``: it says on a pipe what it shows, which costs something with each paint.
    """

    def __init__(
        self,
        desktop: Desktop,
        command: Sequence[str],
        environment: Mapping[str, str],
        *,
        tells: bool = True,
    ) -> None:
        reading, writing = os.pipe()
        self._command = command
        self._environment = {**desktop.environment, **environment, **_AS_INSTALLED}
        pipe = {"YORISOI_PAINT_FD": str(writing)} if tells else {}
        self.started_at = time.monotonic()
        self._process = subprocess.Popen(
            command,
            env={**self._environment, **pipe},
            pass_fds=[writing],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(writing)
        self._wakes = Wakes(Path(f"/proc/{self._process.pid}/task"))
        self.report = Report(reading)

    @classmethod
    def bare(cls, desktop: Desktop, *arguments: str) -> Watched:
        """A window with one label."""
        return cls(desktop, [sys.executable, str(_BARE), *arguments], {})

    @classmethod
    def sidebar(cls, desktop: Desktop, data: Path, *, tells: bool = True) -> Watched:
        """The program as its user starts it, its first questions answered."""
        data.mkdir(parents=True, exist_ok=True)
        settings = data / "settings.toml"
        settings.write_text('[desk]\nname = "田中"\ncompany = "みどり電器"\n', encoding="utf-8")
        main = str(ROOT / "main.py")
        environment = {"YORISOI_DATA_DIR": str(data)}
        return cls(desktop, [sys.executable, main], environment, tells=tells)

    @classmethod
    def call(cls, desktop: Desktop, data: Path) -> Watched:
        """The same on a call, telling nothing."""
        watched = cls.sidebar(desktop, data, tells=False)
        watched._begin_call()
        return watched

    def __enter__(self) -> Watched:
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()
        self._process.wait()
        self.report.join()

    def first_paint(self) -> FirstPaint:
        """From the start of the process until its first picture is on the screen."""
        wait_until(lambda: "first" in self.report.latest, "the first paint")
        told = next(line for line in self.report.lines if line.word == "first")
        return FirstPaint(told.at - self.started_at, float(told.value))

    def seconds_to_state(self) -> float:
        """From the start of the process to the paint of the whole window: its keys act now."""
        wait_until(lambda: "state" in self.report.latest, "the whole window")
        told = next(line for line in self.report.lines if line.word == "state")
        return told.at - self.started_at

    def cpu_seconds(self) -> float:
        """What it has cost since its start."""
        return cpu_seconds(self._process.pid)

    def _begin_call(self) -> None:
        """Have it begin a call, as soon as it hears.

        Raises:
            TimeoutError: it never heard.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while subprocess.run([*self._command, "ctl", "start"], env=self._environment,
                             capture_output=True, check=False).returncode:  # fmt: skip
            if time.monotonic() > deadline:
                raise TimeoutError("no call began")
            time.sleep(_PAUSE_SECONDS)

    def settle(self) -> None:
        """Let it do what comes after the first paint, until it sleeps: at two looks in a row.

        At one it may only not have had its turn, on a busy machine.
        """
        deadline = time.monotonic() + _PATIENCE_SECONDS
        rests = 0
        while rests < 2 and time.monotonic() < deadline:
            cost = self.cost_of(0.5)
            is_resting = cost.cpu_seconds <= _RESTING and cost.wakes <= _RESTING_WAKES
            rests = rests + 1 if is_resting else 0

    @contextmanager
    def held_still(self) -> Iterator[None]:
        """Nothing goes on in it meanwhile."""
        self._process.send_signal(signal.SIGSTOP)
        try:
            yield
        finally:
            self._process.send_signal(signal.SIGCONT)

    def pss_kib(self) -> float:
        """Memory in KiB, what is shared counted in parts."""
        return pss_kib(self._process.pid)

    def cost_of(self, seconds: float) -> Cost:
        """What the next seconds cost."""
        before = self._spent()
        time.sleep(seconds)
        after = self._spent()
        return Cost(after.cpu_seconds - before.cpu_seconds, after.wakes - before.wakes)

    def _spent(self) -> Cost:
        return Cost(cpu_seconds(self._process.pid), float(self._wakes.look()))
