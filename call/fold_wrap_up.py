"""How a case ended, and who was told of it, folded."""

from __future__ import annotations

from msgspec import Struct, structs

from call.clock import Reading
from call.events import (
    Body,
    Disposition,
    DispositionSet,
    ReportAcknowledged,
    ReportSent,
    UnknownEvent,
)


class Ending(Struct, frozen=True):
    """How the customer took the end."""

    disposition: Disposition
    words: str
    at: Reading


class SentReport(Struct, frozen=True):
    """A first report; ``read_by`` is empty until somebody has read it."""

    event_id: str
    to: str
    words: str
    call_id: str | None
    at: Reading
    read_by: str = ""
    read_at: Reading | None = None


class WrapUp:
    """The end of a case."""

    def __init__(self) -> None:
        self.ending: Ending | None = None
        self.reports: list[SentReport] = []

    def apply(
        self, body: Body | UnknownEvent, event_id: str, call_id: str | None, at: Reading
    ) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case DispositionSet(disposition=disposition, words=words):
                self.ending = Ending(disposition, words, at)
            case ReportSent(to=to, words=words):
                self.reports.append(SentReport(event_id, to, words, call_id, at))
            case ReportAcknowledged(target=target, by=by):
                self.reports = [
                    structs.replace(report, read_by=by, read_at=at)
                    if report.event_id == target
                    else report
                    for report in self.reports
                ]
