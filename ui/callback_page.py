"""The callback: what was agreed, what may be said, each try with its result, and who decides."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from PySide6.QtGui import QGuiApplication

from call.callback_items import CallbackItem, callback_items
from call.case import Case
from call.commands import (
    CommitCallback,
    ConfirmCallback,
    ReadBackNumber,
    StartCall,
)
from call.dues import CALLBACK, CALLS, Due
from call.events import Direction
from scripts_ja.texts import t
from ui.agenda_words import countdown
from ui.callback_tries import CallbackTries
from ui.due_asks import ask_date, ask_owner
from ui.port.workplace import Workplace
from ui.rows.page import Page, box, joined, when
from ui.rows.row import Ask, Do, Keys, Row, title

_TYPED = {CallbackItem.NAME: "customer", CallbackItem.MATTER: "issue"}


class CallbackPage(Page):
    """One call that the case owes: the one that was asked for, else the earliest."""

    id = "callback"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        target: str = "",
    ) -> None:
        super().__init__(workplace, ask, say, select)
        self._target = target

    def rows(self, case: Case) -> list[Row]:
        """How it stands, the five things, words for the call, the tries."""
        tries = CallbackTries(self, self.due(case))
        return [
            self._status(case),
            *self._agreed(case),
            *self._words(case),
            *tries.rows(case),
        ]

    def keys(self, case: Case) -> Keys:
        """One key for each result of a try; one to ring where a case lies open."""
        keys = dict(CallbackTries(self, self.due(case)).keys(case))
        number = _number(case)
        if self.work.is_chosen and number:
            call = StartCall(number, Direction.OUTGOING)
            keys["R"] = Do(t("callback.do.ring"), lambda: self.do(call))
        return keys

    def due(self, case: Case) -> Due | None:
        """The call that is owed."""
        calls = [due for due in case.dues() if due.kind in CALLS]
        asked = [due for due in calls if due.target == self._target]
        return next(iter(asked or calls), None)

    # -- what was agreed ----------------------------------------------------------------------

    def _status(self, case: Case) -> Row:
        due = self.due(case)
        if due is None:
            return Row("status", t("callback.not_owed"), tone="muted")
        left = (due.at - self.work.now().wall).total_seconds()
        near = self.work.limits.callback_remind_first_minutes * 60
        tone = "danger" if left <= 0 else "warn" if left <= near else "ink"
        heading = t(f"agenda.kind.{due.kind}")
        return Row("status", joined([when(due.at), countdown(left)]), heading, tone=tone)

    def _agreed(self, case: Case) -> list[Row]:
        known = callback_items(case)
        best = self.ask_field(t("callback.best_time"), "best_time", case.field("best_time"))
        return [
            title("agreed", t("callback.agreed")),
            self._number_row(case, is_read_back=known[CallbackItem.NUMBER]),
            *(self._field_row(case, item) for item in _TYPED),
            self._time_row(case),
            self._owner_row(case),
            Row(
                "best_time",
                case.field("best_time") or t("callback.unknown"),
                heading=t("callback.best_time"),
                tone="ink" if case.field("best_time") else "muted",
                keys={"Enter": best},
            ),
        ]

    def _number_row(self, case: Case, *, is_read_back: bool) -> Row:
        number, label = _number(case), t("callback.item.number")
        tick = Do(t("callback.do.read_back"), lambda: self.do(ReadBackNumber(number)))
        keys = {"Enter": self.ask_field(label, "callback_tel", number)}
        return self._item_row(
            CallbackItem.NUMBER,
            number,
            is_done=is_read_back,
            note="" if is_read_back or not number else t("callback.read_back_first"),
            keys={"Space": tick, **keys} if number and not is_read_back else keys,
        )

    def _field_row(self, case: Case, item: CallbackItem) -> Row:
        key, value = _TYPED[item], case.field(_TYPED[item])
        do = self.ask_field(t(f"callback.item.{item}"), key, value)
        return self._item_row(item, value, is_done=bool(value.strip()), keys={"Enter": do})

    def _time_row(self, case: Case) -> Row:
        due = self.due(case)
        text = when(due.at) if due else ""
        do = Do(t("second.key.type"), lambda: self._ask_time(case))
        return self._item_row(CallbackItem.TIME, text, is_done=due is not None, keys={"Enter": do})

    def _owner_row(self, case: Case) -> Row:
        due = self.due(case)
        if due is None or due.kind != CALLBACK:
            owner = due.owner if due else ""
            do = Do(t("second.key.type"), lambda: self._ask_owner(case))
            return self._item_row(
                CallbackItem.OWNER, owner, is_done=bool(owner), keys={"Enter": do}
            )
        confirmed = case.callbacks.confirmed.get(due.target)
        at = f"{self.work.local(confirmed.at):%H:%M}" if confirmed else ""
        said = t("callback.confirmed", by=confirmed.by, time=at) if confirmed else ""
        confirm = Do(t("callback.do.confirm"), lambda: self.do(ConfirmCallback()))
        change = Do(t("second.key.type"), lambda: self._ask_owner(case))
        return self._item_row(
            CallbackItem.OWNER,
            due.owner,
            is_done=True,
            note=said or t("callback.unconfirmed"),
            note_tone="muted" if said else "warn",
            keys={"Enter": change} if confirmed else {"Space": confirm, "Enter": change},
        )

    def _item_row(
        self,
        item: CallbackItem,
        text: str,
        *,
        is_done: bool,
        keys: Keys,
        note: str = "",
        note_tone: str = "warn",
    ) -> Row:
        heading = box(is_done=is_done) + t(f"callback.item.{item}")
        tone = "ink" if text else "muted"
        shown = text or t("callback.unknown")
        return Row(item, shown, heading, note, tone, note_tone, keys=keys)

    # -- typing -------------------------------------------------------------------------------

    def _ask_time(self, case: Case) -> None:
        """In a call the time is agreed anew; afterwards it is postponed, with a reason."""
        due = self.due(case)
        if due is not None and not self._is_agreed_now(case, due):
            what = t(f"agenda.kind.{due.kind}")
            ask_date(self, due, what, lambda command, _: self.do(command))
            return

        def take(at: datetime | None) -> Ask | bool:
            if at is None:
                return False
            return self._commit(case, due.owner, at) if due else self._owner_ask(case, at)

        self.ask(self.due_ask(t("callback.item.time"), due.at if due else None, take))

    def _ask_owner(self, case: Case) -> None:
        due = self.due(case)
        if due is not None and not self._is_agreed_now(case, due):
            what = t(f"agenda.kind.{due.kind}")
            ask_owner(self, due, what, lambda command, _: self.do(command))
        else:
            self.ask(self._owner_ask(case, due.at if due else None))

    def _owner_ask(self, case: Case, at: datetime | None) -> Ask:
        def take(owner: str) -> Ask | bool:
            if not owner.strip():
                return False
            if at is not None:
                return self._commit(case, owner.strip(), at)
            return self.due_ask(
                t("callback.item.time"),
                None,
                lambda typed: self._commit(case, owner.strip(), typed) if typed else False,
            )

        due = self.due(case)
        known = due.owner if due else self.work.settings.get("desk.superior")
        return Ask(t("callback.item.owner"), known, take)

    def _commit(self, case: Case, owner: str, at: datetime) -> bool:
        """Keep who calls back by when; whose title is known keeps it."""
        before = case.handing_up.commitment
        titles = {
            self.work.settings.get("desk.superior"): self.work.settings.get("desk.superior_title")
        }
        if before is not None:
            titles[before.owner] = before.owner_title
        estimate = before.estimate_minutes if before else 0
        return self.do(CommitCallback(owner, at, titles.get(owner, ""), estimate))

    def _is_agreed_now(self, case: Case, due: Due) -> bool:
        is_ours = due.kind == CALLBACK and case.handing_up.has_callback_in(case.call_id)
        return is_ours and case.phase.is_live

    # -- what may be said ---------------------------------------------------------------------

    def _words(self, case: Case) -> list[Row]:
        due = self.due(case)
        if due is None:
            return []
        words = self.work.callback.left_words()
        greeting = self.work.callback.greeting(due)
        is_late = due.at <= self.work.now().wall
        heading = t("agenda.apology" if is_late else "callback.greeting")
        return [
            title("words", t("callback.words")),
            self._word_row("greeting", heading, greeting),
            *(
                self._word_row(f"words{number}", each.occasion, each.text)
                for number, each in enumerate(words)
            ),
            Row("never", t("callback.never"), tone="danger"),
        ]

    def _word_row(self, row_id: str, heading: str, text: str) -> Row:
        copy = Do(t("callback.do.copy"), lambda: self._copy(text))
        return Row(row_id, heading=heading, note=text, note_tone="ink", keys={"Enter": copy})

    def _copy(self, text: str) -> None:
        QGuiApplication.clipboard().setText(text)
        self.say(t("agenda.said.copied"))


def _number(case: Case) -> str:
    return case.field("callback_tel") or (case.call.number if case.call else "")
