"""What the pages that are worked during such a call have in common."""

from __future__ import annotations

from collections.abc import Callable

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.commands import GiveWarning, RecordAct
from call.fold_abuse import Act
from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.rows.page import Page
from ui.rows.row import Ask, Do, Keys, Row


class Ways(Struct, frozen=True):
    """Where these pages lead: the consultation card, a paper's preview."""

    consult: Callable[[], None]
    show_paper: Callable[[str], None]


class AbusePage(Page):
    """A page on which danger and warnings have their keys."""

    def __init__(
        self,
        workplace: Workplace,
        ask: Callable[[Ask], None],
        say: Callable[[str], None],
        select: Callable[[str], None],
        ways: Ways,
    ) -> None:
        super().__init__(workplace, ask, say, select)
        self.ways = ways

    def keys(self, case: Case) -> Keys:
        """What is one key away on every page as long as the call runs."""
        if not case.phase.is_live:
            return {}
        return {
            "Z": Do(t("abuse.sheet.danger_key"), self._danger),
            "W": Do(t("abuse.sheet.warn_key"), lambda: self.warn(case)),
        }

    def phrase(self) -> list[Row]:
        """What to say now, as the stage has it; only within the flow."""
        view = self.work.stage()
        if view is None or not view.gate or not view.phrases:
            return []
        said = view.phrases[0]
        return [Row("phrase", said.plain, heading=t("abuse.sheet.phrase"), tone="accent")]

    def titles_of(self, act: Act) -> str:
        """The kinds of an act in words; what the flow no longer has, as it stands."""
        titles = {kind.id: kind.title for kind in self.work.abuse.guide().kinds}
        return t("list.comma").join(titles.get(kind, kind) for kind in act.act_types)

    def warn(self, case: Case) -> None:
        """A warning was given: for the last act of this call, with its words."""
        acts = case.abuse.acts_in(case.call_id)
        kinds = acts[-1].act_types if acts else ()
        act = kinds[-1] if kinds else t("abuse.sheet.some_act")
        if not self.do(GiveWarning(act, acts[-1].quote if acts else "")):
            return
        number = len(case.abuse.warnings_in(case.call_id))
        most = self.work.limits.abuse_warnings
        key = "abuse.sheet.warned" if number < most else "abuse.sheet.warned_last"
        self.say(t(key, number=number, most=most))

    def _danger(self) -> None:
        """Kept at once; then straight to the superior (rules.md #110, L4)."""
        if self.do(RecordAct(is_danger=True)):
            self.ways.consult()


def time_of(at: Reading) -> str:
    """The local time of day of a reading, to the minute."""
    return f"{at.wall.astimezone():%H:%M}"
