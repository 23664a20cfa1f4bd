"""The one copy of the reflections among the backups, and the way back from it.

Only one, always the last: what somebody takes out of their reflections stays in no older copy.
Called while no other thread has the file open (:data:`storage.swapping.SWAPPING`).
"""

from __future__ import annotations

import logging
import os
import shutil
import sqlite3
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from storage import troubles
from storage.copying import COMPANIONS, check, copy_database, remove, sync_folder
from storage.swapping import SWAPPING
from storage.troubles import StorageError

_FOLDER = "backups"
_BROKEN = ("SQLITE_CORRUPT", "SQLITE_NOTADB")
_log = logging.getLogger(__name__)


def copy_of(path: Path) -> Path:
    """Where the copy lies."""
    return path.parent / _FOLDER / path.name


def keep_copy(path: Path) -> None:
    """Copy the file, where there is a sound one; another one leaves the copy as it is."""
    target = copy_of(path)
    beside = target.with_name(f"{target.name}.new-{os.getpid()}")
    try:
        with SWAPPING:
            if not path.exists() or not path.stat().st_size:
                return
            target.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            copy_database(path, beside, pause_seconds=0.0)
            beside.replace(target)
            sync_folder(target.parent)
    except (StorageError, OSError) as error:
        _log.warning("the reflections could not be copied: %s", error)


def forget_copy(path: Path) -> None:
    """Take the copy away; the next backup makes another one.

    Raises:
        OSError: it is still there.
    """
    remove(copy_of(path))


def bring_back(path: Path) -> None:
    """Where the file is gone or damaged and there is a copy, put that in its place.

    What is damaged is kept aside.

    Raises:
        OSError: the folder cannot be written.
        sqlite3.Error, StorageError: it cannot be read just now.
    """
    copy = copy_of(path)
    if not copy.exists():
        return
    if path.exists() and path.stat().st_size:
        if _is_sound(path):
            return
        _set_aside(path)
    beside = path.with_name(f"{path.name}.new-{os.getpid()}")
    os.close(os.open(beside, os.O_CREAT | os.O_TRUNC | os.O_WRONLY, 0o600))
    shutil.copyfile(copy, beside)
    beside.replace(path)
    sync_folder(path.parent)


def _is_sound(path: Path) -> bool:
    try:
        check(path)
    except StorageError as error:
        if error.kind != troubles.DAMAGED:
            raise
        return False
    except sqlite3.DatabaseError as error:
        if not str(getattr(error, "sqlite_errorname", "")).startswith(_BROKEN):
            raise
        return False
    return True


def _set_aside(path: Path) -> None:
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    _log.warning("the reflections are damaged and were set aside")
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).rename(
                path.with_name(f"{path.name}.damaged-{stamp}{suffix}")
            )
