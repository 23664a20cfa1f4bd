"""``main.py ctl``: how long a softphone waits for its hook, against Python that does nothing.

Each round starts both, one after the other, so that a busy moment of the machine meets both.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from results import in_turns, ratio_table

TITLE = "`main.py ctl`: from its start to its end"
_MAIN = Path(__file__).resolve().parents[1] / "main.py"
_MAX_ROUNDS = 100
_PATIENCE_SECONDS = 30


def measure(rounds: int) -> list[str]:
    """The lines of the section.

    Raises:
        TimeoutError: the window never opened its door.
    """
    with tempfile.TemporaryDirectory(prefix="ctl") as folder:
        environment = {**os.environ, "YORISOI_DATA_DIR": folder, "XDG_RUNTIME_DIR": folder}
        window = subprocess.Popen([sys.executable, _MAIN], env=environment)
        try:
            _begin_call(environment)
            samples = in_turns(
                {
                    "`python -c pass`": lambda: _run(["-c", "pass"], environment),
                    "`main.py ctl status`": lambda: _run([_MAIN, "ctl", "status"], environment),
                    "`main.py ctl toggle-hold`": lambda: _run(
                        [_MAIN, "ctl", "toggle-hold"], environment
                    ),
                },
                min(rounds, _MAX_ROUNDS),
            )
        finally:
            window.terminate()
            window.wait()
    return [
        "1.00 is the median of starting Python to do nothing, in the same run. The window answers when",
        "the event is made and given to the journal; what it changes on the screen follows.",
        "",
        *ratio_table(samples, samples[0]),
    ]


def _begin_call(environment: dict[str, str]) -> None:
    deadline = time.monotonic() + _PATIENCE_SECONDS
    command = [sys.executable, _MAIN, "ctl", "start"]
    while subprocess.run(command, env=environment, capture_output=True, check=False).returncode:
        if time.monotonic() > deadline:
            raise TimeoutError("the window never opened its door")


def _run(arguments: list[str | Path], environment: dict[str, str]) -> None:
    command = [sys.executable, *arguments]
    subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, check=True)
