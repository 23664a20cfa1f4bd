"""What there is to go back to, read beside the window."""

from __future__ import annotations

from app.rescue_words import report_of
from storage.backup_names import Backup
from storage.backups import Backups, Loss, content_of, loss_since
from storage.rescue_report import rescue_of
from storage.troubles import Rescue, StorageError
from ui.port.backups import BackupsView, BackupView


def views_of(backups: Backups) -> BackupsView:
    """All backups with what they hold and lack, and the report of the last rescue."""
    rows = tuple(view_of(backup, backups) for backup in backups.all())
    return BackupsView(rows, report_of(_rescue(backups)))


def view_of(backup: Backup, backups: Backups) -> BackupView:
    """One of them; where it cannot be read, that is said instead."""
    try:
        content = content_of(backup.path)
    except StorageError as error:
        return BackupView(backup.path.name, backup.kind, backup.made_at, trouble=error.kind)
    loss = _loss(backups, content.last_place)
    return BackupView(
        backup.path.name,
        backup.kind,
        backup.made_at,
        content.cases,
        content.last_event_at,
        loss.events,
        loss.cases,
        loss.new_cases,
    )


def _loss(backups: Backups, last_place: int) -> Loss:
    try:
        return loss_since(backups.database, last_place)
    except StorageError:
        return Loss(0, 0, 0)  # nothing can be read, nothing is lost by going back


def _rescue(backups: Backups) -> Rescue | None:
    try:
        return rescue_of(backups.database)
    except StorageError:
        return None
