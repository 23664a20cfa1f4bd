"""Events of a case and its calls."""

from __future__ import annotations

from call.event_base import Direction, Event
from scripts_ja.model import HoldKind


class CaseOpened(Event, frozen=True, tag=True):
    """A complaint was opened under the number that its customer is given (受付番号)."""

    case_no: str


class CaseJoined(Event, frozen=True, tag=True):
    """This case turned out to be the earlier case ``into``: the customer rang back."""

    into: str


class CallRinging(Event, frozen=True, tag=True):
    """The telephone rings, here or at the customer's."""

    free_text = ("number",)
    direction: Direction
    number: str = ""


class CallStarted(Event, frozen=True, tag=True):
    """Both sides can talk."""

    free_text = ("number",)
    direction: Direction
    number: str = ""


class CallMissed(Event, frozen=True, tag=True):
    """The ringing ended and nobody had answered."""


class CallHeld(Event, frozen=True, tag=True):
    """The caller was put on hold; ``announced_minutes`` is what they were told, 0 if nothing."""

    hold_kind: HoldKind
    announced_minutes: int = 0


class HoldKindChanged(Event, frozen=True, tag=True):
    """The running or the coming hold is of this kind."""

    hold_kind: HoldKind


class HoldAnnounced(Event, frozen=True, tag=True):
    """The caller was told how many minutes the hold takes."""

    minutes: int


class CallResumed(Event, frozen=True, tag=True):
    """The hold ended, the talk goes on."""


class CallEnded(Event, frozen=True, tag=True):
    """The line is closed; after-call work begins."""


class WrapUpParked(Event, frozen=True, tag=True):
    """After-call work was put aside for the next call; its clock stands still."""


class WrapUpResumed(Event, frozen=True, tag=True):
    """After-call work was taken up again."""


class CallClosed(Event, frozen=True, tag=True):
    """After-call work is finished (完了)."""
