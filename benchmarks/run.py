"""Runs every benchmark and writes what it found into benchmarks/RESULTS.md.

Usage: python benchmarks/run.py [--rounds N] [--only NAME ...] [--notes N] [--no-write]

A benchmark is a module beside this one with a ``TITLE`` and ``measure(rounds) -> list[str]``, the
lines of its section; what it draws it leaves in ``PICTURES``, SVG by file name. Speed is told as a
ratio to something else measured in the same run: the same machine, the same load. A new one is
added to ``NAMES``; all other modules here are what these stand on. A section of which something is
missing here is only shown: the page keeps what was measured where all of it was there.

Each runs in a process of its own: what one has imported would be shared, and so counted for less,
in the memory of what the next one starts.
"""

from __future__ import annotations

import argparse
import importlib
import os
import subprocess
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = os.environ.get("QT_QPA_PLATFORM", "offscreen")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from machine import OtherWork, machine_lines
from page import RESULTS, is_whole, save_pictures, with_section
from results import ratios

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
    "soak",
    "peers",
)
ROUNDS = 500
_ON_X11 = {"startup", "idle", "key_to_paint", "hotkey_latency", "peers"}


def main(arguments: list[str]) -> int:
    """Measure, print, write; 1 where a benchmark failed. The others run all the same."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    parser.add_argument("--only", choices=NAMES, nargs="+", default=NAMES)
    parser.add_argument("--notes", type=int, help="in the large database of key_to_paint")
    parser.add_argument("--no-write", action="store_true")
    asked = parser.parse_args(arguments)
    if asked.notes:
        os.environ["YORISOI_BENCH_NOTES"] = str(asked.notes)
    sys.stdout.reconfigure(encoding="utf-8")
    if len(asked.only) == 1:
        told = told_of(asked.only[0], asked.rounds, is_written=not asked.no_write)
        print(*told, "", sep="\n", flush=True)
        return 0
    more = ["--rounds", str(asked.rounds), *(["--no-write"] if asked.no_write else [])]
    failed = [name for name in asked.only if _run(name, more).returncode]
    if failed:
        print(f"Failed: {', '.join(failed)}", flush=True)
    return 1 if failed else 0


def told_of(name: str, rounds: int, *, is_written: bool) -> list[str]:
    """Measure in this process, and put it on the page; what is to be shown."""
    module = importlib.import_module(name)
    others = OtherWork()
    lines = module.measure(rounds)
    screen = "X11 (Xvfb, openbox)" if name in _ON_X11 else "Qt off-screen"
    lines += ["", *machine_lines(screen, others.share())]
    told = [f"## {module.TITLE}", "", *lines]
    if not is_written:
        return told
    if not is_whole(lines):
        return [*told, "", f"{name}: not all of it is here; the section stays as it was."]
    page = RESULTS.read_text("utf-8") if RESULTS.exists() else ""
    RESULTS.write_text(with_section(page, name, module.TITLE, lines, NAMES), "utf-8")
    save_pictures(getattr(module, "PICTURES", {}))
    return told


def ratios_now(name: str, rounds: int) -> dict[str, float]:
    """The ratios of a benchmark, measured anew and not written; none where it cannot be.

    Raises:
        subprocess.CalledProcessError: it failed.
    """
    done = _run(name, ["--rounds", str(rounds), "--no-write"], stdout=subprocess.PIPE)
    done.check_returncode()
    return ratios(done.stdout.splitlines())


def _run(name: str, more: list[str], **options: int) -> subprocess.CompletedProcess[str]:
    """One benchmark in a process of its own."""
    command = [sys.executable, __file__, "--only", name, *more]
    return subprocess.run(command, check=False, encoding="utf-8", **options)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
