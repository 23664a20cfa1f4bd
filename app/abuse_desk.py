"""What the window asks about abusive calls besides the case itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from ui.port.abuse import AbuseGuide, RepeatView

if TYPE_CHECKING:
    from app.after_papers import AfterPapers, Paper
    from app.own_reflections import OwnReflections
    from app.repeat_calls import RepeatCalls
    from scripts_ja.model import FlowBook


class AbuseDesk:
    """Brings together who rang before, the paper, and what is the agent's own."""

    def __init__(
        self,
        book: Callable[[], FlowBook],
        repeats: RepeatCalls,
        papers: Callable[[], AfterPapers],
        reflections: Callable[[], OwnReflections],
    ) -> None:
        self._book = book
        self._repeats = repeats
        self._papers = papers
        self._reflections = reflections

    def guide(self) -> AbuseGuide:
        """The gate and the kinds of acts of the flow that opens anywhere."""
        flow = self._book().opened_anywhere
        return AbuseGuide(flow.gate, flow.gate_checks, flow.act_types) if flow else AbuseGuide()

    def fetch_repeats(self, number: str, then: Callable[[RepeatView], None]) -> None:
        """Look the number up beside the window, and bring what earlier cases say."""
        self._repeats.fetch(number, then)

    def record(self) -> Paper | None:
        """The record of the last call in which something was recorded, or None."""
        return self._papers().abuse_record()

    def care(self, words: str) -> None:
        """Keep for the agent alone what was offered or helped."""
        self._reflections().care(words)
