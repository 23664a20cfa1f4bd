"""A customer who rings back: the earlier case is found, and one key joins the call to it."""

from __future__ import annotations

from call.case import CaseSummary
from call.events import CallRinging, CallStarted, CaseJoined, FieldFilled
from call.fold_concession import ConcessionMark
from scripts_ja.texts import t
from ui.actions import key_of
from ui.concession_mark import marked
from ui.port import Change, Notice, Workplace
from ui.sidebar import Sidebar


class RingBack:
    """Knows which earlier case the running call most likely belongs to.

    That is the one with the same number; where no number is known, the one whose after-call
    work was put aside for this call.
    """

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        self._work = workplace
        self._window = window
        self._likely = ""
        workplace.listen(self._on_change)

    def take_likely(self) -> str:
        """The id of that case, once: whoever takes it has decided. Empty where there is none."""
        likely, self._likely = self._likely, ""
        self._say("")
        return likely if self._work.phase.is_live else ""

    def _on_change(self, change: Change) -> None:
        bodies = [event.body for event in change.events]
        if not self._work.phase.is_live or any(isinstance(b, CaseJoined) for b in bodies):
            self._forget()
            return
        number = next((_number_in(body) for body in bodies if _number_in(body)), "")
        if number:
            self._work.cases.fetch_same_number(number, self._on_found)
        elif any(isinstance(body, CallStarted) for body in bodies) and self._work.parked:
            parked = self._work.parked[-1]
            mark = parked.concession.mark
            self._offer(parked.id, parked.case_no, parked.field("customer"), mark)

    def _on_found(self, cases: tuple[CaseSummary, ...]) -> None:
        case = self._work.case
        others = [found for found in cases if case and found.case_id != case.id]
        if others and self._work.phase.is_live:
            first = others[0]
            self._offer(first.case_id, first.case_no, first.customer, first.concession)

    def _offer(self, case_id: str, case_no: str, customer: str, mark: ConcessionMark) -> None:
        self._likely = case_id
        name = t("header.customer", name=customer) if customer else case_no
        who = marked(mark, name)
        self._say(t("cases.likely", who=who, key=key_of("cases")))

    def _forget(self) -> None:
        if self._likely:
            self._likely = ""
            self._say("")

    def _say(self, text: str) -> None:
        self._window.notice.say(Notice("ring_back", text, "warn"))


def _number_in(body: object) -> str:
    """The number that an event tells, where it tells one."""
    if isinstance(body, CallStarted | CallRinging):
        return body.number
    if isinstance(body, FieldFilled) and body.key == "callback_tel":
        return body.value
    return ""
