"""速報: by when bad news has to be told, to whom it was told, and whether it was read (#38, #40)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from call import agenda
from call.case import Case
from call.commands import AcknowledgeReport, SendReport
from call.fold_wrap_up import SentReport
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.clipboard import copy_text
from ui.rows.page import box, joined, when
from ui.rows.row import Ask, Do, Row

if TYPE_CHECKING:
    from ui.wrap_up_record import WrapUpRecord

REPORT = "report"
_KINDS = (agenda.REPORT, agenda.REPORT_SAFETY)
_TO, _WORDS = "report_to", "report"


class ReportRows:
    """The row of the first report (rules.md #38): red only where somebody may be harmed."""

    def __init__(self, page: WrapUpRecord) -> None:
        self._page = page
        self._to = ""

    def row(self, case: Case) -> Row:
        """What is owed with its countdown, else what was sent."""
        owed = self._owed(case)
        last = case.wrap_up.reports[-1] if case.wrap_up.reports else None
        if owed is not None:
            text, tone = self._countdown(owed)
        elif last is not None:
            text, tone = _sent(last), "ink"
        elif agenda.has_news(case):  # a consultation or the hand-over has told it
            text, tone = t("wrap_up.report.told"), "ink"
        else:
            text, tone = t("wrap_up.report.nothing"), "muted"
        is_read = last is None or bool(last.read_by)
        return self._page.field_row(
            REPORT,
            box(is_done=owed is None and is_read) + t("wrap_up.field.report"),
            text,
            self._keys(last),
            note=joined([_sent(last) if owed and last else "", _lack(is_read=is_read)]),
            tone=tone,
        )

    def _keys(self, last: SentReport | None) -> dict[str, Do]:
        keys = {
            "Enter": Do(t("wrap_up.key.send"), self._ask_to),
            "C": Do(t("wrap_up.key.copy"), self._copy),
        }
        if last is not None and not last.read_by:
            keys["R"] = Do(t("wrap_up.key.read"), self._acknowledge)
        return keys

    def _owed(self, case: Case) -> agenda.AgendaEntry | None:
        entries = agenda.entries_of(case, self._page.work.limits)
        return next((entry for entry in entries if entry.what.kind in _KINDS), None)

    def _countdown(self, owed: agenda.AgendaEntry) -> tuple[str, str]:
        if owed.what.kind == agenda.REPORT_SAFETY:
            return t("wrap_up.report.safety"), "danger"
        left = (owed.at - self._page.work.now().wall).total_seconds()
        if left <= 0:
            return t("wrap_up.report.late", at=when(owed.at)), "warn"
        return t("wrap_up.report.left", time=clock_time(left), at=when(owed.at)), "ink"

    # -- sending ------------------------------------------------------------------------------

    def _ask_to(self) -> None:
        """To whom, then in which words: as the flow has them, to be changed."""
        to = self._to or self._page.work.settings.get("desk.superior")
        self._page.ask_kept(_TO, Ask(t("wrap_up.ask.report_to"), to, self._ask_words))

    def _ask_words(self, to: str) -> bool:
        if not to.strip():
            return False
        self._to = to.strip()
        label = t("wrap_up.ask.report_words", to=self._to)
        words = self._page.work.wrap_up.report_text()
        ask = Ask(label, words, partial(self._send, self._to))
        return self._page.ask_kept(_WORDS, ask)

    def _send(self, to: str, words: str) -> bool:
        return self._page.do(SendReport(to, words)) and self._page.go_to_gap(REPORT)

    def _acknowledge(self) -> None:
        if self._page.do(AcknowledgeReport()):
            self._page.go_to_gap(REPORT)

    def _copy(self) -> None:
        copy_text(self._page.work.wrap_up.report_text())
        self._page.say(t("wrap_up.report.copied"))


def _sent(report: SentReport) -> str:
    key = "wrap_up.report.read" if report.read_by else "wrap_up.report.sent"
    return t(key, to=report.to, at=when(report.at.wall), by=report.read_by)


def _lack(*, is_read: bool) -> str:
    return "" if is_read else t("wrap_up.gap.unread_report")
