"""再入電: how often the number rang, when, and what was answered; the same answer again (F7-S6)."""

from __future__ import annotations

from collections.abc import Callable

from call.case import Case
from call.commands import FillField
from call.past_calls import PastCalls
from scripts_ja.dates import said_dates
from scripts_ja.texts import t
from ui.abuse.page import AbusePage, Ways
from ui.abuse.repeat_watch import RepeatWatch, number_of
from ui.port.workplace import Workplace
from ui.rows.page import joined
from ui.rows.row import Ask, Do, Row, title


class RepeatsPage(AbusePage):
    """What to know before the same is explained once more (rules.md T3, T8)."""

    id = "repeats"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        ways: Ways,
        watch: RepeatWatch,
    ) -> None:
        super().__init__(workplace, ask, say, select, ways)
        self._watch = watch

    def rows(self, case: Case) -> list[Row]:
        """The number, how often, and each earlier case."""
        number, view = number_of(case), self._watch.view
        rows = [*self.phrase(), self._number(case, number)]
        if not number:
            return rows
        if view is None:
            return [*rows, Row("looking", t("abuse.repeat.looking"), tone="muted")]
        if not view.cases:
            return [*rows, Row("first", t("abuse.repeat.first"), tone="muted")]
        limit = self.work.limits.repeat_calls
        key = "abuse.repeat.often" if view.is_repeated else "abuse.repeat.count"
        tone = "warn" if view.is_repeated else "accent"
        return [
            *rows,
            Row("count", t(key, count=view.calls, limit=limit), tone=tone),
            title("cases", t("abuse.repeat.cases")),
            *(self._case(case, past) for past in view.cases),
            Row("same", t("abuse.repeat.same_answer"), tone="muted"),
        ]

    def _number(self, case: Case, number: str) -> Row:
        label = t("abuse.repeat.number")

        def take(text: str) -> bool:
            return self.do(FillField("callback_tel", text.strip()))

        ask = Do(t("second.key.type"), lambda: self.ask(Ask(label, number, take)))
        text = number or t("abuse.repeat.no_number")
        tone = "ink" if number else "warn"
        return Row("number", text, heading=label, tone=tone, keys={"Enter": ask})

    def _case(self, case: Case, past: PastCalls) -> Row:
        days = said_dates(sorted({at.astimezone().date() for at in past.at}))
        answered = t("abuse.repeat.answered", answered=past.answered) if past.answered else ""
        notes = (
            answered or t("abuse.repeat.no_answer"),
            t("abuse.repeat.owner", owner=past.owner) if past.owner else "",
            t("abuse.repeat.acts", count=past.acts) if past.acts else "",
        )
        join = Do(t("abuse.repeat.join"), lambda: self.work.cases.open(past.case_id))
        return Row(
            past.case_id,
            past.issue or past.case_no,
            heading=days or past.case_no,
            note=joined(notes),
            note_tone="ink",
            keys={"Enter": join} if case.phase.is_live else {},
        )
