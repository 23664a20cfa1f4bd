"""Samples, their figures, and the tables of ratios that they make."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field


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


def in_turns(deeds: Mapping[str, Callable[[], object]], rounds: int) -> list[Samples]:
    """One of each in turn, so that whatever else the machine does meets all of them."""
    samples = [Samples(name) for name in deeds]
    for _ in range(rounds):
        for each, do in zip(samples, deeds.values(), strict=True):
            begun = time.perf_counter()
            do()
            each.seconds.append(time.perf_counter() - begun)
    return samples


def ratio_table(samples: list[Samples], measure: Samples, what: str = "what") -> list[str]:
    """A Markdown table with ``what`` above its names: each against the median of ``measure``."""
    lines = [f"| {what} | times | median | p95 |", "|---|--:|--:|--:|"]
    for each in samples:
        median, p95 = (_figure(value / measure.median) for value in (each.median, each.p95))
        lines.append(f"| {each.name} | {len(each.seconds)} | {median} | {p95} |")
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


def _figure(ratio: float) -> str:
    """Two decimals; of a very small one the first two digits that are none."""
    return f"{ratio:.2f}" if ratio >= 0.1 or ratio == 0 else f"{ratio:.2g}"
