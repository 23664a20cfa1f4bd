"""The present stage, and the cards that interrupt it."""

from __future__ import annotations

from typing import Protocol

from msgspec import Struct

from call.clock import Reading
from scripts_ja.model import HoldKind, NoteKind
from ui.port.phrases import PhraseView


class ExitView(Struct, frozen=True):
    """A way out of the stage: where it leads, in words, and when to take it."""

    stage_id: str
    title: str
    when: str


class AskView(Struct, frozen=True):
    """Something this stage should still learn: the placeholder and its name.

    ``is_typed``: it is a text; what is not is answered by keys of its own.
    """

    key: str
    label: str
    is_typed: bool = True


class ReadyView(Struct, frozen=True):
    """What the record holds while the same talk goes on: how often it came, here and in the case.

    ``phrase`` is the sentence that stands ready; None where no answer was noted yet.
    """

    here: int
    in_case: int
    phrase: PhraseView | None


class StageView(Struct, frozen=True):
    """The present stage, ready to paint. ``index`` counts from 0 in its flow of ``count``.

    ``folded`` are the phrases that stay closed, after the others, for the first
    ``folded_seconds`` of the stage; a key opens them (rules.md #88). ``callback`` says in the flow
    of the callback how that stands; empty in all others.
    """

    flow_title: str
    title: str
    goal: str
    guide: str
    index: int
    count: int
    next_title: str
    entered_at: Reading
    tries: int
    max_tries: int
    phrases: tuple[PhraseView, ...]
    dont: tuple[str, ...]
    record: tuple[str, ...]
    asks: tuple[AskView, ...]
    note_kinds: tuple[NoteKind, ...]
    exits: tuple[ExitView, ...]
    hold_kind: HoldKind
    gate: str = ""
    self_check: str = ""
    ready: ReadyView | None = None
    folded: tuple[PhraseView, ...] = ()
    folded_seconds: int = 0
    callback: str = ""

    def phrases_when(self, *, is_open: bool) -> tuple[PhraseView, ...]:
        """The phrases to show, where folded ones were opened by key or not."""
        return self.phrases + self.folded if is_open else self.phrases


class CardView(Struct, frozen=True):
    """An interrupt card: signs that call for it, what must be done, what can be said."""

    id: str
    code: str
    title: str
    when: tuple[str, ...]
    must: tuple[str, ...]
    phrases: tuple[PhraseView, ...]


class CardRow(Struct, frozen=True):
    """A line of the consultation card. ``is_figure``: it follows from the case, nobody types it."""

    label: str
    value: str
    is_missing: bool
    is_figure: bool = False


class InterruptsPort(Protocol):
    """The interrupt cards."""

    def all(self) -> tuple[CardView, ...]:
        """Every card, in the order they are offered."""
        ...

    def open(self, card_id: str) -> CardView | None:
        """The card of that id; that it was opened is kept."""
        ...
