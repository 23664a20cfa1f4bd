"""Commands on cases that are not in hand: read beside the window, decided and kept in its thread."""

from __future__ import annotations

import logging
from pathlib import Path

from app.background import Background
from app.notice_board import NoticeBoard
from app.session import Session
from call.commands import Command
from call.events import Envelope
from scripts_ja.texts import t
from storage.archive import Archive
from storage.journal import Journal
from storage.troubles import StorageError

_FLUSH_SECONDS = 1.0

_log = logging.getLogger(__name__)


class Elsewhere:
    """Does something in a case and leaves the case where it is.

    A case at hand is at the desk already. Any other one is read; between reading and deciding
    something else may be recorded in it, so that what was recorded here is remembered and put to
    whatever was read too early.
    """

    def __init__(
        self,
        session: Session,
        journal: Journal,
        database: Path,
        background: Background,
        notices: NoticeBoard,
    ) -> None:
        self._session = session
        self._journal = journal
        self._database = database
        self._background = background
        self._notices = notices
        self._recorded: dict[str, list[Envelope]] = {}

    def do_in(self, case_id: str, command: Command) -> None:
        """Carry a command out in that case, now or as soon as it was read.

        Whoever listens to the session hears of it; where the case cannot be read, the agent does.
        """
        if self._session.do_in(case_id, command) is None:
            self._background.run(
                lambda: self._read(case_id),
                lambda history: self._on_read(case_id, command, history),
                lambda _: self._on_read(case_id, command, ()),
            )

    def completed(self, case_id: str, history: tuple[Envelope, ...]) -> tuple[Envelope, ...]:
        """What was read of a case, with what was recorded in it from here in the meantime."""
        known = {event.id for event in history}
        missing = [event for event in self._recorded.get(case_id, ()) if event.id not in known]
        return (*history, *missing) if history else ()

    def forget(self) -> None:
        """What was recorded here is no more: an earlier state of the records was restored."""
        self._recorded.clear()

    def _on_read(self, case_id: str, command: Command, read: tuple[Envelope, ...]) -> None:
        change = self._session.do_in(case_id, command, self.completed(case_id, read))
        if change is None:
            self._notices.say("said", t("cases.not_done"), "info")
        else:
            self._recorded.setdefault(case_id, []).extend(change.events)

    def _read(self, case_id: str) -> tuple[Envelope, ...]:
        """Reads the disk: beside the window only. Empty where not all of it can be had."""
        if not self._journal.flush(_FLUSH_SECONDS):
            return ()
        try:
            with Archive(self._database) as archive:
                return archive.events_of(case_id)
        except StorageError as error:
            _log.warning("a case cannot be read: %s", error.kind)
            return ()
