"""A whole copy of a database at one moment, made beside whoever writes to it.

In small steps, each of a few milliseconds. What is committed meanwhile is not in it: the read
transaction that is held over all steps shows SQLite's backup one moment (without it, the backup
would begin again with every commit of another connection and never end).
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from storage import troubles
from storage.connection import BUSY_SECONDS, connect_copy, connect_reader, storage_errors
from storage.troubles import StorageError

STEP_PAGES = 256
"""About a megabyte."""
STEP_PAUSE_SECONDS = 0.002
"""Between two steps, so that the disk is also there for who waits for it."""

COMPANIONS = ("", "-wal", "-shm", "-journal")

OnStep = Callable[[int, int], object]
"""Hears the pages that are done and all there are; what it raises ends the copying."""


def no_step(_done: int, _total: int) -> None:
    """Nobody listens."""


def copy_database(
    source: Path,
    target: Path,
    on_step: OnStep = no_step,
    pause_seconds: float = STEP_PAUSE_SECONDS,
) -> None:
    """Make ``target``: one file of this user alone, whole, checked and on the disk, or not there.

    It has no write-ahead log, so that it can be read where nothing can be written.

    Raises:
        StorageError: ``source`` cannot be read or is damaged, or the copy cannot be written.
    """
    remove(target)
    try:
        with storage_errors(target):
            os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
            _copy(source, target, on_step, pause_seconds)
            check(target)
            sync_file(target)
    except BaseException:
        with suppress(OSError):
            remove(target)
        raise


def check(path: Path) -> None:
    """Read all pages and see that they fit together.

    Raises:
        StorageError: ``damaged``.
        sqlite3.Error: it cannot be read; for damage SQLite knows both ways.
    """
    with closing(connect_reader(path)) as reader:
        found = reader.execute("PRAGMA quick_check(1)").fetchone()[0]
    if found != "ok":
        raise StorageError(troubles.DAMAGED, path, str(found))


def sync_file(path: Path) -> None:
    """Make the content outlast a power cut."""
    with path.open("rb+") as file:
        os.fsync(file.fileno())


def sync_folder(folder: Path) -> None:
    """Make the names in it outlast a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def remove(path: Path) -> None:
    """Take a database away with its companions."""
    for suffix in COMPANIONS:
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _copy(source: Path, target: Path, on_step: OnStep, pause_seconds: float) -> None:
    def tell(_status: int, remaining: int, total: int) -> None:
        on_step(total - remaining, total)
        if remaining and pause_seconds:
            time.sleep(pause_seconds)

    with (
        storage_errors(source),
        closing(connect_reader(source, BUSY_SECONDS)) as reader,
        closing(connect_copy(target, source)) as writer,
    ):
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM sqlite_master").fetchone()  # the moment is now
        reader.backup(writer, pages=STEP_PAGES, progress=tell, sleep=0)
        writer.execute("PRAGMA journal_mode = DELETE")
        reader.execute("ROLLBACK")
