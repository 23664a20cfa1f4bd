"""What the window works with: session, journal, words and papers behind one face."""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from app.background import Background
from app.case_numbers import CaseNumbers
from app.handing_over import FORM, consult_view, handoff_view, write_note
from app.session import Rules, Session
from app.settings import Settings
from app.stage_view import stage_view
from call.case import Case
from call.clock import Clock, Reading
from call.commands import Command, RecordHandoff
from call.desk import DeskIdentity
from call.events import Envelope
from call.fold_times import CallPhase
from call.guidance import Prompt, advise
from call.limits import Limits
from call.screening import screen_final, sound
from desktop.paths import Places
from scripts_ja.dates import clock_time
from scripts_ja.model import FlowBook
from scripts_ja.texts import t
from storage.archive import Archive
from storage.journal import Draft, DraftKey, Journal, Opening, Trouble
from storage.troubles import MISSING, SET_ASIDE, StorageError
from ui.port import (
    Change,
    ConsultView,
    DueView,
    HandoffView,
    Notice,
    StageView,
    WaitingView,
)

_log = logging.getLogger(__name__)

NOTE_FIELD = "note"
# A draft typed before any call belongs to no case yet.
_NO_CASE = ""
_MOST_DUES = 8
_MOST_RECENT = 13


class Workplace:
    """One running desk. All methods belong to the thread of the window."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        settings: Settings,
        book: FlowBook,
        background: Background,
        save_settings: Callable[[Path, dict[str, str | int]], None],
    ) -> None:
        self._places = places
        self._settings = settings
        self._book = book
        self._background = background
        self._save_settings = save_settings
        self._draft_case = _NO_CASE
        self._draft_listeners: list[Callable[[str], None]] = []
        self._notice_listeners: list[Callable[[Notice], None]] = []
        self._commit_listeners: list[Callable[[tuple[str, ...]], None]] = []
        self.journal = Journal(places.database, self)
        self.session = Session(clock, self.journal, self._rules())

    # -- the case in hand ---------------------------------------------------------------------

    @property
    def case(self) -> Case | None:
        """The case in hand."""
        return self.session.desk.case if self.session.desk else None

    @property
    def phase(self) -> CallPhase:
        """The phase of the case in hand; idle without one."""
        return self.case.phase if self.case else CallPhase.IDLE

    @property
    def is_chosen(self) -> bool:
        """Whether the case in hand is an earlier one that was opened to read or ring."""
        return self.session.is_chosen

    @property
    def parked(self) -> Sequence[Case]:
        """Cases whose after-call work waits."""
        return [desk.case for desk in self.session.parked]

    @property
    def limits(self) -> Limits:
        """The limits in force."""
        return self.session.limits

    def now(self) -> Reading:
        """Both clocks."""
        return self.session.now()

    def local(self, at: Reading) -> datetime:
        """A reading's wall in local time."""
        return at.wall.astimezone()

    def do(self, command: Command) -> Change:
        """Carry out a command."""
        return self.session.do(command)

    def stage(self) -> StageView | None:
        """The present stage."""
        situation = self.session.situation()
        return stage_view(situation, self._settings) if situation else None

    def advice(self) -> Prompt | None:
        """The one prompt for now."""
        return advise(self.case, self.now(), self.limits) if self.case else None

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Hear of every change."""
        self.session.listen(listener)

    # -- the journal, heard on its own thread -------------------------------------------------

    def start(self) -> None:
        """Open the journal; what is found comes to the window when it is there."""
        self.journal.start()

    def on_opened(self, opening: Opening) -> None:
        """The journal is open (writer thread)."""
        self._background.post(lambda: self._open(opening))

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        """Events are on the disk (writer thread)."""
        self._background.post(lambda: self._tell_committed(event_ids))

    def on_trouble(self, trouble: Trouble) -> None:
        """Nothing can be written for now (writer thread)."""
        self._background.post(lambda: self._report(trouble))

    def on_recovered(self) -> None:
        """Writing works again (writer thread)."""
        self._background.post(lambda: self._notify("storage", ""))

    def listen_committed(self, listener: Callable[[tuple[str, ...]], None]) -> None:
        """Hear which events are on the disk."""
        self._commit_listeners.append(listener)

    def unsaved_seconds(self) -> float:
        """How long the oldest event that is not committed has waited; 0 when all are."""
        since = self.journal.unsaved_since()
        return time.monotonic() - since if since is not None else 0.0

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits for the disk or comes from it."""
        return self._background.is_quiet and not self.unsaved_seconds()

    def _tell_committed(self, event_ids: tuple[str, ...]) -> None:
        for listener in self._commit_listeners:
            listener(event_ids)

    def _open(self, opening: Opening) -> None:
        """Take up what was running, then do what was commanded meanwhile."""
        if self.session.is_open:
            # What was begun in memory meanwhile is among the running cases too.
            earlier = [found for found in opening.running if not self.session.has(found[0])]
            self._take_up(earlier)
            return
        identity = DeskIdentity(opening.desk_id, opening.last_seq + 1)
        code = self._settings.text("desk.code") or opening.desk_code
        numbers = CaseNumbers(code, opening.case_nos)
        self.session.recover(identity, numbers)
        self._take_up(opening.running)
        self.session.open()
        self._find_draft(opening.drafts)

    def _take_up(self, running: Sequence[tuple[str, tuple[Envelope, ...]]]) -> None:
        for case_id, history in running:
            self.session.take_up(case_id, history)
        case = self.case
        if running and case is not None and case.call is not None:
            elapsed = clock_time(case.call.call_seconds(self.now()))
            self._notify("recovered", t("recovered.call", time=elapsed), "warn")

    def _find_draft(self, drafts: Sequence[Draft]) -> None:
        own = self.session.desk.own_case_id if self.session.desk else _NO_CASE
        found = [d for d in drafts if d.field == NOTE_FIELD and d.case_id in (own, _NO_CASE)]
        if not found:
            return
        latest = max(found, key=lambda draft: draft.at)
        self._draft_case = latest.case_id
        for listener in self._draft_listeners:
            listener(latest.text)

    def _report(self, trouble: Trouble) -> None:
        """Say it; where nothing can be opened, work on in memory under a desk of its own."""
        level = "warn" if trouble.kind in SET_ASIDE else "danger"
        self._notify("storage", t(f"storage.{trouble.kind}", path=trouble.path), level)
        if trouble.kind not in SET_ASIDE and not self.session.is_open:
            self.session.open_in_memory(self._settings.text("desk.code"))

    # -- text that is being typed -------------------------------------------------------------

    def listen_draft(self, listener: Callable[[str], None]) -> None:
        """Hear of typed text that was found again at the start."""
        self._draft_listeners.append(listener)

    def keep_draft(self, text: str) -> None:
        """Keep what is being typed, numbers held back left out."""
        own = self.session.desk.own_case_id if self.session.desk else _NO_CASE
        if own != self._draft_case:
            self.clear_draft()
            self._draft_case = own
        safe = self.session.screened_draft(sound(text))
        self.journal.save_draft(Draft(own, NOTE_FIELD, safe, self.now().wall))

    def clear_draft(self) -> None:
        """What was typed is saved or given up."""
        self.journal.append((), (), (DraftKey(self._draft_case, NOTE_FIELD),))

    def withheld_in(self, text: str) -> tuple[str, ...]:
        """The long numbers in a finished text that would be masked, as bare digits."""
        allowed = self.case.marks.allowed_numbers if self.case else ()
        return screen_final(text, allowed).withheld

    # -- earlier cases ------------------------------------------------------------------------

    def fetch_waiting(self, then: Callable[[WaitingView], None]) -> None:
        """Look up what is due and what was last, beside the window, and bring it."""
        self._background.run(self._read_waiting, then)

    def open_case(self, case_id: str) -> None:
        """Lay an earlier case on the desk, or join the running call to it."""

        def arrived(history: tuple[Envelope, ...]) -> None:
            if not history:
                self._notify("said", t("cases.unreadable"), "info")
            elif self.phase.is_live or self.phase.is_after_call:
                self.session.join(case_id, history)
            else:
                self.session.choose(case_id, history)

        self._background.run(lambda: self._read_case(case_id), arrived)

    def lay_aside(self) -> None:
        """Put the opened earlier case back."""
        self.session.lay_aside()

    def _read_waiting(self) -> WaitingView:
        """Reads the disk: beside the window only."""
        self.journal.flush(1.0)
        try:
            with Archive(self._places.database) as archive:
                dues = tuple(DueView(due, case) for due, case in archive.dues(_MOST_DUES))
                return WaitingView(dues, archive.recent(_MOST_RECENT))
        except StorageError as error:
            if error.kind != MISSING:
                _log.warning("the lists cannot be read: %s", error.kind)
            return WaitingView()

    def _read_case(self, case_id: str) -> tuple[Envelope, ...]:
        """Reads the disk: beside the window only."""
        self.journal.flush(1.0)
        try:
            with Archive(self._places.database) as archive:
                return archive.events_of(case_id)
        except StorageError as error:
            _log.warning("a case cannot be read: %s", error.kind)
            return ()

    # -- papers -------------------------------------------------------------------------------

    def consult_card(self) -> ConsultView | None:
        """The consultation card as it stands."""
        situation = self.session.situation()
        return consult_view(situation) if situation else None

    def hand_over(self) -> HandoffView | None:
        """Make the handoff note and write it to its file, beside the window."""
        case = self.case
        if case is None:
            return None
        view = handoff_view(case, self.now(), self._settings, self._places.handoffs)
        path = Path(view.file_path)
        self.do(RecordHandoff(FORM, path.name, view.missing))
        self._background.run(
            lambda: write_note(path, view.text),
            lambda _: self._notify("handoff_file", ""),
            lambda _: self._notify("handoff_file", t("handoff.unwritable", path=path), "danger"),
        )
        return view

    # -- settings and notices -----------------------------------------------------------------

    def setting(self, name: str) -> str:
        """A setting as text."""
        value = self._settings.value(name)
        return str(value)

    def change_settings(self, changes: dict[str, str | int]) -> None:
        """Change settings now and in the file."""
        self._settings = self._settings.changed(changes)
        self.session.adopt(self._rules())
        path = self._places.settings
        self._background.run(
            lambda: self._save_settings(path, changes),
            lambda _: self._notify("settings_file", ""),
            lambda _: self._notify("settings_file", t("settings.unwritable", path=path), "warn"),
        )

    def in_background(self, job: Callable[[], None]) -> None:
        """Do something beside the window that nobody waits for; what fails is left."""
        self._background.run(job, lambda _: None, lambda _: None)

    def listen_notices(self, listener: Callable[[Notice], None]) -> None:
        """Hear what the notice bar should say."""
        self._notice_listeners.append(listener)

    def notify(self, key: str, text: str, level: str = "warn") -> None:
        """Say something found at the start, such as a repaired setting."""
        self._notify(key, text, level)

    def close(self) -> bool:
        """Write what waits and let go of the files; whether all is on the disk."""
        is_saved = self.journal.close(5.0)
        self._background.close()
        return is_saved

    def _rules(self) -> Rules:
        return Rules(self._book, self._settings.limits(), self._settings.text("flow.first"))

    def _notify(self, key: str, text: str, level: str = "info") -> None:
        for listener in self._notice_listeners:
            listener(Notice(key, text, level))
