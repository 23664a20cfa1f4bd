"""Cases are kept for some days after they ended, then erased: once a day, between calls.

The first time that something would go, it is only announced; from the next day on it goes. A call
that begins ends a purge at its next step; it is finished after the call, or at the next start.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from datetime import date, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from msgspec import Struct

from app.background import Background
from app.errands import Errands
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.session import Session
from call.fold_times import CallPhase
from desktop.paths import Places
from scripts_ja.texts import t
from storage.archive import Archive
from storage.journal import Journal
from storage.retention import PURGING
from storage.troubles import MISSING, StorageError
from ui.actions import key_of
from ui.port.change import Change
from ui.port.retention import ErasedLine, ErasureView, RetentionView

if TYPE_CHECKING:
    from storage.purge import Purge

TOLD = "purge_told"
_FLUSH_SECONDS = 5.0
_AT_REST = (CallPhase.IDLE, CallPhase.CLOSED)

_log = logging.getLogger(__name__)


class _Round(Struct, frozen=True):
    """What a round did: cases it announced, or erased.

    ``is_to_repeat``: as soon as may be, not tomorrow. With ``has_failed`` it could not do it.
    """

    announced: int = 0
    erased: int = 0
    is_to_repeat: bool = False
    has_failed: bool = False


class Retention:
    """Runs the daily round, and erases a case that somebody wants to be erased."""

    def __init__(
        self,
        where: Places,
        session: Session,
        journal: Journal,
        settings: OwnSettings,
        background: Background,
        errands: Errands,
        notices: NoticeBoard,
        changed: Callable[[], None],
    ) -> None:
        self._where = where
        self._session = session
        self._journal = journal
        self._settings = settings
        self._background = background
        self._errands = errands
        self._notices = notices
        self._is_at_rest = threading.Event()
        self._looked_on: date | None = None
        self._is_running = False
        self._listeners: list[Callable[[], None]] = [changed]
        session.listen(self._on_change)

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear, in the window's thread, that cases are gone."""
        self._listeners.append(listener)

    # -- the daily round ----------------------------------------------------------------------

    def _on_change(self, _: Change) -> None:
        if self._session.phase not in _AT_REST:
            self._is_at_rest.clear()
        elif self._session.is_open:
            self._is_at_rest.set()
            self.look()

    def look(self) -> None:
        """Begin today's round, unless it was."""
        now = self._session.now().wall
        today = now.astimezone().date()
        if self._is_running or self._looked_on == today:
            return
        self._looked_on, self._is_running = today, True
        spared = self._at_hand()
        self._run(partial(self._round, now, spared), self._after_round)

    def _run(self, job: Callable[[], _Round], then: Callable[[_Round], None]) -> None:
        """Beside everything else, and waited for by nobody: what was begun is finished next time."""
        self._errands.run(
            lambda: _guarded(job),
            then,
            # Tomorrow, not with every key: it would break there again.
            failed=lambda: then(_Round(has_failed=True)),
        )

    def _round(self, now: datetime, spared: frozenset[str]) -> _Round:
        """Beside the window.

        Raises:
            StorageError: the database cannot be read or written.
        """
        before = now - timedelta(days=self._days)
        if not self._journal.flush(_FLUSH_SECONDS):
            return _Round(is_to_repeat=True)
        with Archive(self._where.database) as archive:
            over = [c.case_id for c in archive.overdue(before).over if c.case_id not in spared]
            told, is_begun = archive.state(TOLD), bool(archive.state(PURGING))
        if not over and not is_begun:
            return _Round()  # as on most days
        purge = self._begin_purge()
        is_clean = purge.finish() if is_begun else True
        if over and not told:
            purge.remember(TOLD, now.astimezone().date().isoformat())
            return _Round(announced=len(over))
        if not over or told >= now.astimezone().date().isoformat():
            return _Round(is_to_repeat=not is_clean)
        outcome = purge.overdue(over, before, now)
        _log.info("%d cases purged", outcome.erased)
        is_whole = outcome.is_clean and self._is_at_rest.is_set()
        return _Round(erased=outcome.erased, is_to_repeat=not is_whole)

    def _after_round(self, done: _Round) -> None:
        self._is_running = False
        if done.is_to_repeat:
            self._looked_on = None  # at the next change
            return
        if done.announced:
            values = {"count": done.announced, "key": key_of("cases")}
            self._notices.say("retention", t("retention.announced", **values), "warn")
        if done.erased:
            self._notices.say("retention", "")
            self._notices.say("said", t("retention.done", count=done.erased, days=self._days))
            self._tell()

    # -- asked for by a command ----------------------------------------------------------------

    def purge(self, then: Callable[[str], None]) -> str:
        """Begin to erase what is over, announced or not; a sentence where that cannot be now.

        ``then`` hears what did not work; what is left is for the asker to see in the database.
        """
        if self._session.phase not in _AT_REST:
            return t("retention.during_call")
        if self._is_running or not self._session.is_open:
            return t("retention.busy")
        self._is_running = True
        self._is_at_rest.set()
        now, spared = self._session.now().wall, self._at_hand()

        def bring(done: _Round) -> None:
            self._after_round(done)
            then(t("cli.purge.failed") if done.has_failed else "")

        self._run(partial(self._purge_asked, now, spared), bring)
        return ""

    def _purge_asked(self, now: datetime, spared: frozenset[str]) -> _Round:
        """Beside the window.

        Raises:
            StorageError: the database cannot be read or written.
        """
        before = now - timedelta(days=self._days)
        self._journal.flush(_FLUSH_SECONDS)
        with Archive(self._where.database) as archive:
            over = [c.case_id for c in archive.overdue(before).over if c.case_id not in spared]
        outcome = self._begin_purge().overdue(over, before, now)
        return _Round(erased=outcome.erased, is_to_repeat=not outcome.is_clean)

    # -- looking ------------------------------------------------------------------------------

    def fetch(self, then: Callable[[RetentionView], None]) -> None:
        """Look up what goes and what went, and bring it."""
        self._notices.say("retention", "")  # it has been seen
        now, days = self._session.now().wall, self._days
        self._background.run(lambda: view_of(self._where, now, days), then)

    def look_at(self, case_id: str, then: Callable[[ErasureView], None]) -> None:
        """Look up what would go with a case; where it cannot be erased now, that is said."""
        if self._refuses(case_id):
            return

        def bring(view: ErasureView | None) -> None:
            if view is None:
                self._notices.say("said", t("cases.unreadable"))
            else:
                then(view)

        self._background.run(lambda: self._erasure(case_id), bring)

    # -- erasing one --------------------------------------------------------------------------

    def erase(self, view: ErasureView, with_files: bool, then: Callable[[], None]) -> None:  # noqa: FBT001
        """Erase it, and the files that tell of it where that is wanted."""
        if self._refuses(view.case.case_id):
            return
        now = self._session.now().wall
        paths = [Path(path) for path in view.files] if with_files else []

        def bring(is_done: bool | None) -> None:  # noqa: FBT001
            key = {True: "erased", False: "erased_not_all", None: "not_erased"}[is_done]
            level = "info" if is_done else "warn"
            self._notices.say("said", t(f"retention.{key}", case_no=view.case.case_no), level)
            if is_done is False:
                self._looked_on = None
            self._tell()
            then()

        erase = partial(self._erase, view.case.case_id, paths, now)
        self._errands.run(erase, bring, failed=lambda: bring(None))

    def _erase(self, case_id: str, paths: list[Path], now: datetime) -> bool | None:
        """Beside the window. None: nothing was erased; False: not yet from every file."""
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

    def _erasure(self, case_id: str) -> ErasureView | None:
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

    def _begin_purge(self) -> Purge:
        # Where something is erased: on most days nothing is.
        from storage.purge import Purge

        return Purge(self._where.database, self._is_at_rest.is_set)

    def _refuses(self, case_id: str) -> bool:
        """Whether nothing can be erased now; says why."""
        if self._session.phase not in _AT_REST:
            self._notices.say("said", t("retention.during_call"))
        elif case_id in self._at_hand():
            self._notices.say("said", t("retention.in_hand"))
        else:
            self._is_at_rest.set()
            return False
        return True

    def _at_hand(self) -> frozenset[str]:
        """Cases that may still be written to."""
        desks = [*self._session.parked, *([self._session.desk] if self._session.desk else [])]
        return frozenset(each for desk in desks for each in (desk.case.id, desk.own_case_id))

    def _tell(self) -> None:
        for listener in self._listeners:
            listener()

    @property
    def _days(self) -> int:
        return self._settings.current.number("limits.retention_days")


def _guarded(job: Callable[[], _Round]) -> _Round:
    """What the disk does not give now is tried again."""
    try:
        return job()
    except StorageError as error:
        if error.kind != MISSING:
            _log.warning("cases cannot be purged: %s", error.kind)
        return _Round(is_to_repeat=True, has_failed=True)


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
