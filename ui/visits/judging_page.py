"""可否: four questions, and which place was offered before the customer's own (F6-S1)."""

from __future__ import annotations

from functools import partial

from call.case import Case
from call.commands import JudgeVisit, OfferPlace
from call.events import Judged, PlaceKind, VisitCheck
from call.visit_check import Suitability, is_dangerous, suitability
from scripts_ja.texts import t
from ui.rows.page import Page, box
from ui.rows.row import Do, Row, title

_ANSWER_KEYS = {"Y": Judged.YES, "N": Judged.NO, "U": Judged.UNKNOWN}
_TONES = {Judged.YES: "ink", Judged.NO: "danger", Judged.UNKNOWN: "warn"}
_SUITABILITY_TONES = {
    Suitability.SUITABLE: "accent",
    Suitability.UNSUITABLE: "danger",
    Suitability.OPEN: "warn",
}


class JudgingPage(Page):
    """Whether a visit fits; a place with others around is offered first (rules.md #111, T2)."""

    id = "judging"

    def rows(self, case: Case) -> list[Row]:
        """What the answers say, the questions, the places in the order to offer them."""
        found = suitability(case)
        threat = [Row("danger", t("visit.sheet.danger"), tone="danger")]
        return [
            Row("found", t(f"visit.suitability.{found}"), tone=_SUITABILITY_TONES[found]),
            *(threat if is_dangerous(case) else []),
            title("checks", t("visit.sheet.checks")),
            *(self._check(check, case.visits.answer(check)) for check in VisitCheck),
            title("places", t("visit.sheet.places")),
            *(self._place(kind, case.visits.offered) for kind in PlaceKind),
            Row("first", t("visit.sheet.place_first"), tone="muted"),
        ]

    def _check(self, check: VisitCheck, answer: Judged) -> Row:
        keys = {
            key: Do(t(f"visit.answer.{each}"), partial(self._judge, check, each))
            for key, each in _ANSWER_KEYS.items()
        }
        return Row(
            f"check_{check}",
            t(f"visit.answer.{answer}"),
            heading=t(f"visit.check.{check}"),
            tone=_TONES[answer],
            keys=keys,
        )

    def _judge(self, check: VisitCheck, answer: Judged) -> None:
        """One key; then the next question is the chosen one."""
        self.do(JudgeVisit(check, answer))
        checks = list(VisitCheck)
        following = checks[min(checks.index(check) + 1, len(checks) - 1)]
        self.select(f"check_{following}")

    def _place(self, kind: PlaceKind, offered: list[PlaceKind]) -> Row:
        offer = Do(t("visit.sheet.offered_key"), lambda: self.do(OfferPlace(kind)))
        is_offered = kind in offered
        order = t("visit.sheet.offered_as", number=offered.index(kind) + 1) if is_offered else ""
        return Row(
            f"place_{kind}",
            order,
            heading=box(is_done=is_offered) + t(f"visit.place_name.{kind}"),
            keys={} if is_offered else {"Enter": offer, "Space": offer},
        )
