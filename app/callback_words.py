"""What is said when a customer is rung as promised: in time, late, to a machine, to somebody else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from app.own_phrases import OwnPhrases
from app.own_settings import OwnSettings
from app.phrase_views import stage_phrases, values_now
from app.session import Session
from call.dues import CALLS, Due
from scripts_ja.dates import spoken_due
from scripts_ja.model import Audience, FlowBook
from scripts_ja.placeholders import plain, segments
from scripts_ja.texts import t
from ui.port.agenda import CallWords
from ui.port.phrases import PhraseView

# flows.md: the call itself, and what to do where nobody can be reached.
_CALL_STAGE, _IN_VAIN_STAGE = "F5-S4", "F5-S5"
_FROM_SETTINGS = {"company": "desk.company", "agent": "desk.name"}


class CallbackWords:
    """Takes them from the flows in force, with the agent's own wordings."""

    def __init__(
        self,
        session: Session,
        settings: OwnSettings,
        own: OwnPhrases,
        book: Callable[[], FlowBook],
    ) -> None:
        self._session = session
        self._settings = settings
        self._own = own
        self._book = book

    def greeting(self, due: Due) -> str:
        """The first words: in time those of the flow, else an apology for the delay."""
        if due.at <= self._session.now().wall:
            return self.apology(due.kind, due.at)
        views = self._phrases(_CALL_STAGE)
        return views[0].plain if views else ""

    def left_words(self) -> tuple[CallWords, ...]:
        """What may be left on voicemail or with whoever else answers: never the matter (#2.8)."""
        views = self._phrases(_IN_VAIN_STAGE)
        return tuple(CallWords(view.condition, view.plain) for view in views)

    def apology(self, kind: str, at: datetime) -> str:
        """What is said first where something of that kind, owed at that time, is late."""
        now = self._session.now().wall.astimezone()
        half_days = self._settings.get("view.clock_words") == "12"
        due = spoken_due(at.astimezone(), now, half_days=half_days)
        key = "call" if kind in CALLS else "promise"
        known = {name: self._settings.get(setting) for name, setting in _FROM_SETTINGS.items()}
        return plain(segments(t(f"agenda.late.{key}", due=due), known))

    def _phrases(self, stage_id: str) -> tuple[PhraseView, ...]:
        """What is said to the customer's side in that stage; a flow of one's own may lack it."""
        found = self._book().find_stage(stage_id)
        if found is None:
            return ()
        values = values_now(self._session, self._settings.current)
        views = stage_phrases(found[1], self._own, values).shown
        return tuple(view for view in views if view.audience is Audience.CUSTOMER)
