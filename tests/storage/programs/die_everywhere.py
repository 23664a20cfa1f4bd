"""die_everywhere.py FOLDER: make a database and write to it, killed at every step in turn.

A step is a file operation or an SQL statement. Each round is a child that kills itself just
before its n-th step, on a new path; then the next start must find a whole database or none, and
what the child had said to be written. Prints the number of steps, and what went wrong.
"""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recorder import event, summary

from storage import reading
from storage.batch import Batch
from storage.connection import connect_reader
from storage.journal_file import JournalFile

FILE_OPERATIONS = ("open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename")
connect = sqlite3.connect


class Doom:
    """Counts steps, and kills this process at the one that was asked for."""

    def __init__(self, step: int) -> None:
        self.left = step

    def watch(self) -> None:
        """Count from now on."""
        sys.addaudithook(lambda name, _: self._step() if name in FILE_OPERATIONS else None)
        sqlite3.connect = self._connect

    def _connect(self, *args: Any, **options: Any) -> sqlite3.Connection:
        self._step()
        connection = connect(*args, **options)
        connection.set_trace_callback(lambda _: self._step())
        return connection

    def _step(self) -> None:
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        self.left -= 1


def batch(*numbers: int) -> Batch:
    """Some events and the line that is true after them."""
    return Batch.of_append([event("d", n) for n in numbers], [summary(numbers[-1])], [], 0.0)


def journal_file(path: Path, troubles: list[str]) -> JournalFile:
    """A database whose troubles are collected."""
    return JournalFile(path, 2.0, lambda: datetime.now(UTC), lambda t: troubles.append(t.kind))


def live_and_die(path: Path, step: int, tell: int) -> None:
    """The child: two batches, each told as soon as it is written."""
    Doom(step).watch()
    file = journal_file(path, [])
    for numbers in ((1, 2), (3, 4)):
        file.write(batch(*numbers))
        os.write(tell, b"".join(b"d/%d\n" % number for number in numbers))
    file.close()


def run_child(path: Path, step: int) -> tuple[bool, list[str]]:
    """Whether it was killed, and what it had told.

    Raises:
        RuntimeError: it ended in another way than it should.
    """
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            live_and_die(path, step, tell)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(tell)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the child failed at step {step}")
    with os.fdopen(listen) as told:
        return os.WIFSIGNALED(status), told.read().split()


def wrongs_after(path: Path, told: list[str]) -> list[str]:
    """What the next start finds that it should not."""
    wrongs: list[str] = []
    file = journal_file(path, wrongs)
    file.open()
    file.close()
    connection = connect_reader(path)
    found = [each.id for each in reading.events_of(connection, "case-1")]
    line = reading.cases(connection, reading.CASE_BY_ID, "case-1")
    (check,) = connection.execute("PRAGMA integrity_check").fetchone()
    connection.close()
    if found not in ([], ["d/1", "d/2"], ["d/1", "d/2", "d/3", "d/4"]):
        wrongs.append(f"half a batch: {found}")
    if not set(told) <= set(found):
        wrongs.append(f"told {told}, found {found}")
    if [each.issue for each in line] != [each[2:] for each in found[-1:]]:
        wrongs.append("the case line does not follow its events")
    if check != "ok":
        wrongs.append(check)
    return wrongs


def main() -> None:
    """See above."""
    folder, step, was_killed, wrongs = Path(sys.argv[1]), 0, True, {}
    while was_killed:
        path = folder / str(step) / "yorisoi.db"
        was_killed, told = run_child(path, step)
        found = wrongs_after(path, told)
        if found:
            wrongs[step] = found
        step += 1
    sys.stdout.write(json.dumps({"steps": step - 1, "wrongs": wrongs}))


main()
