"""``restore [BACKUP]``: what there is to go back to; with one named, back to it.

Only one program writes: where a sidebar is open, it does it, and not during a call; otherwise the
lock is taken for as long as this lasts.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from app.backup_views import views_of
from app.failure import Failure
from app.progress_bar import ProgressBar
from app.sidebar_asked import have_done
from app.storage_words import unread, unwritten
from app.turn import turn
from desktop.paths import Places
from scripts_ja.texts import t
from storage.backup_names import backup_of
from storage.backups import Backups, content_of
from storage.keys import may_be_sealed
from storage.troubles import DAMAGED, NEWER_VERSION, StorageError
from ui.port.backups import BackupView

_KNOWN = ("disk_full", "damaged", "newer_version", "locked")


def run(arguments: argparse.Namespace, where: Places) -> int:
    """List them, or go back; the state before is a backup of its own afterwards."""
    if not arguments.backup:
        with ProgressBar(t("backup.reading"), sys.stderr):
            views = views_of(Backups(where.database)).rows
        sys.stdout.write(_as_json(views) if arguments.json else _as_lines(views))
        return 0
    with turn(where) as sidebar:
        backup = _named(arguments.backup, where)
        if sidebar is None:
            _restore(backup, where)
        else:
            name = backup.name if backup.parent == where.backups else str(backup)
            have_done(sidebar, f"restore\t{name}", t("restore.cli.title"))
    if arguments.json:
        sys.stdout.write(json.dumps({"restored": backup.name}, ensure_ascii=False) + "\n")
    else:
        sys.stdout.write(t("restore.done") + "\n")
    return 0


def _named(given: str, where: Places) -> Path:
    """A backup by its name, or a file from elsewhere."""
    inside = where.backups / given
    if backup_of(inside) is not None and inside.exists():
        return inside
    path = Path(given)
    if not path.is_file():
        raise Failure(t("restore.no_backup", name=given))
    try:
        content_of(path)
    except StorageError as error:
        if error.kind == DAMAGED and may_be_sealed(path):
            raise Failure(t("restore.failed.sealed")) from None
        raise _unfit(error) from None
    return path.resolve()


def _restore(backup: Path, where: Places) -> None:
    # Only here: it imports what takes a while.
    from app.restore_alone import restore_alone

    with ProgressBar(t("restore.cli.title"), sys.stderr) as bar:
        try:
            restore_alone(backup, where.database, bar.show)
        except StorageError as error:
            raise _failure(error, where) from None


def _failure(error: StorageError, where: Places) -> Failure:
    """What is wrong with the backup, unless it is the records themselves."""
    is_of_records = error.path == where.database and error.kind in (DAMAGED, NEWER_VERSION)
    if error.kind in _KNOWN and not is_of_records:
        return Failure(t(f"restore.failed.{error.kind}"))
    return unwritten(error)


def _unfit(error: StorageError) -> Failure:
    """Why a file cannot be gone back to; it is only read."""
    return Failure(t(f"restore.failed.{error.kind}")) if error.kind in _KNOWN else unread(error)


def _as_json(rows: tuple[BackupView, ...]) -> str:
    objects = [
        {
            "name": row.name,
            "kind": row.kind,
            "made_at": row.made_at.isoformat(),
            "cases": row.cases,
            "last": row.last_event_at.isoformat() if row.last_event_at else None,
            "lost_events": row.lost_events if row.is_loss_known else None,
            "trouble": row.trouble,
        }
        for row in rows
    ]
    return json.dumps(objects, ensure_ascii=False, indent=2) + "\n"


def _as_lines(rows: tuple[BackupView, ...]) -> str:
    if not rows:
        return t("backup.none") + "\n"
    lines = [t(_key(row), name=row.name, cases=row.cases, lost=row.lost_events) for row in rows]
    return "\n".join([*lines, t("restore.cli.hint")]) + "\n"


def _key(row: BackupView) -> str:
    if row.trouble:
        return "restore.cli.row_unreadable"
    return "restore.cli.row" if row.is_loss_known else "restore.cli.row_unknown"
