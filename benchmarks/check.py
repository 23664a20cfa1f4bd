"""Measures again and fails where a ratio is worse than the committed one by more than a fifth.

A section or a ratio that is missing on one of both sides fails, too: what nobody measures gets
worse unseen. (A whole section that cannot be measured here, for want of a tool, is only named.)
The peers are not judged: there the sidebar is the measure, and `startup` and `idle` judge it.

Usage: python benchmarks/check.py [--rounds N] [--only NAME]

The committed ratios are those of RESULTS.md: medians in tables that `ratio_table` has made. A
section with a ratio that is too bad is measured again, up to three times in all, and the best of
each ratio counts: a busy moment makes worse what it meets, and what our code has made worse is so
each time.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from collections.abc import Mapping

import run
from machine import OtherWork
from page import RESULTS, section_of
from results import ratios

NAMES = tuple(name for name in run.NAMES if name != "peers")
_WORSE = 1.2
_LEAST = 0.02  # of the measure: less is no difference, however small a ratio is
_TIMES = 3
_BUSY = 0.1


def worse(before: Mapping[str, float], now: Mapping[str, float]) -> dict[str, tuple[float, float]]:
    """What got worse by more than a fifth, each with both ratios; what is new is not judged."""
    return {
        name: (before[name], ratio)
        for name, ratio in now.items()
        if name in before and ratio > max(before[name] * _WORSE, before[name] + _LEAST)
    }


def gone(before: Mapping[str, float], now: Mapping[str, float]) -> list[str]:
    """What was measured once and is no more."""
    return sorted(before.keys() - now.keys())


def main(arguments: list[str]) -> int:
    """Measure, compare, say; 1 where something got worse or is missing."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=run.ROUNDS)
    parser.add_argument("--only", choices=NAMES)
    asked = parser.parse_args(arguments)
    page = RESULTS.read_text("utf-8")
    others, failed = OtherWork(), False
    for name in [asked.only] if asked.only else NAMES:
        faults = _faults_of(name, ratios(section_of(page, name)), asked.rounds)
        for fault in faults:
            print(f"{name}: {fault}", flush=True)
        failed = failed or bool(faults)
    if failed and (share := others.share() or 0.0) > _BUSY:
        print(f"Other programs took {share:.0%} of the processors: better try when they rest.")
    return 1 if failed else 0


def _faults_of(name: str, before: Mapping[str, float], rounds: int) -> list[str]:
    """What is wrong with a section; says itself what is well."""
    if not before:
        return [f'no figures in RESULTS.md: make bench ARGS="--only {name}"']
    try:
        best = _best_of(name, before, rounds)
    except subprocess.CalledProcessError:
        return ["failed while it was measured"]
    if not best:
        print(f"{name}: cannot be measured here", flush=True)
        return []
    found = worse(before, best).items()
    faults = [f"{what}: {old:.2f} before, {new:.2f} now" for what, (old, new) in found]
    faults += [f"{what}: not measured any more" for what in gone(before, best)]
    if not faults:
        print(f"{name}: no worse in {len(before)} ratios", flush=True)
    return faults


def _best_of(name: str, before: Mapping[str, float], rounds: int) -> dict[str, float]:
    """The ratios, measured again while one of them is too bad."""
    best = run.ratios_now(name, rounds)
    for _ in range(_TIMES - 1):
        if not (suspects := worse(before, best)):
            break
        print(f"{name}: measured again for {', '.join(suspects)}", flush=True)
        best = _better(best, run.ratios_now(name, rounds))
    return best


def _better(one: Mapping[str, float], other: Mapping[str, float]) -> dict[str, float]:
    return {name: min(ratio, other.get(name, ratio)) for name, ratio in one.items()}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
