"""What somebody wants to happen with a callback, and with whatever else has a date."""

from __future__ import annotations

from datetime import datetime

from call.command_base import Command
from call.events import AttemptResult


class ReadBackNumber(Command, frozen=True):
    """The number was read back; empty: the one that is filled in, else the one that was shown."""

    number: str = ""


class ConfirmCallback(Command, frozen=True):
    """Who calls back has taken it on; without a name it is whoever committed."""

    by: str = ""


class TryCall(Command, frozen=True):
    """The customer was rung; ``target`` empty: for the earliest call that is owed."""

    result: AttemptResult
    words: str = ""
    next_at: datetime | None = None
    target: str = ""


class SetNextTry(Command, frozen=True):
    """After a try in vain: when the customer is rung again; ``target`` empty: the earliest call."""

    next_at: datetime
    target: str = ""


class DecideUnreached(Command, frozen=True):
    """What a superior decided after the tries; with ``next_at`` it is tried anew then."""

    decision: str
    by: str
    next_at: datetime | None = None
    target: str = ""


class PostponeDue(Command, frozen=True):
    """Give what is owed another date; the same date with ``is_told``: the customer was told."""

    target: str
    due_at: datetime
    reason: str = ""
    is_told: bool = False


class HandOnDue(Command, frozen=True):
    """Let somebody else answer for what is owed."""

    target: str
    owner: str
