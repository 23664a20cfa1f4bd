"""The backups of a running desk: made by themselves, listed, and gone back to.

Everything here that takes time happens in threads that nobody waits for.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import date
from functools import cached_property
from typing import TYPE_CHECKING

from app.backup_parts import BackupParts
from app.storage_errand import run_storage_errand
from call.events import CallClosed
from desktop.paths import Places
from scripts_ja.texts import t
from storage import troubles
from storage.troubles import StorageError
from ui.port.backups import BackupsView
from ui.port.change import Change

if TYPE_CHECKING:
    from app.restore_desk import RestoreDesk

CLOSING_SECONDS = 10.0
"""So long may the last backup take after the window is gone."""
_FLUSH_SECONDS = 2.0

_log = logging.getLogger(__name__)


class _OutOfTimeError(Exception):
    """A backup at the end takes too long."""


class BackupDesk:
    """Makes one a day and one at the end, where something has changed."""

    def __init__(self, parts: BackupParts) -> None:
        self._parts = parts
        self._day: date | None = None
        self._has_failed = False
        parts.session.listen(self._on_change)

    @cached_property
    def _restore(self) -> RestoreDesk:
        # Here and below imported when it is first needed: start-up is measured.
        from app.restore_desk import RestoreDesk

        return RestoreDesk(self._parts)

    # -- by themselves ------------------------------------------------------------------------

    def begin(self) -> None:
        """Clear what a crash left behind, and make the backup of the day."""
        self._begin_daily()
        self._day = self._parts.now().astimezone().date()
        # A share that hangs must not keep the backup waiting.
        self._parts.errands.run(lambda: _is_shared(self._parts.places), self._on_shared)

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
            if self._parts.backups.is_changed():
                self._parts.backups.make(DAILY, self._parts.now(), watch)
        except (StorageError, OSError, _OutOfTimeError) as error:
            if getattr(error, "kind", "") != troubles.MISSING:
                _log.warning("no backup at the end: %s", error)

    def _on_shared(self, is_shared: bool) -> None:  # noqa: FBT001 - an answer
        if is_shared:
            said = t("backup.network", path=self._parts.places.data)
            self._parts.notices.say("network", said, "warn")

    def _on_change(self, change: Change) -> None:
        """A day that began while the window was open has its backup after its first call."""
        if self._day is None or not any(isinstance(e.body, CallClosed) for e in change.events):
            return
        if self._parts.now().astimezone().date() != self._day:
            self.begin()

    def _begin_daily(self) -> None:
        run_storage_errand(self._parts.errands, self._sweep_and_make_daily, self._on_daily)

    def _sweep_and_make_daily(self) -> None:
        from storage.backup_names import DAILY
        from storage.copying import STEP_PAUSE_SECONDS
        from storage.leftovers import sweep

        sweep(self._parts.places.with_half_made_files)
        if not self._parts.places.database.exists():
            return  # the first start: nothing to keep yet
        now = self._parts.now()
        # The call that has just ended may still be on its way to the disk.
        self._parts.journal.flush(_FLUSH_SECONDS)
        if not self._parts.backups.has_of_today(now) and self._parts.backups.is_changed():
            self._parts.backups.make(DAILY, now, pause_seconds=STEP_PAUSE_SECONDS)

    def _on_daily(self, trouble: str) -> None:
        """A whole copy cannot be made of a damaged database: that is how damage is found early."""
        self._has_failed = trouble not in ("", troubles.MISSING, troubles.DAMAGED)
        self._parts.notices.say("backup", t("backup.not_made") if self._has_failed else "", "warn")
        if trouble == troubles.DAMAGED:
            self._parts.journal.save_from_damage(lambda error: None)

    # -- asked for ----------------------------------------------------------------------------

    def fetch(self, then: Callable[[BackupsView], None]) -> None:
        """Look what there is, and bring it."""

        def job() -> BackupsView:
            from app.backup_views import views_of

            return views_of(self._parts.backups)

        self._parts.errands.run(job, then)

    def make(self) -> None:
        """Make one now."""
        self.make_for(lambda trouble: None)

    def make_for(self, then: Callable[[str], None]) -> None:
        """Make one now; ``then`` hears what did not work (else empty)."""

        def job() -> None:
            from storage.backup_names import ASKED
            from storage.copying import STEP_PAUSE_SECONDS

            self._parts.journal.flush(_FLUSH_SECONDS)
            self._parts.backups.make(ASKED, self._parts.now(), pause_seconds=STEP_PAUSE_SECONDS)

        def tell(trouble: str) -> None:
            self._on_made(trouble)
            then(t("backup.not_made") if trouble else "")

        run_storage_errand(self._parts.errands, job, tell)

    def _on_made(self, trouble: str) -> None:
        key = "backup.not_made" if trouble else "backup.made"
        self._parts.notices.say(
            "backup" if trouble else "said", t(key), "warn" if trouble else "info"
        )
        if not trouble:
            self._parts.notices.say("backup", "")

    def restore(self, name: str, then: Callable[[str], None] = lambda failure: None) -> str:
        """Begin to go back to one, or say why not; ``then`` hears what did not work (else empty)."""
        return self._restore.begin(name, then)


def _is_shared(places: Places) -> bool:
    from desktop.disk import is_on_network  # not before the window is painted

    return is_on_network(places.data.resolve())
