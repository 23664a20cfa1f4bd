"""Acts, warnings and decisions, folded: each with its call and time, none a label."""

from __future__ import annotations

from msgspec import Struct, structs

from call.clock import Reading
from call.events import (
    AbuseDecided,
    AbuseDecision,
    AbuseNoted,
    AbusePart,
    ActDetailed,
    ActRecorded,
    Body,
    UnknownEvent,
    WarningGiven,
)


class Act(Struct, frozen=True):
    """An act with the words as they were said; ``act_id`` is the id of its event."""

    act_id: str
    act_types: tuple[str, ...]
    quote: str
    is_danger: bool
    call_id: str | None
    at: Reading


class GivenWarning(Struct, frozen=True):
    """A warning, counted per call from 1."""

    number: int
    act: str
    quote: str
    call_id: str | None
    at: Reading


class Decided(Struct, frozen=True):
    """What a superior decided."""

    decision: AbuseDecision
    by: str
    words: str
    call_id: str | None
    at: Reading


class Abuse:
    """What was recorded of abusive calls, over all calls of the case."""

    def __init__(self) -> None:
        self.acts: list[Act] = []
        self.warnings: list[GivenWarning] = []
        self.decisions: list[Decided] = []
        self._parts: dict[AbusePart, str] = {}

    def part(self, part: AbusePart) -> str:
        """A part of the record, or an empty string."""
        return self._parts.get(part, "")

    def act(self, act_id: str) -> Act | None:
        """The act of that id; without an id the last one."""
        found = (act for act in reversed(self.acts) if act_id in ("", act.act_id))
        return next(found, None)

    def acts_in(self, call_id: str | None) -> tuple[Act, ...]:
        """The acts of that call."""
        return tuple(act for act in self.acts if act.call_id == call_id)

    def decisions_in(self, call_id: str | None) -> tuple[Decided, ...]:
        """What was decided in that call."""
        return tuple(one for one in self.decisions if one.call_id == call_id)

    def warnings_in(self, call_id: str | None) -> tuple[GivenWarning, ...]:
        """The warnings of that call."""
        return tuple(warning for warning in self.warnings if warning.call_id == call_id)

    def dangers_in(self, call_id: str | None) -> tuple[Act, ...]:
        """The acts of that call in which harm was threatened."""
        return tuple(act for act in self.acts_in(call_id) if act.is_danger)

    def is_recorded_in(self, call_id: str | None) -> bool:
        """Whether anything of this kind was recorded in that call."""
        found: list[Act | GivenWarning | Decided] = [*self.acts, *self.warnings, *self.decisions]
        return any(one.call_id == call_id for one in found)

    def apply(
        self, body: Body | UnknownEvent, event_id: str, call_id: str | None, at: Reading
    ) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case ActRecorded(act_types=types, quote=quote, is_danger=is_danger):
                self.acts.append(Act(event_id, types, quote, is_danger, call_id, at))
            case ActDetailed():
                self._detail(body)
            case WarningGiven(act=act, quote=quote):
                number = len(self.warnings_in(call_id)) + 1
                self.warnings.append(GivenWarning(number, act, quote, call_id, at))
            case AbuseDecided(decision=decision, by=by, words=words):
                self.decisions.append(Decided(decision, by, words, call_id, at))
            case AbuseNoted(part=part, text=text):
                self._parts[part] = text

    def _detail(self, body: ActDetailed) -> None:
        self.acts = [
            structs.replace(act, act_types=body.act_types, quote=body.quote)
            if act.act_id == body.act_id
            else act
            for act in self.acts
        ]
