"""What is drawn of a call: talk and hold, stages, temperature, same talks, on the call's clock."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from msgspec import Struct

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.events import Direction
from call.fold_times import CallPhase, CallRecord


class Stretch(Struct, frozen=True):
    """Talk or hold from ``start`` to ``end``, seconds on the call's clock."""

    start: float
    end: float
    is_hold: bool


class StageMark(Struct, frozen=True):
    """A stage as it was entered, seconds on the call's clock."""

    at: float
    title: str


class Level(Struct, frozen=True):
    """The temperature (1-5) from ``at`` on, seconds on the call's clock."""

    at: float
    value: int


class _Timed(NamedTuple):
    call_id: str | None
    at: Reading
    what: str | int = 0


class CallPicture(Struct, frozen=True, kw_only=True):
    """One call to draw; ``seconds`` is how long the line was open."""

    number: int
    direction: Direction
    seconds: float
    stretches: tuple[Stretch, ...]
    stages: tuple[StageMark, ...]
    levels: tuple[Level, ...]
    same_talks: tuple[float, ...]


def call_pictures(case: Case, now: Reading) -> tuple[CallPicture, ...]:
    """A picture of each call in which anybody talked."""
    return tuple(
        _picture(case, call, number, call.started_at, now)
        for number, call in enumerate(case.calls.values(), start=1)
        if call.started_at is not None
    )


def _picture(
    case: Case, call: CallRecord, number: int, start: Reading, now: Reading
) -> CallPicture:
    stretches = tuple(_stretches(call, start, now))
    seconds = max((stretch.end for stretch in stretches), default=0.0)

    def is_inside(mark: _Timed) -> bool:
        """Whether it was in this call, from its first word to its last."""
        is_before = elapsed_seconds(mark.at, start) > 0
        return mark.call_id == call.call_id and not is_before and clock(mark.at) <= seconds

    def clock(at: Reading) -> float:
        return elapsed_seconds(start, at)

    visits = (_Timed(visit.call_id, visit.entered_at, visit.title) for visit in case.stages.visits)
    levels = (_Timed(mark.call_id, mark.at, mark.value) for mark in case.marks.temperatures)
    talks = (_Timed(mark.call_id, mark.at) for mark in case.marks.same_talks)
    return CallPicture(
        number=number,
        direction=call.direction,
        seconds=seconds,
        stretches=stretches,
        stages=tuple(StageMark(clock(v.at), str(v.what)) for v in visits if is_inside(v)),
        levels=tuple(Level(clock(v.at), int(v.what)) for v in levels if is_inside(v)),
        same_talks=tuple(clock(talk.at) for talk in talks if is_inside(talk)),
    )


def _stretches(call: CallRecord, start: Reading, now: Reading) -> Iterator[Stretch]:
    for span, after in zip_longest(call.spans, call.spans[1:]):
        if span.phase.is_live:
            begin = elapsed_seconds(start, span.start)
            end = elapsed_seconds(start, after.start if after else now)
            yield Stretch(begin, max(begin, end), span.phase is CallPhase.ON_HOLD)
