"""準備: thirty seconds to read, five checks, and what is settled before speaking (F3-S0, F4-S1)."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from call.case import Case
from call.commands import CheckPreparation, TakeLegalView
from call.events import LegalView, PlanItem
from call.fold_plan import TakenView
from call.preparation import (
    APPROVER,
    FIRST_PHRASE,
    LANDING_POINT,
    NEVER_OFFER,
    Check,
    Preparation,
    preparation_of,
)
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.rows.page import Page, box, joined, when
from ui.rows.row import Ask, Do, Row, title
from ui.second.proposal_rows import proposal_rows

_VIEW_KEYS = {
    "Y": LegalView.YES,
    "N": LegalView.NO,
    "U": LegalView.UNKNOWN,
    "C": LegalView.CHECKING,
}


class PreparationPage(Page):
    """What to have read and settled."""

    id = "preparation"

    def rows(self, case: Case) -> list[Row]:
        """The block to read, the checks, the plan, and what law or safety asks for."""
        plan = preparation_of(case)
        return [
            *proposal_rows(self),
            title("read", t("second.preparation.read")),
            *(Row(f"read{n}", line) for n, line in enumerate(self.work.second_line.block_a())),
            title("checks", _progress(plan), tone="muted" if plan.is_ready else "warn"),
            *(self._check(case, check) for check in plan.checks),
            title("plan", t("second.preparation.plan")),
            self._legal(plan.legal),
            self._field(LANDING_POINT, plan.landing_point),
            self._field(APPROVER, plan.approver),
            self._field(NEVER_OFFER, plan.never_offer),
            self._first_phrase(plan.first_phrase),
            Row("self_check", t("second.preparation.self_check"), tone="accent"),
        ]

    def _check(self, case: Case, check: Check) -> Row:
        name = t(f"second.check.{check.item}")
        tick = Do(
            t("second.key.tick"),
            lambda: self.do(CheckPreparation(check.item, not check.is_checked)),
        )
        return Row(
            f"check_{check.item}",
            said_of(case, check.item) or t("second.preparation.unknown"),
            heading=box(is_done=check.is_checked) + name,
            tone="ink" if check.is_known else "warn",
            keys={"Enter": tick, "Space": tick},
        )

    def _legal(self, legal: TakenView | None) -> Row:
        keys = {
            key: Do(t(f"second.legal.{view}"), partial(self._take, view, legal))
            for key, view in _VIEW_KEYS.items()
        }
        if legal is not None:
            keys["Enter"] = Do(t("second.key.by_whom"), lambda: self._ask_by(legal.view, legal.by))
        text = t("second.legal.open")
        if legal is not None:
            view = t(f"second.legal.{legal.view}")
            text = joined([view, legal.by or t("second.legal.nobody"), when(legal.at.wall)])
        is_settled = legal is not None and bool(legal.by)
        tone = "ink" if is_settled else "warn"
        return Row("legal", text, heading=t("second.legal.title"), tone=tone, keys=keys)

    def _take(self, view: LegalView, legal: TakenView | None) -> None:
        """The key settles the view at once; by whom may follow."""
        by = legal.by if legal else ""
        if self.do(TakeLegalView(view, by)):
            self._ask_by(view, by)

    def _ask_by(self, view: LegalView, by: str) -> None:
        self.ask(
            Ask(t("second.legal.by"), by, lambda text: self.do(TakeLegalView(view, text.strip())))
        )

    def _field(self, key: str, value: str) -> Row:
        name = t(f"second.field.{key}")
        return Row(
            key,
            value or t("second.open"),
            heading=name,
            tone="ink" if value else "warn",
            keys={"Enter": self.ask_field(name, key, value)},
        )

    def _first_phrase(self, value: str) -> Row:
        """What was settled for this case, else one's own pinned one, which Enter takes over."""
        pinned = self.work.phrases.first_phrase()
        own = pinned.text if pinned else ""
        name = t("second.field.first_phrase")
        return Row(
            FIRST_PHRASE,
            value or own or t("second.open"),
            heading=name,
            note="" if value or not own else t("second.preparation.pinned"),
            tone="ink" if value or own else "warn",
            keys={"Enter": self.ask_field(name, FIRST_PHRASE, value or own)},
        )


def said_of(case: Case, item: PlanItem) -> str:
    """What the case says of one of the five; empty where it says nothing."""
    match item:
        case PlanItem.ISSUE:
            return case.field("issue")
        case PlanItem.REQUEST:
            requests = joined(request.text for request in case.columns.requests)
            return requests or _flag(case, "request_unheard", "second.check.unheard")
        case PlanItem.ANSWERED:
            noted = [note.text for note in case.notes.of_kind(NoteKind.ANSWERED)]
            answered = joined([case.field("answered"), *noted])
            return answered or _flag(case, "answered_none", "second.check.none")
        case PlanItem.NG:
            noted = [note.text for note in case.notes.of_kind(NoteKind.NG)]
            return joined(noted) or _flag(case, "ng_none", "second.check.none")
        case PlanItem.DEADLINE:
            return case.field("deadline") or _first_due(case)


def _flag(case: Case, key: str, text: str) -> str:
    return t(text) if case.field(key) == "1" else ""


def _first_due(case: Case) -> str:
    due: datetime | None = next((due.at for due in case.dues()), None)
    return when(due)


def _progress(plan: Preparation) -> str:
    return t("second.preparation.checks", count=plan.count, most=len(plan.checks))
