"""Events of the second line: its plan, facts, columns, the one concession, next actions.

Rows of facts and columns have no ids of their own: they are notes, and events name the note.
"""

from __future__ import annotations

from datetime import datetime

from call.event_base import (
    ActionTopic,
    Effect,
    Event,
    FactAnswer,
    LegalView,
    OfferAnswer,
    PlanItem,
)

# -- plan and reception -------------------------------------------------------------------------


class LegalViewTaken(Event, frozen=True, tag=True):
    """Somebody judged whether the company is liable (rules.md #9)."""

    free_text = ("by",)
    view: LegalView
    by: str = ""


class PreparationChecked(Event, frozen=True, tag=True):
    """One of the five things was read before the call, or the tick was taken off again."""

    item: PlanItem
    is_checked: bool = True


class WordsWorked(Event, frozen=True, tag=True):
    """Words that eased the customer's anger, or made it worse."""

    free_text = ("words",)
    effect: Effect
    words: str


# -- facts --------------------------------------------------------------------------------------


class FactPlaced(Event, frozen=True, tag=True):
    """A fact was put behind another one; an empty ``after`` puts it first."""

    note_id: str
    after: str = ""


class FactDetailed(Event, frozen=True, tag=True):
    """When a fact happened, and where that is known from."""

    free_text = ("happened", "source")
    note_id: str
    happened: str = ""
    source: str = ""


class FactAnswered(Event, frozen=True, tag=True):
    """The customer agreed with a fact that was read out, or sees it differently."""

    free_text = ("words",)
    note_id: str
    answer: FactAnswer
    words: str = ""


# -- three columns ------------------------------------------------------------------------------


class LineDrawn(Event, frozen=True, tag=True):
    """What belongs to a promise, an ask or a refusal besides its words and its date.

    ``result`` is what follows when the customer does what was asked.
    """

    free_text = ("owner", "reason", "alternatives", "result")
    note_id: str
    owner: str = ""
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    result: str = ""


class RequestPlaced(Event, frozen=True, tag=True):
    """A request of the customer is answered by an entry; an empty ``entry_id`` frees it."""

    request_id: str
    entry_id: str = ""


# -- the one concession -------------------------------------------------------------------------


class ConcessionPlanned(Event, frozen=True, tag=True):
    """The one proposal was settled inside the company, with who approved it (rules.md #12)."""

    free_text = ("offer", "approver")
    offer: str
    approver: str = ""
    expires_at: datetime | None = None


class ConcessionTold(Event, frozen=True, tag=True):
    """The one proposal was told; never undone (rules.md #12-#15)."""

    free_text = ("offer", "approver", "superior_reason", "words")
    offer: str
    approver: str = ""
    superior_reason: str = ""
    words: str = ""
    expires_at: datetime | None = None


class ConcessionAnswered(Event, frozen=True, tag=True):
    """The customer's answer to the proposal told in the event ``target``."""

    free_text = ("words",)
    target: str
    answer: OfferAnswer
    words: str = ""


class LimitStated(Event, frozen=True, tag=True):
    """The customer was told once more that there is no more than this (rules.md #18)."""

    free_text = ("words",)
    words: str = ""


# -- next actions -------------------------------------------------------------------------------


class ActionPlanned(Event, frozen=True, tag=True):
    """Something is to be done: during the call (``is_now``), or by somebody by a time."""

    free_text = ("text", "owner")
    action_id: str
    text: str
    owner: str = ""
    due_at: datetime | None = None
    is_now: bool = False
    topic: ActionTopic = ActionTopic.NONE


class ActionChanged(Event, frozen=True, tag=True):
    """A next action now reads differently."""

    free_text = ("text", "owner")
    action_id: str
    text: str
    owner: str = ""
    due_at: datetime | None = None
    is_now: bool = False


class ActionDone(Event, frozen=True, tag=True):
    """A next action was done."""

    action_id: str


class ActionReopened(Event, frozen=True, tag=True):
    """A next action turned out not to be done."""

    action_id: str


class ActionDropped(Event, frozen=True, tag=True):
    """A next action was taken off the list."""

    action_id: str
