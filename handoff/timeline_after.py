"""What the time line tells of the time after a call: tries, confirmations, decisions."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import tzinfo

from call.case import Case
from call.clock import Reading
from scripts_ja.dates import echo_due

# As in handoff.timeline: the call (None: to be looked for), when, what, and values for its words.
Happening = tuple[str | None, Reading, str, Mapping[str, object]]


def after_call(case: Case, zone: tzinfo) -> Iterator[Happening]:
    """All of it, in no order."""
    yield from _callbacks(case, zone)
    yield from _dates(case, zone)


def _callbacks(case: Case, zone: tzinfo) -> Iterator[Happening]:
    folded = case.callbacks
    for confirmed in folded.confirmed.values():
        yield None, confirmed.at, "confirmed", {"by": confirmed.by}
    for tried in folded.attempts:
        values = {
            "result": tried.result,
            "words": tried.words,
            "late_minutes": tried.late_minutes,
            "next_at": tried.next_at.astimezone(zone) if tried.next_at else None,
        }
        yield None, tried.at, "tried", values
    for decided in folded.decisions:
        yield None, decided.at, "unreached", {"decision": decided.decision, "by": decided.by}


def _dates(case: Case, zone: tzinfo) -> Iterator[Happening]:
    for moved in case.due_book.postponed:
        told = "postponed_told" if moved.is_told else "postponed"
        values = {"due": echo_due(moved.due_at.astimezone(zone)), "reason": moved.reason}
        yield None, moved.at, told, values
    for handed in case.due_book.handed_on:
        yield None, handed.at, "handed_on", {"owner": handed.owner}
