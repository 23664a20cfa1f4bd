"""What other cases owe, kept ready for guidance: read beside the window, never waited for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from msgspec import structs

from app.background import Background
from app.elsewhere import Elsewhere
from app.record_reader import RecordReader
from app.session import Session
from call.agenda import Agenda, AgendaEntry, entries_of
from call.case import Case, CaseSummary
from call.commands import DismissAdvice
from call.guidance import Prompt
from call.limits import Limits
from storage.archive import Archive
from storage.journal import Journal
from ui.port.change import Change

# More than any desk owes; the soonest come first.
_MOST_DUES = 500
# A case that owes nothing by a date may still owe its first report, for a shift.
_MOST_RECENT = 40
_RECENT = timedelta(hours=12)


class Reminders:
    """Knows the agenda of all cases but the one in hand; that one guidance folds itself.

    Read anew when a case comes to hand, leaves it, or changes elsewhere, and with other limits:
    nobody else writes here.
    A case whose list line has not changed since it was last read is not folded again.
    """

    def __init__(
        self,
        session: Session,
        elsewhere: Elsewhere,
        journal: Journal,
        database: Path,
        background: Background,
    ) -> None:
        self._session = session
        self._elsewhere = elsewhere
        self._reader = RecordReader(journal, database)
        self._background = background
        self._listeners: list[Callable[[], None]] = []
        self._at_hand: tuple[str, ...] | None = None
        self._read: tuple[AgendaEntry, ...] = ()
        self._put_aside: dict[str, set[tuple[str, str]]] = {}
        # Touched only by the jobs beside the window, which run one after the other.
        self._folded: dict[str, tuple[CaseSummary, Limits, tuple[AgendaEntry, ...]]] = {}
        self.agenda = Agenda()
        session.listen(self._on_change)

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that the agenda is another."""
        self._listeners.append(listener)

    def put_aside(self, prompt: Prompt) -> None:
        """Keep that a prompt was put aside: in this call, or in the case that it reminds of.

        It goes at once; what a sick disk does not take comes back with the next start.
        """
        command = DismissAdvice(prompt.id, prompt.target)
        if prompt.about is None:
            self._session.do(command)
            return
        aside = self._put_aside.setdefault(prompt.about.case_id, set())
        aside.add((prompt.id, prompt.target))
        self._compose()
        self._elsewhere.do_in(prompt.about.case_id, command)

    def refresh(self) -> None:
        """Look again, beside the window."""
        if not self._session.is_open:
            return
        now, limits = self._session.now().wall, self._session.limits
        self._background.run(
            lambda: self._reader.read(
                lambda archive: self._read_all(archive, now, limits),
                None,
                "the agenda cannot be read",
            ),
            self._on_read,
        )

    def _on_change(self, change: Change) -> None:
        """Look again where what is at hand is another, or something happened elsewhere."""
        if not self._session.is_open:
            return
        desk = self._session.desk
        at_hand = (desk.case.id if desk else "", *(d.case.id for d in self._session.parked))
        in_hand = {desk.case.id, desk.own_case_id} if desk else set()
        is_elsewhere = any(event.case_id not in in_hand for event in change.events)
        if at_hand != self._at_hand or is_elsewhere:
            self._at_hand = at_hand
            self._compose()
            self.refresh()

    def _on_read(self, found: tuple[AgendaEntry, ...] | None) -> None:
        if found is not None:
            self._read = found
        self._compose()
        for listener in self._listeners:
            listener()

    def _compose(self) -> None:
        """What was read, but of cases whose after-call work waits what is known without reading."""
        limits = self._session.limits
        parked = [desk.case for desk in self._session.parked]
        waiting = {case.id for case in parked}
        entries = [entry for case in parked for entry in entries_of(case, limits)]
        entries += [entry for entry in self._read if entry.case_id not in waiting]
        self.agenda = Agenda.of(self._without_put_aside(entry) for entry in entries)

    def _without_put_aside(self, entry: AgendaEntry) -> AgendaEntry:
        aside = self._put_aside.get(entry.case_id)
        return structs.replace(entry, put_aside=entry.put_aside | aside) if aside else entry

    def _read_all(self, archive: Archive, now: datetime, limits: Limits) -> tuple[AgendaEntry, ...]:
        """Reads the disk: beside the window only."""
        lines = {line.case_id: line for _, line in archive.dues(_MOST_DUES)}
        recent = archive.recent(_MOST_RECENT)
        lines |= {x.case_id: x for x in recent if x.touched_at > now - _RECENT}
        return tuple(
            entry for line in lines.values() for entry in self._entries(archive, line, limits)
        )

    def _entries(
        self, archive: Archive, line: CaseSummary, limits: Limits
    ) -> tuple[AgendaEntry, ...]:
        known = self._folded.get(line.case_id)
        if known is not None and known[:2] == (line, limits):
            return known[2]
        case = Case.of(line.case_id, archive.events_of(line.case_id))
        entries = entries_of(case, limits)
        self._folded[line.case_id] = (line, limits, entries)
        return entries
