"""``backup [--out FILE]``: a whole copy of the records.

Into the folder of backups by the sidebar where one is open, else by the lock. To somewhere else it
is copied beside whatever writes: of our own files that one is only read.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

from app.failure import Failure
from app.progress_bar import ProgressBar
from app.sidebar_asked import have_done
from app.storage_words import unread, unwritten
from app.turn import turn
from desktop.paths import Places
from scripts_ja.texts import t
from storage.backup_names import ASKED, file_name
from storage.backups import Backups, content_of, copy_to
from storage.copying import OnStep
from storage.troubles import DISK_FULL, LOCKED_AWAY, StorageError

_T = TypeVar("_T")


def run(arguments: argparse.Namespace, where: Places) -> int:
    """Make it, into the folder of backups or where it is asked for, and say what it holds."""
    now = datetime.now(UTC)
    try:
        if arguments.out:
            path = _target(Path(arguments.out), where, now)
            _with_bar(lambda show: copy_to(where.database, path, show))
        else:
            path = _among_ours(where, now)
        content = content_of(path)
    except StorageError as error:
        raise _failure(error, where) from None
    if arguments.json:
        last = content.last_event_at.isoformat() if content.last_event_at else None
        told = {"path": str(path), "cases": content.cases, "events": content.events, "last": last}
        sys.stdout.write(json.dumps(told, ensure_ascii=False) + "\n")
    else:
        said = t("backup.cli.done", cases=content.cases, events=content.events, path=path)
        sys.stdout.write(said + "\n")
    return 0


def _among_ours(where: Places, now: datetime) -> Path:
    """Made in one's turn."""
    with turn(where) as sidebar:
        if sidebar is not None:
            have_done(sidebar, "backup", t("backup.cli.title"))
            made = (each.path for each in Backups(where.database).all() if each.kind == ASKED)
            return next(made, where.backups)
        return _with_bar(lambda show: Backups(where.database).make(ASKED, now, show)).path


def _with_bar(make: Callable[[OnStep], _T]) -> _T:
    with ProgressBar(t("backup.cli.title"), sys.stderr) as bar:
        return make(lambda done, total: bar.show(done / max(1, total)))


def _target(out: Path, where: Places, now: datetime) -> Path:
    """Where it goes: never over the records themselves, nor over what is no backup.

    Nor among our own files: an erasure cleans those of the folder of backups only.
    """
    target = out / file_name(ASKED, now) if out.is_dir() else out
    if target.resolve().is_relative_to(where.data.resolve()):
        raise Failure(t("backup.cli.in_data", path=target))
    if target.exists() and not _is_backup(target):
        raise Failure(t("backup.cli.taken", path=target))
    return target


def _is_backup(path: Path) -> bool:
    try:
        content_of(path)
    except StorageError as error:
        return error.kind in LOCKED_AWAY
    return True


def _failure(error: StorageError, where: Places) -> Failure:
    """The database itself is only read."""
    if error.path == where.database and error.kind != DISK_FULL:
        return unread(error)
    whole = error.path.with_name(error.path.name.partition(".new-")[0])  # nobody knows of the half
    return unwritten(StorageError(error.kind, whole))
