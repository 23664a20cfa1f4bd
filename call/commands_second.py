"""What a second line wants to happen: plan, facts, columns, the one concession, next actions."""

from __future__ import annotations

from datetime import datetime

from call.command_base import Command
from call.events import ActionTopic, Effect, FactAnswer, LegalView, OfferAnswer, PlanItem

# -- plan and reception -------------------------------------------------------------------------


class TakeLegalView(Command, frozen=True):
    """Somebody judged whether the company is liable."""

    view: LegalView
    by: str = ""


class CheckPreparation(Command, frozen=True):
    """One of the five things was read, or was not after all."""

    item: PlanItem
    is_checked: bool = True


class MarkWords(Command, frozen=True):
    """These words eased the customer's anger, or made it worse."""

    effect: Effect
    words: str


# -- facts --------------------------------------------------------------------------------------


class PlaceFact(Command, frozen=True):
    """Put a fact behind another one; first of all where ``after`` is empty."""

    note_id: str
    after: str = ""


class MoveFact(Command, frozen=True):
    """Move a fact up (negative) or down by so many places, as far as there are any."""

    note_id: str
    by: int


class DetailFact(Command, frozen=True):
    """Say when a fact happened and where that is known from."""

    note_id: str
    happened: str = ""
    source: str = ""


class AnswerFact(Command, frozen=True):
    """The customer's answer to a fact that was read out."""

    note_id: str
    answer: FactAnswer
    words: str = ""


# -- three columns ------------------------------------------------------------------------------


class DrawLine(Command, frozen=True):
    """Say what belongs to a promise, an ask or a refusal."""

    note_id: str
    owner: str = ""
    reason: str = ""
    alternatives: tuple[str, ...] = ()
    result: str = ""


class PlaceRequest(Command, frozen=True):
    """This entry answers that request; none does where ``entry_id`` is empty."""

    request_id: str
    entry_id: str = ""


# -- the one concession -------------------------------------------------------------------------


class PlanConcession(Command, frozen=True):
    """Settle the one proposal; an empty offer takes the plan away."""

    offer: str
    approver: str = ""
    expires_at: datetime | None = None


class TellConcession(Command, frozen=True):
    """The one proposal was told. What is left empty is as it was planned."""

    offer: str = ""
    approver: str = ""
    superior_reason: str = ""
    words: str = ""
    expires_at: datetime | None = None


class AnswerConcession(Command, frozen=True):
    """The customer's answer to the proposal; ``target`` empty: to the one told last."""

    answer: OfferAnswer
    words: str = ""
    target: str = ""


class StateLimit(Command, frozen=True):
    """The customer was told that there is no more than this."""

    words: str = ""


# -- next actions -------------------------------------------------------------------------------


class PlanAction(Command, frozen=True):
    """Put something on the list of next actions."""

    text: str
    owner: str = ""
    due_at: datetime | None = None
    is_now: bool = False
    topic: ActionTopic = ActionTopic.NONE


class ChangeAction(Command, frozen=True):
    """Let a next action read differently; without words it is dropped."""

    action_id: str
    text: str
    owner: str = ""
    due_at: datetime | None = None
    is_now: bool = False


class TickAction(Command, frozen=True):
    """A next action is done, or is not after all."""

    action_id: str
    is_done: bool = True


class DropAction(Command, frozen=True):
    """Take a next action off the list."""

    action_id: str


# What begins something of its own; all other commands here name a row that is there already.
SECOND_LINE_BEGINNINGS = (
    TakeLegalView,
    CheckPreparation,
    MarkWords,
    PlanConcession,
    TellConcession,
    StateLimit,
    PlanAction,
)
