"""Moving through the stages of a flow, and between flows."""

from __future__ import annotations

from call import commands as c
from call.decision import Decision, Refusal, Situation, steps
from call.events import StageEntered
from scripts_ja.model import Flow, FlowBook, Stage


def advance_stage(command: c.AdvanceStage, at: Situation) -> Decision:
    """Take the first exit that leads somewhere, else the stage that is written next."""
    found = _current(at)
    if found is None:
        return enter_first(at)
    way_on = next_stage(at.book, *found)
    if way_on is None:
        return Refusal("stage.last_one")
    return steps(_entered(*way_on))


def go_back(command: c.GoBack, at: Situation) -> Decision:
    """Go to the stage before, as it is now written; its old words stay in the record."""
    previous = at.case.stages.previous
    if previous is None:
        return Refusal("stage.first_one")
    found = at.book.find_stage(previous.stage_id)
    if found is None:
        return Refusal("stage.not_there")
    return steps(_entered(*found, back=True))


def enter_stage(command: c.EnterStage, at: Situation) -> Decision:
    """Jump to a stage by its id."""
    found = at.book.find_stage(command.stage)
    if found is None:
        return Refusal("stage.not_there")
    return steps(_entered(*found))


def enter_first(at: Situation) -> Decision:
    """Enter the first stage of the flow that calls begin with."""
    first = first_stage_of(at.book, at.first_flow)
    return steps(first) if first else Refusal("stage.not_there")


def first_stage_of(book: FlowBook, flow_id: str) -> StageEntered | None:
    """The event that enters a flow; the first flow there is where that one is missing."""
    flow = book.flow(flow_id) or next(iter(book.flows), None)
    return _entered(flow, flow.stages[0]) if flow else None


def next_stage(book: FlowBook, flow: Flow, stage: Stage) -> tuple[Flow, Stage] | None:
    """Where "next" leads from a stage: within its own flow first."""
    exits = book.offered_exits(stage)
    own = next((way for way in exits if flow.stage(way.to) is not None), None)
    way = own or next(iter(exits), None)
    return book.find_stage(way.to) if way else None


def _current(at: Situation) -> tuple[Flow, Stage] | None:
    visit = at.case.stages.current
    return at.book.find_stage(visit.stage_id) if visit else None


def _entered(flow: Flow, stage: Stage, *, back: bool = False) -> StageEntered:
    return StageEntered(flow.id, flow.version, stage.id, stage.title, stage.hearing_try, back=back)
