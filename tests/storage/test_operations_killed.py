"""Killed in the middle of a migration, a backup or a restore: the old state or the new one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PROGRAM = Path(__file__).parent / "programs" / "die_in.py"
KILLS = int(os.environ.get("YORISOI_OPERATION_KILLS", "20"))
SEED = os.environ.get("YORISOI_SEED", "20260401")


@pytest.mark.skipif(os.name != "posix", reason="forks")
@pytest.mark.parametrize("form", ["plain", "encrypted"])
@pytest.mark.parametrize("operation", ["migrate", "backup", "restore"])
@pytest.mark.rule("45")
def test_killed_at_random_the_old_or_the_new_state_is_there(operation, form, tmp_path):
    result = subprocess.run(
        [sys.executable, "-W", "error", PROGRAM, operation, tmp_path, str(KILLS), SEED, form],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    found = json.loads(result.stdout)
    assert found["wrongs"] == {}
    assert found["inside"] == sum(found["ends"].values()) == KILLS
    assert found["steps"] > 30
