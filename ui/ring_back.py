"""A customer who rings back: the earlier case is found, and one key joins the call to it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

from call.events import CallRinging, CallStarted, CaseJoined, FieldFilled
from call.fold_concession import ConcessionMark
from scripts_ja.texts import t
from ui.actions import key_of
from ui.concession_mark import marked
from ui.port.cases import FoundCase
from ui.port.change import Change
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

_LONGEST_ANSWER = 40
_MOST_LINES = 3
# What one hears is often only how the name is read.
_NAMES = ("customer", "reading")


class _Named(NamedTuple):
    """An earlier case, and what it goes by."""

    case_id: str
    case_no: str
    customer: str


class RingBack:
    """Knows which earlier case the running call most likely belongs to, and what it answered.

    That is the one with the same number; where no number is known, the one whose after-call
    work was put aside for this call. A name alone is only a hint: many are called the same.
    """

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        self._work = workplace
        self._window = window
        self._likely = ""
        self._name = ""
        self._is_sure = False
        workplace.listen(self._on_change)

    def take_likely(self) -> str:
        """The id of that case, once: whoever takes it has decided. Empty where there is none."""
        likely, self._likely, self._is_sure = self._likely, "", False
        self._say("")
        return likely if self._work.phase.is_live else ""

    def take_name(self) -> str:
        """The name that earlier cases go by, once; empty where there is none."""
        name, self._name = self._name, ""
        return name if self._work.phase.is_live else ""

    def _on_change(self, change: Change) -> None:
        bodies = [event.body for event in change.events]
        if not self._work.phase.is_live or any(isinstance(b, CaseJoined) for b in bodies):
            self._forget()
            return
        number = next((_number_in(body) for body in bodies if _number_in(body)), "")
        name = next((_name_in(body) for body in bodies if _name_in(body)), "")
        asked_in = self._work.case.id if self._work.case else ""
        if number:
            self._work.search.earlier_of(number, "", partial(self._on_number, asked_in))
        elif name:
            self._work.search.earlier_of("", name, partial(self._on_name, asked_in, name))
        elif any(isinstance(body, CallStarted) for body in bodies) and self._work.parked:
            parked = self._work.parked[-1]
            named = _Named(parked.id, parked.case_no, parked.field("customer"))
            self._offer(named, parked.concession.mark)

    def _on_number(self, asked_in: str, found: tuple[FoundCase, ...]) -> None:
        others = self._others(asked_in, found)
        if others:
            case = others[0].case
            named = _Named(case.case_id, case.case_no, case.customer)
            self._offer(named, case.concession)
            self._say(_of_number(others, who=_who(named, case.concession)))
            self._is_sure = True

    def _on_name(self, asked_in: str, name: str, found: tuple[FoundCase, ...]) -> None:
        """A name knows better than a guess, but not than a number."""
        others, case = self._others(asked_in, found), self._work.case
        if not others or case is None or name not in map(case.field, _NAMES):
            return
        if self._is_sure or self._likely in [row.case.case_id for row in others]:
            return
        self._name, self._likely = name, ""
        answered = next((row.answered for row in others if row.answered), "")
        key = "ring_back.name_answered" if answered else "ring_back.name"
        self._say(t(key, count=len(others), answered=_short(answered), key=key_of("cases")))

    def _others(self, asked_in: str, found: tuple[FoundCase, ...]) -> list[FoundCase]:
        """What was found, unless another call has come since it was asked for."""
        case = self._work.case
        if case is None or case.id != asked_in or not self._work.phase.is_live:
            return []
        return [row for row in found if row.case.case_id != case.id]

    def _offer(self, case: _Named, mark: ConcessionMark) -> None:
        self._likely, self._name, self._is_sure = case.case_id, "", False
        self._say(t("cases.likely", who=_who(case, mark), key=key_of("cases")))

    def _forget(self) -> None:
        if self._likely or self._name:
            self._likely, self._name, self._is_sure = "", "", False
            self._say("")

    def _say(self, text: str) -> None:
        self._window.notice.say(Notice("ring_back", text, "warn", _MOST_LINES))


def _who(case: _Named, mark: ConcessionMark) -> str:
    name = t("header.customer", name=case.customer) if case.customer else case.case_no
    return marked(mark, name)


def _of_number(found: Sequence[FoundCase], who: str) -> str:
    """The last case of a number, when it was, and the last answer in any of them."""
    answered = next((row.answered for row in found if row.answered), "")
    at = found[0].at.astimezone()
    key = "ring_back.number_answered" if answered else "ring_back.number"
    many = t("ring_back.more", count=len(found) - 1) if len(found) > 1 else ""
    values = {"who": who, "day": f"{at.month}/{at.day}", "more": many, "key": key_of("cases")}
    return t(key, answered=_short(answered), **values)


def _short(answer: str) -> str:
    line = " ".join(answer.split())
    return line if len(line) <= _LONGEST_ANSWER else line[:_LONGEST_ANSWER] + "…"


def _name_in(body: object) -> str:
    """The customer's name, or how it is read, that an event tells, where it tells one."""
    is_name = isinstance(body, FieldFilled) and body.key in _NAMES
    return body.value.strip() if isinstance(body, FieldFilled) and is_name else ""


def _number_in(body: object) -> str:
    """The number that an event tells, where it tells one."""
    if isinstance(body, CallStarted | CallRinging):
        return body.number
    if isinstance(body, FieldFilled) and body.key == "callback_tel":
        return body.value
    return ""
