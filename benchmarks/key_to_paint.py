"""From a key to the painted stage while a database of a million notes is open and backed up.

Under X11 (Xvfb, openbox). The program as its user starts it, once with the focus (a shortcut of the
window), once with an xterm in front (a global hotkey); for comparison the shortcut over an empty
database that nobody backs up, and over one on a disk that takes its time to commit.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import database_of, lay_out, wanted_notes
from disturbances import SLOW_COMMIT_SECONDS
from page import lacking
from results import Samples, ratio_table

if TYPE_CHECKING:
    from tests.e2e.desktop import Desktop

TITLE = "Key to painted stage over a large database that is being backed up"
FRAME_SECONDS = 1 / 60
_NEEDED = ("Xvfb", "openbox", "xdotool", "xterm")
_CHILD = Path(__file__).with_name("pressed_window.py")
_PATIENCE_SECONDS = 1800
_PAGE = 4096


class Run(NamedTuple):
    """What one program told: its empty repaints, its presses, the megabytes copied meanwhile."""

    repaint: Samples
    press: Samples
    copied: float


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    if lines := lacking(_NEEDED):
        return lines
    notes = wanted_notes(rounds)
    large = f"{notes:,} notes, backup"
    slow = f"shortcut, no notes, each commit takes {SLOW_COMMIT_SECONDS * 1000:.0f} ms longer"
    runs = [
        _run(rounds, "shortcut", "shortcut, no notes, no backup", 0, "nothing"),
        _run(rounds, "shortcut", slow, 0, "slow-disk"),
        _run(rounds, "shortcut", f"shortcut, {large}", notes, "backup"),
        _run(rounds, "hotkey", f"global hotkey, {large}", notes, "backup"),
    ]
    megabytes = database_of(notes).stat().st_size / 1e6
    copied = " and ".join(f"{run.copied:.0f}" for run in runs if run.copied)
    lines = [
        "Each line's 1.00 is the median of painting the same window once more with nothing changed,",
        f"taken in turns with the presses. The large database ({megabytes:.0f} MB) was backed up all the",
        f"while ({copied} MB of it copied). A frame is 16.7 ms; X11 (Xvfb).",
        "",
        "| key | times | median | p95 |",
        "|---|--:|--:|--:|",
    ]
    lines += [ratio_table([run.press], run.repaint)[-1] for run in runs]
    lines += ["", "| key | median ms | p95 ms | over a frame | repaints over a frame |"]
    lines += ["|---|--:|--:|--:|--:|"]
    return [*lines, *(_share_line(run) for run in runs)]


def share_over_a_frame(samples: Samples) -> float:
    """How many of them took longer than a frame of a screen of 60 Hz, from 0 to 1."""
    return sum(seconds > FRAME_SECONDS for seconds in samples.seconds) / len(samples.seconds)


def _share_line(run: Run) -> str:
    press = run.press
    return (
        f"| {press.name} | {press.median * 1000:.1f} | {press.p95 * 1000:.1f} "
        f"| {share_over_a_frame(press):.1%} | {share_over_a_frame(run.repaint):.1%} |"
    )


def _run(rounds: int, hand: str, name: str, notes: int, beside: str) -> Run:
    from tests.e2e.desktop import opened, wait_until

    # Beside the cached database: a memory disk has no room for a million notes.
    build = _CHILD.parents[1] / "build"  # a disk: what /tmp is on may be memory
    build.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="bench-", dir=build) as folder:
        data = Path(folder)
        if notes:
            lay_out(notes, data)
        for desktop in opened():
            if hand == "hotkey":
                desktop.run(["xterm", "-T", "CRM"])
                wait_until(lambda: bool(desktop.windows("CRM")), "the xterm")  # noqa: B023
                desktop.xdotool("windowactivate", "--sync", desktop.windows("CRM")[-1])
            told = _press(desktop, data, hand, rounds, beside)
    return Run(
        Samples("repaint", told["repaint"]),
        Samples(name, told["press"]),
        told["copied"] * _PAGE / 1e6,
    )


def _press(
    desktop: Desktop, data: Path, hand: str, rounds: int, beside: str
) -> dict[str, list[float]]:
    done = subprocess.run(
        [sys.executable, str(_CHILD), str(data), hand, str(rounds), beside],
        env=desktop.environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
