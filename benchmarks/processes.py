"""What a process has cost so far, as Linux counts it: processor time, wake-ups, memory."""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

_CLOCK_OF_ALL_THREADS = 2  # CPUCLOCK_SCHED of the kernel: nanoseconds, of the whole process


def cpu_seconds(process: int) -> float:
    """Processor time of all its threads, of those that are over, too.

    The sum over /proc/PID/task would go back with each thread that ends.

    Raises:
        OSError: there is no such process.
    """
    clock = (~process << 3) | _CLOCK_OF_ALL_THREADS  # as clock_getcpuclockid(3) makes it
    return time.clock_gettime(clock)


def pss_kib(process: int) -> float:
    """Memory in KiB, what is shared counted in parts; none of one that is just ending.

    Raises:
        OSError: there is no such process.
    """
    told = Path(f"/proc/{process}/smaps_rollup").read_text("ascii").splitlines()
    return float(next((line.split()[1] for line in told if line.startswith("Pss:")), "0"))


class Wakes:
    """How often threads of a process were taken up again after they had waited.

    ``tasks`` is /proc/PID/task: Linux counts this by thread. One that is over stays as it was at the last look, so that the
    count never goes back; what it did since then is not known.
    """

    def __init__(self, tasks: Path) -> None:
        self._tasks = tasks
        self._by_thread: dict[str, int] = {}

    def look(self) -> int:
        """All until now."""
        for task in self._tasks.iterdir():
            # It may be over between the listing and the reading.
            with suppress(FileNotFoundError, ProcessLookupError):
                status = (task / "status").read_text("ascii", "replace")
                waited = status.partition("\nvoluntary_ctxt_switches:")[2]
                self._by_thread[task.name] = int(waited.split()[0])
        return sum(self._by_thread.values())
