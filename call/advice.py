"""What advice is made of: levels, prompts, the rows of the table, and what every row looks at."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from enum import StrEnum
from functools import cached_property

from msgspec import Struct

from call.agenda import Agenda, AgendaEntry
from call.case import Case
from call.clock import Reading, elapsed_seconds
from call.fold_scale import Scale
from call.fold_times import CallPhase, CallRecord, HoldSpan
from call.limits import Limits
from call.reception_cue import ReceptionCue, reception_cue
from scripts_ja.model import NoteKind

# Kinds of a note that bring something new into the talk, as the key 新しい事実 does.
_NEWS = (NoteKind.FACT_CONFIRMED, NoteKind.CLAIM, NoteKind.DISCREPANCY)


class Level(StrEnum):
    """How urgent: calm warns of nothing, amber is near, red must change now (look.md)."""

    CALM = "calm"
    AMBER = "amber"
    RED = "red"


class Prompt(Struct, frozen=True):
    """One piece of advice. ``action`` is the id of the action that follows it, or empty.

    ``rule`` is where it comes from in rules.md and flows.md; ``values`` fill the words.
    A reminder is ``about`` an entry of the agenda. One that ``stays`` is not put aside by a key
    that also closes sheets: it goes with what it asks for.
    """

    id: str
    level: Level
    action: str
    rule: str
    values: Mapping[str, int] = {}
    about: AgendaEntry | None = None
    stays: bool = False

    @property
    def target(self) -> str:
        """What a reminder is put aside for; empty where that is this call."""
        return self.about.key if self.about else ""


class Found(Struct, frozen=True):
    """That a row has something to say now: what fills its words, and what it is about."""

    values: Mapping[str, int] = {}
    about: AgendaEntry | None = None
    action: str | None = None


class Row(Struct, frozen=True):
    """One row of the table: ``look`` tells whether it speaks now.

    ``action`` may be overruled by what is found (a case cannot be opened in a call).
    """

    id: str
    level: Level
    action: str
    rule: str
    look: Callable[[Look], Found | None]
    stays: bool = False


class Look:
    """What every row looks at, each figure taken once."""

    def __init__(self, case: Case | None, now: Reading, limits: Limits, agenda: Agenda) -> None:
        self.case = case
        self.now = now
        self.limits = limits
        self.agenda = agenda
        # Filled by the first row that asks for it (call/advice_agenda.py).
        self.reminders: dict[str, tuple[AgendaEntry, float]] | None = None

    @cached_property
    def call(self) -> CallRecord | None:
        """The call of the case in hand."""
        return self.case.call if self.case else None

    @property
    def phase(self) -> CallPhase:
        """Its phase."""
        return self.call.phase if self.call else CallPhase.IDLE

    @cached_property
    def live(self) -> LiveCall | None:
        """The call while its line is open."""
        if self.case is None or self.call is None or not self.call.phase.is_live:
            return None
        return LiveCall(self.case, self.call, self.now, self.limits)


class LiveCall:
    """A call whose line is open."""

    def __init__(self, case: Case, call: CallRecord, now: Reading, limits: Limits) -> None:
        self.case = case
        self.call = call
        self.now = now
        self.limits = limits

    @cached_property
    def minutes(self) -> float:
        """Minutes since the first word."""
        return self.call.call_seconds(self.now) / 60

    @cached_property
    def minutes_without_news(self) -> float:
        """Minutes without anything new."""
        return minutes_without_news(self.case, self.now)

    @cached_property
    def reception(self) -> ReceptionCue | None:
        """The reception of anger, where the present stage is one."""
        return reception_cue(self.case, self.now, self.limits)

    @property
    def hold(self) -> HoldSpan | None:
        """The hold that lasts."""
        return self.call.hold

    @property
    def is_talking(self) -> bool:
        """Whether the customer hears."""
        return self.call.phase is CallPhase.TALKING

    @property
    def has_callback(self) -> bool:
        """Whether a callback of this call stands."""
        return self.case.handing_up.has_callback_in(self.call.call_id)

    @property
    def was_consulted(self) -> bool:
        """Whether a superior was asked in this call."""
        return self.case.handing_up.was_consulted_in(self.call.call_id)

    @property
    def is_ordinary(self) -> bool:
        """Whether the 10, 15 and 20 minutes apply; else the 30 and 60 do."""
        return self.case.scales.of(self.call.call_id) is Scale.ORDINARY


def minutes_without_news(case: Case, now: Reading) -> float:
    """Minutes since something new was heard or noted in this call, else since it began.

    Nothing new is to be expected once the call is over.
    """
    call = case.call
    if call is None or call.started_at is None:
        return 0.0
    heard = [mark.at for mark in case.marks.new_facts if mark.call_id == call.call_id]
    noted = [n.begun_at for n in case.notes.of_kind(*_NEWS) if n.call_id == call.call_id]
    until = call.ended_at or now
    return min(elapsed_seconds(at, until) for at in [call.started_at, *heard, *noted]) / 60
