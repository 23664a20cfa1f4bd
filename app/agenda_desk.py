"""The list of all that is owed, and what is said first where something is late."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from call.agenda import AgendaLine, lines_of
from call.dues import INSIDE, KINDS, OFFER

if TYPE_CHECKING:
    from app.callback_words import CallbackWords
    from app.elsewhere import Elsewhere
    from app.reminders import Reminders
    from app.session import Session
    from call.commands import Command


class AgendaDesk:
    """Reads the agenda together with the case in hand; acts on cases wherever they are."""

    def __init__(
        self,
        session: Session,
        reminders: Reminders,
        elsewhere: Elsewhere,
        words: Callable[[], CallbackWords],
    ) -> None:
        self._session = session
        self._reminders = reminders
        self._elsewhere = elsewhere
        self._words = words

    def lines(self) -> tuple[AgendaLine, ...]:
        """All that is owed over all cases, the soonest first."""
        desk, now = self._session.desk, self._session.now()
        case = desk.case if desk else None
        return lines_of(self._reminders.agenda, case, now, self._session.limits)

    def do(self, line: AgendaLine, command: Command) -> None:
        """Settle it, postpone it, hand it on, keep a try: in its own case, wherever that is."""
        self._elsewhere.do_in(line.entry.case_id, command)

    def apology(self, line: AgendaLine) -> str:
        """What is said first where a line is late, ready to be read out; else empty.

        Only where the customer waits: not for what no customer was promised, nor for their own
        answer to an offer.
        """
        kind = line.entry.what.kind
        is_awaited = kind in KINDS and kind not in (*INSIDE, OFFER)
        return self._words().apology(kind, line.entry.at) if line.is_late and is_awaited else ""
