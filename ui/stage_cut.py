"""What of a stage is shown where the room is short, and how high it is then."""

from __future__ import annotations

from typing import NamedTuple


class StageCut(NamedTuple):
    """So much of a stage."""

    phrases: int
    has_goal: bool
    has_donts: bool
    has_record: bool


class StageHeights(NamedTuple):
    """The heights of its parts at one width in pixels; 0 where the stage has no such part."""

    lines: tuple[int, ...]  # what is always shown
    card: tuple[int, ...]  # with no phrase, with one, with two
    goal: int
    ready: int
    asks: int
    donts: int
    record: int
    spacing: int

    def of(self, cut: StageCut, *, has_ready: bool = True) -> int:
        """The height of so much of it; ``has_ready``: with what stands ready."""
        parts = (
            *self.lines,
            self.card[min(cut.phrases, len(self.card) - 1)],
            self.goal * cut.has_goal,
            self.ready * has_ready,
            self.asks * cut.has_goal,
            self.donts * cut.has_donts,
            self.record * cut.has_record,
        )
        return sum(part + self.spacing for part in parts if part) - self.spacing
