"""Runs commands of the real program and kills them, as the power would, on the n-th line of what converts.

Each line of standard input is a JSON list: n (0: never), then the arguments of main.py. Each is done
by a child that begins with everything imported, and answered by a JSON object: the code it ended
with (negative for a signal), how many lines there were, and after which of them a name changed.
A line, not a moment: the same on every machine.
"""

from __future__ import annotations

import json
import linecache
import os
import signal
import sys
from types import FrameType
from typing import Any

import keyring  # noqa: F401 - here and below: what is imported is not what is counted
import sqlcipher3.dbapi2  # noqa: F401

import main
from app import command_line  # noqa: F401
from app.commands import decrypt, encrypt  # noqa: F401
from storage import cipher, conversion, sealing  # noqa: F401
from tests.doubles import key_stores  # noqa: F401

FILES = ("conversion.py", "rewriting.py", "sealing.py", "key_record.py", "encryption.py", "keys.py")


class Doom:
    """Counts lines, and kills this process at the one that was asked for."""

    def __init__(self, deadly: int) -> None:
        self.deadly, self.lines = deadly, 0
        self.turns: list[int] = []

    def on_call(self, frame: FrameType, _event: str, _value: Any) -> Any:
        folder, name = os.path.split(frame.f_code.co_filename)
        return self.on_line if name in FILES and folder.endswith("storage") else None

    def on_line(self, frame: FrameType, event: str, _value: Any) -> Any:
        if event == "line":
            self.lines += 1
            line = linecache.getline(frame.f_code.co_filename, frame.f_lineno)
            if "replace(" in line or "unlink(" in line:
                self.turns.append(self.lines + 1)  # the line after it
            if self.lines == self.deadly:
                os.kill(os.getpid(), signal.SIGKILL)
        return self.on_line


def live_and_die(deadly: int, arguments: list[str], tell: int) -> None:
    """The child."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    doom = Doom(deadly)
    sys.argv[1:] = arguments
    sys.settrace(doom.on_call)
    code = main.main()
    sys.settrace(None)
    os.write(tell, json.dumps({"lines": doom.lines, "turns": doom.turns}).encode())
    os._exit(code)


def answer(deadly: int, arguments: list[str]) -> dict[str, Any]:
    """Run a command in a child."""
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live_and_die(deadly, arguments, tell)
        finally:
            os._exit(70)
    os.close(tell)
    with os.fdopen(listen) as told:
        said = json.loads(told.read() or "{}")
    return {"code": os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]), **said}


for request in sys.stdin:
    wanted, *words = json.loads(request)
    sys.stdout.write(json.dumps(answer(wanted, words)) + "\n")
    sys.stdout.flush()
