"""What happened when, over all calls of a case: by the wall and by each call's own clock."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from msgspec import Struct

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.events import Direction
from call.fold_times import CallPhase, CallRecord
from handoff.timeline_after import after_call


class Moment(Struct, frozen=True):
    """A point in time: local wall time, and where in which call it was.

    ``call_number`` counts the case's calls from 1 (0: outside any). ``clock_seconds`` is None
    before the first word of a call and after its last.
    """

    at: datetime
    call_number: int = 0
    clock_seconds: float | None = None


class TimelineEntry(Struct, frozen=True):
    """One line of the time line; ``what`` names its words (``handoff.timeline.<what>``).

    ``values`` are what those words need: texts as typed, times local, lengths in seconds.
    """

    moment: Moment
    what: str
    values: Mapping[str, object] = {}


class CallTimes(Struct, frozen=True):
    """One call in figures; the three lengths of time are disjoint, in seconds."""

    number: int
    direction: Direction
    telephone: str
    was_missed: bool
    talk_seconds: float
    hold_seconds: float
    acw_seconds: float
    holds: int
    tries: int
    same_talks: int
    new_facts: int


# What a span of talk is called, by the phase before it.
_TALK_AFTER: Mapping[CallPhase | None, str] = {
    CallPhase.ON_HOLD: "resumed",
    CallPhase.RINGING: "started",
}
_Happening = tuple[str | None, Reading, str, Mapping[str, object]]


def moment_of(case: Case, call_id: str | None, at: Reading, zone: tzinfo) -> Moment:
    """When ``at`` was; without a ``call_id`` it is looked for among the calls."""
    number, call = _call_of(case, call_id, at)
    wall = at.wall.astimezone(zone)
    if call is None or call.started_at is None or _is_before(at, call.started_at):
        return Moment(wall, number)
    if call.ended_at is not None and _is_before(call.ended_at, at):
        return Moment(wall, number)
    return Moment(wall, number, elapsed_seconds(call.started_at, at))


def timeline(case: Case, now: Reading, zone: tzinfo) -> tuple[TimelineEntry, ...]:
    """All entries, call by call and in order of time within each."""
    happenings = [
        *_calls(case, now),
        *_stages(case),
        *_temperatures(case),
        *_cards(case),
        *_handing_up(case, zone),
        *_told(case),
        *after_call(case, zone),
    ]
    happenings.sort(key=lambda happening: _place(case, happening))
    return tuple(
        TimelineEntry(moment_of(case, call_id, at, zone), what, values)
        for call_id, at, what, values in happenings
    )


def call_times(case: Case, now: Reading) -> tuple[CallTimes, ...]:
    """The figures of every call, in order."""
    return tuple(
        CallTimes(
            number=number,
            direction=call.direction,
            telephone=call.number,
            was_missed=call.was_missed,
            talk_seconds=call.talk_seconds(now),
            hold_seconds=call.hold_seconds(now),
            acw_seconds=call.acw_seconds(now),
            holds=len(call.holds),
            tries=case.stages.tries_in(call.call_id),
            same_talks=sum(mark.call_id == call.call_id for mark in case.marks.same_talks),
            new_facts=sum(mark.call_id == call.call_id for mark in case.marks.new_facts),
        )
        for number, call in enumerate(case.calls.values(), start=1)
    )


def _calls(case: Case, now: Reading) -> Iterator[_Happening]:
    for call in case.calls.values():
        holds = iter(call.holds)
        before: CallPhase | None = None
        for span in call.spans:
            values: dict[str, object] = {"number": call.number, "direction": call.direction}
            if span.phase is CallPhase.ON_HOLD:
                hold = next(holds)
                values = {
                    "hold_kind": hold.kind,
                    "announced_minutes": hold.announced_minutes,
                    "seconds": hold.seconds(now),
                    "is_running": hold.end is None,
                }
            what = _what_began(before, span.phase, call)
            if what:
                yield call.call_id, span.start, what, values
            before = span.phase


def _what_began(before: CallPhase | None, phase: CallPhase, call: CallRecord) -> str | None:
    """The entry for a span; after-call work is in the figures, not in the time line."""
    match phase:
        case CallPhase.RINGING:
            return "rang"
        case CallPhase.TALKING:
            return _TALK_AFTER.get(before, "started_unrung")
        case CallPhase.ON_HOLD:
            return "held"
        case CallPhase.WRAP_UP:
            return None if before is CallPhase.PARKED else "ended"
        case CallPhase.CLOSED:
            return "missed" if call.was_missed else None
        case _:
            return None


def _stages(case: Case) -> Iterator[_Happening]:
    for visit in case.stages.visits:
        what = "try" if visit.hearing_try else "stage"
        values = {"title": visit.title, "hearing_try": visit.hearing_try}
        yield visit.call_id, visit.entered_at, what, values


def _temperatures(case: Case) -> Iterator[_Happening]:
    for mark in case.marks.temperatures:
        yield mark.call_id, mark.at, "temperature", {"level": mark.value}


def _cards(case: Case) -> Iterator[_Happening]:
    for card in case.marks.cards:
        yield card.call_id, card.at, "card", {"title": card.title}


def _handing_up(case: Case, zone: tzinfo) -> Iterator[_Happening]:
    for call_id, at in case.handing_up.consults:
        yield call_id, at, "consulted", {}
    for made in case.handing_up.commitments:
        then = made.as_made or made
        values = {
            "owner": then.owner,
            "owner_title": then.owner_title,
            "due_at": then.due_at.astimezone(zone),
            "estimate_minutes": then.estimate_minutes,
            "accepted": made.accepted,
        }
        yield made.call_id, made.at, "committed", values


def _told(case: Case) -> Iterator[_Happening]:
    """What was told with weight, and the notes that left."""
    for at, warning in case.handing_up.warnings:
        yield None, at, "warned", {"act": warning.act, "quote": warning.quote}
    for told in case.concession.told:
        values = {"offer": told.offer, "approver": told.approver, "reason": told.superior_reason}
        yield told.call_id, told.at, "conceded", values
        if told.answered_at is not None:
            yield None, told.answered_at, f"offer_{told.answer}", {}
    for limit in case.concession.limits:
        yield limit.call_id, limit.at, "limit_stated", {}
    for at, _ in case.handing_up.handoffs:
        yield None, at, "handed_over", {}


def _place(case: Case, happening: _Happening) -> tuple[int, float]:
    """Where a happening stands: its call, and the seconds since that call's first event."""
    call_id, at, _, _ = happening
    number, call = _call_of(case, call_id, at)
    return number, elapsed_seconds(call.spans[0].start, at) if call else 0.0


def _call_of(case: Case, call_id: str | None, at: Reading) -> tuple[int, CallRecord | None]:
    """The number and record of a call: the one named, else the last that had begun by then."""
    found: tuple[int, CallRecord | None] = (0, None)
    for number, call in enumerate(case.calls.values(), start=1):
        if call.call_id == call_id:
            return number, call
        if call_id is None and not _is_before(at, call.spans[0].start):
            found = (number, call)
    return found


def _is_before(first: Reading, second: Reading) -> bool:
    return elapsed_seconds(first, second) > 0
