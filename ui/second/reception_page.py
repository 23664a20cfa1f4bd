"""受け止め: the first three minutes, and the words that eased or angered (rules.md #85-#88)."""

from __future__ import annotations

from functools import partial

from call.case import Case
from call.commands import MarkWords
from call.events import Effect
from call.reception import Reception
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.rows.page import Page
from ui.rows.row import Ask, Do, Keys, Row, title

_EFFECT_KEYS = {"E": Effect.EASED, "A": Effect.ANGERED}


class ReceptionPage(Page):
    """A calm countdown, and what was learned meanwhile."""

    id = "reception"

    def rows(self, case: Case) -> list[Row]:
        """The countdown, the temperature at both ends, the words of both effects."""
        reception = self.work.second_line.reception()
        return [
            self._countdown(reception),
            *self._temperatures(reception),
            *self._words(case, Effect.EASED),
            *self._words(case, Effect.ANGERED),
        ]

    def keys(self, case: Case) -> Keys:
        """One key for each effect, to type the words."""
        return {
            key: Do(t(f"second.effect.{effect}"), partial(self._ask_words, effect))
            for key, effect in _EFFECT_KEYS.items()
        }

    def _countdown(self, reception: Reception | None) -> Row:
        if reception is None:
            return Row("countdown", t("second.reception.not_begun"), tone="muted")
        left = reception.seconds_left(self.work.now())
        if not left:
            return Row("countdown", t("second.reception.over"), tone="accent", is_large=True)
        text = t("second.reception.left", time=clock_time(left))
        note = t("second.reception.meanwhile")
        return Row("countdown", text, note=note, tone="accent", is_large=True)

    def _temperatures(self, reception: Reception | None) -> list[Row]:
        if reception is None:
            return []
        start, end = reception.temperature_at_start, reception.temperature_at_end
        is_over = reception.is_over(self.work.now())
        time = clock_time(reception.seconds)
        rows = [_temperature("start", "0:00", start, is_missing=not start)]
        return [*rows, _temperature("end", time, end, is_missing=is_over and not end)]

    def _words(self, case: Case, effect: Effect) -> list[Row]:
        words = case.plan.words_that(effect)
        rows = [Row(f"{effect}{n}", worked.words) for n, worked in enumerate(words)]
        empty = Row(f"{effect}_none", t("second.none_yet"), tone="muted")
        return [title(effect, t(f"second.effect.{effect}")), *(rows or [empty])]

    def _ask_words(self, effect: Effect) -> None:
        label = t(f"second.effect.ask_{effect}")
        self.ask(Ask(label, "", lambda text: self.do(MarkWords(effect, text))))


def _temperature(row_id: str, time: str, level: int, *, is_missing: bool) -> Row:
    text = t("second.reception.level", level=level) if level else t("second.reception.no_level")
    heading = t("second.reception.at", time=time)
    return Row(f"at_{row_id}", text, heading=heading, tone="warn" if is_missing else "ink")
