"""Measures again and fails where a ratio is worse than the committed one by more than a fifth.

Usage: python benchmarks/check.py [--rounds N] [--only NAME]

The committed ratios are those of RESULTS.md: medians in tables that `ratio_table` has made. A
ratio that is too bad is measured once more, so that one busy moment fails nothing.
"""

from __future__ import annotations

import argparse
import importlib
import sys
from collections.abc import Mapping

import run
from results import RESULTS, ratios, section_of

_WORSE = 1.2


def worse(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """What got worse by more than a fifth, each with both ratios; what is new is not judged."""
    return {
        name: (before[name], ratio)
        for name, ratio in now.items()
        if name in before and ratio > before[name] * _WORSE
    }


def main(arguments: list[str]) -> int:
    """Measure, compare, say; 1 where something got worse."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=run.ROUNDS)
    parser.add_argument("--only", choices=run.NAMES)
    asked = parser.parse_args(arguments)
    page = RESULTS.read_text("utf-8")
    failed = False
    for name in [asked.only] if asked.only else run.NAMES:
        before = ratios(section_of(page, name))
        found = _worse_twice(name, before, asked.rounds) if before else {}
        for what, (old, new) in found.items():
            print(f"{name}: {what}: {old:.2f} before, {new:.2f} now")
        failed = failed or bool(found)
        if not found:
            print(f"{name}: no worse in {len(before)} ratios")
    return 1 if failed else 0


def _worse_twice(
    name: str, before: Mapping[str, float], rounds: int
) -> dict[str, tuple[float, float]]:
    measure = importlib.import_module(name).measure
    first = worse(before, ratios(measure(rounds)))
    if not first:
        return {}
    again = worse(before, ratios(measure(rounds)))
    return {what: found for what, found in again.items() if what in first}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
