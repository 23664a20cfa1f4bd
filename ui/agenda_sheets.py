"""The agenda and the callback: their sheets, and what stands of both while nobody calls."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from call.agenda import UNREACHED, AgendaLine
from call.commands import ParkWrapUp, TryCall
from call.dues import CALLS
from call.events import AttemptResult
from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui.agenda_sheet import AgendaSheet
from ui.callback_page import CallbackPage
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.rows.page_sheet import PageSheet
from ui.sidebar import Sidebar


class CallbackSheet(PageSheet):
    """The callback of the case in hand."""


class AgendaSheets:
    """Opens them; pressed again, their keys close them."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Callable[[str], None]) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        # The case that is being read, and which of its calls is meant.
        self._awaited: tuple[str, str] | None = None
        workplace.listen(self._on_change)
        workplace.reminders.listen(self._on_agenda)

    def open_agenda(self) -> None:
        """All that is owed."""
        if isinstance(self._window.sheet, AgendaSheet):
            self._window.close_sheet()
            return
        sheet = AgendaSheet(self._work, self._window.look)
        sheet.open_asked.connect(self.open_line)
        sheet.said.connect(self._say)
        self._window.open_sheet(sheet, is_large=True)

    def open_callback(self) -> None:
        """The callback of the case in hand."""
        if isinstance(self._window.sheet, CallbackSheet):
            self._window.close_sheet()
        elif self._work.case is None:
            self._say(t("refusal.phase.no_case"))
        else:
            self._show_callback("")

    def open_line(self, line: AgendaLine) -> None:
        """The case that owes it, and its callback where it is one. Nobody leaves a call for it."""
        case, entry, phase = self._work.case, line.entry, self._work.phase
        is_call = entry.what.kind in (*CALLS, UNREACHED)
        is_in_hand = case is not None and case.id == entry.case_id
        if phase.is_live or phase is CallPhase.RINGING:
            self._say(t("agenda.in_call"))
        elif is_in_hand and (self._work.is_chosen or phase is CallPhase.WRAP_UP):
            self._window.close_sheet()
            if is_call:
                self._show_callback(entry.what.target)
        else:
            self._window.close_sheet()
            if phase is CallPhase.WRAP_UP:
                self._work.do(ParkWrapUp())
            self._awaited = (entry.case_id, entry.what.target) if is_call else None
            self._work.cases.open(entry.case_id)

    def _show_callback(self, target: str) -> None:
        make_page = partial(CallbackPage, target=target)
        sheet = CallbackSheet(t("callback.sheet"), self._work, self._window.look, make_page)
        sheet.said.connect(self._say)
        self._window.open_sheet(sheet, is_large=True)

    def _on_change(self, change: Change) -> None:
        """The case of a callback lies open: its callback too. A call that comes first is first."""
        if isinstance(self._window.sheet, AgendaSheet):
            self._window.sheet.deeds.hear(change)
        if isinstance(self._window.sheet, CallbackSheet) and self._is_talking(change):
            self._window.close_sheet()
        if self._awaited is None:
            return
        case_id, target = self._awaited
        if self._work.phase.is_live:
            self._awaited = None
        elif self._work.is_chosen and self._work.case and self._work.case.id == case_id:
            self._awaited = None
            self._show_callback(target)

    def _is_talking(self, change: Change) -> bool:
        """The customer is on the line: what to say now stands on the stage."""
        tried = change.command
        is_reached = isinstance(tried, TryCall) and tried.result is AttemptResult.REACHED
        return is_reached and change.refusal is None and self._work.phase.is_live

    def _on_agenda(self) -> None:
        if isinstance(self._window.sheet, AgendaSheet):
            self._window.sheet.refresh()
