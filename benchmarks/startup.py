"""From the start of the process to the first painted frame, and the memory it then has.

Under Xvfb. Each round starts both, one after the other, so that a busy moment meets both; the
first round of each is for the disk cache and is thrown away.
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
    bare, own = Samples("a bare window"), Samples("the sidebar")
    bare_kib, own_kib = Samples("a bare window"), Samples("the sidebar")
    with on_a_screen() as desktop, tempfile.TemporaryDirectory() as folder:
        data = Path(folder)
        for number in range(min(rounds, _MAX_ROUNDS) + 1):
            for seconds, memory, start in (
                (bare, bare_kib, lambda: Watched.bare(desktop)),
                (own, own_kib, lambda: Watched.sidebar(desktop, data)),
            ):
                with start() as program:
                    painted = program.seconds_to_paint()
                    program.settle()
                    if number:
                        seconds.seconds.append(painted)
                        memory.seconds.append(program.pss_kib())
    return [
        "1.00 is the median of a PySide6 window with one label, in the same run. Memory is PSS: what",
        "is shared with other programs is counted in parts.",
        "",
        *ratio_table([bare, own], bare),
        "",
        "| memory | times | median | p95 |",
        *ratio_table([bare_kib, own_kib], bare_kib)[1:],
    ]
