"""Runs every benchmark and writes what it found into benchmarks/RESULTS.md.

Usage: python benchmarks/run.py [--rounds N] [--only NAME] [--notes N] [--no-write]

A benchmark is a module beside this one with a ``TITLE`` and ``measure(rounds) -> list[str]``, the
lines of its section; what it draws it leaves in ``PICTURES``, SVG by file name. Speed is told as a
ratio to something else measured in the same run: the same machine, the same load. A new one is
added to ``NAMES``. A section of which something is missing here is only shown: the page keeps what
was measured where all of it was there.
"""

from __future__ import annotations

import argparse
import importlib
import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from machine import OtherWork, machine_lines
from page import RESULTS, is_whole, save_pictures, with_section

NAMES = (
    "startup",
    "idle",
    "stage_switch",
    "key_to_paint",
    "hotkey_latency",
    "ctl",
    "search",
    "papers",
    "encryption",
    "backup",
    "case_bytes",
    "growth",
    "peers",
)
ROUNDS = 500
_ON_X11 = {"startup", "idle", "key_to_paint", "hotkey_latency", "peers"}


def main(arguments: list[str]) -> None:
    """Measure, print, write."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=NAMES)
    parser.add_argument("--notes", type=int, help="in the large database of key_to_paint")
    parser.add_argument("--no-write", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.notes:
        os.environ["YORISOI_BENCH_NOTES"] = str(asked.notes)
    sys.stdout.reconfigure(encoding="utf-8")
    for name in [asked.only] if asked.only else NAMES:
        _run(name, asked.rounds, is_written=not asked.no_write)


def _run(name: str, rounds: int, *, is_written: bool) -> None:
    module = importlib.import_module(name)
    others = OtherWork()
    lines = module.measure(rounds)
    screen = "X11 (Xvfb, openbox)" if name in _ON_X11 else "Qt off-screen"
    lines += ["", *machine_lines(screen, others.share())]
    print(f"## {module.TITLE}", "", *lines, "", sep="\n", flush=True)
    if not is_written:
        return
    if not is_whole(lines):
        print(f"{name}: not all of it is here; the section stays as it was.\n", flush=True)
        return
    page = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    RESULTS.write_text(with_section(page, name, module.TITLE, lines, NAMES), "utf-8")
    save_pictures(getattr(module, "PICTURES", {}))


if __name__ == "__main__":
    main(sys.argv[1:])
