"""Causes counted over all cases: which ones come again (rules.md #47, #48)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path

from msgspec import Struct

from app.background import Background
from app.record_reader import RecordReader
from call.case import Case
from call.events import Cause, PreventionWritten
from storage.archive import Archive
from storage.journal import Journal


class CauseCount(Struct, frozen=True):
    """A cause with the cases that it was found in: their ids and numbers."""

    cause: Cause
    cases: tuple[tuple[str, str], ...]

    @property
    def recurs(self) -> bool:
        """Whether it was found more than once."""
        return len(self.cases) > 1

    @property
    def case_nos(self) -> tuple[str, ...]:
        """The numbers of the cases."""
        return tuple(number for _, number in self.cases)


class Causes:
    """Reads beside the window."""

    def __init__(self, journal: Journal, database: Path, background: Background) -> None:
        self._reader = RecordReader(journal, database)
        self._background = background

    def fetch(self, then: Callable[[tuple[CauseCount, ...]], None]) -> None:
        """Count and bring them, the most frequent first."""
        self._background.run(
            lambda: self._reader.read(_counted_in, (), "causes cannot be read"), then
        )


def _counted_in(archive: Archive) -> tuple[CauseCount, ...]:
    case_ids = archive.cases_with(PreventionWritten.__name__)
    return counted(Case.of(case_id, archive.events_of(case_id)) for case_id in case_ids)


def counted(cases: Iterable[Case]) -> tuple[CauseCount, ...]:
    """The causes of these cases, the most frequent first; each case has one or none."""
    found: defaultdict[Cause, list[tuple[str, str]]] = defaultdict(list)
    for case in cases:
        sheet = case.prevention.sheet
        if sheet is not None and sheet.cause is not None:
            found[sheet.cause].append((case.id, case.field("company_no") or case.case_no))
    counts = (CauseCount(cause, tuple(cases)) for cause, cases in found.items())
    return tuple(sorted(counts, key=lambda count: (-len(count.cases), count.cause)))
