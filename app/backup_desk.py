"""The backups of a running desk: made by themselves, listed, and gone back to.

Everything here that takes time happens in threads that nobody waits for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

from app.backup_views import views_of
from app.elsewhere import Elsewhere
from app.errands import Errands
from app.notice_board import NoticeBoard
from app.reminders import Reminders
from app.session import Session
from call.events import CallClosed
from call.fold_times import CallPhase
from desktop.paths import Places
from scripts_ja.texts import t
from storage import troubles
from storage.backup_names import ASKED, DAILY, RESTORE
from storage.backups import Backups
from storage.copying import STEP_PAUSE_SECONDS
from storage.journal import Journal
from storage.leftovers import sweep
from storage.troubles import StorageError
from ui.port.backups import BackupsView
from ui.port.change import Change

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
        self._elsewhere, self._reminders = around
        self._backups = Backups(places.database)
        self._day: date | None = None
        self._is_restoring = False
        session.listen(self._on_change)

    # -- by themselves ------------------------------------------------------------------------

    def begin(self) -> None:
        """Clear what a crash left behind, and make the backup of the day."""
        self._run(self._sweep_and_make_daily, self._on_daily)
        self._day = self._now().astimezone().date()
        # A share that hangs must not keep the backup waiting.
        self._errands.run(lambda: _is_shared(self._places), self._on_shared, lambda: None)

    def at_end(self) -> None:
        """The last one, after the window is gone; given up where it takes long."""
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

    def _sweep_and_make_daily(self) -> str:
        sweep(self._places.with_half_made_files)
        now = self._now()
        if self._backups.has_of_today(now) or not self._backups.is_changed():
            return ""
        self._backups.make(DAILY, now, pause_seconds=STEP_PAUSE_SECONDS)
        return ""

    def _on_daily(self, trouble: str) -> None:
        """A whole copy cannot be made of a damaged database: that is how damage is found early."""
        if trouble == troubles.DAMAGED:
            self._journal.save_from_damage(lambda error: None)
        elif trouble not in ("", troubles.MISSING):
            self._notices.say("backup", t("backup.not_made"), "warn")

    # -- asked for ----------------------------------------------------------------------------

    def fetch(self, then: Callable[[BackupsView], None]) -> None:
        """Look what there is, and bring it."""
        self._errands.run(lambda: views_of(self._backups), then, lambda: None)

    def make(self) -> None:
        """Make one now."""

        def job() -> str:
            self._journal.flush(_FLUSH_SECONDS)
            self._backups.make(ASKED, self._now(), pause_seconds=STEP_PAUSE_SECONDS)
            return ""

        self._run(job, self._on_made)

    def _on_made(self, trouble: str) -> None:
        key = "backup.not_made" if trouble else "backup.made"
        self._notices.say("backup" if trouble else "said", t(key), "warn" if trouble else "info")
        if not trouble:
            self._notices.say("backup", "")

    def restore(self, name: str) -> str:
        """Begin to go back to one, or say why not."""
        refusal = self._refusal()
        backup = next((each for each in self._backups.all() if each.path.name == name), None)
        if refusal or backup is None:
            return refusal or t("restore.no_backup", name=name)
        self._is_restoring = True
        self._notices.say("restore", t("restore.running"), "warn")
        prepared: list[Path] = []

        def job() -> str:
            prepared.append(self._prepare(backup.path))
            return ""

        self._run(job, lambda trouble: self._on_prepared(trouble, prepared))
        return ""

    def _refusal(self) -> str:
        if self._is_restoring:
            return t("restore.busy")
        phase = self._session.phase
        if phase.is_live or phase is CallPhase.RINGING:
            return t("restore.in_call")
        if not self._session.is_open or self._journal.unsaved_since() is not None:
            return t("restore.unsaved")
        return ""

    def _prepare(self, backup: Path) -> Path:
        """Beside the window: keep the present state, and make what will take its place."""
        from storage.restoring import prepare

        if not self._journal.flush(_FLUSH_SECONDS):
            raise StorageError(troubles.LOCKED, backup)
        now = self._now()
        prepared = prepare(backup, self._places.database, now)
        self._backups.make(RESTORE, now, pause_seconds=STEP_PAUSE_SECONDS)
        return prepared

    def _on_prepared(self, trouble: str, prepared: list[Path]) -> None:
        """A call may have come meanwhile: then nothing is changed."""
        self._is_restoring = False
        refusal = self._refusal()
        if trouble or refusal:
            self._end(refusal or t(f"restore.failed.{_told(trouble)}"), prepared)
            return
        self._is_restoring = True
        self._session.clear()
        self._elsewhere.forget()
        self._journal.adopt(prepared[0], lambda error: self._tell(error, prepared))

    def _tell(self, error: StorageError | None, prepared: list[Path]) -> None:
        """On the writer thread: bring it to the window."""
        said = t(f"restore.failed.{_told(error.kind)}") if error else ""
        self._errands.bring(lambda: self._end(said, prepared))

    def _end(self, failure: str, prepared: list[Path]) -> None:
        from storage.copying import remove

        self._is_restoring = False
        for path in prepared:
            remove(path)
        self._reminders.refresh()
        self._notices.say("restore", failure, "warn")
        if not failure:
            self._notices.say("said", t("restore.done"))

    # -- plumbing -----------------------------------------------------------------------------

    def _now(self) -> datetime:
        return self._session.now().wall

    def _run(self, job: Callable[[], str], then: Callable[[str], None]) -> None:
        """Do a job aside; ``then`` gets the id of what went wrong, empty for nothing."""

        def guarded() -> str:
            try:
                return job()
            except StorageError as error:
                _log.info("a backup or restore failed: %s", error)
                return error.kind
            except OSError as error:
                _log.info("a backup or restore failed: %s", error)
                return troubles.UNWRITABLE

        self._errands.run(guarded, then, lambda: None)


def _told(kind: str) -> str:
    known = (troubles.DISK_FULL, troubles.DAMAGED, troubles.NEWER_VERSION, troubles.LOCKED)
    return kind if kind in known else "other"


def _is_shared(places: Places) -> bool:
    from desktop.disk import is_on_network  # not before the window is painted

    return is_on_network(places.data.resolve())
