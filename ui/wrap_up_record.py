"""後処理: the conclusion first, the first report with its time, and what the record lacks (F8)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from call.case import Case
from call.commands import FillField, SetDisposition
from call.events import Disposition
from call.fold_times import CallPhase
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.actions import key_of
from ui.port.workplace import Workplace
from ui.rows.page import box, joined
from ui.rows.row import Ask, Do, Keys, Row, title
from ui.wrap_up_gaps import GapRows
from ui.wrap_up_page import WrapUpPage
from ui.wrap_up_report import REPORT, ReportRows

_CONCLUSION, _APOLOGY, _DISPOSITION = "conclusion", "apology", "disposition"
# Every other gap has the name of its row.
_ROW_OF_GAP = {"unread_report": REPORT}
_ENDINGS = {"Y": Disposition.ACCEPTED, "N": Disposition.DECLINED, "W": Disposition.PENDING}


class WrapUpRecord(WrapUpPage):
    """The record of the call that is over. It asks and stops nobody (rules.md #33).

    ``go_on`` does what leads away from the record: ``end``, ``park``, ``parked``.
    """

    id = "record"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        go_on: Callable[[str], None],
    ) -> None:
        super().__init__(workplace, ask, say, select)
        self._go_on = go_on
        self._report = ReportRows(self)
        self._gap_rows = GapRows(self)
        self._gaps: tuple[str, ...] = ()
        self._order: tuple[str, ...] = ()

    def rows(self, case: Case) -> list[Row]:
        """The conclusion, the report, what is still asked for, and how to go on."""
        self._gaps = self.work.wrap_up.gaps()
        count = len(self._gaps)
        left = t("wrap_up.left", count=count) if count else t("wrap_up.whole")
        rows = [
            Row("pace", joined([self._pace(case), left]), tone="muted", is_title=True),
            self.text_row(case, _CONCLUSION, t("wrap_up.hint.conclusion")),
            self.text_row(case, _APOLOGY, t("wrap_up.hint.apology")),
            self._disposition(case),
            title("report_title", t("wrap_up.title.report")),
            self._report.row(case),
            title("record_title", t("wrap_up.title.record")),
            self.text_row(case, "issue"),
            *self._gap_rows.rows(case),
            *self._ways_on(),
        ]
        self._order = tuple(row.id for row in rows)
        return rows

    def keys(self, case: Case) -> Keys:
        """To the next field that is empty."""
        return {"F": self._to_next_gap("")}

    def go_to_gap(self, after: str) -> bool:
        """Choose the next gap below that row, then those above; true, so typing can end with it."""
        gaps = {_ROW_OF_GAP.get(gap, gap) for gap in self.work.wrap_up.gaps()}
        place = self._order.index(after) + 1 if after in self._order else 0
        below = (*self._order[place:], *self._order[:place])
        found = next((row for row in below if row in gaps), after)
        if found:
            self.select(found)
        return True

    def _to_next_gap(self, after: str) -> Do:
        return Do(t("wrap_up.key.next_gap"), lambda: self._look_for_gap(after))

    def _look_for_gap(self, after: str) -> None:
        if not self.work.wrap_up.gaps():
            self.say(t("wrap_up.whole"))
        else:
            self.go_to_gap(after)

    def item(self, key: str, value: str, keys: Keys, note: str = "") -> Row:
        """A line of the list: ticked, or with what is asked for below it."""
        is_lacking = key in self._gaps
        return self.field_row(
            key,
            box(is_done=not is_lacking) + t(f"wrap_up.field.{key}"),
            value,
            {**keys, "F": self._to_next_gap(key)},
            note=t(f"wrap_up.gap.{key}") if is_lacking else note,
        )

    def text_row(self, case: Case, key: str, hint: str = "") -> Row:
        """A field of the case."""
        name, value = t(f"wrap_up.field.{key}"), case.field(key)
        return self.item(
            key, value, {"Enter": self.typed(key, name, value, partial(self.fill, key), hint)}
        )

    def fill(self, key: str, text: str) -> bool:
        """Take a field; then the next empty one is chosen, and typing goes on with Enter."""
        return self.do(FillField(key, text.strip())) and self.go_to_gap(key)

    # -- the call's end -----------------------------------------------------------------------

    def _pace(self, case: Case) -> str:
        """How long it has taken; beyond the guide it is said kindly, never in red (rules.md M1)."""
        if case.call is None or not case.phase.is_after_call:
            return ""
        seconds = case.call.acw_seconds(self.work.now())
        minutes = self.work.limits.acw_guide_minutes
        is_over = case.has_no_limits or seconds >= minutes * 60
        key = "wrap_up.pace_over" if is_over else "wrap_up.pace"
        return t(key, time=clock_time(seconds), minutes=minutes)

    def _disposition(self, case: Case) -> Row:
        ending = case.wrap_up.ending
        keys = {
            key: Do(t(f"wrap_up.disposition.{value}"), partial(self._end, value))
            for key, value in _ENDINGS.items()
        }
        said = ""
        if ending is not None:
            said = joined([t(f"wrap_up.disposition.{ending.disposition}"), ending.words])
            label = t("wrap_up.ask.ending")
            keys["Enter"] = self.typed(_DISPOSITION, label, ending.words, self._say_ending)
        return self.item(_DISPOSITION, said, keys)

    def _end(self, disposition: Disposition) -> None:
        """The key settles it at once; words may follow."""
        ending = self.work.case.wrap_up.ending if self.work.case else None
        if self.do(SetDisposition(disposition, ending.words if ending else "")):
            self.select(_DISPOSITION)

    def _say_ending(self, words: str) -> bool:
        ending = self.work.case.wrap_up.ending if self.work.case else None
        return ending is not None and self.do(SetDisposition(ending.disposition, words))

    # -- away from it -------------------------------------------------------------------------

    def _ways_on(self) -> list[Row]:
        """Finishing, stepping aside, and coming back to what waits."""
        rows = []
        if self.work.phase is CallPhase.WRAP_UP:
            rows += [self._way("end", note=t("wrap_up.way.end_note")), self._way("park")]
        if self.work.parked and not self.work.phase.is_live:
            numbers = [case.field("company_no") or case.case_no for case in self.work.parked]
            rows.append(self._way("parked", note=t("list.comma").join(numbers)))
        return [title("ways", t("wrap_up.title.ways")), *rows] if rows else []

    def _way(self, way: str, note: str = "") -> Row:
        key = "" if way == "park" else key_of(way)
        do = Do(t(f"wrap_up.way.{way}"), lambda: self._go_on(way))
        return Row(way, joined([t(f"wrap_up.way.{way}"), key]), note=note, keys={"Enter": do})
