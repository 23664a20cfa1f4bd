"""What a call flow is: plain data, shared by the loader, the core and the window.

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


Text = Annotated[str, Meta(min_length=1)]
StageId = Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9]*-S[0-9]+$")]


class Phrase(Struct, frozen=True, forbid_unknown_fields=True):
    """One thing to say. ``text`` may hold placeholders such as ``{customer}``.

    ``condition`` is a short Japanese remark such as 「録音しているときだけ」, shown beside it.
    """

    text: Text
    audience: Audience = Audience.CUSTOMER
    condition: str = ""


class Exit(Struct, frozen=True, forbid_unknown_fields=True):
    """A way out of a stage: the stage it leads to and, in Japanese, when to take it."""

    to: StageId
    when: Text


class Stage(Struct, frozen=True, forbid_unknown_fields=True):
    """One step of a flow.

    ``guide`` is the time guide as shown: a place in the call (「通話1〜4分」) or a length
    (「2分以内」). ``guide_seconds`` is always a length: how long this stage should take at most,
    or 0 where nothing is said.
    ``asks`` are placeholder keys that this stage should fill ("still to ask"); ``note_kinds``
    the three likeliest kinds of a note here; ``hearing_try`` which of the hearing tries this
    stage is (0: none; rules.md #58, #67).
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


class Flow(Struct, frozen=True, forbid_unknown_fields=True):
    """A guided way through a call. The first stage is where it starts.

    ``version`` is stored with every stage entered, so that an edited file never changes how an
    old case reads.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z][a-z0-9_]*$")]
    code: Annotated[str, Meta(pattern=r"^[A-Z][A-Za-z0-9]*$")]
    title: Text
    summary: Text
    version: Annotated[int, Meta(ge=1, le=999_999)]
    guide: Text
    stages: Annotated[tuple[Stage, ...], Meta(min_length=1)]

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

    def offered_exits(self, stage: Stage) -> tuple[Exit, ...]:
        """The exits of ``stage`` that lead somewhere: flows that are not there are left out."""
        return tuple(way for way in stage.exits if self.find_stage(way.to) is not None)
