"""What there is to go back to, read beside the window."""

from __future__ import annotations

from app.rescue_words import report_of
from storage.backup_names import Backup
from storage.backups import Backups, Loss, content_of, loss_since
from storage.gate import is_gone
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
    known = _loss(backups, content.last_place)
    loss = known or Loss(0, 0, 0)
    return BackupView(
        backup.path.name,
        backup.kind,
        backup.made_at,
        content.cases,
        content.last_event_at,
        loss.events,
        loss.cases,
        loss.new_cases,
        is_loss_known=known is not None,
    )


def _loss(backups: Backups, last_place: int) -> Loss | None:
    """None where the records cannot be read just now: what can be saved of them is not known."""
    if is_gone(backups.database):
        return Loss(0, 0, 0)
    try:
        return loss_since(backups.database, last_place)
    except StorageError:
        return None


def _rescue(backups: Backups) -> Rescue | None:
    try:
        return rescue_of(backups.database)
    except StorageError:
        return None
