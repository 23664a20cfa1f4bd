"""What a command did."""

from __future__ import annotations

from msgspec import Struct

from call.commands import Command
from call.decision import Refusal
from call.events import Body, Envelope


class Change(Struct, frozen=True):
    """What a command led to: events (none where nothing changed), or a refusal.

    ``taken_back`` is the step that an undo or a correction took back.
    """

    command: Command | None
    events: tuple[Envelope, ...] = ()
    refusal: Refusal | None = None
    taken_back: Body | None = None
