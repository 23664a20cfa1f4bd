"""Events of a callback and of other dates: read back, confirmed, tried, postponed, handed on."""

from __future__ import annotations

from datetime import datetime

from call.event_base import AttemptResult, Event


class NumberReadBack(Event, frozen=True, tag=True):
    """A number was read back to the customer, who agreed (F5-S1, rules.md T1)."""

    free_text = ("number",)
    number: str


class CallbackConfirmed(Event, frozen=True, tag=True):
    """Who is to call back has taken on time and matter (F5-S2); ``target`` is the commitment."""

    free_text = ("by",)
    target: str
    by: str


class CallAttempted(Event, frozen=True, tag=True):
    """The customer was rung (F5-S5). ``target`` is what is owed, or empty for a call of no date.

    ``late_minutes`` is how long after its time that was (F5-S4).
    """

    free_text = ("words",)
    target: str
    result: AttemptResult
    words: str = ""
    next_at: datetime | None = None
    late_minutes: int = 0


class UnreachedDecided(Event, frozen=True, tag=True):
    """A superior decided what follows when nobody could be reached (F5-S5)."""

    free_text = ("decision", "by")
    target: str
    decision: str
    by: str


class DuePostponed(Event, frozen=True, tag=True):
    """What is owed has another date than ``from_at``.

    ``is_told``: the customer agreed to it, or knows of it. Without a reason a call was tried in
    vain and is tried again.
    """

    free_text = ("reason",)
    target: str
    due_at: datetime
    reason: str = ""
    is_told: bool = False
    from_at: datetime | None = None


class DueHandedOn(Event, frozen=True, tag=True):
    """Somebody else answers for what is owed."""

    free_text = ("owner",)
    target: str
    owner: str
