"""What the desks of backups work with: making them, and going back to one."""

from __future__ import annotations

from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from msgspec import Struct

if TYPE_CHECKING:
    from app.elsewhere import Elsewhere
    from app.errands import Errands
    from app.notice_board import NoticeBoard
    from app.reminders import Reminders
    from app.session import Session
    from desktop.paths import Places
    from storage.backups import Backups
    from storage.journal import Journal


class BackupParts(Struct, frozen=True, dict=True):
    """Belongs to the window's thread, but for ``backups`` and ``now``, which any may ask."""

    places: Places
    session: Session
    journal: Journal
    notices: NoticeBoard
    errands: Errands
    elsewhere: Elsewhere
    reminders: Reminders

    @cached_property
    def backups(self) -> Backups:
        """Those of this database."""
        # Imported when first needed: start-up is measured.
        from storage.backups import Backups

        return Backups(self.places.database)

    def now(self) -> datetime:
        """The moment by the wall."""
        return self.session.now().wall
