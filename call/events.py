"""What happened: past-tense facts, immutable, each in an envelope.

Events are the only truth of a case. A kind that this version does not know is kept and passed
on as :class:`UnknownEvent`, so that a newer desk's case survives an older one.
"""

from __future__ import annotations

import os
from datetime import datetime
from enum import StrEnum
from typing import Any, ClassVar

import msgspec
from msgspec import Struct

from call.clock import Reading
from call.upcast import upcast
from scripts_ja.model import HoldKind, NoteKind


class Direction(StrEnum):
    """Who called whom."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Safety(StrEnum):
    """Injury, accident or harm to health: the question every flow asks (rules.md 2.5)."""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"


class Event(Struct, frozen=True, tag_field="kind"):
    """Base of all event bodies; the class name is the kind that is stored.

    ``free_text`` names the fields that hold what somebody typed or said: they are screened for
    numbers that must not be kept. A test holds that every string field is there or an id.
    """

    version: ClassVar[int] = 1
    free_text: ClassVar[tuple[str, ...]] = ()


# -- the case and its calls ---------------------------------------------------------------------


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


# -- stages and marks ---------------------------------------------------------------------------


class StageEntered(Event, frozen=True, tag=True):
    """A stage was entered. The title is stored: folding never reads a flow file.

    For the same reason it says what guidance has to know of the stage: whether solutions are
    folded in it, whether it begins with a look at oneself, and whether its flow opens anywhere.
    """

    flow_id: str
    flow_version: int
    stage_id: str
    title: str
    hearing_try: int = 0
    back: bool = False
    solution_folded: bool = False
    self_check: bool = False
    aside: bool = False


class TemperatureSet(Event, frozen=True, tag=True):
    """How hot it is, 1 (calm) to 5 (danger)."""

    level: int


class SafetySet(Event, frozen=True, tag=True):
    """The answer to the safety question."""

    answer: Safety


class SameTalkRepeated(Event, frozen=True, tag=True):
    """The same talk came again (同じ話)."""


class NewFactHeard(Event, frozen=True, tag=True):
    """Something new was heard (新しい事実)."""


class CardOpened(Event, frozen=True, tag=True):
    """An interrupt card was opened. The title is stored: folding reads no card file.

    So is what guidance has to know of the card: whether it takes all limits away for the rest of
    the call, and whether it asks for a pause.
    """

    free_text = ("title",)
    card_id: str
    card_version: int
    title: str
    suspends_limits: bool = False
    pause_cue: bool = False


class FieldFilled(Event, frozen=True, tag=True):
    """A placeholder of the case got its value; an empty value empties it."""

    free_text = ("value",)
    key: str
    value: str


class NumberAllowed(Event, frozen=True, tag=True):
    """The agent says that this long number is a slip or part number and may be stored."""

    digits: str


# -- notes --------------------------------------------------------------------------------------


class NoteTaken(Event, frozen=True, tag=True):
    """A note was saved; its time is that of its first keystroke."""

    free_text = ("text",)
    note_id: str
    note_kind: NoteKind
    text: str
    begun_at: Reading
    due_at: datetime | None = None


class NoteEdited(Event, frozen=True, tag=True):
    """A note now reads differently."""

    free_text = ("text",)
    note_id: str
    note_kind: NoteKind
    text: str
    due_at: datetime | None = None


class NoteRemoved(Event, frozen=True, tag=True):
    """A note was taken off the list (undo brings it back)."""

    note_id: str


# -- handing up ---------------------------------------------------------------------------------


class ConsultStarted(Event, frozen=True, tag=True):
    """The consultation card was opened: a superior is being asked."""


class CallbackCommitted(Event, frozen=True, tag=True):
    """Somebody named promised to call back by a time (rules.md #69)."""

    free_text = ("owner", "owner_title")
    owner: str
    owner_title: str
    due_at: datetime
    estimate_minutes: int = 0


class CallbackAnswered(Event, frozen=True, tag=True):
    """The customer accepted or refused the callback."""

    accepted: bool


class DueSettled(Event, frozen=True, tag=True):
    """What was owed by a date is done: the commitment's event id, or the note's id."""

    target: str


class HandoffMade(Event, frozen=True, tag=True):
    """The handoff note left the desk; ``missing`` are the ids of what was not known."""

    free_text = ("file_name",)
    form: str
    file_name: str
    missing: tuple[str, ...] = ()


class WarningGiven(Event, frozen=True, tag=True):
    """The customer was asked to stop an act; never undone."""

    free_text = ("act", "quote")
    act: str
    quote: str = ""


class ConcessionTold(Event, frozen=True, tag=True):
    """The one proposal was told; never undone (rules.md #12-#15)."""

    free_text = ("offer", "approver", "superior_reason")
    offer: str
    approver: str = ""
    superior_reason: str = ""


class AdviceDismissed(Event, frozen=True, tag=True):
    """The agent put a prompt aside; it does not come again in this call.

    With a ``target`` it is a reminder of one thing (:class:`call.agenda.AgendaEntry`), and does
    not come again for that thing, whatever call it is.
    """

    prompt: str
    target: str = ""


# -- corrections --------------------------------------------------------------------------------


class EventUndone(Event, frozen=True, tag=True):
    """The target is taken back, and with it whatever it caused."""

    target: str


class EventCorrected(Event, frozen=True, tag=True):
    """The target is taken back for a reason that stays on record."""

    free_text = ("reason",)
    target: str
    reason: str


class EventRetimed(Event, frozen=True, tag=True):
    """The target happened at another time than when its key was pressed."""

    target: str
    at: Reading


class UnknownEvent(Struct, frozen=True):
    """A kind or version this program does not know, kept as it came."""

    kind: str
    raw: dict[str, Any]


Body = (
    CaseOpened
    | CaseJoined
    | CallRinging
    | CallStarted
    | CallMissed
    | CallHeld
    | HoldKindChanged
    | HoldAnnounced
    | CallResumed
    | CallEnded
    | WrapUpParked
    | WrapUpResumed
    | CallClosed
    | StageEntered
    | TemperatureSet
    | SafetySet
    | SameTalkRepeated
    | NewFactHeard
    | CardOpened
    | FieldFilled
    | NumberAllowed
    | NoteTaken
    | NoteEdited
    | NoteRemoved
    | ConsultStarted
    | CallbackCommitted
    | CallbackAnswered
    | DueSettled
    | HandoffMade
    | WarningGiven
    | ConcessionTold
    | AdviceDismissed
    | EventUndone
    | EventCorrected
    | EventRetimed
)


class Envelope(Struct, frozen=True, kw_only=True):
    """An event with all that is needed to order it, trust it and read it years later.

    ``seq`` counts per desk; ``cause`` is the id of the event that this one answers; ``v`` is
    the version of the body's kind.
    """

    id: str
    desk_id: str
    case_id: str
    call_id: str | None
    seq: int
    at: Reading
    body: Body | UnknownEvent
    v: int = 1
    cause: str | None = None

    @property
    def kind(self) -> str:
        """The name of the event, as stored."""
        return self.body.kind if isinstance(self.body, UnknownEvent) else type(self.body).__name__


_VERSIONS: dict[str, int] = {kind.__name__: kind.version for kind in Event.__subclasses__()}


def encode_body(body: Body | UnknownEvent) -> str:
    """The JSON of a body, without its kind (the envelope carries that)."""
    if isinstance(body, UnknownEvent):
        return msgspec.json.encode(body.raw).decode()
    fields = msgspec.to_builtins(body, str_keys=True)
    del fields["kind"]
    return msgspec.json.encode(fields).decode()


def decode_body(kind: str, v: int, payload: str) -> Body | UnknownEvent:
    """Read a stored body, lifting old versions; what is not known is kept raw.

    Raises:
        msgspec.ValidationError: a known kind and version whose payload is damaged.
        msgspec.DecodeError: the payload is no JSON.
    """
    raw: dict[str, Any] = msgspec.json.decode(payload, type=dict[str, Any])
    current = _VERSIONS.get(kind)
    if current is None or v > current:
        return UnknownEvent(kind, raw)
    lifted = upcast(kind, v, current, raw)
    body: Body = msgspec.convert({**lifted, "kind": kind}, Body)
    return body


def new_id(at: Reading) -> str:
    """A uuid7: sorts by the wall clock of ``at`` and is unique without asking anybody."""
    milliseconds = int(at.wall.timestamp() * 1000) & 0xFFFF_FFFF_FFFF
    number = int.from_bytes(os.urandom(10), "big") | (milliseconds << 80)
    number = (number & ~(0xF << 76)) | (0x7 << 76)
    number = (number & ~(0x3 << 62)) | (0x2 << 62)
    text = f"{number:032x}"
    return "-".join((text[:8], text[8:12], text[12:16], text[16:20], text[20:]))
