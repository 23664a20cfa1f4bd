"""再発防止: the cause, a measure that is a mechanism, its check, and causes that come again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from functools import partial
from typing import Any

from msgspec import structs

from call.case import Case
from call.commands import CheckEffect, WritePrevention
from call.events import Cause, PreventionWritten
from scripts_ja.dates import parse_day, plain_date
from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.prevention_causes import CauseRows
from ui.rows.page import joined, when
from ui.rows.row import Ask, Do, Keys, Row
from ui.wrap_up_page import WrapUpPage

_CAUSE_KEYS = {
    "H": Cause.PERSON,
    "T": Cause.PROCEDURE,
    "S": Cause.SYSTEM,
    "P": Cause.PRODUCT,
    "E": Cause.EXPLANATION,
}
_PAPER = "prevention_sheet"
_ORDER = (
    *("cause", "story", "size", "stopgap", "measure", "owner", "starts_on", "check_at"),
    *("shared_with", "told_customer", "check"),
)


class PreventionPage(WrapUpPage):
    """The prevention sheet, field by field (rules.md #46, #47), and below it the causes so far.

    ``show_paper`` shows the paper of that name; ``open_case`` opens a case by its id.
    """

    id = "prevention"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        show_paper: Callable[[str], None],
        open_case: Callable[[str], None],
    ) -> None:
        super().__init__(workplace, ask, say, select)
        self._show_paper = show_paper
        self.causes = CauseRows(open_case)

    def rows(self, case: Case) -> list[Row]:
        """The sheet in the order in which it is printed."""
        sheet = _sheet_of(case)
        return [
            Row("about", t("prevention.page.about"), tone="muted", is_title=True),
            self._cause(sheet),
            *(self._text(sheet, name) for name in ("story", "size", "stopgap")),
            self._measure(sheet),
            self._text(sheet, "owner"),
            self._starts_on(sheet),
            self._check_at(sheet),
            *(self._text(sheet, name) for name in ("shared_with", "told_customer")),
            *self._checks(case),
            *self.causes.rows(case),
        ]

    def keys(self, case: Case) -> Keys:
        """The paper."""
        return {"V": Do(t("prevention.page.paper"), self._show)}

    def _show(self) -> None:
        if self.work.case is not None and self.work.case.prevention.sheet is not None:
            self._show_paper(_PAPER)
        else:
            self.say(t("refusal.prevention.none"))

    # -- the sheet ----------------------------------------------------------------------------

    def _cause(self, sheet: PreventionWritten) -> Row:
        keys = {
            key: Do(t(f"prevention.cause.{cause}"), partial(self._write, "cause", cause))
            for key, cause in _CAUSE_KEYS.items()
        }
        value = t(f"prevention.cause.{sheet.cause}") if sheet.cause else ""
        return self._row("cause", value, keys)

    def _text(self, sheet: PreventionWritten, name: str, note: str = "") -> Row:
        value = getattr(sheet, name)
        take = partial(self._take, name)
        hint = t(f"prevention.hint.{name}")
        keys = {"Enter": self.typed(name, t(f"prevention.field.{name}"), value, take, hint)}
        return self._row(name, value, keys, note)

    def _measure(self, sheet: PreventionWritten) -> Row:
        """Care alone is asked about, in a line below; it is kept all the same (F8-S5)."""
        asked = self.work.wrap_up.questions(sheet.measure)
        note = joined(t(f"prevention.question.{question}") for question in asked)
        return self._text(sheet, "measure", note)

    def _starts_on(self, sheet: PreventionWritten) -> Row:
        value = plain_date(sheet.starts_on) if sheet.starts_on else ""
        label, hint = t("prevention.field.starts_on"), t("prevention.hint.starts_on")
        ask = Ask(label, value, self._take_day, hint, self._echo_day)
        return self._row("starts_on", value, self._asking("starts_on", ask))

    def _check_at(self, sheet: PreventionWritten) -> Row:
        ask = self.due_ask(
            t("prevention.field.check_at"), sheet.check_at, partial(self._write, "check_at")
        )
        return self._row("check_at", when(sheet.check_at), self._asking("check_at", ask))

    def _asking(self, field: str, ask: Ask) -> Keys:
        return {"Enter": Do(t("second.key.type"), lambda: self.ask_kept(field, ask))}

    def _row(self, name: str, value: str, keys: Keys, note: str = "") -> Row:
        return self.field_row(name, t(f"prevention.field.{name}"), value, keys, note=note)

    def _write(self, name: str, value: str | Cause | date | datetime | None) -> bool:
        """The whole sheet anew, with one field changed."""
        case = self.work.case
        if case is None:
            return False
        values: dict[str, Any] = {**structs.asdict(_sheet_of(case)), name: value}
        return self.do(WritePrevention(**values))

    def _take(self, name: str, text: str) -> bool:
        """Then the next field is chosen, unless something is asked about this one."""
        if not self._write(name, text):
            return False
        is_asked = name == "measure" and self.work.wrap_up.questions(text)
        self.select(name if is_asked else _ORDER[_ORDER.index(name) + 1])
        return True

    def _take_day(self, text: str) -> bool:
        if not text.strip():
            return self._write("starts_on", None)
        day = self._day(text)
        return day is not None and self._write("starts_on", day)

    def _echo_day(self, text: str) -> str:
        day = self._day(text)
        return t("consult.due_echo", due=plain_date(day)) if day else t("prevention.day_unread")

    def _day(self, text: str) -> date | None:
        return parse_day(text, self.work.local(self.work.now()).date())

    # -- the effect ---------------------------------------------------------------------------

    def _checks(self, case: Case) -> list[Row]:
        """Whether the measure works; what does not needs another date."""
        if case.prevention.sheet is None:
            return []
        keys = {
            "Y": Do(t("prevention.effective"), partial(self._ask_check, True)),
            "N": Do(t("prevention.not_effective"), partial(self._ask_check, False)),
        }
        checks = case.prevention.checks
        said = [
            joined([when(check.at.wall), _result(check.is_effective), check.words])
            for check in checks
        ]
        heading, text = t("prevention.page.check"), "　／　".join(said)
        return [self.field_row("check", heading, text, keys)]

    def _ask_check(self, is_effective: bool) -> None:  # noqa: FBT001 - one of two keys
        def take(words: str) -> bool:
            if not self.do(CheckEffect(is_effective, words)):
                return False
            self.select("check" if is_effective else "check_at")
            return True

        self.ask_kept("check", Ask(_result(is_effective), "", take, t("prevention.hint.check")))


def _sheet_of(case: Case) -> PreventionWritten:
    return case.prevention.sheet or PreventionWritten()


def _result(is_effective: bool) -> str:  # noqa: FBT001 - a word for a fact
    return t("prevention.effective" if is_effective else "prevention.not_effective")
