"""The month of one desk: every case that is here, folded and counted. Reads the disk."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from pathlib import Path

from app.consulting import zone_of
from call.case import Case
from call.clock import Reading
from call.events import Envelope
from call.limits import Limits
from handoff.month import MonthLine, month_csv, month_lines, month_xlsx
from storage.archive import Archive
from storage.troubles import MISSING, StorageError

FORMS = {".csv": month_csv, ".xlsx": month_xlsx}
_ALL = 1_000_000


def lines_of_month(
    database: Path, month: date, now: Reading, limits: Limits, zone: tzinfo
) -> tuple[MonthLine, ...]:
    """The lines of all cases; none where nothing was ever recorded.

    Raises:
        StorageError: what is here cannot be read.
    """
    try:
        with Archive(database) as archive:
            return month_lines(_cases(archive, month, zone), month, now, limits, zone)
    except StorageError as error:
        if error.kind != MISSING:
            raise
        return ()


def _cases(
    archive: Archive, month: date, zone: tzinfo
) -> Iterator[tuple[Case, Sequence[Envelope]]]:
    """Those that can have something in it: touched since it began, opened before it was over."""
    begins, ends = _bounds(month, zone)
    for line in archive.recent(_ALL):
        is_open = line.status == "open"
        if line.opened_at < ends and (is_open or line.touched_at >= begins):
            history = archive.events_of(line.case_id)
            yield Case.of(line.case_id, history), history


def _bounds(month: date, zone: tzinfo) -> tuple[datetime, datetime]:
    year, after = (month.year + 1, 1) if month.month == 12 else (month.year, month.month + 1)
    begins = datetime(month.year, month.month, 1, tzinfo=zone)
    return begins, datetime(year, after, 1, tzinfo=zone)


def month_before(now: Reading, months_ago: int) -> date:
    """The first day of this month, or of one so many months ago."""
    today = now.wall.astimezone(zone_of(now)).date()
    months = today.year * 12 + today.month - 1 - months_ago
    return date(months // 12, months % 12 + 1, 1)
