"""Events of the way up: consulting, the callback, the note that leaves, warnings."""

from __future__ import annotations

from datetime import datetime

from call.event_base import Event


class ConsultStarted(Event, frozen=True, tag=True):
    """The consultation card was opened: a superior is being asked."""


class CallbackCommitted(Event, frozen=True, tag=True):
    """Somebody named promised to call back by a time (rules.md #69)."""

    free_text = ("owner", "owner_title")
    owner: str
    owner_title: str
    due_at: datetime
    estimate_minutes: int = 0


class CallbackAnswered(Event, frozen=True, tag=True):
    """The customer accepted or refused the callback."""

    accepted: bool


class DueSettled(Event, frozen=True, tag=True):
    """What was owed by a date is done: the commitment's event id, or the note's id."""

    target: str


class HandoffMade(Event, frozen=True, tag=True):
    """The handoff note left the desk; ``missing`` are the ids of what was not known.

    ``unconfirmed`` are those of them that are required: the agent said that it goes without them.
    ``by`` is whose name stood on it.
    """

    free_text = ("file_name", "by")
    form: str
    file_name: str
    missing: tuple[str, ...] = ()
    unconfirmed: tuple[str, ...] = ()
    by: str = ""


class HandoffTakenOver(Event, frozen=True, tag=True):
    """The desk it was handed to says that it took the case over; ``bundle`` is what it read."""

    free_text = ("by",)
    by: str
    taken_at: datetime
    bundle: str


class WarningGiven(Event, frozen=True, tag=True):
    """The customer was asked to stop an act; never undone."""

    free_text = ("act", "quote")
    act: str
    quote: str = ""


class AdviceDismissed(Event, frozen=True, tag=True):
    """The agent put a prompt aside; it does not come again in this call.

    With a ``target`` it is a reminder of one thing (:class:`call.agenda.AgendaEntry`), and does
    not come again for that thing, whatever call it is.
    """

    prompt: str
    target: str = ""
