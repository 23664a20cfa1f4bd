"""Causes counted over all cases, those that come again first; each case one key away."""

from __future__ import annotations

from collections.abc import Callable

from call.case import Case
from scripts_ja.texts import t
from ui.port.wrap_up import CauseView
from ui.rows.row import Do, Row, title


class CauseRows:
    """Rows of what was counted (rules.md #47, #48); ``open_case`` opens a case by its id."""

    def __init__(self, open_case: Callable[[str], None]) -> None:
        self._open_case = open_case
        self._counts: tuple[CauseView, ...] | None = None

    def show(self, counts: tuple[CauseView, ...]) -> None:
        """Take over what was counted."""
        self._counts = counts

    def rows(self, case: Case) -> list[Row]:
        """Each cause with its cases."""
        if self._counts is None:
            return [title("counted", t("prevention.page.counting"))]
        rows = [title("counted", t("prevention.page.counted"))]
        if not self._counts:
            rows.append(Row("no_causes", t("prevention.page.no_causes"), tone="muted"))
        for count in self._counts:
            rows.append(_heading(count))
            rows += [self._row(count, case_id, number, case) for case_id, number in count.cases]
        return rows

    def _row(self, count: CauseView, case_id: str, number: str, case: Case) -> Row:
        row_id = f"{count.cause}_{case_id}"
        if case_id == case.id:
            return Row(row_id, t("prevention.page.this_case", number=number))
        open_it = Do(t("prevention.page.open"), lambda: self._open_case(case_id))
        return Row(row_id, number, keys={"Enter": open_it})


def _heading(count: CauseView) -> Row:
    key = "prevention.page.recurs" if count.recurs else "prevention.page.once"
    cause = t(f"prevention.cause.{count.cause}")
    tone = "warn" if count.recurs else "muted"
    return title(f"cause_{count.cause}", t(key, cause=cause, count=len(count.cases)), tone=tone)
