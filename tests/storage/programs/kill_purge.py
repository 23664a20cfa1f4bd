"""kill_purge.py FOLDER COUNT FORM: `purge` of records in that form, killed COUNT times at random.

A step is an SQL statement, some of SQLite's own work in one, or a file operation. After each kill
the journal must be whole, each case there with all its events or gone, and :meth:`Purge.finish`
must clean every file. Prints JSON.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import sqlite3
import sys
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from msgspec import structs
from recorder import NOON, WAIT, Recorder, encrypt, event, summary

import app.commands.purge  # noqa: F401 - not once per child
from app import command_line
from storage import cipher
from storage.connection import connect_reader, connect_writer
from storage.journal import Journal
from storage.key_record import ENCRYPTED
from storage.purge import BACKUPS, Purge

connect, connect_cipher = sqlite3.connect, cipher._connection
CASES = [f"case-{number}" for number in range(1, 7)]
SECRET = "鰐鮫"


class Doom:
    """Counts steps, and kills this process at the one that was asked for."""

    def __init__(self, step: int) -> None:
        self.left = step
        self.count = 0

    def watch(self) -> None:
        """Count from now on."""
        sqlite3.connect = self._connect
        cipher._connection = self._connect_cipher
        sys.addaudithook(
            lambda name, _: self._step() if name in ("os.remove", "os.chmod") else None
        )

    def _connect(self, *args: Any, **options: Any) -> sqlite3.Connection:
        return self._watched(connect(*args, **options))

    def _connect_cipher(self, *args: Any) -> Any:
        return self._watched(connect_cipher(*args))

    def _watched(self, connection: Any) -> Any:
        connection.set_trace_callback(lambda _: self._step())
        # Also in the middle of a statement: VACUUM, the merge of the index.
        connection.set_progress_handler(lambda: self._step(), 2_000)
        return connection

    def _step(self) -> int:
        self.count += 1
        if self.count == self.left:
            os.kill(os.getpid(), signal.SIGKILL)
        return 0


def make(folder: Path) -> Path:
    """A journal of some cases, and a backup of it."""
    path = folder / "whole" / "yorisoi.db"
    journal = Journal(path, Recorder())
    journal.start()
    for number, case_id in enumerate(CASES):
        seqs = range(number * 10 + 1, number * 10 + 11)
        events = [
            structs.replace(event("d", n, SECRET * 40 if n % 10 else ""), case_id=case_id)
            for n in seqs
        ]
        ended = datetime.now(UTC) - timedelta(days=0 if case_id == CASES[-1] else 400)
        line = structs.replace(summary(seqs[-1]), case_id=case_id, status="done", case_no=case_id)
        line = structs.replace(line, touched_at=ended)
        journal.append(events, [line])
    assert journal.close(WAIT)
    copy = path.parent / BACKUPS / "a.db"
    copy.parent.mkdir()
    with closing(connect_reader(path)) as reader, closing(sqlite3.connect(copy)) as to:
        reader.backup(to)
    if sys.argv[3] == ENCRYPTED:
        encrypt(path)
    return path


def purge(path: Path, step: int) -> int:
    """The command in a child: all but the last case go; the steps, or 0 where it was killed.

    Raises:
        RuntimeError: it ended in another way.
    """
    listen, tell = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
            doom = Doom(step)
            doom.watch()
            if command_line.run(["--data-dir", str(path.parent), "purge"]) == 0:
                os.write(tell, str(doom.count).encode())
                os._exit(0)
        finally:
            os._exit(1)
    os.close(tell)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError(f"the child failed at step {step}")
    with os.fdopen(listen) as told:
        return int(told.read() or 0)


def wrongs_after(path: Path) -> list[str]:
    """What is there after a kill that should not be."""
    wrongs = []
    with closing(connect_writer(path)) as reader:
        (check,) = reader.execute("PRAGMA integrity_check").fetchone()
        reader.execute("INSERT INTO search_tokens (search_tokens) VALUES ('integrity-check')")
        for case_id in CASES:
            counts = [
                reader.execute(
                    f"SELECT count(*) FROM {table} WHERE case_id = ?", (case_id,)
                ).fetchone()[0]
                for table in ("events", "cases", "search_docs")
            ]
            logged = reader.execute(
                "SELECT count(*) FROM purges WHERE case_no = ?", (case_id,)
            ).fetchone()[0]
            if (*counts, logged) not in ((10, 1, 10, 0), (0, 0, 0, 1)):
                wrongs.append(f"{case_id}: {counts}, logged {logged}")
        triggers = reader.execute(
            "SELECT count(*) FROM sqlite_master WHERE type = 'trigger'"
        ).fetchone()
    if check != "ok" or triggers != (2,):
        wrongs.append(f"{check}, {triggers} guards")
    later = NOON.replace(year=2027)
    outcome = Purge(path).overdue(CASES, later, later)
    held = [
        f.name for f in path.parent.rglob("*") if f.is_file() and SECRET.encode() in f.read_bytes()
    ]
    for file in (path, *path.parent.glob("backups/*.db")):  # also where the bytes say nothing
        with closing(connect_reader(file)) as reader:
            (left,) = reader.execute(
                "SELECT count(*) FROM events WHERE payload LIKE ?", (f"%{SECRET}%",)
            ).fetchone()
            held += [file.name] if left else []
    if not outcome.is_clean or held:
        wrongs.append(f"left in {held}")
    return wrongs


def main() -> None:
    """See above."""
    folder, count = Path(sys.argv[1]), int(sys.argv[2])
    whole = make(folder)
    rng = random.Random(7)  # noqa: S311
    shutil.copytree(whole.parent, folder / "measure")
    steps = purge(folder / "measure" / whole.name, 0)
    wrongs, kills = [], 0
    for number, step in enumerate(sorted(rng.sample(range(1, steps), count))):
        path = folder / str(number) / whole.name
        shutil.copytree(whole.parent, path.parent)
        kills += not purge(path, step)
        wrongs += [f"step {step} of {steps}: {wrong}" for wrong in wrongs_after(path)]
    sys.stdout.write(json.dumps({"kills": kills, "steps": steps, "wrongs": wrongs}))


main()
