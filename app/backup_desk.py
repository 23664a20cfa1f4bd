"""The backups of a running desk: made by themselves, listed, and gone back to.

Everything here that takes time happens in threads that nobody waits for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from app.elsewhere import Elsewhere
from app.errands import Errands
from app.notice_board import NoticeBoard
from app.reminders import Reminders
from app.session import Session
from app.storage_errand import run_storage_errand
from call.events import CallClosed
from desktop.paths import Places
from scripts_ja.texts import t
from storage import troubles
from storage.journal import Journal
from storage.troubles import StorageError
from ui.port.backups import BackupsView
from ui.port.change import Change

if TYPE_CHECKING:
    from app.restore_desk import RestoreDesk
    from storage.backups import Backups

CLOSING_SECONDS = 10.0
"""So long may the last backup take after the window is gone."""
_FLUSH_SECONDS = 2.0

_log = logging.getLogger(__name__)


class _OutOfTimeError(Exception):
    """A backup at the end takes too long."""


class BackupDesk:
    """Makes one a day and one at the end, where something has changed."""

    def __init__(
        self,
        places: Places,
        session: Session,
        journal: Journal,
        notices: NoticeBoard,
        errands: Errands,
        around: tuple[Elsewhere, Reminders],
    ) -> None:
        self._places = places
        self._session = session
        self._journal = journal
        self._notices = notices
        self._errands = errands
        self._around = around
        self._day: date | None = None
        self._has_failed = False
        session.listen(self._on_change)

    @cached_property
    def _restore(self) -> RestoreDesk:
        from app.restore_desk import RestoreDesk

        return RestoreDesk(
            self._places,
            self._session,
            self._journal,
            self._notices,
            self._errands,
            self._around,
        )

    @cached_property
    def _backups(self) -> Backups:
        # Here and below imported when it is first needed: start-up is measured.
        from storage.backups import Backups

        return Backups(self._places.database)

    # -- by themselves ------------------------------------------------------------------------

    def begin(self) -> None:
        """Clear what a crash left behind, and make the backup of the day."""
        self._begin_daily()
        self._day = self._now().astimezone().date()
        # A share that hangs must not keep the backup waiting.
        self._errands.run(lambda: _is_shared(self._places), self._on_shared)

    def begin_again(self) -> None:
        """The disk can be written again: what could not be made is tried once more."""
        if self._has_failed:
            self._begin_daily()

    def at_end(self) -> None:
        """The last one, after the window is gone; given up where it takes long."""
        from storage.backup_names import DAILY

        deadline = time.monotonic() + CLOSING_SECONDS

        def watch(_done: int, _total: int) -> None:
            if time.monotonic() > deadline:
                raise _OutOfTimeError

        try:
            if self._backups.is_changed():
                self._backups.make(DAILY, self._now(), watch)
        except (StorageError, OSError, _OutOfTimeError) as error:
            if getattr(error, "kind", "") != troubles.MISSING:
                _log.warning("no backup at the end: %s", error)

    def _on_shared(self, is_shared: bool) -> None:  # noqa: FBT001 - an answer
        if is_shared:
            said = t("backup.network", path=self._places.data)
            self._notices.say("network", said, "warn")

    def _on_change(self, change: Change) -> None:
        """A day that began while the window was open has its backup after its first call."""
        if self._day is None or not any(isinstance(e.body, CallClosed) for e in change.events):
            return
        if self._now().astimezone().date() != self._day:
            self.begin()

    def _begin_daily(self) -> None:
        run_storage_errand(self._errands, self._sweep_and_make_daily, self._on_daily)

    def _sweep_and_make_daily(self) -> None:
        from storage.backup_names import DAILY
        from storage.copying import STEP_PAUSE_SECONDS
        from storage.leftovers import sweep

        sweep(self._places.with_half_made_files)
        if not self._places.database.exists():
            return  # the first start: nothing to keep yet
        now = self._now()
        # The call that has just ended may still be on its way to the disk.
        self._journal.flush(_FLUSH_SECONDS)
        if not self._backups.has_of_today(now) and self._backups.is_changed():
            self._backups.make(DAILY, now, pause_seconds=STEP_PAUSE_SECONDS)

    def _on_daily(self, trouble: str) -> None:
        """A whole copy cannot be made of a damaged database: that is how damage is found early."""
        self._has_failed = trouble not in ("", troubles.MISSING, troubles.DAMAGED)
        self._notices.say("backup", t("backup.not_made") if self._has_failed else "", "warn")
        if trouble == troubles.DAMAGED:
            self._journal.save_from_damage(lambda error: None)

    # -- asked for ----------------------------------------------------------------------------

    def fetch(self, then: Callable[[BackupsView], None]) -> None:
        """Look what there is, and bring it."""

        def job() -> BackupsView:
            from app.backup_views import views_of

            return views_of(self._backups)

        self._errands.run(job, then)

    def make(self) -> None:
        """Make one now."""
        self.make_for(lambda trouble: None)

    def make_for(self, then: Callable[[str], None]) -> None:
        """Make one now; ``then`` hears what did not work (else empty)."""

        def job() -> None:
            from storage.backup_names import ASKED
            from storage.copying import STEP_PAUSE_SECONDS

            self._journal.flush(_FLUSH_SECONDS)
            self._backups.make(ASKED, self._now(), pause_seconds=STEP_PAUSE_SECONDS)

        def tell(trouble: str) -> None:
            self._on_made(trouble)
            then(t("backup.not_made") if trouble else "")

        run_storage_errand(self._errands, job, tell)

    def _on_made(self, trouble: str) -> None:
        key = "backup.not_made" if trouble else "backup.made"
        self._notices.say("backup" if trouble else "said", t(key), "warn" if trouble else "info")
        if not trouble:
            self._notices.say("backup", "")

    def restore(self, name: str, then: Callable[[str], None] = lambda failure: None) -> str:
        """Begin to go back to one, or say why not; ``then`` hears what did not work (else empty)."""
        return self._restore.begin(name, then)

    def _now(self) -> datetime:
        return self._session.now().wall


def _is_shared(places: Places) -> bool:
    from desktop.disk import is_on_network  # not before the window is painted

    return is_on_network(places.data.resolve())
