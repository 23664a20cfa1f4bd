"""Killed at any moment, and two at once: what was acknowledged is there."""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from storage.archive import Archive

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).parent / "programs" / "append_forever.py"
ROUNDS = int(os.environ.get("YORISOI_STORAGE_KILLS", "30"))


def start(path: Path, *arguments: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, PROGRAM, path, *arguments],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def kill_after(program: subprocess.Popen[bytes], lines: int) -> list[str]:
    """The lines that came before the process died; a line cut short does not count."""
    assert program.stdout is not None
    said = [program.stdout.readline() for _ in range(lines)]
    program.send_signal(signal.SIGKILL)
    rest, errors = program.communicate()
    assert program.returncode == -signal.SIGKILL, errors.decode()
    whole = (b"".join(said) + rest).rpartition(b"\n")[0]
    return whole.decode().split("\n") if whole else []


@pytest.mark.rule("45")
def test_what_was_acknowledged_outlives_every_kill(path):
    chance = random.Random(20260401)
    acknowledged: list[str] = []
    for number in range(ROUNDS):
        # Every sixth dies before it has said anything: while it is opened or made.
        lines = 0 if number % 6 == 0 else chance.randrange(1, 120)
        said = kill_after(start(path, "d"), lines)
        acknowledged += [line for line in said if not line.startswith("last ")]
        if not path.exists():
            continue
        with Archive(path) as archive:
            events = archive.events_of("case-1")
            line = archive.summary_of("case-1")
        ids = [event.id for event in events]
        assert set(acknowledged) <= set(ids)
        assert ids == [f"d/{seq}" for seq in range(1, len(ids) + 1)]  # in order, without a gap
        assert (line.issue if line else "0") == str(len(ids))
    assert len(acknowledged) > 50 * (ROUNDS - ROUNDS // 6) // 2
    assert [each.name for each in path.parent.glob("*damaged*")] == []


def test_killed_before_any_step_it_is_whole_or_not_there(tmp_path):
    """Every file operation and statement in turn, from the first start to the second batch."""
    result = subprocess.run(
        [sys.executable, "-W", "error", PROGRAM.with_name("die_everywhere.py"), tmp_path],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["wrongs"] == {}
    assert found["steps"] > 50


@pytest.mark.parametrize("desks", [("one", "two"), ("same", "same")])
def test_two_processes_lose_nothing_of_each_other(path, desks):
    """Even with one desk's numbers used twice: the second gets the next ones."""
    programs = [start(path, desk, "200", name) for desk, name in zip(desks, "ab", strict=True)]
    said = []
    for program in programs:
        output, errors = program.communicate(timeout=60)
        assert program.returncode == 0, errors.decode()
        said.append([line for line in output.decode().splitlines() if "/" in line])
    with Archive(path) as archive:
        ids = [event.id for event in archive.events_of("case-1")]
    assert [len(acknowledged) for acknowledged in said] == [200, 200]
    assert set(said[0]) | set(said[1]) <= set(ids)
    for acknowledged in said:
        assert [each for each in ids if each in set(acknowledged)] == acknowledged
