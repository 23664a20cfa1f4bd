"""Events after the call: how it ended, who was told, the prevention sheet and its check (F8)."""

from __future__ import annotations

from datetime import date, datetime

from call.event_base import Cause, Disposition, Event


class DispositionSet(Event, frozen=True, tag=True):
    """How the customer took the end: accepted, declined or still open."""

    free_text = ("words",)
    disposition: Disposition
    words: str = ""


class ReportSent(Event, frozen=True, tag=True):
    """The first report (速報) was sent to somebody (rules.md #38)."""

    free_text = ("to", "words")
    to: str
    words: str = ""


class ReportAcknowledged(Event, frozen=True, tag=True):
    """Somebody has read the report sent in the event ``target``."""

    free_text = ("by",)
    target: str
    by: str


class PreventionWritten(Event, frozen=True, tag=True):
    """The prevention sheet (再発防止票) as it reads now, whole (rules.md #46, #47)."""

    free_text = ("story", "size", "stopgap", "measure", "owner", "shared_with", "told_customer")
    cause: Cause | None = None
    story: str = ""
    size: str = ""
    stopgap: str = ""
    measure: str = ""
    owner: str = ""
    starts_on: date | None = None
    check_at: datetime | None = None
    shared_with: str = ""
    told_customer: str = ""


class EffectChecked(Event, frozen=True, tag=True):
    """Whether the measure works was looked at."""

    free_text = ("words",)
    is_effective: bool
    words: str = ""
