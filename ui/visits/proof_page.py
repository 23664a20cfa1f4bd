"""手紙・報告: the absence note with the envelope's rule, the call, the report (F6-S4 to F6-S6)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta

from call.case import Case
from call.commands import LeaveAbsenceNote, ReportVisit
from call.events import VisitMoment
from call.fold_visits import Task, Visit
from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.rows.page import Page, joined, when
from ui.rows.row import Ask, Do, Keys, Row, title
from ui.visits.page import head, no_visit

PAPER = "absence_note"
_A_DAY = timedelta(days=1)


class ProofPage(Page):
    """What is left at the door, and what is owed afterwards (rules.md #117-#121)."""

    id = "proof"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        show_paper: Callable[[str], None],
    ) -> None:
        super().__init__(workplace, ask, say, select)
        self._show_paper = show_paper

    def rows(self, case: Case) -> list[Row]:
        """The letter, what may stand on the envelope, and the two tasks."""
        visit = case.visits.current
        if visit is None:
            return no_visit()
        settled = case.handing_up.settled
        return [
            *self._letter(visit),
            title("tasks", t("visit.sheet.tasks")),
            self._call(visit, settled),
            self._report(visit, settled),
            title("appointment", t("visit.sheet.plan")),
            head(visit),
        ]

    def keys(self, case: Case) -> Keys:
        """The letter: left, shown to be printed."""
        visit = case.visits.current
        if visit is None or not _needs_letter(visit):
            return {}
        leave = Do(t("visit.sheet.leave_note"), lambda: self._ask_leave(visit))
        return {"E": leave, "P": Do(t("visit.sheet.print"), lambda: self._show_paper(PAPER))}

    # -- the letter ---------------------------------------------------------------------------

    def _letter(self, visit: Visit) -> list[Row]:
        """The copy that was kept, else the letter as it would be left now."""
        if not _needs_letter(visit):
            return [Row("met", t("visit.sheet.no_letter"), tone="muted")]
        if visit.note:
            text, name = visit.note.text, t("visit.sheet.copy", time=when(visit.note.at.wall))
            missing: tuple[str, ...] = ()
        else:
            paper = self.work.visits.absence_note(_call_at(visit))
            text, missing = (paper.text, paper.missing) if paper else ("", ())
            name = t("visit.sheet.letter")
        lines = [line for line in text.splitlines() if line.strip()]
        return [
            title("letter", name),
            *(Row(f"line{number}", line) for number, line in enumerate(lines)),
            *_gaps(missing),
            Row("envelope", t("absence.envelope"), heading=t("visit.sheet.envelope"), tone="warn"),
        ]

    def _ask_leave(self, visit: Visit) -> None:
        """When the customer is rung is said in the letter; the copy is kept as it was left."""
        known = _call_at(visit)

        def take(call_at: datetime | None) -> bool:
            paper = self.work.visits.absence_note(call_at or known)
            if paper is None or not self.do(LeaveAbsenceNote(paper.text, call_at or known)):
                return False
            self.say(t("visit.sheet.copy_kept", due=when(call_at or known)))
            return True

        self.ask(self.due_ask(t("visit.ask.call_at"), known, take))

    # -- what follows -------------------------------------------------------------------------

    def _call(self, visit: Visit, settled: set[str]) -> Row:
        is_owed = visit.next_call if visit.outcome is VisitMoment.ABSENT else None
        is_done = visit.call_target in settled
        return self._task("call", is_owed, is_done=is_done, none=t("visit.sheet.no_call"))

    def _report(self, visit: Visit, settled: set[str]) -> Row:
        is_done = bool(visit.reported_to) or visit.report_target in settled
        row = self._task("report", visit.report, is_done=is_done, none=t("visit.sheet.no_report"))
        if visit.reported_to and visit.reported_at:
            at = when(visit.reported_at.wall)
            text = t("visit.sheet.reported", to=visit.reported_to, time=at)
            return Row("report", text, heading=row.heading)
        report = Do(t("visit.sheet.report_key"), lambda: self._ask_report(visit))
        return Row(
            "report",
            row.text,
            heading=row.heading,
            tone=row.tone,
            keys={"Enter": report},
        )

    def _task(self, name: str, task: Task | None, *, is_done: bool, none: str) -> Row:
        heading = t(f"visit.sheet.task.{name}")
        if task is None:
            return Row(name, none, heading=heading, tone="muted")
        done = t("visit.sheet.done") if is_done else ""
        is_late = not is_done and task.due_at <= self.work.now().wall
        late = t("visit.sheet.late") if is_late else ""
        text = joined([when(task.due_at), task.owner, done, late])
        return Row(name, text, heading=heading, tone="danger" if is_late else "ink")

    def _ask_report(self, visit: Visit) -> None:
        settings = self.work.settings
        name, post = settings.get("desk.superior"), settings.get("desk.superior_title")
        known = t("values.person_inside", name=name, title=post) if name else ""

        def take(to: str) -> bool:
            return self.do(ReportVisit(to, visit.visit_id))

        self.ask(Ask(t("visit.ask.report"), known, take))


def _call_at(visit: Visit) -> datetime:
    """When the customer is to be rung: as it was set, else at the same time on the next day."""
    return visit.next_call.due_at if visit.next_call else visit.visit_at + _A_DAY


def _needs_letter(visit: Visit) -> bool:
    return visit.outcome is not VisitMoment.MET or visit.note is not None


def _gaps(missing: tuple[str, ...]) -> list[Row]:
    if not missing:
        return []
    names = t("list.comma").join(t(f"absence.gap.{gap}") for gap in missing)
    return [Row("gaps", names, heading=t("visit.sheet.gaps"), tone="warn")]
