"""Going back to a backup without a sidebar: for a command that holds the lock."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from storage.backup_names import RESTORE
from storage.backups import Backups
from storage.copying import remove
from storage.journal_file import JournalFile
from storage.restoring import prepare

_BUSY_SECONDS = 2.0


def restore_alone(backup: Path, database: Path, on_done: Callable[[float], object]) -> None:
    """Keep the present state as a backup, then put the other in its place.

    A damaged database is saved from first, as at every start.

    Raises:
        StorageError: nothing was changed.
    """
    now = datetime.now(UTC)

    def half(start: float) -> Callable[[int, int], object]:
        return lambda done, total: on_done(start + 0.45 * done / max(1, total))

    file = JournalFile(database, _BUSY_SECONDS, lambda: now, lambda trouble: None)
    with closing(file):
        file.open()
        prepared = prepare(backup, database, now, half(0.0))
        try:
            Backups(database).make(RESTORE, now, half(0.45))
            file.adopt(prepared)
        finally:
            remove(prepared)
    on_done(1.0)
