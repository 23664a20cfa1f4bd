"""注意と判断: warnings up to the number that is set, the superior's decision, the end (F7-S2 to S4)."""

from __future__ import annotations

from functools import partial

from call.case import Case
from call.commands import DecideAbuse, EndCall, ToggleAside
from call.events import AbuseDecision
from call.fold_abuse import Decided, GivenWarning
from scripts_ja.texts import t
from ui.abuse.page import AbusePage, time_of
from ui.rows.row import Ask, Do, Keys, Row, title

_DECISION_KEYS = {
    "C": AbuseDecision.CONTINUE,
    "T": AbuseDecision.TAKE_OVER,
    "E": AbuseDecision.END_CALL,
    "P": AbuseDecision.POLICE,
}


class StepsPage(AbusePage):
    """The organisation goes step by step; nobody decides alone (rules.md T4, T5, L10)."""

    id = "steps"

    def rows(self, case: Case) -> list[Row]:
        """What to say, the warnings, the decision, and how the call ends."""
        given = case.abuse.warnings_in(case.call_id)
        decided = case.abuse.decisions_in(case.call_id)
        most = self.work.limits.abuse_warnings
        return [
            *self.phrase(),
            title("warnings", t("abuse.sheet.warnings", count=len(given), most=most)),
            *(self._warning(warning) for warning in given),
            *self._next_warning(case, len(given), most),
            title("decision", t("abuse.sheet.decision")),
            *(_decided(number, one) for number, one in enumerate(decided)),
            *(self._decision(key, one) for key, one in _DECISION_KEYS.items()),
            *self._ways_on(case, decided),
        ]

    def keys(self, case: Case) -> Keys:
        """The decisions by letter (their rows say which), danger, a warning."""
        decisions = {key: Do("", partial(self._ask_by, one)) for key, one in _DECISION_KEYS.items()}
        return {**super().keys(case), **decisions}

    # -- rows ---------------------------------------------------------------------------------

    def _warning(self, warning: GivenWarning) -> Row:
        titles = {kind.id: kind.title for kind in self.work.abuse.guide().kinds}
        heading = t("abuse.sheet.warning", number=warning.number, time=time_of(warning.at))
        return Row(f"warning{warning.number}", titles.get(warning.act, warning.act), heading)

    def _next_warning(self, case: Case, given: int, most: int) -> list[Row]:
        """The next one, or that what follows is not the agent's to decide."""
        if not case.phase.is_live:
            return []
        if given >= most:
            return [Row("used", t("abuse.sheet.warnings_used"), tone="warn")]
        give = Do(t("abuse.sheet.warn_key"), lambda: self.warn(case))
        text = t("abuse.sheet.give_warning", number=given + 1, most=most)
        return [Row("warn", text, heading="W", keys={"Enter": give})]

    def _decision(self, key: str, decision: AbuseDecision) -> Row:
        decide = Do(t("abuse.sheet.decide_key"), lambda: self._ask_by(decision))
        name = t(f"abuse.decision.{decision}")
        return Row(f"decide_{decision}", name, heading=key, keys={"Enter": decide})

    def _ways_on(self, case: Case, decided: tuple[Decided, ...]) -> list[Row]:
        """Back to where the talk was, and the end once it was decided."""
        if not case.phase.is_live:
            return []
        rows = []
        stage = case.stages.current
        if stage is not None and stage.is_aside:
            back = Do(t("abuse.sheet.back_key"), lambda: self.do(ToggleAside()))
            rows.append(Row("back", t("abuse.sheet.back"), tone="accent", keys={"Enter": back}))
        if decided and decided[-1].decision is AbuseDecision.END_CALL:
            end = Do(t("abuse.sheet.end_key"), lambda: self.do(EndCall()))
            rows.append(Row("end", t("abuse.sheet.end"), tone="danger", keys={"Enter": end}))
        return [title("ways", t("abuse.sheet.ways")), *rows] if rows else []

    # -- what happens -------------------------------------------------------------------------

    def _ask_by(self, decision: AbuseDecision) -> None:
        """Whose decision it is, then their words, which may stay empty."""

        def take_words(by: str, words: str) -> bool:
            return self.do(DecideAbuse(decision, by, words))

        def take_by(by: str) -> Ask | bool:
            if not by.strip():
                return self.do(DecideAbuse(decision, by))  # the desk says what is missing
            return Ask(t("abuse.ask.decision_words"), "", partial(take_words, by))

        label = t("abuse.ask.by", decision=t(f"abuse.decision.{decision}"))
        self.ask(Ask(label, self._superior(), take_by))

    def _superior(self) -> str:
        settings = self.work.settings
        name, post = settings.get("desk.superior"), settings.get("desk.superior_title")
        return t("values.person_inside", name=name, title=post) if name else ""


def _decided(number: int, one: Decided) -> Row:
    text = t("abuse.sheet.decided", decision=t(f"abuse.decision.{one.decision}"), by=one.by)
    return Row(f"decided{number}", text, heading=time_of(one.at), note=one.words, tone="accent")
