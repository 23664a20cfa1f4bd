"""The key of the visit sheet, and which page fits the stage, or the visit as it stands."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject, Signal

from call.case import Case
from call.events import StageEntered
from scripts_ja.texts import t
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.rows.paged_rows import PagedRows, PageMaker, Words
from ui.rows.row_sheet import RowSheetKey
from ui.sidebar import Sidebar
from ui.theme import Look

# The page of each stage (flows.md F6).
_PAGE_OF = {
    "F6-S1": "judging",
    "F6-S2": "plan",
    "F6-S3": "door",
    "F6-S4": "door",
    "F6-S5": "proof",
    "F6-S6": "proof",
}


class VisitSheet(QObject):
    """Opens and closes it.

    Signals:
        paper_wanted(str): a paper is to be shown, and perhaps printed.
    """

    paper_wanted = Signal(str)

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[[str], None]) -> None:
        super().__init__(window)
        self._work = workplace
        self._key = RowSheetKey(workplace, window, self._make, say)
        workplace.listen(self._on_change)

    def press(self) -> None:
        """The key: open it at the page that fits, close it, or give it the keys."""
        if not self._key.is_open and not self._key.pages.is_typing:
            self._turn()
        self._key.press(t("visit.sheet.title"))

    def _make(self, look: Look) -> PagedRows:
        # Only now: the window is painted without them.
        from ui.visits.door_page import DoorPage
        from ui.visits.judging_page import JudgingPage
        from ui.visits.plan_page import PlanPage
        from ui.visits.proof_page import ProofPage

        words = Words(
            tab=lambda page_id: t(f"visit.tabs.{page_id}"),
            page=lambda page_id: t(f"visit.pages.{page_id}"),
            leave=t("rows.hint_close"),
        )
        makers: tuple[PageMaker, ...] = (
            JudgingPage,
            PlanPage,
            DoorPage,
            partial(ProofPage, show_paper=self.paper_wanted.emit),
        )
        return PagedRows(self._work, makers, words, look)

    def _on_change(self, change: Change) -> None:
        """Nobody who types is taken elsewhere."""
        is_entered = any(isinstance(event.body, StageEntered) for event in change.events)
        if is_entered and self._key.is_open and not self._key.pages.is_typing:
            self._turn()

    def _turn(self) -> None:
        case = self._work.case
        if case is not None:
            self._key.pages.show_page(_page_for(case))


def _page_for(case: Case) -> str:
    """The stage says it; in any other stage the visit itself."""
    stage, visit = case.stages.current, case.visits.current
    if stage is not None and stage.stage_id in _PAGE_OF:
        return _PAGE_OF[stage.stage_id]
    if visit is None:
        return "judging"
    if visit.is_over:
        return "proof"
    return "door" if visit.is_under_way else "plan"
