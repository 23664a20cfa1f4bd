"""Runs the real program and kills it, as the power would, on the n-th line of what converts.

Arguments: n (0: never; how many lines there are, and after which of them a name changed, goes to
standard error), then those of main.py. A line,
not a moment: the same on every machine. SQLite's own work is among them, by its progress handler.
"""

from __future__ import annotations

import linecache
import os
import signal
import sys
from types import FrameType
from typing import Any

FILES = ("conversion.py", "rewriting.py", "sealing.py", "key_record.py", "encryption.py", "keys.py")
deadly = int(sys.argv[1])
count = 0
turns: list[int] = []


def on_call(frame: FrameType, _event: str, _value: Any) -> Any:
    folder, name = os.path.split(frame.f_code.co_filename)
    return on_line if name in FILES and folder.endswith("storage") else None


def on_line(frame: FrameType, event: str, _value: Any) -> Any:
    global count
    if event == "line":
        count += 1
        line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
        if "replace(" in line or "unlink(" in line:
            turns.append(count + 1)  # the line after it
        if count == deadly:
            os.kill(os.getpid(), signal.SIGKILL)
    return on_line


import main  # noqa: E402 - what is imported is not what is counted

sys.argv[1:] = sys.argv[2:]
sys.settrace(on_call)
code = main.main()
sys.settrace(None)
if not deadly:
    sys.stderr.write(f"lines {count} turns {','.join(map(str, turns))}\n")
sys.exit(code)
