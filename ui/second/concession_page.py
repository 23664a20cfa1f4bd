"""一歩の提案: the one slot, what was told, what was answered, how often the limit was stated."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from call.case import Case
from call.commands import (
    AnswerConcession,
    Correct,
    PlanConcession,
    StateLimit,
    TellConcession,
)
from call.events import OfferAnswer
from call.fold_concession import ConcessionSlot, PlannedConcession, ToldConcession
from scripts_ja.dates import spoken_time
from scripts_ja.texts import t
from ui.rows.page import Page, joined, when
from ui.rows.row import Ask, Do, Keys, Row, title

_ANSWER_KEYS = {
    "Y": OfferAnswer.ACCEPTED,
    "N": OfferAnswer.DECLINED,
    "O": OfferAnswer.OPEN,
}


class ConcessionPage(Page):
    """One step and no second (rules.md #12-#20)."""

    id = "concession"

    def rows(self, case: Case) -> list[Row]:
        """The question to oneself, the plan, everything that was told, the limit."""
        slot = case.concession
        return [
            Row("self_check", t("second.concession.self_check"), tone="accent"),
            *self._conflict(slot),
            title("plan", t("second.concession.plan")),
            self._plan(slot.planned, case.field("approver")),
            title("told", t("second.concession.told", count=len(slot.told))),
            *self._told(slot),
            title("limit", t("second.concession.limit")),
            _limit(slot),
        ]

    def keys(self, case: Case) -> Keys:
        """Told; the limit, one key each time."""
        keys = {"T": Do(t("second.concession.tell"), self._tell)}
        if case.concession.told:
            keys["L"] = Do(t("second.concession.state_limit"), self._state_limit)
        return keys

    # -- the plan -----------------------------------------------------------------------------

    def _plan(self, planned: PlannedConcession | None, approver: str) -> Row:
        enter = Do(t("second.key.type"), lambda: self._ask_plan(planned, approver))
        if planned is None:
            text, note, note_tone = t("second.concession.no_plan"), "", "muted"
        else:
            text = planned.offer
            note = _terms(planned.approver, planned.expires_at)
            note_tone = "muted" if planned.approver else "warn"
        tone = "ink" if planned else "warn"
        return Row(
            "planned", text, note=note, tone=tone, note_tone=note_tone, keys={"Enter": enter}
        )

    def _ask_plan(self, planned: PlannedConcession | None, approver: str) -> None:
        known = planned or PlannedConcession("", approver, None, self.work.now())

        def take_approver(offer: str, name: str) -> Ask:
            def take_expiry(expires_at: datetime | None) -> bool:
                return self.do(PlanConcession(offer, name.strip(), expires_at))

            return self.due_ask(t("second.concession.ask_expiry"), known.expires_at, take_expiry)

        def take_offer(offer: str) -> Ask | bool:
            if not offer.strip():
                return self.do(PlanConcession(""))
            label = t("second.concession.ask_approver")
            return Ask(label, known.approver, lambda name: take_approver(offer, name))

        self.ask(Ask(t("second.concession.ask_offer"), known.offer, take_offer))

    # -- telling ------------------------------------------------------------------------------

    def _tell(self) -> None:
        """Words may stay empty. One more than allowed asks for the superior's reason first."""
        case = self.work.case
        if case is None:
            return
        if len(case.concession.told) >= self.work.limits.max_concessions:
            self.ask(Ask(t("second.concession.ask_reason"), "", self._take_reason))
        elif case.concession.planned is None:
            self.ask(Ask(t("second.concession.ask_offer"), "", self._take_offer))
        else:
            self.ask(self._words_ask())

    def _take_reason(self, reason: str) -> Ask | bool:
        """Without a reason the desk itself refuses, and says so."""
        if not reason.strip():
            self.do(TellConcession(t("second.concession.another")))
            return False

        def take_offer(offer: str) -> Ask | bool:
            return bool(offer.strip()) and self._approver_ask(offer.strip(), reason.strip())

        return Ask(t("second.concession.ask_another"), "", take_offer)

    def _approver_ask(self, offer: str, reason: str) -> Ask:
        def take(approver: str) -> Ask:
            return self._words_ask(offer, approver.strip(), reason)

        return Ask(t("second.concession.ask_approver"), "", take)

    def _take_offer(self, offer: str) -> Ask | bool:
        """Nothing was planned: what is told is typed here."""
        return bool(offer.strip()) and self._approver_ask(offer.strip(), "")

    def _words_ask(self, offer: str = "", approver: str = "", reason: str = "") -> Ask:
        def take(words: str) -> bool:
            told = TellConcession(offer, approver, reason, words.strip())
            return self.do(told)

        return Ask(t("second.concession.ask_words"), "", take, t("second.concession.words_hint"))

    def _state_limit(self) -> None:
        if self.do(StateLimit()):
            case = self.work.case
            count = case.concession.times_limit_stated if case else 0
            self.say(t("second.concession.limit_counted", count=count))

    # -- what was told ------------------------------------------------------------------------

    def _told(self, slot: ConcessionSlot) -> list[Row]:
        conflict = {told.event_id for told in slot.conflict}
        rows = [self._told_row(n, told, conflict) for n, told in enumerate(slot.told, start=1)]
        return rows or [Row("untold", t("second.concession.untold"), tone="muted")]

    def _conflict(self, slot: ConcessionSlot) -> list[Row]:
        if not slot.conflict:
            return []
        offers = joined(told.offer for told in slot.conflict)
        text = t("second.concession.conflict", count=len(slot.conflict), offers=offers)
        return [Row("conflict", text, heading=t("concession_mark.conflict"), tone="danger")]

    def _told_row(self, number: int, told: ToldConcession, conflict: set[str]) -> Row:
        keys = {
            key: Do(
                t(f"second.concession.answer.{answer}"),
                partial(self._answer, told, answer),
            )
            for key, answer in _ANSWER_KEYS.items()
        }
        keys["X"] = Do(t("second.concession.take_back"), lambda: self._ask_correct(told))
        is_expired = told.is_expired(self.work.now())
        is_lacking = is_expired or not told.approver
        at = spoken_time(self.work.local(told.at))
        return Row(
            told.event_id,
            told.offer,
            heading=t("second.concession.told_at", number=number, time=at),
            note=joined(_remarks(told, is_expired=is_expired)),
            tone="danger" if told.event_id in conflict else "ink",
            note_tone="warn" if is_lacking else "muted",
            keys=keys,
        )

    def _answer(self, told: ToldConcession, answer: OfferAnswer) -> None:
        """The key records it at once; the customer's words may follow."""
        known = told.answer_words if told.answer is answer else ""
        if not self.do(AnswerConcession(answer, known, told.event_id)):
            return

        def accept(words: str) -> bool:
            return self.do(AnswerConcession(answer, words.strip(), told.event_id))

        self.ask(Ask(t("second.concession.ask_answer"), known, accept))

    def _ask_correct(self, told: ToldConcession) -> None:
        def accept(reason: str) -> bool:
            return self.do(Correct(reason, told.event_id))

        label = t("second.concession.ask_take_back", offer=told.offer)
        self.ask(Ask(label, "", accept, t("correct.hint")))


def _terms(approver: str, expires_at: datetime | None) -> str:
    approved = t("second.concession.approver", name=approver)
    expiry = t("second.concession.expiry", due=when(expires_at)) if expires_at else ""
    return joined([approved if approver else t("second.concession.no_approver"), expiry])


def _remarks(told: ToldConcession, *, is_expired: bool) -> list[str]:
    answer = t(f"second.concession.answered.{told.answer}")
    if told.answer_words:
        answer = t("second.facts.with_words", answer=answer, words=told.answer_words)
    return [
        answer,
        t("second.concession.expired") if is_expired else "",
        _terms(told.approver, told.expires_at),
        t("second.concession.reason", reason=told.superior_reason) if told.superior_reason else "",
        t("second.concession.words", words=told.words) if told.words else "",
    ]


def _limit(slot: ConcessionSlot) -> Row:
    if not slot.told:
        return Row("limits", t("second.concession.limit_later"), tone="muted")
    count = slot.times_limit_stated
    return Row("limits", t("second.concession.limit_count", count=count))
