"""Samples and their figures, and the page of results, one section per benchmark."""

from __future__ import annotations

import os
import platform
import re
import statistics
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import PySide6

RESULTS = Path(__file__).parent / "RESULTS.md"
_HEAD = """# Results

Written by `make bench`. All figures are ratios to something measured in the same run, so that they
can be compared between machines; what a section took as its measure stands in it.
"""


@dataclass
class Samples:
    """The times of one thing, in seconds."""

    name: str
    seconds: list[float] = field(default_factory=list)

    @property
    def median(self) -> float:
        """Half of them took no longer."""
        return statistics.median(self.seconds)

    @property
    def p95(self) -> float:
        """Nineteen of twenty took no longer."""
        ordered = sorted(self.seconds)
        return ordered[max(0, -(-len(ordered) * 95 // 100) - 1)]


def ratio_table(samples: list[Samples], measure: Samples) -> list[str]:
    """A Markdown table: each against the median of ``measure``."""
    lines = ["| what | times | median | p95 |", "|---|--:|--:|--:|"]
    for each in samples:
        median, p95 = (value / measure.median for value in (each.median, each.p95))
        lines.append(f"| {each.name} | {len(each.seconds)} | {median:.2f} | {p95:.2f} |")
    return lines


def ratios(lines: Iterable[str]) -> dict[str, float]:
    """The medians of all tables of :func:`ratio_table`, by table and row: 「what: a repaint」."""
    found: dict[str, float] = {}
    table = ""
    for line in lines:
        cells = [cell.strip() for cell in line.strip().strip("|").split("|")]
        if cells[1:] == ["times", "median", "p95"]:
            table = cells[0]
        elif not line.startswith("|"):
            table = ""
        elif table and not line.startswith("|-"):
            found[f"{table}: {cells[0]}"] = float(cells[2])
    return found


def section_of(page: str, name: str) -> list[str]:
    """The lines of a section; none where it is not on the page."""
    _, _, rest = page.partition(f"<!-- {name} -->")
    return rest.partition(f"<!-- end of {name} -->")[0].splitlines()


def machine_lines() -> list[str]:
    """CPU, cores and versions; nothing else of the machine."""
    qt = os.environ.get("QT_QPA_PLATFORM") or "default"
    return [
        f"{_cpu()}, {os.cpu_count()} cores; {platform.system()}; Python "
        f"{platform.python_version()}, PySide6 {PySide6.__version__}, Qt platform {qt}."
    ]


def with_section(page: str, name: str, title: str, lines: list[str]) -> str:
    """The page with this section in place of its earlier one, or at its end."""
    start, end = f"<!-- {name} -->", f"<!-- end of {name} -->"
    section = "\n".join([start, f"## {title}", "", *lines, end])
    earlier = re.compile(f"{re.escape(start)}.*?{re.escape(end)}", re.DOTALL)
    page = page or _HEAD
    if earlier.search(page):
        return earlier.sub(lambda _: section, page)
    return f"{page.rstrip()}\n\n{section}\n"


def save_pictures(pictures: Mapping[str, str]) -> None:
    """Lay SVG pictures beside the page, by file name."""
    for name, drawn in pictures.items():
        path = RESULTS.with_name("pictures") / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(drawn, "utf-8")


def _cpu() -> str:
    """The model as the system names it."""
    try:
        told = Path("/proc/cpuinfo").read_text("utf-8")
    except OSError:
        told = ""
    found = re.search(r"^model name\s*:\s*(.+)$", told, re.MULTILINE)
    return found[1] if found else platform.processor() or platform.machine()
