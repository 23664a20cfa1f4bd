"""行為: one key keeps an act with its time, the exact words follow in a line (F7-S1, F7-S2)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from call.case import Case
from call.commands import DetailAct, RecordAct
from call.fold_abuse import Act
from scripts_ja.model import ActType
from scripts_ja.quotes import quoted
from scripts_ja.texts import t
from ui.abuse.page import AbusePage, Ways, time_of
from ui.port.workplace import Workplace
from ui.rows.page import box, joined
from ui.rows.row import Ask, Do, Keys, Row, title

# Letters of the kinds, in their order; the others are keys of the page.
_LETTERS = "ABCDEFGHIJKLMNOPRSTU"


class ActsPage(AbusePage):
    """What was done and said, never what somebody is (rules.md T1, T3, L13)."""

    id = "acts"

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        ways: Ways,
    ) -> None:
        super().__init__(workplace, ask, say, select, ways)
        self._ticked: tuple[str, ...] = ()

    def rows(self, case: Case) -> list[Row]:
        """What to tell apart, the kinds, and what was recorded in this call, the last one first."""
        acts = case.abuse.acts_in(case.call_id)
        none = Row("none", t("abuse.sheet.no_acts"), tone="muted")
        return [
            Row("checks", joined(self.work.abuse.guide().checks), tone="muted"),
            title("kinds", t("abuse.sheet.kinds")),
            *(self._kind(letter, kind) for letter, kind in self._kinds()),
            title("acts", t("abuse.sheet.acts", count=len(acts))),
            *([self._act(act) for act in reversed(acts)] or [none]),
        ]

    def keys(self, case: Case) -> Keys:
        """The kinds by letter (their rows say which), words alone, danger, a warning."""
        kinds = {letter: Do("", partial(self._record, kind)) for letter, kind in self._kinds()}
        words = Do(t("abuse.sheet.words_key"), self._ask_words_alone)
        return {**super().keys(case), "Q": words, **kinds}

    # -- rows ---------------------------------------------------------------------------------

    def _kinds(self) -> list[tuple[str, ActType]]:
        return list(zip(_LETTERS, self.work.abuse.guide().kinds, strict=False))

    def _kind(self, letter: str, kind: ActType) -> Row:
        """Space ticks one more kind; the letter, or Enter, keeps them all at once."""
        tick = Do(t("abuse.sheet.tick"), lambda: self._tick(kind))
        mark = box(is_done=True) if kind.id in self._ticked else ""
        return Row(
            f"kind_{kind.id}",
            mark + kind.title,
            heading=letter,
            tone="accent" if kind.id in self._ticked else "ink",
            keys={"Enter": Do(t("abuse.sheet.record"), lambda: self._record(kind)), "Space": tick},
        )

    def _act(self, act: Act) -> Row:
        danger = t("abuse.danger") if act.is_danger else ""
        said = quoted(act.quote) if act.quote else t("abuse.sheet.no_words")
        words = Do(t("abuse.sheet.words_key"), lambda: self._ask_words(act))
        return Row(
            act.act_id,
            self.titles_of(act) or t("abuse.sheet.no_kind"),
            heading=danger + time_of(act.at),
            note=said,
            tone="danger" if act.is_danger else "ink",
            note_tone="ink" if act.quote else "warn",
            keys={"Enter": words},
        )

    # -- what happens -------------------------------------------------------------------------

    def _tick(self, kind: ActType) -> None:
        others = tuple(ticked for ticked in self._ticked if ticked != kind.id)
        self._ticked = others if kind.id in self._ticked else (*self._ticked, kind.id)
        self.select(f"kind_{kind.id}")

    def _record(self, kind: ActType) -> None:
        """The key keeps it with its time; the words follow."""
        kinds = (*(ticked for ticked in self._ticked if ticked != kind.id), kind.id)
        if not self.do(RecordAct(kinds)):
            return
        self._ticked = ()
        case = self.work.case
        act = case.abuse.act("") if case else None
        if act is not None:
            self._ask_words(act)

    def _ask_words(self, act: Act) -> None:
        def take(words: str) -> bool:
            if not words.strip() and not act.quote:
                return True
            return self.do(DetailAct(act.act_types, words, act.act_id))

        name = self.titles_of(act) or t("abuse.sheet.danger_name")
        label = t("abuse.ask.words", time=time_of(act.at), kinds=name)
        self.ask(Ask(label, act.quote, take, t("abuse.ask.words_hint")))

    def _ask_words_alone(self) -> None:
        """What was said counts before what it is called."""

        def take(words: str) -> bool:
            return self.do(RecordAct(self._ticked, words))

        self.ask(Ask(t("abuse.ask.words_alone"), "", take, t("abuse.ask.words_hint")))
