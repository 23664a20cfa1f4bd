"""From the start of the process to the first useful frame, to the whole window, and the memory.

Under Xvfb. Each round starts both, one after the other, so that a busy moment meets both; the
first round of each is for the disk cache and is thrown away. Both run the same Python with the
same flags, and keep what it has compiled. The first useful frame says that the program waits and
which key begins a call; keys pressed from then on act when the whole window is there.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from results import Samples, ratio_table
from watched import Watched, on_a_screen

from tests.e2e.desktop import Desktop

TITLE = "Start to the first painted frame, and memory"
_MAX_ROUNDS = 20
_BARE, _OWN = "a bare window", "the sidebar"
# Beside those two, of memory alone: what any Japanese text costs, and what the first frame holds.
_JAPANESE = "a bare window, its label in Japanese"
_FRAME = "the sidebar at its first useful frame"


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    seconds = [Samples(_BARE), Samples("the sidebar, its first useful frame")]
    whole = Samples("the sidebar, whole")
    cpu, all_cpu, memory = ([Samples(_BARE), Samples(_OWN)] for _ in range(3))
    beside = [Samples(_JAPANESE), Samples(_FRAME)]
    with on_a_screen() as desktop, tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        starts = (lambda: Watched.bare(desktop), lambda: Watched.sidebar(desktop, data))
        for number in range(min(rounds, _MAX_ROUNDS) + 1):
            for which, start in enumerate(starts):
                with start() as program:
                    first = program.first_paint()
                    entire = program.seconds_to_state() if which else first.seconds
                    program.settle()
                    if number:
                        seconds[which].seconds.append(first.seconds)
                        cpu[which].seconds.append(first.cpu_seconds)
                        all_cpu[which].seconds.append(program.cpu_seconds())
                        memory[which].seconds.append(program.pss_kib())
                        if which:
                            whole.seconds.append(entire)
            if number:
                beside[0].seconds.append(_japanese_kib(desktop))
                beside[1].seconds.append(_frame_kib(desktop, data))
    return [
        "1.00 is the median of a PySide6 window with one label, in the same run. CPU is that of all",
        "threads. Memory is PSS: what is shared with other programs is counted in parts; of the whole",
        "window at rest, and of the first useful frame in a start that is stopped there. Any text in",
        "Japanese brings a font of several megabytes; the bare window that all is compared with has none.",
        "",
        *ratio_table([*seconds, whole], seconds[0]),
        "",
        *_titled("CPU to the first frame", ratio_table(cpu, cpu[0])),
        "",
        *_titled("CPU until all rests", ratio_table(all_cpu, all_cpu[0])),
        "",
        *_titled("memory", ratio_table([memory[0], *beside, memory[1]], memory[0])),
    ]


def _japanese_kib(desktop: Desktop) -> float:
    with Watched.bare(desktop, "japanese") as program:
        program.first_paint()
        program.settle()
        return program.pss_kib()


def _frame_kib(desktop: Desktop, data: Path) -> float:
    """A start of its own: stopped, it would be late with all that follows."""
    with Watched.sidebar(desktop, data) as program:
        program.first_paint()
        with program.held_still():
            return program.pss_kib()


def _titled(title: str, table: list[str]) -> list[str]:
    return [table[0].replace("what", title, 1), *table[1:]]
