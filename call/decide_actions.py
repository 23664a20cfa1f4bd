"""Next actions: planned, changed, ticked, dropped (rules.md #97-#102)."""

from __future__ import annotations

from call import commands as c
from call import events as e
from call.clock import as_utc
from call.decision import Decision, Refusal, Situation, steps


def plan_action(command: c.PlanAction, at: Situation) -> Decision:
    """Put an action on the list; without words it is nothing.

    It is never refused for a missing owner or time: that is shown as lacking.
    """
    text = command.text.strip()
    if not text:
        return ()
    due_at = as_utc(command.due_at) if command.due_at else None
    return steps(
        e.ActionPlanned(
            e.new_id(at.now), text, command.owner.strip(), due_at, command.is_now, command.topic
        )
    )


def change_action(command: c.ChangeAction, at: Situation) -> Decision:
    """Change an action; an emptied one is dropped."""
    action = at.case.actions.get(command.action_id)
    if action is None:
        return Refusal("action.not_there")
    text, owner = command.text.strip(), command.owner.strip()
    if not text:
        return steps(e.ActionDropped(command.action_id))
    due_at = as_utc(command.due_at) if command.due_at else None
    known = (action.text, action.owner, action.due_at, action.is_now)
    if known == (text, owner, due_at, command.is_now):
        return ()
    return steps(e.ActionChanged(command.action_id, text, owner, due_at, command.is_now))


def tick_action(command: c.TickAction, at: Situation) -> Decision:
    """An action is done, or is not after all."""
    action = at.case.actions.get(command.action_id)
    if action is None:
        return Refusal("action.not_there")
    if action.is_done is command.is_done:
        return ()
    done = e.ActionDone(command.action_id)
    return steps(done if command.is_done else e.ActionReopened(command.action_id))


def drop_action(command: c.DropAction, at: Situation) -> Decision:
    """Take an action off the list; undo brings it back."""
    if at.case.actions.get(command.action_id) is None:
        return Refusal("action.not_there")
    return steps(e.ActionDropped(command.action_id))
