"""What a case owes by a date: the struct that folds, lists and storage share."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct

CALLBACK, PROMISE, ACTION = "callback", "promise", "action"
# The one concession waits for the customer's answer; its owner is who approved it.
OFFER = "offer"
VISIT, NEXT_DAY_CALL, VISIT_REPORT = "visit", "next_day_call", "visit_report"
EFFECT_CHECK = "effect_check"
# The customer still counts on the old date of something that was postponed.
TELL_DELAY = "tell_delay"
# What no customer was promised.
INSIDE = (ACTION, VISIT_REPORT, EFFECT_CHECK)
# What is owed by ringing the customer, so that tries count for it.
CALLS = (CALLBACK, NEXT_DAY_CALL)

KINDS = (
    CALLBACK,
    PROMISE,
    ACTION,
    OFFER,
    VISIT,
    NEXT_DAY_CALL,
    VISIT_REPORT,
    EFFECT_CHECK,
    TELL_DELAY,
)
# What the telling of a delay is named after: the thing that is late.
TELLING = "/told"


class Due(Struct, frozen=True):
    """Something that has a date; ``kind`` is one of the constants of this module.

    ``target`` is what the commands that settle it, postpone it or hand it on name.
    """

    kind: str
    target: str
    at: datetime
    owner: str
    text: str
