"""The first three minutes of a second-line talk: anger is received, solutions wait."""

from __future__ import annotations

from msgspec import Struct

from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.limits import Limits


class ReceptionCue(Struct, frozen=True):
    """The reception of anger that runs, or is over while its stage is still open.

    ``seconds_left`` is 0 from the end on (rules.md #85). ``asks_temperature``: nobody has said
    how hot it is at the beginning, or, from the end on, at the end (flows.md F3-S1).
    """

    seconds_left: float
    asks_temperature: bool

    @property
    def is_over(self) -> bool:
        """Whether the time has passed."""
        return self.seconds_left <= 0


def reception_cue(case: Case, now: Reading, limits: Limits) -> ReceptionCue | None:
    """The reception of the present stage, or None where it receives no anger or nobody talks.

    It is counted from the first time that the call came to the stage: going back to it does not
    begin it anew.
    """
    visit, call = case.stages.current, case.call
    if visit is None or call is None or not call.phase.is_live:
        return None
    if not visit.solution_folded or visit.call_id != call.call_id:
        return None
    first = case.stages.first_visit(call.call_id, visit.stage_id) or visit
    passed = elapsed_seconds(first.entered_at, now)
    left = max(0.0, limits.anger_reception_seconds - passed)
    since = first.entered_at.shifted(limits.anger_reception_seconds if left <= 0 else 0)
    own = (mark.at for mark in case.marks.temperatures if mark.call_id == call.call_id)
    return ReceptionCue(left, not any(elapsed_seconds(at, since) == 0 for at in own))
