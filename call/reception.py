"""The first three minutes (rules.md #85-#88): the countdown, and how hot it was at both ends."""

from __future__ import annotations

from msgspec import Struct

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.decision import Situation
from call.events import Effect
from call.fold_marks import Mark
from call.fold_plan import WorkedWords
from call.fold_stages import StageVisit


class Reception(Struct, frozen=True):
    """Anger received in one call. Temperatures are 1 to 5; 0 where none was set by then."""

    call_id: str | None
    started_at: Reading
    seconds: int
    temperature_at_start: int
    temperature_at_end: int
    eased: tuple[WorkedWords, ...]
    angered: tuple[WorkedWords, ...]

    def seconds_left(self, now: Reading) -> float:
        """What is left of the countdown; 0 when it is over."""
        return max(0.0, self.seconds - elapsed_seconds(self.started_at, now))

    def is_over(self, now: Reading) -> bool:
        """Whether the time for receiving anger has passed, so that solutions may unfold (#88)."""
        return self.seconds_left(now) == 0


def reception_at(at: Situation) -> Reception | None:
    """The reception as a situation has it."""
    return reception_of(at.case, at.now, at.limits.anger_reception_seconds)


def reception_of(case: Case, now: Reading, seconds: int) -> Reception | None:
    """The last call's in which anger was received, counted from when that began.

    A stage that folds solutions is one that receives anger; going back to it does not begin it
    anew. The temperature at the end is the first that was set from then on while the stage was
    still open, else the last before; it stays 0 until the time is over.
    """
    visits = [visit for visit in case.stages.visits if visit.solution_folded]
    if not visits:
        return None
    call_id = visits[-1].call_id
    start = next(visit for visit in visits if visit.call_id == call_id).entered_at
    marks = [mark for mark in case.marks.temperatures if mark.call_id == call_id]
    by_end = _until_left(marks, case, visits[-1])
    words = [worked for worked in case.plan.words if worked.call_id == call_id]
    is_over = elapsed_seconds(start, now) >= seconds
    return Reception(
        call_id=call_id,
        started_at=start,
        seconds=seconds,
        temperature_at_start=_at_start(marks, start, seconds),
        temperature_at_end=_at_end(by_end, start.shifted(seconds)) if is_over else 0,
        eased=tuple(worked for worked in words if worked.effect is Effect.EASED),
        angered=tuple(worked for worked in words if worked.effect is Effect.ANGERED),
    )


def _until_left(marks: list[Mark], case: Case, last: StageVisit) -> list[Mark]:
    """What was set before the agent went on from the last visit."""
    place = case.stages.visits.index(last) + 1
    left = case.stages.visits[place].entered_at if place < len(case.stages.visits) else None
    return [mark for mark in marks if left is None or elapsed_seconds(left, mark.at) == 0]


def _at_start(marks: list[Mark], start: Reading, seconds: int) -> int:
    """What was set before, else the first that was set while anger was received."""
    before = _last_by(marks, start)
    if before:
        return before
    within = (m for m in marks if elapsed_seconds(start, m.at) <= seconds)
    return next((mark.value for mark in within), 0)


def _at_end(marks: list[Mark], end: Reading) -> int:
    """What was set when the time was over, else what was known then (flows.md F3-S1)."""
    after = (mark.value for mark in marks if elapsed_seconds(end, mark.at) > 0)
    return next(after, 0) or _last_by(marks, end)


def _last_by(marks: list[Mark], moment: Reading) -> int:
    by_then = [mark.value for mark in marks if elapsed_seconds(moment, mark.at) == 0]
    return by_then[-1] if by_then else 0
