"""The list of all that is owed, and what is said first where something is late."""

from __future__ import annotations

from app.elsewhere import Elsewhere
from app.own_settings import OwnSettings
from app.reminders import Reminders
from app.session import Session
from call.agenda import AgendaLine, lines_of
from call.commands import Command
from call.dues import CALLS
from scripts_ja.dates import spoken_due
from scripts_ja.placeholders import plain, segments
from scripts_ja.texts import t

_FROM_SETTINGS = {"company": "desk.company", "agent": "desk.name"}


class AgendaDesk:
    """Reads the agenda together with the case in hand; acts on cases wherever they are."""

    def __init__(
        self, session: Session, reminders: Reminders, elsewhere: Elsewhere, settings: OwnSettings
    ) -> None:
        self._session = session
        self._reminders = reminders
        self._elsewhere = elsewhere
        self._settings = settings

    def lines(self) -> tuple[AgendaLine, ...]:
        """All that is owed over all cases, the soonest first."""
        desk, now = self._session.desk, self._session.now()
        case = desk.case if desk else None
        return lines_of(self._reminders.agenda, case, now, self._session.limits)

    def do(self, line: AgendaLine, command: Command) -> None:
        """Settle it, postpone it, hand it on, keep a try: in its own case, wherever that is."""
        self._elsewhere.do_in(line.entry.case_id, command)

    def apology(self, line: AgendaLine) -> str:
        """What is said first where a line is late, ready to be read out; else empty."""
        if not line.is_late:
            return ""
        now = self._session.now().wall.astimezone()
        half_days = self._settings.get("view.clock_words") == "12"
        due = spoken_due(line.entry.at.astimezone(), now, half_days=half_days)
        key = "call" if line.entry.what.kind in CALLS else "promise"
        known = {name: self._settings.get(setting) for name, setting in _FROM_SETTINGS.items()}
        return plain(segments(t(f"agenda.late.{key}", due=due), known))
