"""What call flows and interrupt cards are: plain data, shared by loader, core and window.

Nothing here reads a file or knows a case. The vocabulary that flow files and the core have in
common (kinds of a note, kinds of a hold) lives here too, because a flow file names them.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from msgspec import Meta, Struct


class NoteKind(StrEnum):
    """What a typed note is (flows.md; design.md "Names")."""

    FACT_CONFIRMED = "fact_confirmed"
    CLAIM = "claim"
    UNCONFIRMED = "unconfirmed"
    DISCREPANCY = "discrepancy"
    REQUEST = "request"
    QUOTE = "quote"
    ANSWERED = "answered"
    PROMISE = "promise"
    ASK = "ask"
    CANNOT = "cannot"
    NG = "ng"
    MEMO = "memo"


class HoldKind(StrEnum):
    """Why the caller waits: the limits of the hold depend on it (rules.md 2.9)."""

    LOOKUP = "lookup"
    CONSULT = "consult"


class Audience(StrEnum):
    """Who hears a phrase: the customer, or somebody inside the company (内)."""

    CUSTOMER = "customer"
    INSIDE = "inside"


class PhraseCategory(StrEnum):
    """What a phrase is for: how it is searched for, and what is folded (``solution_folded``)."""

    OPENING = "opening"
    APOLOGY = "apology"
    EMPATHY = "empathy"
    QUESTION = "question"
    CHECK = "check"
    HOLD = "hold"
    CALLBACK = "callback"
    SOLUTION = "solution"
    DECLINE = "decline"
    PROMISE = "promise"
    VISIT = "visit"
    SAFETY = "safety"
    CAUTION = "caution"
    CLOSING = "closing"
    REPORT = "report"
    OTHER = "other"


# An exit to here leads back to the stage from which a flow was opened that opens anywhere.
BACK = "back"

Text = Annotated[str, Meta(min_length=1)]
Id = Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
Code = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9]*$")]
Version = Annotated[int, Meta(ge=1, le=999_999)]
StageId = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9]*-S[0-9]+$")]
ExitTarget = Annotated[str, Meta(pattern=r"^(back|[A-Z][A-Za-z0-9]*-S[0-9]+)$")]
# A numbered rule ("53"), a line of a table ("T3") or a section ("2.9") of the rules.
RuleNumber = Annotated[str, Meta(pattern=r"^([A-Z]?[1-9][0-9]*|[1-9][0-9]*\.[1-9][0-9]*)$")]


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to say. ``text`` may hold placeholders such as ``{customer}``.

    ``condition`` is a short Japanese remark such as 「録音しているときだけ」, shown beside it.
    ``rules`` are the rules that this phrase itself serves.
    """

    text: Text
    audience: Audience = Audience.CUSTOMER
    condition: str = ""
    category: PhraseCategory = PhraseCategory.OTHER
    rules: tuple[RuleNumber, ...] = ()


