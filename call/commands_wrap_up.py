"""What somebody wants to happen after the call; the conclusion is the field ``conclusion``."""

from __future__ import annotations

from datetime import date, datetime

from call.command_base import Command
from call.events import Cause, Disposition


class SetDisposition(Command, frozen=True):
    """How the customer took the end."""

    disposition: Disposition
    words: str = ""


class SendReport(Command, frozen=True):
    """The first report was sent."""

    to: str
    words: str = ""


class AcknowledgeReport(Command, frozen=True):
    """It was read; without a target the one sent last, without a name by whom it was sent to."""

    by: str = ""
    target: str = ""


class WritePrevention(Command, frozen=True):
    """Let the prevention sheet read so, whole."""

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


class CheckEffect(Command, frozen=True):
    """Whether the measure works."""

    is_effective: bool
    words: str = ""
