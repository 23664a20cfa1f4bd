"""What goes wrong is written down, also before the log is begun."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_where_qt_finds_no_screen_the_log_says_so(tmp_path):
    """It ends the process there and then, before the first frame."""
    environment = {**os.environ, "DISPLAY": ":77", "QT_QPA_PLATFORM": "nonsense"}
    done = subprocess.run(
        [sys.executable, "main.py", "--data-dir", str(tmp_path)],
        cwd=ROOT, env=environment, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode
    assert "no Qt platform plugin" in (tmp_path / "logs" / "yorisoi.log").read_text("utf-8")