class Exit(Struct, frozen=True, forbid_unknown_fields=True):
    """A way out of a stage: the stage it leads to (or BACK) and, in Japanese, when to take it."""

    to: ExitTarget
    when: Text


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a flow.

    ``guide`` is the time guide as shown: a place in the call (「通話1〜4分」) or a length
    (「2分以内」). ``guide_seconds`` is always a length: how long this stage should take at most,
    or 0 where nothing is said.
    ``asks`` are placeholder keys that this stage should fill ("still to ask"); ``note_kinds``
    the three likeliest kinds of a note here; ``hearing_try`` which of the hearing tries this
    stage is (0: none; rules.md #58, #67).
    ``rules`` are the rules that goal, record and don'ts serve. ``self_check`` is what the
    responder asks himself before speaking (rules.md #22). With ``pinned_phrase`` one's own first phrase
    stands before the others (rules.md #104); with ``solution_folded`` phrases of the category "solution"
    stay folded while anger is received, and can be opened (rules.md #85, #88).
    A stage without exits is the end of its flow.
    """

    id: StageId
    title: Text
    goal: Text
    exits: tuple[Exit, ...]
    guide: Text
    record: Annotated[tuple[Text, ...], Meta(min_length=1)]
    dont: Annotated[tuple[Text, ...], Meta(min_length=1)]
    phrases: Annotated[tuple[Phrase, ...], Meta(min_length=1)]
    note_kinds: Annotated[tuple[NoteKind, ...], Meta(min_length=3, max_length=3)]
    guide_seconds: Annotated[int, Meta(ge=0, le=86_400)] = 0
    asks: tuple[str, ...] = ()
    hold: HoldKind = HoldKind.LOOKUP
    hearing_try: Annotated[int, Meta(ge=0, le=2)] = 0
    rules: tuple[RuleNumber, ...] = ()
    self_check: str = ""
    pinned_phrase: bool = False
    solution_folded: bool = False


class ActType(Struct, frozen=True, forbid_unknown_fields=True):
    """A kind of act that may be recorded; several can hold. It never labels a person.

    ``spoken`` is how it is named to the customer, who is asked to stop it: a noun, and no
    reproach. Without it the placeholder's fallback is said.
    """

    id: Id
    title: Text
    spoken: str = ""


class Flow(Struct, frozen=True, forbid_unknown_fields=True):
    """A guided way through a call. The first stage is where it starts.

    ``version`` is stored with every stage entered, so that an edited file never changes how an
    old case reads.
    A flow that ``opens_anywhere`` opens by one key from any stage; its exits to BACK return
    there. ``gate`` is shown as long as the flow is open, with its ``gate_checks``; ``act_types``
    are what can be marked in it.
    """

    id: Id
    code: Code
    title: Text
    summary: Text
    version: Version
    guide: Text
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1)]
    opens_anywhere: bool = False
    gate: str = ""
    gate_checks: tuple[Text, ...] = ()
    act_types: tuple[ActType, ...] = ()

    def stage(self, stage_id: str) -> Stage | None:
        """The stage of that id, or None."""
        return next((stage for stage in self.stages if stage.id == stage_id), None)


class FlowBook(Struct, frozen=True):
    """All flows that loaded, in the order they are offered."""

    flows: tuple[Flow, ...]

    def flow(self, flow_id: str) -> Flow | None:
        """The flow of that id, or None."""
        return next((flow for flow in self.flows if flow.id == flow_id), None)

    def find_stage(self, stage_id: str) -> tuple[Flow, Stage] | None:
        """The stage of that id with its flow, or None where no loaded flow has it."""
        for flow in self.flows:
            stage = flow.stage(stage_id)
            if stage is not None:
                return flow, stage
        return None

    @property
    def opened_anywhere(self) -> Flow | None:
        """The flow that one key opens from any stage, or None."""
        return next((flow for flow in self.flows if flow.opens_anywhere), None)

    def offered_exits(self, stage: Stage) -> tuple[Exit, ...]:
        """The exits of ``stage`` that lead somewhere: flows that are not there are left out.

        So is BACK: where that leads is known to the case, not to the book.
        """
        return tuple(way for way in stage.exits if self.find_stage(way.to) is not None)


class InterruptCard(Struct, frozen=True, forbid_unknown_fields=True):
    """What to do and say when something comes up in any stage, such as a word of an injury.

    ``when`` are the short words or signs that call for it, ``must`` what has to be done. A card
    that ``suspends_limits`` (words about one's own death) takes away every limit of time, tries
    and talk for the rest of the call; one with ``pause_cue`` is followed by the advice to pause.
    """

    id: Id
    code: Code
    title: Text
    when: Annotated[tuple[Text, ...], Meta(min_length=1)]
    must: Annotated[tuple[Text, ...], Meta(min_length=1)]
    phrases: Annotated[tuple[Phrase, ...], Meta(min_length=1)]
    version: Version = 1
    rules: tuple[RuleNumber, ...] = ()
    suspends_limits: bool = False
    pause_cue: bool = False


class CardSheet(Struct, frozen=True, forbid_unknown_fields=True):
    """What one card file holds."""

    cards: Annotated[tuple[InterruptCard, ...], Meta(min_length=1)]


class CardBook(Struct, frozen=True):
    """All cards that loaded, in the order they are offered."""

    cards: tuple[InterruptCard, ...]

    def card(self, card_id: str) -> InterruptCard | None:
        """The card of that id, or None."""
        return next((card for card in self.cards if card.id == card_id), None)
