"""The papers that are written after a call, of the case in hand: letter, record, sheet, gaps."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime

from msgspec import Struct

from app.consulting import zone_of
from app.handing_over import author_of
from app.own_settings import OwnSettings
from app.session import Session
from call.decision import Situation
from handoff import absence_note, abuse_record, prevention_sheet
from handoff.wrap_up import wrap_up_gaps

ABSENCE_NOTE, ABUSE_RECORD, PREVENTION = "absence_note", "abuse_record", "prevention_sheet"


class Paper(Struct, frozen=True):
    """A paper as it reads now; ``missing`` are ids whose words the paper's own texts hold."""

    text: str
    missing: tuple[str, ...]
    questions: tuple[str, ...] = ()


class AfterPapers:
    """Makes them in the window's thread; nothing is kept by making one."""

    def __init__(self, session: Session, settings: OwnSettings) -> None:
        self._session = session
        self._settings = settings

    def absence_note(self, call_at: datetime | None = None) -> Paper | None:
        """The letter of the visit that stands, in words to be written out; None without a visit.

        With ``call_at`` it names that time for the next day's call. What is left at the door is
        kept with ``LeaveAbsenceNote``.
        """
        return self._made(lambda at: self._absence_note(at, call_at))

    def abuse_record(self) -> Paper | None:
        """The record of the last call in which acts were recorded, or None."""
        return self._made(self._abuse_record)

    def prevention_sheet(self) -> Paper | None:
        """The prevention sheet, once something stands on it."""
        return self._made(self._prevention_sheet)

    def gaps(self) -> tuple[str, ...]:
        """What after-call work still lacks, the conclusion first."""
        at = self._session.situation()
        return wrap_up_gaps(at.case) if at else ()

    def all(self) -> Mapping[str, Paper]:
        """Every paper that there is, by its name."""
        made = {
            ABSENCE_NOTE: self.absence_note(),
            ABUSE_RECORD: self.abuse_record(),
            PREVENTION: self.prevention_sheet(),
        }
        return {name: paper for name, paper in made.items() if paper is not None}

    def _made(self, make: Callable[[Situation], Paper | None]) -> Paper | None:
        at = self._session.situation()
        return make(at) if at else None

    def _absence_note(self, at: Situation, call_at: datetime | None) -> Paper | None:
        visit, settings = at.case.visits.current, self._settings.current
        if visit is None:
            return None
        sender = absence_note.Sender(
            settings.text("desk.company"),
            settings.text("desk.department"),
            settings.text("desk.contact_tel"),
            settings.text("desk.hours"),
        )
        zone = zone_of(at.now)
        note = absence_note.build_absence_note(at.case, visit, sender, at.now.wall, zone, call_at)
        return Paper(absence_note.as_text(note), note.missing)

    def _abuse_record(self, at: Situation) -> Paper | None:
        kinds = (kind for flow in at.book.flows for kind in flow.act_types)
        titles = {kind.id: kind.title for kind in kinds}
        author = author_of(self._settings.current)
        record = abuse_record.build_abuse_record(at.case, author, titles, at.now, zone_of(at.now))
        return Paper(abuse_record.as_text(record), record.missing) if record else None

    def _prevention_sheet(self, at: Situation) -> Paper | None:
        sheet = prevention_sheet.build_prevention_sheet(at.case, zone_of(at.now))
        if sheet is None:
            return None
        return Paper(prevention_sheet.as_text(sheet), sheet.missing, sheet.questions)
