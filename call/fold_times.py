"""The clockwork of one call: phases, holds, and disjoint talk, hold and after-call times."""

from __future__ import annotations

from msgspec import Struct

from call.clock import Reading, elapsed_seconds, later_of
from call.events import (
    Body,
    CallClosed,
    CallEnded,
    CallHeld,
    CallMissed,
    CallResumed,
    CallRinging,
    CallStarted,
    Direction,
    HoldAnnounced,
    HoldKindChanged,
    UnknownEvent,
    WrapUpParked,
    WrapUpResumed,
)
from call.phase import CallPhase as CallPhase
from scripts_ja.model import HoldKind

_PHASE_AFTER: dict[type, CallPhase] = {
    CallRinging: CallPhase.RINGING,
    CallStarted: CallPhase.TALKING,
    CallMissed: CallPhase.CLOSED,
    CallHeld: CallPhase.ON_HOLD,
    CallResumed: CallPhase.TALKING,
    CallEnded: CallPhase.WRAP_UP,
    WrapUpParked: CallPhase.PARKED,
    WrapUpResumed: CallPhase.WRAP_UP,
    CallClosed: CallPhase.CLOSED,
}

PHASE_EVENTS = tuple(_PHASE_AFTER)


class PhaseSpan(Struct, frozen=True):
    """From the event that began a phase to the start of the next span."""

    phase: CallPhase
    event_id: str
    start: Reading


class HoldSpan(Struct):
    """One hold; ``end`` is None while it lasts."""

    kind: HoldKind
    announced_minutes: int
    start: Reading
    end: Reading | None = None

    def seconds(self, now: Reading) -> float:
        """How long the caller waited, or has waited by now."""
        return elapsed_seconds(self.start, self.end or now)


class CallRecord:
    """One call, folded. Spans lie end to end, so that no second is counted twice."""

    def __init__(self, call_id: str) -> None:
        self.call_id = call_id
        self.direction = Direction.INCOMING
        self.number = ""
        self.spans: list[PhaseSpan] = []
        self.holds: list[HoldSpan] = []
        self.next_hold_kind: HoldKind | None = None
        self.announced_minutes = 0

    @property
    def phase(self) -> CallPhase:
        """Where the call stands."""
        return self.spans[-1].phase if self.spans else CallPhase.IDLE

    @property
    def was_missed(self) -> bool:
        """Whether it rang and nobody talked."""
        return self.phase is CallPhase.CLOSED and self.started_at is None

    @property
    def started_at(self) -> Reading | None:
        """When both sides could first talk."""
        return next((s.start for s in self.spans if s.phase is CallPhase.TALKING), None)

    @property
    def ended_at(self) -> Reading | None:
        """When the line was closed."""
        return next((s.start for s in self.spans if s.phase is CallPhase.WRAP_UP), None)

    @property
    def hold(self) -> HoldSpan | None:
        """The hold that lasts now."""
        return self.holds[-1] if self.phase is CallPhase.ON_HOLD and self.holds else None

    def talk_seconds(self, now: Reading) -> float:
        """Seconds of talk, holds left out."""
        return self._seconds_in(CallPhase.TALKING, now)

    def hold_seconds(self, now: Reading) -> float:
        """Seconds on hold, over all holds."""
        return self._seconds_in(CallPhase.ON_HOLD, now)

    def acw_seconds(self, now: Reading) -> float:
        """Seconds of after-call work, parked time left out."""
        return self._seconds_in(CallPhase.WRAP_UP, now)

    def call_seconds(self, now: Reading) -> float:
        """The call clock: from the first word to the last, holds included."""
        return self.talk_seconds(now) + self.hold_seconds(now)

    def handle_seconds(self, now: Reading) -> float:
        """Talk, hold and after-call work together."""
        return self.call_seconds(now) + self.acw_seconds(now)

    def _seconds_in(self, phase: CallPhase, now: Reading) -> float:
        ends = [span.start for span in self.spans[1:]] + [now]
        return sum(
            elapsed_seconds(span.start, end)
            for span, end in zip(self.spans, ends, strict=True)
            if span.phase is phase
        )

    def apply(self, body: Body | UnknownEvent, event_id: str, at: Reading) -> None:
        """Fold one event of this call; kinds of other folds are passed over."""
        if isinstance(body, CallRinging | CallStarted):
            self.direction, self.number = body.direction, body.number or self.number
        elif isinstance(body, HoldKindChanged):
            self._change_hold_kind(body.hold_kind)
        elif isinstance(body, HoldAnnounced):
            self._announce(body.minutes)
        phase = _PHASE_AFTER.get(type(body))
        if phase is not None:
            self._move(phase, event_id, at, body)

    def _move(
        self, phase: CallPhase, event_id: str, at: Reading, body: Body | UnknownEvent
    ) -> None:
        start = later_of(self.spans[-1].start, at) if self.spans else at
        if self.hold is not None:
            self.hold.end = start
        self.spans.append(PhaseSpan(phase, event_id, start))
        if isinstance(body, CallHeld):
            self.holds.append(HoldSpan(body.hold_kind, body.announced_minutes, start))
            self.next_hold_kind = None
            self.announced_minutes = 0

    def _change_hold_kind(self, kind: HoldKind) -> None:
        if self.hold is not None:
            self.hold.kind = kind
        else:
            self.next_hold_kind = kind

    def _announce(self, minutes: int) -> None:
        if self.hold is not None:
            self.hold.announced_minutes = minutes
        else:
            self.announced_minutes = minutes
