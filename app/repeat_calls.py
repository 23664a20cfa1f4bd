"""Whoever rings again from the same number: how often they rang, and what they were answered."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from app.background import Background
from app.record_reader import RecordReader
from app.session import Session
from call.case import Case
from call.past_calls import PastCalls, past_calls
from storage.archive import Archive
from storage.journal import Journal
from ui.port.abuse import RepeatView

# Older cases of a number are found by the search.
_MOST_CASES = 5


class RepeatCalls:
    """Reads beside the window."""

    def __init__(
        self, session: Session, journal: Journal, database: Path, background: Background
    ) -> None:
        self._session = session
        self._reader = RecordReader(journal, database)
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

        self._background.run(
            lambda: self._reader.read(
                lambda archive: _past_calls_of(archive, number, own),
                (),
                "earlier calls cannot be read",
            ),
            bring,
        )


def _past_calls_of(archive: Archive, number: str, own: str) -> tuple[PastCalls, ...]:
    lines = [line for line in archive.by_number(number) if line.case_id != own]
    cases = (Case.of(line.case_id, archive.events_of(line.case_id)) for line in lines[:_MOST_CASES])
    return tuple(past_calls(case) for case in cases)
