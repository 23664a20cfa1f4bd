"""From the start of the process to the first useful frame, to the whole window, and the memory.

Under Xvfb. Each round starts both, one after the other, so that a busy moment meets both; the
first round of each is for the disk cache and is thrown away. The first useful frame says that the
program waits and which key begins a call; keys pressed from then on act when the whole window is
there. CPU is what was spent until everything rests.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from results import Samples, ratio_table
from watched import Watched, on_a_screen

TITLE = "Start to the first painted frame, and memory"
_MAX_ROUNDS = 20


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    painted = [Samples("a bare window"), Samples("the sidebar, its first useful frame")]
    whole = Samples("the sidebar, whole")
    cpu, memory = ([Samples("a bare window"), Samples("the sidebar")] for _ in range(2))
    with on_a_screen() as desktop, tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for number in range(min(rounds, _MAX_ROUNDS) + 1):
            for place, start in enumerate(
                (lambda: Watched.bare(desktop), lambda: Watched.sidebar(desktop, data))
            ):
                with start() as program:
                    first, all_of_it = program.seconds_to_paint(), program.seconds_to_state()
                    program.settle()
                    if number:
                        painted[place].seconds.append(first)
                        cpu[place].seconds.append(program.cpu_seconds())
                        memory[place].seconds.append(program.pss_kib())
                        if place:
                            whole.seconds.append(all_of_it)
    return [
        "1.00 is the median of a PySide6 window with one label, in the same run. Memory is PSS: what",
        "is shared with other programs is counted in parts. CPU is that of all threads until rest.",
        "",
        *ratio_table([*painted, whole], painted[0]),
        "",
        "| CPU | times | median | p95 |",
        *ratio_table(cpu, cpu[0])[1:],
        "",
        "| memory | times | median | p95 |",
        *ratio_table(memory, memory[0])[1:],
    ]
