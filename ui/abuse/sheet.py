"""The key of the sheet of an abusive call, its page by stage, and the question after the call."""

from __future__ import annotations

from collections.abc import Callable
from functools import cached_property, partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from call.case import Case
from call.events import CallEnded, CallStarted, StageEntered
from scripts_ja.texts import t
from ui.abuse.repeat_watch import RepeatWatch
from ui.actions import key_of
from ui.port.change import Change
from ui.port.notices import Notice
from ui.port.workplace import Workplace

if TYPE_CHECKING:
    from ui.rows.paged_rows import PagedRows, PageMaker
    from ui.rows.row_sheet import RowSheetKey
    from ui.sidebar import Sidebar
    from ui.theme import Look

# The page of each stage (flows.md F7).
_PAGE_OF = {
    "F7-S1": "acts",
    "F7-S2": "acts",
    "F7-S3": "steps",
    "F7-S4": "steps",
    "F7-S5": "record",
    "F7-S6": "repeats",
}
_CARE = "care"


class AbuseSheet(QObject):
    """Opens and closes it.

    Signals:
        paper_wanted(str): a paper is to be shown, and perhaps printed.
    """

    paper_wanted = Signal(str)

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        say: Callable[[str], None],
        consult: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._consult = consult
        self._say = say
        self.watch = RepeatWatch(workplace, window.notice.say, self._refresh)
        workplace.listen(self._on_change)

    def press(self) -> None:
        """The key: open it at the page that fits, close it, or give it the keys."""
        if not self._key.is_open and not self._key.pages.is_typing:
            self._turn()
        self._window.notice.say(Notice(_CARE, ""))
        self.watch.look()
        consideration = t("abuse.sheet.consideration", key=key_of("cards"))
        gate = self._work.abuse.guide().gate + consideration
        self._key.press(t("abuse.sheet.title"), gate)

    def _make(self, look: Look) -> PagedRows:
        # Only now: the window is painted without them.
        from ui.abuse.acts_page import ActsPage
        from ui.abuse.page import Ways
        from ui.abuse.record_page import RecordPage
        from ui.abuse.repeats_page import RepeatsPage
        from ui.abuse.steps_page import StepsPage
        from ui.rows.paged_rows import PagedRows, Words

        ways, watch = Ways(self._consult, self.paper_wanted.emit), self.watch
        makers: tuple[PageMaker, ...] = (
            partial(ActsPage, ways=ways),
            partial(StepsPage, ways=ways),
            partial(RepeatsPage, ways=ways, watch=watch),
            partial(RecordPage, ways=ways),
        )
        words = Words(
            tab=lambda page_id: t(f"abuse.tabs.{page_id}"),
            page=lambda page_id: t(f"abuse.pages.{page_id}"),
            leave=t("rows.hint_close"),
        )
        return PagedRows(self._work, makers, words, look)

    @cached_property
    def _key(self) -> RowSheetKey:
        from ui.rows.row_sheet import RowSheetKey

        return RowSheetKey(self._work, self._window, self._make, self._say)

    @property
    def _is_open(self) -> bool:
        return "_key" in vars(self) and self._key.is_open  # made, and shown

    def _refresh(self) -> None:
        if self._is_open:
            self._key.pages.refresh()

    def _on_change(self, change: Change) -> None:
        """Nobody who types is taken elsewhere; after such a call the agent is asked after."""
        bodies = [event.body for event in change.events]
        is_entered = any(isinstance(body, StageEntered) for body in bodies)
        if is_entered and self._is_open and not self._key.pages.is_typing:
            self._turn()
        case = self._work.case
        if any(isinstance(body, CallStarted) for body in bodies):
            self._window.notice.say(Notice(_CARE, ""))
        elif any(isinstance(body, CallEnded) for body in bodies) and case is not None:
            self._ask_after(case)

    def _ask_after(self, case: Case) -> None:
        """Gently, and without the focus (F7-S5; rules.md #23)."""
        if case.abuse.is_recorded_in(case.call_id):
            notice = t("abuse.care.notice", key=key_of("abuse"))
            self._window.notice.say(Notice(_CARE, notice, "calm"))

    def _turn(self) -> None:
        case = self._work.case
        if case is not None:
            self._key.pages.show_page(_page_for(case))


def _page_for(case: Case) -> str:
    """The stage says it; in any other stage whether the call still runs."""
    stage = case.stages.current
    if case.phase.is_live:
        return _PAGE_OF.get(stage.stage_id, "acts") if stage else "acts"
    return "record"
