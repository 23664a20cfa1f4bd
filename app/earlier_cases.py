"""Cases that are not in hand: what was last, opening one, joining a call to one."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from app.background import Background
from app.elsewhere import Elsewhere
from app.notice_board import NoticeBoard
from app.session import Session
from call.commands import Command
from call.events import Envelope
from scripts_ja.texts import t
from storage.archive import Archive
from storage.journal import Journal
from storage.troubles import MISSING, StorageError
from ui.port.cases import WaitingView

_MOST_RECENT = 13
# A list without what was just done would be wrong; a list that waits for a sick disk, useless.
_FLUSH_SECONDS = 1.0

_log = logging.getLogger(__name__)


class EarlierCases:
    """Reads beside the window and brings what it found."""

    def __init__(
        self,
        session: Session,
        journal: Journal,
        database: Path,
        background: Background,
        notices: NoticeBoard,
        elsewhere: Elsewhere,
    ) -> None:
        self._session = session
        self._journal = journal
        self._database = database
        self._background = background
        self._notices = notices
        self._elsewhere = elsewhere

    def fetch_waiting(self, then: Callable[[WaitingView], None]) -> None:
        """Look up what was last, and bring it."""
        self._background.run(self._read_waiting, then)

    def open(self, case_id: str) -> None:
        """Lay an earlier case on the desk, or join the running call to it.

        Where a call begins or ends while it is read, it was not meant for that call.
        """
        meant_for = self._running_call()

        def bring(history: tuple[Envelope, ...]) -> None:
            if self._running_call() == meant_for:
                self._on_read(case_id, history)

        self._background.run(lambda: self._read_case(case_id), bring)

    def do_in(self, case_id: str, command: Command) -> None:
        """Carry a command out in a case that need not be in hand."""
        self._elsewhere.do_in(case_id, command)

    def lay_aside(self) -> None:
        """Put the opened earlier case back."""
        self._session.lay_aside()

    def _running_call(self) -> str | None:
        """The call that an opened case would be joined to."""
        desk, phase = self._session.desk, self._session.phase
        return desk.case.call_id if desk and (phase.is_live or phase.is_after_call) else None

    def _on_read(self, case_id: str, history: tuple[Envelope, ...]) -> None:
        phase = self._session.phase
        history = self._elsewhere.completed(case_id, history)
        if not history:
            self._notices.say("said", t("cases.unreadable"))
        elif phase.is_live or phase.is_after_call:
            self._session.join(case_id, history)
        else:
            self._session.choose(case_id, history)

    def _read_waiting(self) -> WaitingView:
        """Reads the disk: beside the window only."""
        self._journal.flush(_FLUSH_SECONDS)
        try:
            with Archive(self._database) as archive:
                return WaitingView(archive.recent(_MOST_RECENT))
        except StorageError as error:
            if error.kind != MISSING:
                _log.warning("the lists cannot be read: %s", error.kind)
            return WaitingView()

    def _read_case(self, case_id: str) -> tuple[Envelope, ...]:
        """Reads the disk: beside the window only."""
        self._journal.flush(_FLUSH_SECONDS)
        try:
            with Archive(self._database) as archive:
                return archive.events_of(case_id)
        except StorageError as error:
            _log.warning("a case cannot be read: %s", error.kind)
            return ()
