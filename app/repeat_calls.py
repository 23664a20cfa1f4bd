"""Whoever rings again from the same number: how often they rang, and what they were answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path

from app.background import Background
from app.session import Session
from call.case import Case
from call.past_calls import PastCalls, past_calls
from storage.archive import Archive
from storage.journal import Journal
from storage.troubles import MISSING, StorageError
from ui.port.abuse import RepeatView

# Older cases of a number are found by the search.
_MOST_CASES = 5
_FLUSH_SECONDS = 1.0

_log = logging.getLogger(__name__)


class RepeatCalls:
    """Reads beside the window."""

    def __init__(
        self, session: Session, journal: Journal, database: Path, background: Background
    ) -> None:
        self._session = session
        self._journal = journal
        self._database = database
        self._background = background

    def fetch(self, number: str, then: Callable[[RepeatView], None]) -> None:
        """Look the number up and bring what earlier cases say; the case in hand is not among them.

        A case that was joined to another is read with it.
        """
        desk, limit = self._session.desk, self._session.limits.repeat_calls
        own = desk.case.id if desk else ""
        here = len(past_calls(desk.case).at) if desk else 0

        def bring(found: tuple[PastCalls, ...]) -> None:
            calls = here + sum(len(case.at) for case in found)
            then(RepeatView(found, calls, calls >= limit))

        self._background.run(lambda: self._read(number, own), bring)

    def _read(self, number: str, own: str) -> tuple[PastCalls, ...]:
        """Reads the disk: beside the window only. Empty where nothing can be read."""
        self._journal.flush(_FLUSH_SECONDS)
        try:
            with Archive(self._database) as archive:
                lines = [line for line in archive.by_number(number) if line.case_id != own]
                cases = (
                    Case.of(line.case_id, archive.events_of(line.case_id))
                    for line in lines[:_MOST_CASES]
                )
                return tuple(past_calls(case) for case in cases)
        except StorageError as error:
            if error.kind != MISSING:
                _log.warning("earlier calls cannot be read: %s", error.kind)
            return ()
