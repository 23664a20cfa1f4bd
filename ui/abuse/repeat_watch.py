"""Who rings again: looked up as soon as the number is known in such a call (rules.md T3, T8)."""

from __future__ import annotations

from collections.abc import Callable

from call.case import Case
from scripts_ja.texts import t
from ui.actions import key_of
from ui.port.abuse import RepeatView
from ui.port.change import Change
from ui.port.notices import Notice
from ui.port.workplace import Workplace

_NOTICE = "repeat_calls"


class RepeatWatch:
    """Knows what earlier calls of the present number say; a number is looked up once."""

    def __init__(
        self, workplace: Workplace, say: Callable[[Notice], None], shown: Callable[[], None]
    ) -> None:
        self._work = workplace
        self._say = say
        self._shown = shown
        self._asked: tuple[str, str] = ("", "")
        self._told = ""
        self.view: RepeatView | None = None
        workplace.listen(self._on_change)

    def look(self) -> None:
        """Look the present number up, where it is another one than last time."""
        case = self._work.case
        if case is None or (case.id, number_of(case)) == self._asked:
            return
        asked = (case.id, number_of(case))
        self._asked, self.view = asked, None
        if asked[1]:
            self._work.abuse.fetch_repeats(asked[1], lambda view: self._bring(asked, view))

    def _on_change(self, change: Change) -> None:
        case = self._work.case
        stage = case.stages.current if case else None
        is_aside = stage is not None and stage.is_aside
        if case is not None and case.phase.is_live and is_aside:
            self.look()
            self._tell(case)
        elif self._asked[1]:
            self._told = ""
            self._say(Notice(_NOTICE, ""))
            if case is None or case.id != self._asked[0]:
                self._asked, self.view = ("", ""), None

    def _bring(self, asked: tuple[str, str], view: RepeatView) -> None:
        """What was found, unless another number has come since."""
        case = self._work.case
        if case is None or asked != self._asked:
            return
        self.view = view
        self._shown()
        self._tell(case)

    def _tell(self, case: Case) -> None:
        """After words about one's own death nobody is told that they repeat themselves (X12)."""
        view = self.view
        is_wanted = view is not None and view.cases and case.phase.is_live
        text = _said(view) if view and is_wanted and not case.has_no_limits else ""
        if text != self._told:
            self._told = text
            self._say(Notice(_NOTICE, text, "warn"))


def number_of(case: Case) -> str:
    """The number that was read back or typed, else the one that the telephone shows."""
    return case.field("callback_tel") or (case.call.number if case.call else "")


def _said(view: RepeatView) -> str:
    answered = next((one.answered for one in view.cases if one.answered), "")
    key = "abuse.repeat.notice_answered" if answered else "abuse.repeat.notice"
    line = " ".join(answered.split())
    return t(key, count=view.calls, answered=line, key=key_of("abuse"))
