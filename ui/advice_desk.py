"""Following a prompt and putting it aside; what becomes due is shown as soon as it is known."""

from __future__ import annotations

from collections.abc import Callable

from call.commands import ParkWrapUp
from call.fold_times import CallPhase
from call.guidance import Prompt
from scripts_ja.texts import t
from ui.hold_alert import HoldAlert
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar


class AdviceDesk:
    """Joins the advice bar to the workplace.

    ``trigger`` does what a key stands for; ``answer_callback`` opens the sheet for the answer.
    """

    def __init__(
        self,
        workplace: Workplace,
        window: Sidebar,
        say: Callable[[str], None],
        trigger: Callable[[str], None],
        answer_callback: Callable[[], None],
    ) -> None:
        self._work = workplace
        self._window = window
        self._say = say
        self._trigger = trigger
        self._answer_callback = answer_callback
        self._alert = HoldAlert(workplace, window)
        window.advice.followed.connect(self.follow)
        window.advice.dismissed.connect(self.dismiss)
        workplace.reminders.listen(window.show_advice)

    def follow(self) -> None:
        """Do what the prompt proposes."""
        prompt = self._window.advice.prompt
        if prompt is None:
            self._say(t("advice.none"))
        elif prompt.action == "callback_answer":
            self._answer_callback()
        elif prompt.action == "open_case":
            self._open_case(prompt)
        elif prompt.action:
            self._trigger(prompt.action)

    def dismiss(self) -> bool:
        """Put the prompt aside; whether there was one. Esc is pressed to close cards, too."""
        prompt = self._window.advice.prompt
        if prompt is None or prompt.stays:
            return False
        self._work.reminders.put_aside(prompt)
        self._window.show_advice()
        return True

    def _open_case(self, prompt: Prompt) -> None:
        """Open the case that is due; after-call work that runs steps aside, as for a call."""
        if prompt.about is None:
            return
        case = self._work.case
        if self._work.is_chosen and case is not None and case.id == prompt.about.case_id:
            self._trigger("exits")  # it lies open already: what can be done with it
            return
        if self._work.phase is CallPhase.WRAP_UP:
            self._work.do(ParkWrapUp())
        self._work.cases.open(prompt.about.case_id)
