"""A database written anew in the other form, compared with the old one, and put in its place.

The old file stands, whole and under its name, until the new one is on the disk under another:
then one rename decides. What a crash leaves is the one or the other, and a file that nobody reads.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from pathlib import Path

from storage import troubles
from storage.key_record import sync_folder
from storage.keys import Key, has_cipher
from storage.swapping import SWAPPING
from storage.troubles import StorageError

Progress = Callable[[float], None]

CONVERTING, SEALED = ".converting", ".sealed"

_COMPANIONS = ("-wal", "-shm", "-journal")
_PAUSE_SECONDS = 0.05
_STEPS_PER_LOOK = 50_000  # of SQLite's machine: some hundredths of a second


def convert(
    path: Path, before: Key | None, after: Key | None, busy_seconds: float, on_progress: Progress
) -> None:
    """Write ``path``, which is under ``before``, under ``after``; None is plain.

    ``on_progress`` hears from 0 to 1 how much is done. Nobody else can read meanwhile.

    Raises:
        sqlite3.Error: it is in use, damaged, or there is no room; it is as it was.
        StorageError: ``cipher_missing``, or ``unexpected``: the copy is not the same.
        OSError: the new file could not be made or take its place; the old one is as it was.
    """
    if not has_cipher():
        raise StorageError(troubles.CIPHER_MISSING, path)
    new = path.with_name(path.name + CONVERTING)
    with SWAPPING:
        try:
            _copy(path, new, (before, after), busy_seconds, on_progress)
        except BaseException:
            with suppress(OSError):
                remove(new)
            raise


def remove(path: Path) -> None:
    """Take away a database and what stands beside it."""
    for suffix in ("", *_COMPANIONS):
        path.with_name(path.name + suffix).unlink(missing_ok=True)


def _copy(
    path: Path,
    new: Path,
    keys: tuple[Key | None, Key | None],
    busy_seconds: float,
    on_progress: Progress,
) -> None:
    from storage import cipher

    before, after = keys
    _leave_log(path, before, busy_seconds)
    source = cipher.connect(f"{path.absolute().as_uri()}?mode=rw", before, busy_seconds)
    try:
        _have_alone(source)
        remove(new)
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
        _watch(source, path, new, on_progress)
        _export(source, new, after)
        sync_file(new)
        if os.name == "nt":
            source.close()  # an open file cannot be replaced there
        new.replace(path)
        sync_folder(path.parent)
    finally:
        source.close()
    on_progress(1.0)


def _leave_log(path: Path, before: Key | None, busy_seconds: float) -> None:
    """Bring the write-ahead log into the file, which only works while nobody has it open.

    A plain file is opened by the library with which the others read it: two copies of SQLite in
    one process do not see each other's locks. From here on the file is only read, by either.
    """
    from storage import cipher

    uri = f"{path.absolute().as_uri()}?mode=rw"
    if before is None:
        alone = sqlite3.connect(uri, uri=True, isolation_level=None, timeout=busy_seconds)
    else:
        alone = cipher.connect(uri, before, busy_seconds)
    with closing(alone):
        patience = time.monotonic() + busy_seconds  # SQLite itself has none for this statement
        while not _is_without_log(alone):
            if time.monotonic() > patience:
                raise _busy()
            time.sleep(_PAUSE_SECONDS)


def _is_without_log(connection: sqlite3.Connection) -> bool:
    try:
        return bool(connection.execute("PRAGMA journal_mode = DELETE").fetchone() == ("delete",))
    except sqlite3.OperationalError as error:
        if error.sqlite_errorname not in ("SQLITE_BUSY", "SQLITE_LOCKED"):
            raise
        return False


def _have_alone(source: sqlite3.Connection) -> None:
    """Let no other process read or write it."""
    source.execute("PRAGMA locking_mode = EXCLUSIVE")
    source.execute("BEGIN EXCLUSIVE")
    source.execute("COMMIT")


def _busy() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("somebody else has the file open")
    error.sqlite_errorname = "SQLITE_BUSY"
    return error


def _export(source: sqlite3.Connection, new: Path, after: Key | None) -> None:
    # Neither a statement with ATTACH ... KEY nor a pragma takes parameters for all of its parts.
    key = after.literal if after else "''"
    source.execute(f"ATTACH DATABASE ? AS target KEY {key}", (str(new),))  # noqa: S608
    source.execute("PRAGMA target.synchronous = FULL")
    source.execute("SELECT sqlcipher_export('target')").fetchall()
    for pragma in ("user_version", "application_id"):
        (value,) = source.execute(f"PRAGMA main.{pragma}").fetchone()
        source.execute(f"PRAGMA target.{pragma} = {int(value)}")
    _compare(source, new)
    source.execute("DETACH DATABASE target")


def _compare(source: sqlite3.Connection, new: Path) -> None:
    """Whether the copy is sound and says the same, row by row.

    Raises:
        StorageError: it does not.
    """
    schemas = "SELECT type, name, tbl_name, sql FROM {}.sqlite_master ORDER BY type, name"
    here, there = (source.execute(schemas.format(which)).fetchall() for which in ("main", "target"))
    if here != there or source.execute("PRAGMA target.quick_check").fetchone() != ("ok",):
        raise StorageError(troubles.UNEXPECTED, new, "the copy has another schema")
    for kind, name, _, sql in here:
        if kind == "table" and not (sql or "").upper().startswith("CREATE VIRTUAL"):
            _compare_table(source, new, '"' + name.replace('"', '""') + '"')


def _compare_table(source: sqlite3.Connection, new: Path, table: str) -> None:
    count, same = (
        "SELECT count(*) FROM {}.{}",
        "SELECT 1 FROM (SELECT * FROM {}.{} EXCEPT SELECT * FROM {}.{})",
    )
    (here,), (there,) = (
        source.execute(count.format(which, table)).fetchone() for which in ("main", "target")
    )
    lacks = source.execute(same.format("main", table, "target", table) + " LIMIT 1").fetchone()
    if here != there or lacks is not None:
        raise StorageError(troubles.UNEXPECTED, new, f"the copy lacks rows of {table}")


def _watch(source: sqlite3.Connection, path: Path, new: Path, on_progress: Progress) -> None:
    whole = max(1, path.stat().st_size)

    def look() -> int:
        on_progress(min(0.99, new.stat().st_size / whole))
        return 0

    source.set_progress_handler(look, _STEPS_PER_LOOK)


def sync_file(path: Path) -> None:
    """Wait until the disk has it."""
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
