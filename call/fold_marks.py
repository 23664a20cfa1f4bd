"""What the agent marks with one key: temperature, safety, same talk, new fact, fields."""

from __future__ import annotations

from msgspec import Struct

from call.clock import Reading
from call.events import (
    Body,
    CardOpened,
    FieldFilled,
    NewFactHeard,
    NumberAllowed,
    Safety,
    SafetySet,
    SameTalkRepeated,
    TemperatureSet,
    UnknownEvent,
)


class Mark(Struct, frozen=True):
    """One press of a mark key. ``value`` is the level for a temperature, else 0."""

    call_id: str | None
    at: Reading
    value: int = 0


class OpenedCard(Struct, frozen=True):
    """An interrupt card that was opened in a call."""

    call_id: str | None
    at: Reading
    card_id: str
    title: str
    suspends_limits: bool = False
    pause_cue: bool = False


class Marks:
    """Marks over the whole case; each knows its call, for what counts per call.

    ``repeats`` are the same talks since something new was marked.
    """

    def __init__(self) -> None:
        self.temperatures: list[Mark] = []
        self.same_talks: list[Mark] = []
        self.repeats: list[Mark] = []
        self.new_facts: list[Mark] = []
        self.cards: list[OpenedCard] = []
        self.safety = Safety.UNASKED
        self.safety_mark: Mark | None = None
        self.fields: dict[str, str] = {}
        self.allowed_numbers: frozenset[str] = frozenset()

    @property
    def temperature(self) -> int:
        """The temperature now, 0 where none was set."""
        return self.temperatures[-1].value if self.temperatures else 0

    @property
    def peak_temperature(self) -> int:
        """The hottest it was, 0 where none was set."""
        return max((mark.value for mark in self.temperatures), default=0)

    @property
    def first_temperature(self) -> int:
        """The temperature at the start, 0 where none was set."""
        return self.temperatures[0].value if self.temperatures else 0

    def apply(self, body: Body | UnknownEvent, call_id: str | None, at: Reading) -> None:
        """Fold one mark; kinds of other folds are passed over."""
        if isinstance(body, TemperatureSet):
            self.temperatures.append(Mark(call_id, at, body.level))
        elif isinstance(body, SameTalkRepeated):
            self.same_talks.append(Mark(call_id, at))
            self.repeats.append(self.same_talks[-1])
        elif isinstance(body, NewFactHeard):
            self.new_facts.append(Mark(call_id, at))
            self.repeats.clear()
        elif isinstance(body, CardOpened):
            self._open_card(body, call_id, at)
        elif isinstance(body, SafetySet):
            self.safety, self.safety_mark = body.answer, Mark(call_id, at)
        elif isinstance(body, FieldFilled):
            self._fill(body)
        elif isinstance(body, NumberAllowed):
            self.allowed_numbers |= {body.digits}

    def suspending_cards(self, call_id: str | None) -> list[OpenedCard]:
        """The cards opened in that call from which on it has no limits (flows.md X12)."""
        return [card for card in self.cards if card.suspends_limits and card.call_id == call_id]

    def _open_card(self, body: CardOpened, call_id: str | None, at: Reading) -> None:
        self.cards.append(
            OpenedCard(call_id, at, body.card_id, body.title, body.suspends_limits, body.pause_cue)
        )

    def _fill(self, body: FieldFilled) -> None:
        if body.value:
            self.fields[body.key] = body.value
        else:
            self.fields.pop(body.key, None)
