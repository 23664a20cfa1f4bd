"""Moving through the stages of a flow, and between flows."""

from __future__ import annotations

from call import commands as c
from call.decision import Decision, Refusal, Situation, steps
from call.events import StageEntered
from scripts_ja.model import BACK, Flow, FlowBook, Stage


def advance_stage(command: c.AdvanceStage, at: Situation) -> Decision:
    """Take the first exit that leads somewhere, else the stage that is written next."""
    found = _current(at)
    if found is None:
        return enter_first(at)
    way_on = next_stage(at.book, found[1])
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
    found = interrupted_stage(at) if command.stage == BACK else at.book.find_stage(command.stage)
    if found is not None and command.stage == BACK:
        return steps(_entered(*found, back=True))
    if found is None:
        return Refusal("stage.not_there")
    return steps(_entered(*found))


def toggle_aside(command: c.ToggleAside, at: Situation) -> Decision:
    """Open the flow that opens from any stage (F7); in it, return to where one was."""
    flow = at.book.opened_anywhere
    if flow is None:
        return Refusal("stage.not_there")
    visit = at.case.stages.current
    if visit is None or visit.flow_id != flow.id:
        return steps(_entered(flow, flow.stages[0]))
    return enter_stage(c.EnterStage(BACK), at)


def interrupted_stage(at: Situation) -> tuple[Flow, Stage] | None:
    """The stage that an exit "back" leads to: where one was before the flow opened aside."""
    current = at.case.stages.current
    if current is None:
        return None
    before = at.case.stages.last_before_flow(current.flow_id)
    return at.book.find_stage(before.stage_id) if before else None


def enter_first(at: Situation) -> Decision:
    """Enter the first stage of the flow that calls begin with."""
    first = first_stage_of(at.book, at.first_flow)
    return steps(first) if first else Refusal("stage.not_there")


def first_stage_of(book: FlowBook, flow_id: str) -> StageEntered | None:
    """The event that enters a flow; the first flow there is where that one is missing."""
    flow = book.flow(flow_id) or next(iter(book.flows), None)
    return _entered(flow, flow.stages[0]) if flow else None


def next_stage(book: FlowBook, stage: Stage) -> tuple[Flow, Stage] | None:
    """Where "next" leads from a stage: the first exit that leads somewhere."""
    way = next(iter(book.offered_exits(stage)), None)
    return book.find_stage(way.to) if way else None


def _current(at: Situation) -> tuple[Flow, Stage] | None:
    visit = at.case.stages.current
    return at.book.find_stage(visit.stage_id) if visit else None


def _entered(flow: Flow, stage: Stage, *, back: bool = False) -> StageEntered:
    return StageEntered(
        flow.id,
        flow.version,
        stage.id,
        stage.title,
        stage.hearing_try,
        back=back,
        solution_folded=stage.solution_folded,
        self_check=bool(stage.self_check),
        aside=flow.opens_anywhere,
    )
