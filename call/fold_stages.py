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

    def visits_in(self, call_id: str | None) -> list[StageVisit]:
        """The visits of one call, in order."""
        return [visit for visit in self.visits if visit.call_id == call_id]

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
        )
        if self.visits and self.visits[-1].call_id != call_id:
            self._path.clear()
        self.visits.append(visit)
        if body.back and len(self._path) > 1:
            self._path[-2:] = [visit]
        else:
            self._path.append(visit)
