"""A database file opened by today's schema, made where there is none, in the form that is wanted.

For the writer thread only.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from storage.aside import bases_of, is_waiting
from storage.backup_names import MIGRATION
from storage.connection import connect_reader, connect_writer, make_private
from storage.copying import remove, sync_folder
from storage.gate import SCHEMA_VERSION, exists_and_is_ours
from storage.key_record import read_record
from storage.lost_record import write_lost_record
from storage.migrating import migrate, version_of
from storage.troubles import StorageError


def open_or_make(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open it for writing; where it is of an older schema, after a backup.

    Raises:
        StorageError, OSError, sqlite3.Error: it cannot be opened or made.
    """
    if not path.parent.exists():
        path.parent.mkdir(mode=0o700, parents=True)
    make_private(path)
    write_lost_record(path)
    is_there = exists_and_is_ours(path, busy_seconds)  # another program's is not converted either
    with suppress(StorageError):  # it opens in either form; the next start tries again
        convert_if_begun(path, busy_seconds)
    if not is_there:
        create(path, busy_seconds)
    with closing(connect_reader(path, busy_seconds)) as reader:
        is_older = version_of(reader) < SCHEMA_VERSION
    if is_older:
        from storage.backups import Backups  # here: once in the life of a version

        Backups(path).make(MIGRATION, datetime.now(UTC))
    return open_existing(path, busy_seconds)


def convert_if_begun(
    path: Path, busy_seconds: float, on_progress: Callable[[float], None] = lambda done: None
) -> None:
    """Finish a change of form that was begun, here or by a crash."""
    if read_record(path.parent) is None:
        return
    # Only here: most folders were never encrypted.
    from storage.conversion import convert_all, is_to_convert

    if is_to_convert(path):
        convert_all(path, busy_seconds, on_progress)


def open_existing(path: Path, busy_seconds: float) -> sqlite3.Connection:
    """Open a file that is there, and bring it to today's schema."""
    connection = connect_writer(path, busy_seconds)
    try:
        migrate(connection)
    except BaseException:
        connection.close()
        raise
    return connection


def create(path: Path, busy_seconds: float) -> None:
    """Make a complete database under another name first.

    A crash in between then leaves no empty file under the real name, which would read as damage.
    Where something lies aside, or there are backups, it begins with what can be saved of that.
    """
    new = path.with_name(f"{path.name}.new-{os.getpid()}")
    remove(new)
    try:
        if is_waiting(path) or bases_of(path):
            from storage.rebuilding import rebuild

            rebuild(path, new, lambda: _open_new(new, busy_seconds))
        else:
            _open_new(new, busy_seconds).close()
        _publish(new, path)
    finally:
        with suppress(OSError):
            remove(new)


def _open_new(new: Path, busy_seconds: float) -> sqlite3.Connection:
    if not new.exists():
        os.close(os.open(new, os.O_CREAT | os.O_EXCL | os.O_RDWR, 0o600))
    return open_existing(new, busy_seconds)


def _publish(new: Path, path: Path) -> None:
    """Give the new file its name, unless another process was faster."""
    try:
        path.hardlink_to(new)
    except FileExistsError:
        return
    except OSError:  # a file system without links
        if not path.exists():
            new.rename(path)
    sync_folder(path.parent)
