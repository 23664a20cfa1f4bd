"""Cases that are not in hand: what was last, opening one, joining a call to one, acting in one."""

from __future__ import annotations

from collections.abc import Callable

from app.elsewhere import Elsewhere
from call.events import Envelope
from scripts_ja.texts import t
from ui.port.cases import WaitingView

_MOST_RECENT = 13


class EarlierCases(Elsewhere):
    """Reads beside the window and brings what it found.

    What was recorded in a case from here is in it when it is opened, too.
    """

    def fetch_waiting(self, then: Callable[[WaitingView], None]) -> None:
        """Look up what was last, and bring it."""
        self._background.run(
            lambda: self._reader.read(
                lambda archive: WaitingView(archive.recent(_MOST_RECENT)),
                WaitingView(),
                "the lists cannot be read",
            ),
            then,
        )

    def open(self, case_id: str) -> None:
        """Lay an earlier case on the desk, or join the running call to it.

        Where a call begins or ends while it is read, it was not meant for that call.
        """
        meant_for = self._running_call()

        def bring(history: tuple[Envelope, ...]) -> None:
            if self._running_call() == meant_for:
                self._lay_open(case_id, history)

        self._background.run(lambda: self._reader.history(case_id), bring)

    def lay_aside(self) -> None:
        """Put the opened earlier case back."""
        self._session.lay_aside()

    def _running_call(self) -> str | None:
        """The call that an opened case would be joined to."""
        desk, phase = self._session.desk, self._session.phase
        return desk.case.call_id if desk and (phase.is_live or phase.is_after_call) else None

    def _lay_open(self, case_id: str, history: tuple[Envelope, ...]) -> None:
        phase = self._session.phase
        history = self.completed(case_id, history)
        if not history:
            self._notices.say("said", t("cases.unreadable"))
        elif phase.is_live or phase.is_after_call:
            self._session.join(case_id, history)
        else:
            self._session.choose(case_id, history)
