"""What is due: callbacks, promises, first and interim reports, of this case and of all others.

In a call only dated things of other cases remind, and none can be opened: an agent who talks can
still ask a colleague, but cannot write a report.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import timedelta
from itertools import chain, takewhile

from call.advice import Found, Look
from call.agenda import (
    INTERIM,
    REPORT,
    REPORT_SAFETY,
    UNREACHED,
    VISIT_OVERDUE,
    AgendaEntry,
    entries_of,
)
from call.dues import CALLBACK, CALLS, OFFER, PROMISE
from call.fold_times import CallPhase
from call.limits import Limits

OPEN_CASE, HAND_OVER = "open_case", "handoff"
# After a shift nobody makes a first report any more: that is what the case list is for.
_REPORT_MINUTES = 12 * 60.0
# What speaks from its time on, and not before.
_WHEN_THERE = {INTERIM: "interim_report", UNREACHED: "unreached", VISIT_OVERDUE: VISIT_OVERDUE}
_A_MINUTE = timedelta(minutes=1)


def reminder(prompt_id: str) -> Callable[[Look], Found | None]:
    """The row of one kind of reminder; it speaks of the entry that has been due for longest."""

    def speak(look: Look) -> Found | None:
        found = _speaking(look).get(prompt_id)
        if found is None:
            return None
        entry, minutes = found
        return Found(_values(prompt_id, minutes, look.limits), entry, _action(entry, look))

    return speak


def _speaking(look: Look) -> Mapping[str, tuple[AgendaEntry, float]]:
    """By the id of the prompt: the earliest entry that it speaks of now, and its minutes left.

    All kinds of reminders are found in one pass that ends where nothing can be near.
    """
    if look.reminders is None:
        look.reminders = {}
        for entry, minutes in _near(look):
            prompt_id = _prompt_of(entry.what.kind, minutes, look.limits)
            is_aside = (prompt_id, entry.key) in entry.put_aside
            earlier = look.reminders.get(prompt_id)
            is_first = earlier is None or minutes < earlier[1]
            if prompt_id and not is_aside and is_first and not _must_wait(prompt_id, look):
                look.reminders[prompt_id] = (entry, minutes)
    return look.reminders


def _near(look: Look) -> Iterator[tuple[AgendaEntry, float]]:
    """Entries whose time is near or past, with the minutes left.

    Those of the case in hand are as it is now: the agenda may still hold it as it was.
    """
    own = entries_of(look.case, look.limits) if look.case else ()
    own_id = look.case.id if look.case else ""
    now = look.now.wall
    horizon = now + timedelta(minutes=_horizon(look.limits))
    soon = takewhile(lambda entry: entry.at <= horizon, look.agenda.entries)
    others = (entry for entry in soon if entry.case_id != own_id)
    for entry in chain(own, others):
        yield entry, (entry.at - now) / _A_MINUTE


def _horizon(limits: Limits) -> float:
    """How many minutes before its time the earliest reminder comes."""
    return max(
        limits.callback_remind_first_minutes,
        limits.callback_remind_last_minutes,
        limits.first_report_minutes / 2,
    )


def _prompt_of(kind: str, minutes: float, limits: Limits) -> str:
    """The id of the prompt for what is due in so many minutes; empty where it is silent."""
    if kind in _WHEN_THERE:
        return _WHEN_THERE[kind] if minutes <= 0 else ""
    if kind not in (REPORT, REPORT_SAFETY):
        return _dated(kind, minutes, limits)
    if minutes <= -_REPORT_MINUTES:
        return ""
    if kind == REPORT_SAFETY:
        return "report_safety" if minutes <= 0 else ""
    if minutes <= 0:
        return "report_red"
    return "report_amber" if minutes <= limits.first_report_minutes / 2 else ""


def _dated(kind: str, minutes: float, limits: Limits) -> str:
    """Whatever has a date and is no callback was promised to somebody.

    An offer is left to the customer until its time is over (rules.md #16); then somebody asks.
    """
    if kind == OFFER:
        return "offer_late" if minutes <= 0 else ""
    what = CALLBACK if kind in CALLS else PROMISE
    if minutes <= 0:
        return f"{what}_late"
    if minutes <= limits.callback_remind_last_minutes:
        return f"{what}_last"
    return f"{what}_first" if minutes <= limits.callback_remind_first_minutes else ""


def _must_wait(prompt_id: str, look: Look) -> bool:
    """Reports wait until nobody talks; people out there do not."""
    speaks_in_calls = (CALLBACK, PROMISE, OFFER, VISIT_OVERDUE)
    return look.live is not None and not prompt_id.startswith(speaks_in_calls)


def _action(entry: AgendaEntry, look: Look) -> str:
    """What the key does: nothing in a call; hand over the case in hand; open another."""
    is_own = look.case is not None and entry.case_id == look.case.id
    if look.phase.is_live or look.phase is CallPhase.RINGING:
        return ""
    if is_own and entry.what.kind in (REPORT, REPORT_SAFETY):
        return HAND_OVER
    return "" if is_own and look.phase.is_after_call else OPEN_CASE


def _values(prompt_id: str, minutes: float, limits: Limits) -> dict[str, int]:
    if prompt_id.startswith("report_") and prompt_id != "report_safety":
        return {"minutes": int(limits.first_report_minutes - minutes)}
    if prompt_id == "interim_report":
        return {"hours": limits.interim_report_hours}
    if prompt_id == "unreached":
        return {"count": limits.callback_attempts}
    return {"minutes": int(-minutes) if minutes <= 0 else -int(-minutes // 1)}
