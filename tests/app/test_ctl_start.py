"""A softphone waits for its hook: asking the window imports nothing slow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.command_line import run
from app.commands import ctl

ROOT = Path(__file__).parents[2]
SLOW = {
    "PySide6", "argparse", "dataclasses", "json", "msgspec", "pathlib", "platformdirs", "re",
    "tomllib", "typing", "app.command_line", "scripts_ja", "storage", "ui",
}  # fmt: skip


def test_asking_imports_nothing_slow(tmp_path):
    program = (
        "import sys, desktop.door, main\n"
        "desktop.door.knock = lambda door, line: b'ok\\t' + line\n"
        "sys.argv = ['main.py', 'ctl', 'start', '--', '0312345678']\n"
        "print(main.main(), *sorted(sys.modules))\n"
    )
    # -S: what an editable installation imports at every start of Python is not ours.
    done = subprocess.run(
        [sys.executable, "-S", "-c", program],
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT), "XDG_RUNTIME_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
    )
    said, loaded = done.stdout.splitlines()
    assert said == "1\tstart\t0312345678"
    code, *modules = loaded.split()
    assert code == "0"
    assert not SLOW & set(modules)


@pytest.mark.parametrize(
    ("arguments", "found"),
    [
        (["ctl", "start"], (None, ["start"])),
        (["--data-dir", "/d", "ctl", "end"], ("/d", ["end"])),
        (["--data-dir=/d", "ctl", "end"], ("/d", ["end"])),
        (["--data-dir", "ctl"], None),
        (["flows", "check", "ctl"], None),
        (["export", "ctl"], None),
    ],
)
def test_what_is_a_ctl_call(arguments, found):
    assert ctl.parted(arguments) == found


def test_the_full_command_line_knows_it_too(capfdbinary, monkeypatch):
    lines = []
    monkeypatch.setattr(ctl, "knock", lambda _door, line: lines.append(line) or b"no\tx")
    assert run(["--data-dir", "/d", "ctl", "end", "--", "03"]) == ctl.REFUSED
    assert lines == [b"1\tend\t03"]
