"""Sheets about cases: the customer's fields, earlier cases, the first start."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from call.case import Case, Due
from call.commands import SettleDue, StartCall
from call.dues import CALLS
from call.events import Direction
from call.fold_times import CallPhase
from scripts_ja.dates import spoken_due
from scripts_ja.texts import t
from ui.actions import key_of
from ui.case_sheet import CaseSheet
from ui.customer_sheet import CustomerSheet
from ui.port.workplace import Workplace
from ui.retention_sheets import RetentionSheets
from ui.ring_back import RingBack
from ui.sheet import Choice, ChoiceSheet
from ui.sidebar import Sidebar
from ui.waiting_panel import WelcomeSheet

Say = Callable[..., None]


class CaseSheets:
    """Opens them."""

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        say: Say,
        hand_over: Callable[[], None],
        open_callback: Callable[[], None],
    ) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        self._hand_over = hand_over
        self._open_callback = open_callback
        self._ring_back = RingBack(workplace, window)
        self._retention = RetentionSheets(workplace, window, say)

    def open_customer(self) -> None:
        """The customer's fields."""
        case = self._work.case
        if case is None:
            self._say(t("refusal.phase.no_case"))
            return
        self._window.open_sheet(CustomerSheet(self._work, case), is_large=True)

    def open_cases(self) -> None:
        """Join the running call to the likeliest case; else search all."""
        if self._work.is_chosen:
            self._work.cases.lay_aside()
            return
        likely = self._ring_back.take_likely()
        if likely:
            self._work.cases.open(likely)
            self._say(t("cases.joined", key=key_of("undo")))
            return
        self._open_search(self._ring_back.take_name())

    def open_welcome(self) -> None:
        """Who answers, and for whom."""
        self._window.open_sheet(WelcomeSheet(self._work), is_large=True)

    def open_case_actions(self) -> None:
        """What can be done with the earlier case that was opened."""
        case = self._work.case
        if case is None:
            return
        choices = [Choice(t("cases.ring"), _number(case), self.ring_customer)]
        choices += [self._settle(due) for due in case.dues()]
        if any(due.kind in CALLS for due in case.dues()):
            key = key_of("callback")
            choices.append(Choice(t("callback.record"), key, self._open_callback))
        choices.append(Choice(t("cases.handoff"), "", self._hand_over))
        choices.append(Choice(t("cases.aside"), "Esc", self._work.cases.lay_aside))
        choices.append(Choice(t("retention.erase"), "", self._retention.erase_chosen))
        self._window.open_sheet(ChoiceSheet(t("cases.do"), choices, ""), is_large=False)

    def _settle(self, due: Due) -> Choice:
        now = self._work.local(self._work.now())
        when = spoken_due(due.at.astimezone(now.tzinfo), now)
        what = t(f"waiting.due.{due.kind}", owner=due.owner, text=due.text)
        return Choice(
            t("cases.settle", due=what), when, partial(self._work.do, SettleDue(due.target))
        )

    def ring_customer(self) -> None:
        """Ring the customer of the case that was opened."""
        case = self._work.case
        number = _number(case) if case else ""
        self._work.do(StartCall(number, Direction.OUTGOING))

    def _open_search(self, query: str) -> None:
        title = t("case_search.join" if self._work.phase.is_live else "case_search.title")
        # A case whose call is over can be opened again like any other.
        is_running = self._work.phase not in (CallPhase.IDLE, CallPhase.CLOSED)
        current = self._work.case.id if self._work.case and is_running else ""
        sheet = CaseSheet(self._work.search, title, current, self._window.look)
        sheet.entry.setText(query)
        sheet.entry.selectAll()
        sheet.chosen.connect(self._work.cases.open)
        sheet.erase_asked.connect(self._retention.ask)
        sheet.retention_asked.connect(self._retention.open)
        self._window.open_sheet(sheet, is_large=True)


def _number(case: Case) -> str:
    return case.field("callback_tel") or (case.call.number if case.call else "")
