"""Cases that are not in hand: what was last, opening one, joining a call to one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.background import Background
from app.elsewhere import Elsewhere
from app.notice_board import NoticeBoard
from app.record_reader import RecordReader
from app.session import Session
from call.commands import Command
from call.events import Envelope
from scripts_ja.texts import t
from storage.journal import Journal
from ui.port.cases import WaitingView

_MOST_RECENT = 13


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
        self._reader = RecordReader(journal, database)
        self._background = background
        self._notices = notices
        self._elsewhere = elsewhere

    def fetch_waiting(self, then: Callable[[WaitingView], None]) -> None:
        """Look up what was last, and bring it."""
        self._background.run(
            lambda: self._reader.read(
                lambda archive: WaitingView(archive.recent(_MOST_RECENT)),
                WaitingView(),
                "the lists cannot be read",
            ),
            then,
        )

    def open(self, case_id: str) -> None:
        """Lay an earlier case on the desk, or join the running call to it.

        Where a call begins or ends while it is read, it was not meant for that call.
        """
        meant_for = self._running_call()

        def bring(history: tuple[Envelope, ...]) -> None:
            if self._running_call() == meant_for:
                self._on_read(case_id, history)

        self._background.run(lambda: self._reader.history(case_id), bring)

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
