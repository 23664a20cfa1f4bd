"""Which events no longer count, and which happened at another time than they were pressed."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from msgspec import Struct

from call.clock import Reading
from call.events import (
    Body,
    CallEnded,
    Envelope,
    EventCorrected,
    EventRetimed,
    EventUndone,
    UnknownEvent,
    WrapUpParked,
    WrapUpResumed,
)


class Corrections(Struct, frozen=True):
    """What corrections say about a list of events: they name, they never delete."""

    annulled: frozenset[str]
    times: Mapping[str, Reading]

    def time_of(self, envelope: Envelope) -> Reading:
        """When the event really happened; an effect happened when its cause did."""
        own = self.times.get(envelope.id)
        return own or self.times.get(envelope.cause or "", envelope.at)


def is_correction(body: Body | UnknownEvent) -> bool:
    """Whether folding this event changes how earlier ones count."""
    return isinstance(body, EventUndone | EventCorrected | EventRetimed)


def taken_back(recorded: Iterable[Envelope], history: Iterable[Envelope]) -> Body | None:
    """What was taken back by an undo or a correction among what was just ``recorded``."""
    bodies = [event.body for event in recorded]
    targets = {body.target for body in bodies if isinstance(body, EventUndone | EventCorrected)}
    found = (event.body for event in history if event.id in targets) if targets else iter(())
    return next((body for body in found if not isinstance(body, UnknownEvent)), None)


def corrections_in(envelopes: Iterable[Envelope]) -> Corrections:
    """Collect the corrections; what an annulled event caused is annulled with it."""
    events = list(envelopes)
    annulled = {
        event.body.target
        for event in events
        if isinstance(event.body, EventUndone | EventCorrected)
    }
    times = {
        event.body.target: event.body.at for event in events if isinstance(event.body, EventRetimed)
    }
    for event in events:
        if event.cause in annulled and not is_correction(event.body):
            annulled.add(event.id)
    annulled |= _after_no_end(events, annulled)
    return Corrections(frozenset(annulled), times)


def _after_no_end(events: list[Envelope], annulled: set[str]) -> set[str]:
    """After-call work that was put aside or taken up in a call that, it turns out, went on."""
    ended: set[str | None] = set()
    stray: set[str] = set()
    for event in events:
        if isinstance(event.body, CallEnded) and event.id not in annulled:
            ended.add(event.call_id)
        elif isinstance(event.body, WrapUpParked | WrapUpResumed) and event.call_id not in ended:
            stray.add(event.id)
    return stray
