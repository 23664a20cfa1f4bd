"""Which version of the handoff note one made now would be: what it says counts, not how often it left."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from call.events import (
    AdviceDismissed,
    Envelope,
    EventCorrected,
    EventRetimed,
    EventUndone,
    HandoffMade,
    HandoffTakenOver,
    UnknownEvent,
)

# What is done with a note, or beside it, changes nothing of what it says.
BESIDE_THE_NOTE = (HandoffMade, HandoffTakenOver, AdviceDismissed, UnknownEvent)


def editions_in(events: Iterable[Envelope], annulled: AbstractSet[str]) -> tuple[int, bool]:
    """How many versions have left, and whether anything stands otherwise since the last.

    What was added and taken back again between two notes leaves them one version.
    """
    standing: dict[str, str | None] = {}
    last: dict[str, str | None] | None = None
    count = 0
    for event in events:
        if isinstance(event.body, HandoffMade) and event.id not in annulled:
            count += standing != last
            last = dict(standing)
        _follow(standing, event, annulled)
    return count, standing != last


def _follow(standing: dict[str, str | None], event: Envelope, annulled: AbstractSet[str]) -> None:
    """``standing`` holds the events that count, by what caused or retimed them."""
    body = event.body
    if isinstance(body, EventUndone | EventCorrected):
        for gone in [one for one, cause in standing.items() if cause == body.target]:
            del standing[gone]
        standing.pop(body.target, None)
    elif isinstance(body, EventRetimed):
        if event.id not in annulled:
            standing[event.id] = None
    elif not isinstance(body, BESIDE_THE_NOTE):
        standing[event.id] = event.cause
