"""What the keys of a call ask for is imported beside the call, a module at a time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.made_ready import MODULES

PROGRAM = Path(__file__).parent / "programs" / "made_ready.py"
# Python's own, or what a name of a package brings with it.
ROOMS = ("app.", "call.", "handoff.", "scripts_ja.", "ui.")


@pytest.fixture(scope="module")
def told(tmp_path_factory):
    """What a call of the program said in its own window."""
    done = subprocess.run(
        [sys.executable, PROGRAM, tmp_path_factory.mktemp("data")],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=True,
    )
    return json.loads(done.stdout.splitlines()[-1])


def test_nothing_of_it_is_there_before_a_call(told):
    assert {name for name in MODULES if name.startswith(ROOMS)} & set(told["before"]) == set()


def test_each_step_is_one_module(told):
    assert [name for name, _ in told["steps"]] == list(MODULES)
    assert [(name, new) for name, new in told["steps"] if set(new) - {name}] == []


def test_a_key_of_the_call_then_brings_nothing(told):
    assert len(told["pressed"]) > 10
    assert {key: new for key, new in told["pressed"].items() if new} == {}
