"""Measures again and fails where a ratio is worse than the committed one by more than a fifth.

A section or a ratio that is missing on one of both sides fails, too: what nobody measures gets
worse unseen. (A whole section that cannot be measured here, for want of a tool, is only named.)

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


def gone(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """What was measured once and is no more."""
    return sorted(before.keys() - now.keys())


def main(arguments: list[str]) -> int:
    """Measure, compare, say; 1 where something got worse or is missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=run.ROUNDS)
    parser.add_argument("--only", choices=run.NAMES)
    asked = parser.parse_args(arguments)
    page = RESULTS.read_text("utf-8")
    failed = False
    for name in [asked.only] if asked.only else run.NAMES:
        faults = _faults_of(name, ratios(section_of(page, name)), asked.rounds)
        for fault in faults:
            print(f"{name}: {fault}", flush=True)
        failed = failed or bool(faults)
    return 1 if failed else 0


def _faults_of(name: str, before: Mapping[str, float], rounds: int) -> list[str]:
    """What is wrong with a section; says itself what is well."""
    if not before:
        return [f'no figures in RESULTS.md: make bench ARGS="--only {name}"']
    measure = importlib.import_module(name).measure
    now = ratios(measure(rounds))
    if not now:
        print(f"{name}: cannot be measured here", flush=True)
        return []
    found = worse(before, now)
    if found:
        again = worse(before, ratios(measure(rounds)))
        found = {what: found[what] for what in again if what in found}
    faults = [f"{what}: {old:.2f} before, {new:.2f} now" for what, (old, new) in found.items()]
    faults += [f"{what}: not measured any more" for what in gone(before, now)]
    if not faults:
        print(f"{name}: no worse in {len(before)} ratios", flush=True)
    return faults


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
