"""Tries of a call that is owed: one key per result, when next, and the superior's decision."""

from __future__ import annotations

from datetime import datetime, timedelta
from functools import partial

from call.case import Case
from call.commands import DecideUnreached, SetNextTry, TryCall
from call.dues import Due
from call.events import AttemptResult
from call.fold_callbacks import Attempt, UnreachedDecision
from scripts_ja.texts import t
from ui.rows.page import Page, joined, when
from ui.rows.row import Ask, Do, Keys, Row, title

# In the order of the keys 1 to 5.
_RESULTS = (
    AttemptResult.ABSENT,
    AttemptResult.VOICEMAIL,
    AttemptResult.BUSY,
    AttemptResult.OTHER_PERSON,
    AttemptResult.REACHED,
)
# Which of the words may be said now; the row stands ready above.
_WORDS = {AttemptResult.VOICEMAIL: "words0", AttemptResult.OTHER_PERSON: "words1"}


class CallbackTries:
    """The part of the callback that is about ringing; ``due`` is the call that is owed."""

    def __init__(self, page: Page, due: Due | None) -> None:
        self._page = page
        self._due = due

    def rows(self, case: Case) -> list[Row]:
        """Every try with its time, then what a superior has to decide or has decided."""
        attempts = case.callbacks.attempts
        head = title("tries", t("callback.tries", count=len(attempts)))
        rows = [self._row(number, tried) for number, tried in enumerate(attempts)]
        rows += [self._decision(n, made) for n, made in enumerate(case.callbacks.decisions)]
        if not rows:
            rows = [Row("no_tries", t("callback.no_tries"), tone="muted")]
        return [head, *rows, *self._to_decide(case)]

    def keys(self, case: Case) -> Keys:
        """A digit keeps a try, at the time at which it is pressed."""
        return {
            str(number): Do(t(f"callback.result.{result}"), partial(self._try, case, result))
            for number, result in enumerate(_RESULTS, start=1)
        }

    # -- showing ------------------------------------------------------------------------------

    def _row(self, number: int, tried: Attempt) -> Row:
        late = t("callback.late", minutes=tried.late_minutes) if tried.late_minutes else ""
        again = t("callback.next", due=when(tried.next_at)) if tried.next_at else ""
        return Row(
            f"try{number}",
            t(f"callback.result.{tried.result}"),
            heading=self._time(tried.at.wall),
            note=joined([late, again, tried.words]),
        )

    def _decision(self, number: int, made: UnreachedDecision) -> Row:
        said = t("callback.decided", by=made.by)
        return Row(f"decision{number}", made.decision, self._time(made.at.wall), said)

    def _to_decide(self, case: Case) -> list[Row]:
        if self._due is None or not self._must_decide(case):
            return []
        count = len(case.callbacks.in_vain(self._due.target))
        do = Do(t("callback.do.decide"), self._ask_decision)
        return [Row("decide", t("callback.decide", count=count), tone="danger", keys={"Enter": do})]

    def _must_decide(self, case: Case) -> bool:
        tries = case.callbacks.in_vain(self._due.target) if self._due else ()
        return len(tries) >= self._page.work.limits.callback_attempts

    def _time(self, at: datetime) -> str:
        """The time alone on the day itself, else with the date."""
        local, today = at.astimezone(), self._page.work.local(self._page.work.now())
        is_long_ago = today - local > timedelta(hours=12)
        return when(at) if is_long_ago else f"{local:%H:%M}"

    # -- doing --------------------------------------------------------------------------------

    def _try(self, case: Case, result: AttemptResult) -> None:
        """The try is kept at once; what is said and when next follow."""
        target = self._due.target if self._due else ""
        if not self._page.do(TryCall(result, target=target)):
            return
        if self._due is None or result is AttemptResult.REACHED:
            self._page.say(t("callback.kept", result=t(f"callback.result.{result}")))
        elif self._must_decide(case):
            self._page.select("decide")
        else:
            if result in _WORDS:
                self._page.select(_WORDS[result])
            self._ask_next(target)

    def _ask_next(self, target: str) -> None:
        def take(at: datetime | None) -> bool:
            return self._page.do(SetNextTry(at, target)) if at else False

        self._page.ask(self._page.due_ask(t("callback.ask.next"), None, take))

    def _ask_decision(self) -> None:
        target = self._due.target if self._due else ""

        def take_decision(decision: str) -> Ask | bool:
            if not decision.strip():
                return False
            superior = self._page.work.settings.get("desk.superior")
            return Ask(t("callback.ask.by"), superior, lambda by: take_by(decision, by))

        def take_by(decision: str, by: str) -> Ask | bool:
            if not by.strip():
                return False

            def take_next(at: datetime | None) -> bool:
                return self._page.do(DecideUnreached(decision, by, at, target))

            ask = self._page.due_ask(t("callback.ask.again"), None, take_next)
            return Ask(ask.label, "", ask.accept, t("callback.ask.again_hint"), ask.echo)

        hint = t("callback.ask.decision_hint")
        self._page.ask(Ask(t("callback.ask.decision"), "", take_decision, hint))
