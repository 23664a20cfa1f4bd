"""Cases are kept for some days after they ended, then erased: once a day, between calls.

The first time that something would go, it is only announced; from the next day on it goes. A call
that begins ends a purge at its next step; it is finished after the call, or at the next start.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

from app.background import Background
from app.errands import Errands
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.retention_work import Plan, RetentionWork, Round, view_of
from app.session import Session
from call.fold_times import CallPhase
from desktop.paths import Places
from scripts_ja.texts import t
from storage.journal import Journal
from ui.actions import key_of
from ui.port.change import Change
from ui.port.retention import ErasureView, RetentionView

_AT_REST = (CallPhase.IDLE, CallPhase.CLOSED)


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
        self._work = RetentionWork(where, journal)
        self._settings = settings
        self._background = background
        self._errands = errands
        self._notices = notices
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
            self._work.is_at_rest.clear()
        elif self._session.is_open:
            self._work.is_at_rest.set()
            self.look()

    def look(self) -> None:
        """Begin today's round, unless it was."""
        today = self._session.now().wall.astimezone().date()
        if self._is_running or self._looked_on == today:
            return
        self._looked_on, self._is_running = today, True
        self._run(self._work.daily, self._after_round)

    def _run(self, job: Callable[[Plan], Round], then: Callable[[Round], None]) -> None:
        """Beside everything else, and waited for by nobody: what was begun is finished next time."""
        plan = Plan(self._session.now().wall, self._days, self._at_hand())
        self._errands.run(
            lambda: job(plan),
            then,
            # Tomorrow, not with every key: it would break there again.
            failed=lambda: then(Round(has_failed=True)),
        )

    def _after_round(self, done: Round) -> None:
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
        self._work.is_at_rest.set()

        def bring(done: Round) -> None:
            self._after_round(done)
            then(t("cli.purge.failed") if done.has_failed else "")

        self._run(self._work.asked, bring)
        return ""

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

        self._background.run(lambda: self._work.look_at(case_id), bring)

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

        self._errands.run(
            lambda: self._work.one(view.case.case_id, paths, now),
            bring,
            failed=lambda: bring(None),
        )

    def _refuses(self, case_id: str) -> bool:
        """Whether nothing can be erased now; says why."""
        if self._session.phase not in _AT_REST:
            self._notices.say("said", t("retention.during_call"))
        elif case_id in self._at_hand():
            self._notices.say("said", t("retention.in_hand"))
        else:
            self._work.is_at_rest.set()
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
