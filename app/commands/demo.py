"""``demo --out DIR [--scenario FILE]``: the sample call, played off-screen."""

from __future__ import annotations

import argparse
import os
import sys
import time
from datetime import datetime
from pathlib import Path

from app.failure import Failure
from app.scenario import ScenarioError, load_scenario
from desktop.paths import Places
from scripts_ja.texts import t


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Play it, and leave pictures, the database and the note in the folder."""
    try:
        scenario = load_scenario(arguments.scenario)
    except ScenarioError as error:
        raise Failure(str(error)) from None
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _work_in_the_zone_of(scenario.starts_at)
    # Only now: Qt reads its platform when it is first imported into the process.
    from app.scenario_player import play

    folder = Path(arguments.out)
    folder.mkdir(parents=True, exist_ok=True)
    try:
        pictures = play(scenario, folder)
    except ScenarioError as error:
        raise Failure(str(error)) from None
    sys.stdout.write(t("cli.demo_done", title=scenario.title, out=folder, pictures=pictures) + "\n")
    return 0


def _work_in_the_zone_of(start: datetime) -> None:
    """The times of the sample are those of its own place, wherever it is played."""
    offset = start.utcoffset()
    if offset is None or not hasattr(time, "tzset"):
        return
    minutes = int(offset.total_seconds() // 60)
    sign = "-" if minutes >= 0 else "+"
    os.environ["TZ"] = f"SAMPLE{sign}{abs(minutes) // 60:02d}:{abs(minutes) % 60:02d}"
    time.tzset()
