"""What the sidebar costs while nobody touches it: CPU and wake-ups, waiting and on a call.

Under Xvfb, against a PySide6 window whose one label changes once a second.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from pathlib import Path

from results import Samples, ratio_table
from watched import Cost, Watched, on_a_screen

TITLE = "Idle: CPU and wake-ups"
_MAX_ROUNDS = 3
_WATCHED_SECONDS = 20
_TRIED_SECONDS = 2  # where only a few rounds are asked for


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    seconds = _WATCHED_SECONDS if rounds >= 10 else _TRIED_SECONDS
    names = ("a label, once a second", "the sidebar, waiting", "the sidebar, on a call")
    cpu, wakes = ([Samples(name) for name in names] for _ in range(2))
    with on_a_screen() as desktop, tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        starts: tuple[Callable[[], Watched], ...] = (
            lambda: Watched.bare(desktop, "ticking"),
            lambda: Watched.sidebar(desktop, data / "waiting", tells=False),
            # A folder of its own each time: the last call in it still runs.
            lambda: Watched.call(desktop, Path(tempfile.mkdtemp(dir=data))),
        )
        for _ in range(max(1, min(rounds // 10, _MAX_ROUNDS))):
            for number, start in enumerate(starts):
                with start() as program:
                    cost = _cost(program, seconds)
                    cpu[number].seconds.append(cost.cpu_seconds)
                    wakes[number].seconds.append(cost.wakes)
    return [
        "1.00 is the median of a PySide6 window whose one label changes once a second, in the same",
        f"run; each watched for {seconds} s, when it has come to rest: a call's first ten seconds, in",
        "which is made ready what its keys ask for, are over. Wake-ups are the times that its threads",
        "were taken up again after waiting.",
        "",
        *ratio_table(cpu, cpu[0]),
        "",
        *ratio_table(wakes, wakes[0], "wake-ups"),
    ]


def _cost(program: Watched, seconds: float) -> Cost:
    program.settle()
    return program.cost_of(seconds)
