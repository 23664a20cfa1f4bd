"""From a key to the painted stage while a database of a million notes is open and backed up.

Under X11 (Xvfb, openbox). The program as its user starts it, once with the focus (a shortcut of the
window), once with an xterm in front (a global hotkey); for comparison the shortcut over an empty
database that nobody backs up.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from corpus import database_of, lay_out, wanted_notes
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
    missing = [name for name in _NEEDED if shutil.which(name) is None]
    if missing:
        return [f"Not measured: no {', '.join(missing)} here."]
    notes = wanted_notes(rounds)
    large = f"{notes:,} notes, backup"
    runs = [
        _run(rounds, "shortcut", "shortcut, no notes, no backup", 0),
        _run(rounds, "shortcut", f"shortcut, {large}", notes),
        _run(rounds, "hotkey", f"global hotkey, {large}", notes),
    ]
    megabytes = database_of(notes).stat().st_size / 1e6
    lines = [
        "Each line's 1.00 is the median of painting the same window once more with nothing changed,",
        f"taken in turns with the presses. The large database ({megabytes:.0f} MB) was copied all the",
        f"while ({runs[1].copied:.0f} and {runs[2].copied:.0f} MB). A frame is 16.7 ms; X11 (Xvfb).",
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


def _run(rounds: int, hand: str, name: str, notes: int) -> Run:
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
            told = _press(desktop, data, hand, rounds, is_backed_up=bool(notes))
    return Run(
        Samples("repaint", told["repaint"]),
        Samples(name, told["press"]),
        told["copied"] * _PAGE / 1e6,
    )


def _press(
    desktop: Desktop, data: Path, hand: str, rounds: int, *, is_backed_up: bool
) -> dict[str, list[float]]:
    command = [sys.executable, str(_CHILD), str(data), hand, str(rounds)]
    done = subprocess.run(
        [*command, "--backup"] if is_backed_up else command,
        env=desktop.environment,
        check=False,
        capture_output=True,
        encoding="utf-8",
        timeout=_PATIENCE_SECONDS,
    )
    if done.returncode:
        raise RuntimeError(done.stderr)
    return json.loads(done.stdout)
