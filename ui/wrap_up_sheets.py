"""The key of the wrap-up sheet: which page it opens on, and what leads away from it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from call.commands import ParkWrapUp
from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui.actions import key_of
from ui.composition import keep_composition
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

if TYPE_CHECKING:
    from ui.wrap_up_sheet import WrapUpSheet

# The page of each stage (flows.md F8); everywhere else it is the record.
_PAGE_OF = {"F8-S5": "prevention", "F8-S6": "reflection"}


class WrapUpSheets(QObject):
    """Opens and closes the sheet.

    Signals:
        paper_wanted(str): that paper is to be shown.
    """

    paper_wanted = Signal(str)

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        say: Callable[[str], None],
        trigger: Callable[[str], None],
        save_unfinished: Callable[[], None],
    ) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._say = say
        self._trigger = trigger
        self._save_unfinished = save_unfinished

    def press(self) -> None:
        """Open it; where it is open, give it the keys; where it has them, close it."""
        from ui.wrap_up_sheet import WrapUpSheet  # costs nothing at the start

        sheet = self._window.sheet
        if not isinstance(sheet, WrapUpSheet):
            self._open(WrapUpSheet(self._work, self._window.look, self._page()))
        elif sheet.has_keys:
            self._window.close_sheet()
        else:
            keep_composition()
            sheet.begin()

    def _open(self, sheet: WrapUpSheet) -> None:
        sheet.said.connect(self._say)
        sheet.gone_on.connect(self._go_on)
        sheet.paper_wanted.connect(self.paper_wanted)
        sheet.case_chosen.connect(self._open_case)
        self._window.open_sheet(sheet, is_large=True)
        # It stays open for minutes: what other cases owe is to be seen meanwhile.
        sheet.prompt.host(self._window.advice)
        sheet.refresh()

    def _page(self) -> str:
        stage = self._work.case.stages.current if self._work.case else None
        return _PAGE_OF.get(stage.stage_id, "record") if stage else "record"

    def _go_on(self, way: str) -> None:
        """Finish, step aside or come back; what is typed stays with its case."""
        if way != "park":
            self._trigger(way)
            return
        self._save_unfinished()
        if self._work.do(ParkWrapUp()).refusal is None:
            self._window.close_sheet()
            self._say(t("wrap_up.parked", key=key_of("parked")))

    def _open_case(self, case_id: str) -> None:
        """Not while work runs: opening would join it to that case."""
        if self._work.phase in (CallPhase.IDLE, CallPhase.CLOSED):
            self._window.close_sheet()
            self._work.cases.open(case_id)
        else:
            self._say(t("prevention.page.busy"))
