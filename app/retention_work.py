"""What retention does beside the window: the day's round, one case, looking what would go."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from desktop.paths import Places
from storage.archive import Archive
from storage.journal import Journal
from storage.retention import PURGING
from storage.troubles import MISSING, StorageError
from ui.port.retention import ErasedLine, ErasureView, RetentionView

if TYPE_CHECKING:
    from storage.purge import Purge

TOLD = "purge_told"
_FLUSH_SECONDS = 5.0

_log = logging.getLogger(__name__)


class Round(Struct, frozen=True):
    """What a round did: cases it announced, or erased.

    ``is_to_repeat``: as soon as may be, not tomorrow. With ``has_failed`` it could not do it.
    """

    announced: int = 0
    erased: int = 0
    is_to_repeat: bool = False
    has_failed: bool = False


class Plan(Struct, frozen=True):
    """What a round goes by: the moment, for how many days cases are kept, which are in use."""

    now: datetime
    days: int
    spared: frozenset[str] = frozenset()

    @property
    def before(self) -> datetime:
        """What ended before it is over."""
        return self.now - timedelta(days=self.days)


class RetentionWork:
    """Reads and writes the disk, in a thread that nobody waits for.

    ``is_at_rest`` is set and cleared in the window's thread; without it a purge ends at its next step.
    """

    def __init__(self, where: Places, journal: Journal) -> None:
        self._where = where
        self._journal = journal
        self.is_at_rest = threading.Event()

    def daily(self, plan: Plan) -> Round:
        """Announce what is over, or erase it where that was announced before today."""
        return _tried(lambda: self._daily(plan))

    def asked(self, plan: Plan) -> Round:
        """Erase what is over, announced or not."""
        return _tried(lambda: self._asked(plan))

    def one(self, case_id: str, paths: list[Path], now: datetime) -> bool | None:
        """Erase a case and files. None: nothing was erased; False: not yet from every file."""
        try:
            if not self._journal.flush(_FLUSH_SECONDS):
                return None
            outcome = self._begin_purge().asked(case_id, now)
        except StorageError as error:
            _log.warning("a case cannot be erased: %s", error.kind)
            return None
        if not outcome.erased:
            return None
        from app.exported_files import remove

        return remove(paths) and outcome.is_clean

    def look_at(self, case_id: str) -> ErasureView | None:
        """What would go with a case; None where it cannot be read."""
        self._journal.flush(_FLUSH_SECONDS)
        try:
            with Archive(self._where.database) as archive:
                case = archive.summary_of(case_id)
                events = archive.events_of(case_id)
        except StorageError as error:
            _log.warning("a case cannot be read: %s", error.kind)
            return None
        if case is None:
            return None
        ids = sorted({event.case_id for event in events})
        from app.exported_files import files_of

        paths = files_of(self._where, [case.case_no, *ids])
        return ErasureView(case, len(events), tuple(map(str, paths)))

    def _daily(self, plan: Plan) -> Round:
        if not self._journal.flush(_FLUSH_SECONDS):
            return Round(is_to_repeat=True)
        today = plan.now.astimezone().date().isoformat()
        with Archive(self._where.database) as archive:
            over = _over(archive, plan)
            told, is_begun = archive.state(TOLD), bool(archive.state(PURGING))
        if not over and not is_begun:
            return Round()  # as on most days
        purge = self._begin_purge()
        is_clean = purge.finish() if is_begun else True
        if over and not told:
            purge.remember(TOLD, today)
            return Round(announced=len(over))
        if not over or told >= today:
            return Round(is_to_repeat=not is_clean)
        outcome = purge.overdue(over, plan.before, plan.now)
        _log.info("%d cases purged", outcome.erased)
        is_whole = outcome.is_clean and self.is_at_rest.is_set()
        return Round(erased=outcome.erased, is_to_repeat=not is_whole)

    def _asked(self, plan: Plan) -> Round:
        self._journal.flush(_FLUSH_SECONDS)
        with Archive(self._where.database) as archive:
            over = _over(archive, plan)
        outcome = self._begin_purge().overdue(over, plan.before, plan.now)
        return Round(erased=outcome.erased, is_to_repeat=not outcome.is_clean)

    def _begin_purge(self) -> Purge:
        # Where something is erased: on most days nothing is.
        from storage.purge import Purge

        return Purge(self._where.database, self.is_at_rest.is_set)


def view_of(where: Places, now: datetime, days: int) -> RetentionView:
    """What goes after so many days, and what went; reads the disk."""
    from app.exported_files import files_of

    try:
        with Archive(where.database) as archive:
            found, purges = archive.overdue(now - timedelta(days=days)), archive.purges()
    except StorageError as error:
        return RetentionView(days, is_read=error.kind == MISSING)
    numbers = [case.case_no for case in found.over] + [purged.case_no for purged in purges]
    erased = tuple(
        ErasedLine(p.case_no, p.closed_at, p.purged_at, p.reason == "asked", p.files)
        for p in purges
    )
    files = tuple(map(str, files_of(where, numbers))) if numbers else ()
    return RetentionView(days, found.over, found.kept_open, erased, files)


def _over(archive: Archive, plan: Plan) -> list[str]:
    return [c.case_id for c in archive.overdue(plan.before).over if c.case_id not in plan.spared]


def _tried(job: Callable[[], Round]) -> Round:
    """What the disk does not give now is tried again."""
    try:
        return job()
    except StorageError as error:
        if error.kind != MISSING:
            _log.warning("cases cannot be purged: %s", error.kind)
        return Round(is_to_repeat=True, has_failed=True)
