"""What a run was measured on: processor, versions, and how busy others were meanwhile."""

from __future__ import annotations

import os
import platform
import re
import sqlite3
import time
from importlib.metadata import version
from pathlib import Path

_IDLE = (3, 4)  # idle, waiting for a disk
_COUNTED = 8  # guests are counted in what runs them


class OtherWork:
    """The part of all processors that others take, from the beginning of this on."""

    def __init__(self) -> None:
        self._begun = self._now()

    def share(self) -> float | None:
        """From 0 to 1, until now; none where the system does not tell it.

        What this process has started is counted as its own once it was waited for.
        """
        if self._begun is None or (now := self._now()) is None:
            return None
        busy, own, at = (new - old for new, old in zip(now, self._begun, strict=True))
        return min(1.0, max(0.0, (busy - own) / (at * (os.cpu_count() or 1))))

    @staticmethod
    def _now() -> tuple[float, float, float] | None:
        """Seconds of all work on all processors, of our own, and of the clock."""
        try:
            told = Path("/proc/stat").read_text("ascii").partition("\n")[0].split()[1:]
        except OSError:
            return None
        ticks = sum(int(each) for place, each in enumerate(told[:_COUNTED]) if place not in _IDLE)
        own = sum(os.times()[:4])
        return ticks / os.sysconf("SC_CLK_TCK"), own, time.monotonic()


def machine_lines(screen: str, others: float | None) -> list[str]:
    """Processor, versions, screen and what others took; nothing else of the machine."""
    busy = "unknown" if others is None else f"{others:.0%}"
    return [
        f"{_cpu()}, {os.cpu_count()} cores; {platform.system()}; Python "
        f"{platform.python_version()}, PySide6 {version('PySide6_Essentials')}, SQLite "
        f"{sqlite3.sqlite_version}; {screen}. Processors taken by other programs meanwhile: {busy}."
    ]


def _cpu() -> str:
    """The model as the system names it."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        told = ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()
