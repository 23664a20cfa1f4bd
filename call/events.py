"""What happened: past-tense facts, immutable, each in an envelope.

Events are the only truth of a case. A kind that this version does not know is kept and passed
on as :class:`UnknownEvent`, so that a newer desk's case survives an older one.

The kinds stand in ``call/events_*.py`` by topic; everybody else takes them from here.
"""

from __future__ import annotations

import os
from typing import Any

import msgspec
from msgspec import Struct

from call.clock import Reading
from call.event_base import (
    AbuseDecision,
    AbusePart,
    ActionTopic,
    AttemptResult,
    Cause,
    Direction,
    Disposition,
    Effect,
    Event,
    FactAnswer,
    Judged,
    LegalView,
    OfferAnswer,
    PlaceKind,
    PlanItem,
    Safety,
    VisitCheck,
    VisitMoment,
)
from call.events_abuse import AbuseDecided, AbuseNoted, ActDetailed, ActRecorded
from call.events_call import (
    CallClosed,
    CallEnded,
    CallHeld,
    CallMissed,
    CallResumed,
    CallRinging,
    CallStarted,
    CaseJoined,
    CaseOpened,
    HoldAnnounced,
    HoldKindChanged,
    WrapUpParked,
    WrapUpResumed,
)
from call.events_callback import (
    CallAttempted,
    CallbackConfirmed,
    DueHandedOn,
    DuePostponed,
    NumberReadBack,
    UnreachedDecided,
)
from call.events_handing_up import (
    AdviceDismissed,
    CallbackAnswered,
    CallbackCommitted,
    ConsultStarted,
    DueSettled,
    HandoffMade,
    WarningGiven,
)
from call.events_record import (
    CardOpened,
    FieldFilled,
    NewFactHeard,
    NoteEdited,
    NoteRemoved,
    NoteTaken,
    NumberAllowed,
    SafetySet,
    SameTalkRepeated,
    StageEntered,
    TemperatureSet,
)
from call.events_second import (
    ActionChanged,
    ActionDone,
    ActionDropped,
    ActionPlanned,
    ActionReopened,
    ConcessionAnswered,
    ConcessionPlanned,
    ConcessionTold,
    FactAnswered,
    FactDetailed,
    FactPlaced,
    LegalViewTaken,
    LimitStated,
    LineDrawn,
    PreparationChecked,
    RequestPlaced,
    WordsWorked,
)
from call.events_visit import (
    AbsenceNoteLeft,
    NextDayCallSet,
    PlaceOffered,
    VisitCancelled,
    VisitJudged,
    VisitMarked,
    VisitPlanned,
    VisitReported,
    VisitReportSet,
)
from call.events_wrap_up import (
    DispositionSet,
    EffectChecked,
    PreventionWritten,
    ReportAcknowledged,
    ReportSent,
)
from call.upcast import upcast

__all__ = [
    "AbsenceNoteLeft",
    "AbuseDecided",
    "AbuseDecision",
    "AbuseNoted",
    "AbusePart",
    "ActDetailed",
    "ActRecorded",
    "ActionChanged",
    "ActionDone",
    "ActionDropped",
    "ActionPlanned",
    "ActionReopened",
    "ActionTopic",
    "AdviceDismissed",
    "AttemptResult",
    "Body",
    "CallAttempted",
    "CallClosed",
    "CallEnded",
    "CallHeld",
    "CallMissed",
    "CallResumed",
    "CallRinging",
    "CallStarted",
    "CallbackAnswered",
    "CallbackCommitted",
    "CallbackConfirmed",
    "CardOpened",
    "CaseJoined",
    "CaseOpened",
    "Cause",
    "ConcessionAnswered",
    "ConcessionPlanned",
    "ConcessionTold",
    "ConsultStarted",
    "Direction",
    "Disposition",
    "DispositionSet",
    "DueHandedOn",
    "DuePostponed",
    "DueSettled",
    "Effect",
    "EffectChecked",
    "Envelope",
    "Event",
    "EventCorrected",
    "EventRetimed",
    "EventUndone",
    "FactAnswer",
    "FactAnswered",
    "FactDetailed",
    "FactPlaced",
    "FieldFilled",
    "HandoffMade",
    "HoldAnnounced",
    "HoldKindChanged",
    "Judged",
    "LegalView",
    "LegalViewTaken",
    "LimitStated",
    "LineDrawn",
    "NewFactHeard",
    "NextDayCallSet",
    "NoteEdited",
    "NoteRemoved",
    "NoteTaken",
    "NumberAllowed",
    "NumberReadBack",
    "OfferAnswer",
    "PlaceKind",
    "PlaceOffered",
    "PlanItem",
    "PreparationChecked",
    "PreventionWritten",
    "ReportAcknowledged",
    "ReportSent",
    "RequestPlaced",
    "Safety",
    "SafetySet",
    "SameTalkRepeated",
    "StageEntered",
    "TemperatureSet",
    "UnknownEvent",
    "UnreachedDecided",
    "VisitCancelled",
    "VisitCheck",
    "VisitJudged",
    "VisitMarked",
    "VisitMoment",
    "VisitPlanned",
    "VisitReportSet",
    "VisitReported",
    "WarningGiven",
    "WordsWorked",
    "WrapUpParked",
    "WrapUpResumed",
    "decode_body",
    "encode_body",
    "new_id",
]


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
    | AdviceDismissed
    | LegalViewTaken
    | PreparationChecked
    | WordsWorked
    | FactPlaced
    | FactDetailed
    | FactAnswered
    | LineDrawn
    | RequestPlaced
    | ConcessionPlanned
    | ConcessionTold
    | ConcessionAnswered
    | LimitStated
    | ActionPlanned
    | ActionChanged
    | ActionDone
    | ActionReopened
    | ActionDropped
    | NumberReadBack
    | CallbackConfirmed
    | CallAttempted
    | UnreachedDecided
    | DuePostponed
    | DueHandedOn
    | AbsenceNoteLeft
    | NextDayCallSet
    | PlaceOffered
    | VisitCancelled
    | VisitJudged
    | VisitMarked
    | VisitPlanned
    | VisitReported
    | VisitReportSet
    | AbuseDecided
    | AbuseNoted
    | ActDetailed
    | ActRecorded
    | DispositionSet
    | EffectChecked
    | PreventionWritten
    | ReportAcknowledged
    | ReportSent
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
