"""What all events have in common, and the small vocabularies that they use."""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from msgspec import Struct


class Direction(StrEnum):
    """Who called whom."""

    INCOMING = "incoming"
    OUTGOING = "outgoing"


class Safety(StrEnum):
    """Injury, accident or harm to health: the question every flow asks (rules.md 2.5)."""

    YES = "yes"
    NO = "no"
    UNASKED = "unasked"


class LegalView(StrEnum):
    """Whether the company is liable, as far as is known (責任あり・なし・不明・確認中; #9)."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    CHECKING = "checking"


class PlanItem(StrEnum):
    """The five things to have read before the call (主訴・要望・回答済み・NG・期限; F3-S0)."""

    ISSUE = "issue"
    REQUEST = "request"
    ANSWERED = "answered"
    NG = "ng"
    DEADLINE = "deadline"


class Effect(StrEnum):
    """What words did to the customer's anger (F3-S1)."""

    EASED = "eased"
    ANGERED = "angered"


class FactAnswer(StrEnum):
    """What the customer said to a fact that was read out (rules.md #93)."""

    AGREED = "agreed"
    DIFFERENT = "different"
    OPEN = "open"


class OfferAnswer(StrEnum):
    """What the customer said to the one proposal (rules.md #15, #16)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    OPEN = "open"


class ActionTopic(StrEnum):
    """What a next action is about, where law or safety asks for it (flows.md X1)."""

    NONE = "none"
    DUTY_CHECK = "duty_check"
    KEEP_ITEM = "keep_item"
    LEGAL = "legal"
    QUALITY = "quality"
    POLICE = "police"


class AttemptResult(StrEnum):
    """What came of ringing the customer (不在・留守電・話し中・他の方・つながった; F5-S5)."""

    ABSENT = "absent"
    VOICEMAIL = "voicemail"
    BUSY = "busy"
    OTHER_PERSON = "other_person"
    REACHED = "reached"


class VisitCheck(StrEnum):
    """What is asked before a visit: is there harm, is it justified, is it safe, is there a place."""

    HARM = "harm"
    JUSTIFICATION = "justification"
    SAFETY = "safety"
    PLACE = "place"


class Judged(StrEnum):
    """An answer to such a question."""

    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"


class PlaceKind(StrEnum):
    """Where one meets; a place with others around is offered first (rules.md T2)."""

    THIRD_PARTY = "third_party"
    OWN_PREMISES = "own_premises"
    HOME = "home"
    WORKPLACE = "workplace"


class VisitMoment(StrEnum):
    """What happens on a visit, one key each (F6-S3, F6-S4)."""

    DEPARTED = "departed"
    ARRIVED = "arrived"
    RANG = "rang"
    PHONED = "phoned"
    WAITING = "waiting"
    MET = "met"
    ABSENT = "absent"
    LEFT = "left"


class AbuseDecision(StrEnum):
    """What a superior may decide in an abusive call (F7-S3, F7-S4)."""

    CONTINUE = "continue"
    TAKE_OVER = "take_over"
    END_CALL = "end_call"
    POLICE = "police"


class AbusePart(StrEnum):
    """What the record of such a call adds afterwards (artefacts.md 5)."""

    RECORDING = "recording"
    IMPACT = "impact"
    POLICY = "policy"
    CONSULTED = "consulted"


class Disposition(StrEnum):
    """How a case ended for the customer (受諾・不受諾・保留; artefacts.md 2)."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    PENDING = "pending"


class Cause(StrEnum):
    """What kind of cause it was (人・手順・仕組み・商品・説明; F8-S5)."""

    PERSON = "person"
    PROCEDURE = "procedure"
    SYSTEM = "system"
    PRODUCT = "product"
    EXPLANATION = "explanation"


class Event(Struct, frozen=True, tag_field="kind"):
    """Base of all event bodies; the class name is the kind that is stored.

    ``free_text`` names the fields that hold what somebody typed or said: they are screened for
    numbers that must not be kept. A test holds that every string field is there or an id.
    """

    version: ClassVar[int] = 1
    free_text: ClassVar[tuple[str, ...]] = ()
