"""What deciding needs and gives: the situation, and events or a refusal with a reason."""

from __future__ import annotations

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.events import Body
from call.limits import Limits
from scripts_ja.model import FlowBook


class Situation(Struct, frozen=True):
    """All that a decision may look at. It is read, never changed."""

    case: Case
    now: Reading
    book: FlowBook
    limits: Limits
    first_flow: str


class Refusal(Struct, frozen=True):
    """Why nothing happened: an id whose words stand in the resources."""

    reason: str


class Step(Struct, frozen=True):
    """One event to record. ``follows`` makes it an effect of the event before it.

    Whoever takes the first back takes the effect back with it.
    """

    body: Body
    follows: bool = False


Decision = tuple[Step, ...] | Refusal


def steps(*bodies: Body) -> tuple[Step, ...]:
    """Independent events, in order."""
    return tuple(Step(body) for body in bodies)
