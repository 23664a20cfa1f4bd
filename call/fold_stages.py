"""The way through the flow: where the agent is, was, and how often they asked."""

from __future__ import annotations

from msgspec import Struct

from call.clock import Reading
from call.events import StageEntered


class StageVisit(Struct, frozen=True):
    """A stage as it was entered, by the words it had then."""

    flow_id: str
    flow_version: int
    stage_id: str
    title: str
    hearing_try: int
    call_id: str | None
    entered_at: Reading
    solution_folded: bool = False
    self_check: bool = False
    is_aside: bool = False


class StagePath:
    """All visits in order, and the path of the last call that "back" walks along."""

    def __init__(self) -> None:
        self.visits: list[StageVisit] = []
        self._path: list[StageVisit] = []

    @property
    def current(self) -> StageVisit | None:
        """Where the agent is."""
        return self.visits[-1] if self.visits else None

    @property
    def previous(self) -> StageVisit | None:
        """Where "back" leads."""
        return self._path[-2] if len(self._path) > 1 else None

    def tries_in(self, call_id: str | None) -> int:
        """How many of the hearing tries were made in that call (rules.md #58, #67)."""
        return len({v.hearing_try for v in self.visits if v.call_id == call_id} - {0})

    def first_visit(self, call_id: str | None, stage_id: str) -> StageVisit | None:
        """When that stage was entered for the first time in that call."""
        own = (visit for visit in self.visits if visit.call_id == call_id)
        return next((visit for visit in own if visit.stage_id == stage_id), None)

    def last_try(self, call_id: str | None) -> StageVisit | None:
        """The visit with which the hearing tries of that call became as many as they are."""
        tried: dict[int, StageVisit] = {}
        for visit in self.visits:
            if visit.call_id == call_id and visit.hearing_try:
                tried.setdefault(visit.hearing_try, visit)
        return list(tried.values())[-1] if tried else None

    def apply(self, body: StageEntered, call_id: str | None, at: Reading) -> None:
        """Fold one stage entered; going back shortens the path instead of growing it."""
        visit = StageVisit(
            body.flow_id,
            body.flow_version,
            body.stage_id,
            body.title,
            body.hearing_try,
            call_id,
            at,
            body.solution_folded,
            body.self_check,
            body.aside,
        )
        if self.visits and self.visits[-1].call_id != call_id:
            self._path.clear()
        self.visits.append(visit)
        if body.back:
            self._shorten_to(visit)
        else:
            self._path.append(visit)

    def last_before_flow(self, flow_id: str) -> StageVisit | None:
        """Where the agent was before they entered this flow for the last time in this call."""
        current = self.current
        for visit in reversed(self.visits):
            if current is None or visit.call_id != current.call_id:
                return None
            if visit.flow_id != flow_id:
                return visit
        return None

    def _shorten_to(self, visit: StageVisit) -> None:
        """Going back ends the path at the place gone back to, however far that is."""
        places = [i for i, on_path in enumerate(self._path) if on_path.stage_id == visit.stage_id]
        before = [i for i in places if i < len(self._path) - 1]
        del self._path[before[-1] if before else len(self._path) :]
        self._path.append(visit)
