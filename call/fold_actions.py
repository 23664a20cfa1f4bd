"""Next actions (次の一手), folded: who does what by when, and what is done during the call."""

from __future__ import annotations

from datetime import datetime

from msgspec import Struct, structs

from call.clock import Reading
from call.events import (
    ActionChanged,
    ActionDone,
    ActionDropped,
    ActionPlanned,
    ActionReopened,
    ActionTopic,
    Body,
    DueHandedOn,
    DuePostponed,
    Safety,
    SafetySet,
    UnknownEvent,
)
from call.fold_columns import Lack


class Action(Struct, frozen=True):
    """One next action. ``is_now``: it is done while the customer is on the line (#101)."""

    action_id: str
    text: str
    owner: str
    due_at: datetime | None
    is_now: bool
    topic: ActionTopic
    call_id: str | None
    planned_at: Reading
    done_at: Reading | None = None

    @property
    def is_done(self) -> bool:
        """Whether it is done."""
        return self.done_at is not None

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Owner and time that it still needs; what is done, or done now, needs neither (#100)."""
        if self.is_now or self.is_done:
            return ()
        needed = {Lack.OWNER: self.owner, Lack.DUE: self.due_at}
        return tuple(lack for lack, value in needed.items() if not value)


class ActionList:
    """The actions of a case, in the order they were planned."""

    def __init__(self) -> None:
        self._actions: dict[str, Action] = {}
        self.planned_topics: set[ActionTopic] = set()
        self.harm_answered_at: Reading | None = None

    @property
    def actions(self) -> tuple[Action, ...]:
        """All that stand on the list, done ones too."""
        return tuple(self._actions.values())

    @property
    def now(self) -> tuple[Action, ...]:
        """Those for during the call, to be ticked."""
        return tuple(action for action in self.actions if action.is_now)

    @property
    def later(self) -> tuple[Action, ...]:
        """Those for afterwards, the soonest first; undated ones last."""
        found = [action for action in self.actions if not action.is_now]
        dated = sorted((a for a in found if a.due_at), key=lambda a: a.due_at or a.planned_at.wall)
        return (*dated, *(action for action in found if action.due_at is None))

    @property
    def open(self) -> tuple[Action, ...]:
        """Those that are not done."""
        return tuple(action for action in self.actions if not action.is_done)

    def get(self, action_id: str) -> Action | None:
        """The action of that id, or None where it never was or was dropped."""
        return self._actions.get(action_id)

    def apply(self, body: Body | UnknownEvent, call_id: str | None, at: Reading) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case ActionPlanned():
                self._plan(body, call_id, at)
            case ActionChanged(action_id, text, owner, due_at, is_now):
                self._change(action_id, text=text, owner=owner, due_at=due_at, is_now=is_now)
            case ActionDone(action_id):
                self._change(action_id, done_at=at)
            case ActionReopened(action_id):
                self._change(action_id, done_at=None)
            case ActionDropped(action_id):
                self._actions.pop(action_id, None)
            case DuePostponed(target=target, due_at=due_at):
                self._change(target, due_at=due_at)
            case DueHandedOn(target=target, owner=owner):
                self._change(target, owner=owner)
            case SafetySet(answer=Safety.YES):
                self.harm_answered_at = self.harm_answered_at or at

    def _plan(self, body: ActionPlanned, call_id: str | None, at: Reading) -> None:
        self.planned_topics.add(body.topic)
        self._actions[body.action_id] = Action(
            body.action_id,
            body.text,
            body.owner,
            body.due_at,
            body.is_now,
            body.topic,
            call_id,
            at,
        )

    def _change(self, action_id: str, **values: object) -> None:
        action = self._actions.get(action_id)
        if action is not None:
            self._actions[action_id] = structs.replace(action, **values)
