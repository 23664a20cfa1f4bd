"""What the window works with: it composes session, journal, drafts, lists, papers and settings."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from app.agenda_desk import AgendaDesk
from app.arrivals import Arrivals
from app.background import Background
from app.backup_desk import BackupDesk
from app.backup_parts import BackupParts
from app.case_desks import Rules
from app.case_numbers import CaseNumbers
from app.department import Department
from app.desk_seals import DeskSeals
from app.drafts import Drafts
from app.earlier_cases import EarlierCases
from app.edge import Edge
from app.encryption_desk import EncryptionDesk
from app.errands import Errands
from app.field_drafts import FieldDrafts
from app.hotkeys import Hotkeys
from app.in_hand_mark import InHandMark
from app.interrupts import Interrupts
from app.journal_watch import JournalWatch
from app.login_start import LoginStart
from app.notice_board import NoticeBoard
from app.own_phrases import OwnPhrases
from app.own_settings import OwnSettings
from app.papers_folder import PapersFolder
from app.present_stage import PresentStage
from app.rare_desks import RareDesks
from app.reminders import Reminders
from app.rescue_words import notice_of
from app.retention import Retention
from app.rule_layers import Layers
from app.seal_rules import SealRules
from app.session import Session
from app.settings import Settings
from call.case import Case
from call.clock import Clock, Reading
from call.commands import Command
from call.desk import DeskIdentity
from call.events import Envelope
from call.fold_times import CallPhase
from call.guidance import Prompt, advise
from call.limits import Limits
from desktop.paths import Places
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from storage.journal import Journal, Opening, Trouble
from storage.troubles import BEGUN_ANEW
from ui.port.change import Change
from ui.port.stage import StageView

_PATIENCE_SECONDS = 5.0


class Workplace(RareDesks):
    """One running desk. All of it belongs to the thread of the window."""

    def __init__(
        self,
        places: Places,
        clock: Clock,
        settings: Settings,
        layers: Layers,
        background: Background,
        errands: Errands,
    ) -> None:
        self._places = places
        self._book = layers.book
        self._background = background
        self._errands = errands
        self.notices = NoticeBoard()
        self.settings = OwnSettings(
            settings, places.settings, background, self.notices, layers.locks
        )
        self.hotkeys = Hotkeys(self.settings, self.notices)
        self.edge = Edge(self.notices)
        self.login_start = LoginStart(self.settings, places.data, background, self.notices)
        self.papers_folder = PapersFolder(places, self.settings, background, errands)
        self.watch = JournalWatch(background, self._open, self._report)
        self.journal = Journal(places.database, self.watch, wall=lambda: clock.now().wall)
        self.session = Session(clock, self.journal, self._rules())
        InHandMark(self.session, places.in_hand, background)
        self.drafts = Drafts(self.session, self.journal)
        database = places.database
        self.cases = EarlierCases(self.session, self.journal, database, background, self.notices)
        self.reminders = Reminders(self.session, self.cases, self.journal, database, background)
        self.desk_key = DeskSeals(places.data, layers.seals, self.settings, errands, self.notices)
        self.arrivals = Arrivals(
            self.session,
            self.journal,
            (database, places.inbox),
            background,
            self.notices,
            self.reminders.refresh,
            lambda: self.answering,
        )
        self.backups = BackupDesk(
            BackupParts(
                places,
                self.session,
                self.journal,
                self.notices,
                errands,
                self.cases,
                self.reminders,
            )
        )
        self.field_drafts = FieldDrafts(self.session, self.journal)
        self.own_phrases = OwnPhrases(places.own_phrases, background, self.notices)
        self._stage = PresentStage(self.session, self.settings, self.own_phrases)
        self.agenda = AgendaDesk(self.session, self.reminders, self.cases, lambda: self.callback)
        self.interrupts = Interrupts(layers.cards, self.session, self.settings, self.own_phrases)
        self.encryption = EncryptionDesk(
            database, self.journal, errands, background.post, self.notices, self.settings
        )
        self.settings.listen(self._adopt_rules)
        self.retention = Retention(
            places,
            self.session,
            self.journal,
            self.settings,
            background,
            errands,
            self.notices,
            self.reminders.refresh,
        )
        self.department = Department(
            places,
            layers,
            self.session,
            self.settings,
            self.notices,
            errands,
            self._adopt,
            self._seal_by,
        )

    # -- the case in hand ---------------------------------------------------------------------

    @property
    def case(self) -> Case | None:
        """The case in hand."""
        return self.session.desk.case if self.session.desk else None

    @property
    def phase(self) -> CallPhase:
        """The phase of the case in hand; idle without one."""
        return self.session.phase

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
        self.department.before(command)
        return self.session.do(command)

    def listen(self, listener: Callable[[Change], None]) -> None:
        """Hear of every change."""
        self.session.listen(listener)

    def stage(self) -> StageView | None:
        """The present stage."""
        return self._stage.view()

    def advice(self) -> Prompt | None:
        """The one prompt for now."""
        return advise(self.case, self.now(), self.limits, self.reminders.agenda)

    # -- the disk -----------------------------------------------------------------------------

    def start(self) -> None:
        """Open the journal; what is found comes to the window when it is there."""
        self.journal.start()
        # By way of the loop: the window is painted first.
        self._background.post(self.department.look)
        self._background.post(self.desk_key.check)
        self.own_phrases.load()

    def unsaved_seconds(self) -> float:
        """How long the oldest event that is not committed has waited; 0 when all are."""
        since = self.journal.unsaved_since()
        return time.monotonic() - since if since is not None else 0.0

    def listen_committed(self, listener: Callable[[tuple[str, ...]], None]) -> None:
        """Hear which events are on the disk."""
        self.watch.listen_committed(listener)

    @property
    def is_quiet(self) -> bool:
        """Whether nothing waits for the disk or comes from it."""
        return self._background.is_quiet and not self.unsaved_seconds()

    def close(self) -> bool:
        """Write what waits and let go of files, keys and the edge; whether all is on the disk."""
        self.hotkeys.close()
        self.edge.close()
        self.papers_folder.finish(_PATIENCE_SECONDS)
        self._errands.close()
        if "search" in vars(self):  # made
            self.search.close()
        is_saved = self.journal.close(_PATIENCE_SECONDS)
        self._background.close()
        return is_saved

    def _open(self, opening: Opening) -> None:
        """Take up what was running, then do what was commanded meanwhile."""
        if self.session.is_open:
            # What was begun in memory meanwhile is among the running cases too.
            self._take_up([found for found in opening.running if not self.session.has(found[0])])
            return
        identity = DeskIdentity(opening.desk_id, opening.last_seq + 1)
        numbers = CaseNumbers(
            opening.desk_code, opening.case_nos, lambda: self.settings.get("desk.code")
        )
        self.session.recover(identity, numbers)
        self._take_up(opening.running)
        self.session.open()
        self.backups.begin_again()
        self.drafts.find(opening.drafts)
        self.field_drafts.find(opening.drafts)

    def _take_up(self, running: Sequence[tuple[str, tuple[Envelope, ...]]]) -> None:
        for case_id, history in running:
            self.session.take_up(case_id, history)
        call = self.case.call if self.case else None
        if running and call is not None:
            elapsed = clock_time(call.call_seconds(self.now()))
            self.notices.say("recovered", t("recovered.call", time=elapsed), "warn")

    def _report(self, trouble: Trouble | None) -> None:
        """Say it; where nothing can be opened, work on in memory under a desk of its own."""
        self.encryption.on_trouble(trouble)
        if trouble is None:
            self.notices.say("storage", "")
            self.backups.begin_again()
            return
        was_set_aside = trouble.kind in BEGUN_ANEW
        level = "warn" if was_set_aside else "danger"
        self.notices.say("storage", notice_of(trouble), level)
        if was_set_aside and self.session.is_open:
            self.session.write_again()
        elif not was_set_aside and not self.session.is_open:
            self.session.open_in_memory(self.settings.get("desk.code"))

    def _adopt(self, layers: Layers) -> None:
        """Work by other flows, cards and locked settings from now on."""
        self._book = layers.book
        self.interrupts.adopt(layers.cards)
        self.settings.lock(layers.locks)

    def _seal_by(self, rules: SealRules) -> None:
        """Let cases leave and come as the department wants it from now on."""
        self.desk_key.adopt(rules)
        self.arrivals.look_again()

    def _adopt_rules(self) -> None:
        self.session.adopt(self._rules())
        self.reminders.refresh()

    def _rules(self) -> Rules:
        settings = self.settings.current
        return Rules(self._book, settings.limits(), settings.text("flow.first"))
