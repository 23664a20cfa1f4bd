"""die_in.py OPERATION FOLDER KILLS SEED FORM: the program killed at random in a long operation.

OPERATION is `migrate`, `backup` or `restore`: the command itself (migrate: what a start does with
an older database), in a child that kills itself just before a step. A step is a file operation, an
SQL statement, or some pages copied. Which ones is drawn from all there are, the first and the
last always. Prints how many steps there are, how many kills fell before the last of them, and what
was found that is neither the old nor the new state, whole.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from contextlib import closing, redirect_stdout
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from recorder import encrypt, event, summary

from app import command_line
from app.commands import backup, doctor, restore  # noqa: F401 - not once per child
from storage import cipher, copying, restoring
from storage.backups import Backups
from storage.batch import Batch
from storage.connection import connect_reader
from storage.journal_file import JournalFile
from storage.key_record import ENCRYPTED

FILE_OPERATIONS = ("open", "os.chmod", "os.link", "os.mkdir", "os.remove", "os.rename")
OLD_SCHEMA = Path(__file__).resolve().parents[1] / "schema_1.sql"
SIZE = 60
connect, connect_cipher = sqlite3.connect, cipher._connection


class Doom:
    """Counts steps, and kills this process at the one that was asked for."""

    def __init__(self, step: int) -> None:
        self.at, self.count = step, 0

    def watch(self) -> None:
        """Count from now on."""
        copying.STEP_PAGES = restoring._STEP_PAGES = 4
        sys.addaudithook(lambda name, _: self.step() if name in FILE_OPERATIONS else None)
        sqlite3.connect = self._connect
        cipher._connection = self._connect_cipher
        sys.setprofile(self._on_call)

    def step(self) -> None:
        """One more."""
        if self.count == self.at:
            os.kill(os.getpid(), signal.SIGKILL)
        self.count += 1

    def _on_call(self, frame: Any, event: str, _: Any) -> None:
        if event == "call" and frame.f_code.co_name in ("tell", "watch"):
            self.step()

    def _connect(self, *args: Any, **options: Any) -> sqlite3.Connection:
        return self._watched(connect(*args, **options))

    def _connect_cipher(self, *args: Any) -> Any:
        return self._watched(connect_cipher(*args))

    def _watched(self, connection: Any) -> Any:
        self.step()
        connection.set_trace_callback(lambda _: self.step())
        return connection


def journal_file(path: Path) -> JournalFile:
    """As a start opens it."""
    return JournalFile(path, 2.0, lambda: datetime.now(UTC), lambda trouble: None)


def make_old(path: Path) -> None:
    """A database of the first schema."""
    path.parent.mkdir(parents=True)
    with closing(connect(path)) as old:
        old.executescript(OLD_SCHEMA.read_text(encoding="utf-8"))


def make_some(path: Path) -> None:
    """A database with a backup and what came after it."""
    file = journal_file(path)
    for first in (1, SIZE + 1):
        events = [event("d", n, "あ" * 300) for n in range(first, first + SIZE)]
        file.write(Batch.of_append(events, [summary(events[-1].seq)], [], 0.0))
        if first == 1:
            Backups(path).make("asked", datetime(2026, 4, 1, tzinfo=UTC))
    file.close()


def migrate(path: Path) -> None:
    """What a start does first."""
    file = journal_file(path)
    file.open()
    file.close()


def run(path: Path, *arguments: str) -> None:
    """A command of the program."""
    if command_line.run(["--data-dir", str(path.parent), *arguments]):
        raise SystemExit(1)


OPERATIONS = {
    "migrate": (make_old, migrate),
    "backup": (make_some, lambda path: run(path, "backup")),
    "restore": (make_some, lambda path: run(path, "restore", Backups(path).all()[-1].path.name)),
}


def state_of(path: Path) -> list[Any]:
    """What a database holds, for comparing; its check too."""
    with closing(connect_reader(path)) as reader:
        parts = (
            "PRAGMA user_version",
            "SELECT id, seq, case_id, kind, payload FROM events ORDER BY place",
            "SELECT case_id, case_no, issue FROM cases ORDER BY 1",
            "PRAGMA integrity_check",
            "SELECT count(*) FROM sqlite_master",
        )
        return [[list(row) for row in reader.execute(part)] for part in parts]


def child(operation: Any, path: Path, step: int) -> tuple[bool, int]:
    """Whether it was killed, and how many steps it made."""
    listen, tell = os.pipe()
    pid = os.fork()
    if pid == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            doom = Doom(step)
            doom.watch()
            operation(path)
            sys.setprofile(None)
            os.write(tell, b"%d" % doom.count)
            os._exit(0)
        finally:
            os._exit(1)
    os.close(tell)
    _, status = os.waitpid(pid, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the child failed at step {step}")
    with os.fdopen(listen) as told:
        return os.WIFSIGNALED(status), int(told.read() or 0)


def run_quietly(operation: Any, path: Path) -> None:
    """In this process, without a word."""
    with Path(os.devnull).open("w", encoding="utf-8") as nowhere, redirect_stdout(nowhere):
        operation(path)


def wrongs_after(path: Path, old: list[Any], new: list[Any]) -> list[str]:
    """What is neither the old state nor the new one."""
    made = [each.path for each in Backups(path).all()]
    wrongs = [f"{each.name} is not whole" for each in made if state_of(each)[3] != [["ok"]]]
    if state_of(path) not in (old, new):
        wrongs.append("the database is in neither state")
    if list(path.parent.glob("*damaged*")):
        wrongs.append("something was set aside")
    return wrongs


def main() -> None:
    """See above."""
    make, operation = OPERATIONS[sys.argv[1]]
    folder, kills, chance = Path(sys.argv[2]), int(sys.argv[3]), random.Random(sys.argv[4])
    make(folder / "warm" / "yorisoi.db")
    run_quietly(operation, folder / "warm" / "yorisoi.db")  # what it imports is no step
    start = folder / "start"
    make(start / "yorisoi.db")
    if sys.argv[5] == ENCRYPTED:
        encrypt(start / "yorisoi.db")
    old = state_of(start / "yorisoi.db")
    shutil.copytree(start, folder / "whole")
    _, steps = child(operation, folder / "whole" / "yorisoi.db", -1)
    new = state_of(folder / "whole" / "yorisoi.db")
    at = [0, steps - 1, *chance.sample(range(1, steps - 1), kills - 2)]
    wrongs: dict[int, list[str]] = {}
    ends, kills_inside = {"old": 0, "new": 0}, 0
    for step in at:
        path = folder / str(step) / "yorisoi.db"
        shutil.copytree(start, path.parent)
        was_killed, _ = child(operation, path, step)
        kills_inside += was_killed
        found = wrongs_after(path, old, new)
        ends["new" if state_of(path) == new else "old"] += 1
        child(operation, path, -1)  # and it can be done after all
        found += [] if state_of(path) == new else ["it cannot be done any more"]
        if found:
            wrongs[step] = found
        shutil.rmtree(path.parent)
    sys.stdout.write(
        json.dumps({"steps": steps, "inside": kills_inside, "ends": ends, "wrongs": wrongs})
    )


if __name__ == "__main__":
    main()
