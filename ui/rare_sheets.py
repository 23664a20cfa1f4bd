"""What lies behind keys that a window at rest does not need, made when first asked for.

What hears of changes from the first moment on is no such thing; it stands in the controller.
"""

# ruff: noqa: PLW0108 - a lambda puts off making what it asks

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from ui.port.notices import Notice

if TYPE_CHECKING:
    from collections.abc import Callable

    from call.agenda import AgendaLine
    from ui.agenda_sheets import AgendaSheets
    from ui.backup_sheets import BackupSheets
    from ui.case_sheets import CaseSheets
    from ui.encryption_sheets import EncryptionSheets
    from ui.look_keys import LookKeys
    from ui.note_desk import NoteDesk
    from ui.papers import Papers
    from ui.phrase_sheets import PhraseSheets
    from ui.port.workplace import Workplace
    from ui.ring_back import RingBack
    from ui.second_desk import SecondDeskKey
    from ui.settings_desk import SettingsDesk
    from ui.sidebar import Sidebar
    from ui.stage_sheets import StageSheets
    from ui.visits.sheet import VisitSheet
    from ui.wrap_up_sheets import WrapUpSheets


class RareSheets(QObject):
    """The sheets of one window; the controller is one."""

    # Set by the controller:
    notes: NoteDesk
    looks: LookKeys
    _ring_back: RingBack
    _encryption: EncryptionSheets

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window

    def trigger(self, action_id: str) -> None:
        """Do what a key or button stands for."""
        raise NotImplementedError

    def say(self, text: str, level: str = "info", key: str = "said") -> None:
        """One sentence in the notice bar."""
        self._window.notice.say(Notice(key, text, level))

    def is_made(self, name: str) -> bool:
        """Whether that one was asked for already."""
        return name in vars(self)

    def sheet_keys(self) -> dict[str, Callable[[], object]]:
        """What the keys of these sheets do."""
        return {
            "cards": lambda: self.stage_sheets.open_cards(),
            "handoff": lambda: self.papers.hand_over(),
            "consult": lambda: self.papers.open_consult(),
            "papers": lambda: self.papers.open_papers(),
            "customer": lambda: self.case_sheets.open_customer(),
            "find_phrase": lambda: self.phrases.open_search(),
            "own_wording": lambda: self.phrases.write_wording(),
            "first_phrase": lambda: self.phrases.choose_first(),
            "second_desk": lambda: self.second_desk.press(),
            "wrap_up": lambda: self.wrap_up.press(),
            "visit": lambda: self.visits.press(),
            "kinds": lambda: self.stage_sheets.open_kinds(),
            "retime": lambda: self.stage_sheets.open_retime(),
            "cases": lambda: self.case_sheets.open_cases(),
            "agenda": lambda: self.agenda.open_agenda(),
            "callback": lambda: self.agenda.open_callback(),
            "settings": lambda: self.settings.open(),
            "keys_help": lambda: self.stage_sheets.open_keys(),
        }

    def open_welcome(self) -> None:
        """Who answers, and for whom."""
        from ui.welcome_sheet import WelcomeSheet

        self._window.open_sheet(WelcomeSheet(self._work), is_large=True)

    def open_callback_answer(self) -> None:
        """What the customer says to the callback."""
        self.stage_sheets.open_callback_answer()

    def open_line(self, line: AgendaLine) -> None:
        """The case that owes it."""
        self.agenda.open_line(line)

    def show_paper(self, name: str) -> None:
        """Show that paper."""
        self.papers.show_paper(name)

    # -- in a call ----------------------------------------------------------------------------

    @cached_property
    def stage_sheets(self) -> StageSheets:
        """Where to go, kinds of a note, times and reasons, the keys."""
        from ui.stage_sheets import StageSheets

        return StageSheets(self._work, self._window, self.notes)

    @cached_property
    def phrases(self) -> PhraseSheets:
        """Finding, gathering and wording phrases."""
        from ui.phrase_sheets import PhraseSheets

        return PhraseSheets(self._work, self._window, self.say)

    @cached_property
    def second_desk(self) -> SecondDeskKey:
        """The second line's desk."""
        from ui.second_desk import SecondDeskKey

        return SecondDeskKey(self._work, self._window, self.say)

    @cached_property
    def papers(self) -> Papers:
        """The consultation card and the window of papers."""
        from ui.paper_desk import PaperDesk
        from ui.papers import Papers

        desk = PaperDesk(self._work, self._window, self.trigger, self.notes.choose_kind)
        return Papers(self._work, self._window, self.say, desk)

    # -- around calls -------------------------------------------------------------------------

    @cached_property
    def case_sheets(self) -> CaseSheets:
        """The customer's fields, earlier cases."""
        from ui.case_sheets import CaseSheets

        return CaseSheets(
            self._work,
            self._window,
            self.say,
            self._ring_back,
            lambda: self.papers.hand_over(),
            lambda: self.agenda.open_callback(),
        )

    @cached_property
    def agenda(self) -> AgendaSheets:
        """All that is owed, and the callback."""
        from ui.agenda_sheets import AgendaSheets

        return AgendaSheets(self._work, self._window, self.say)

    @cached_property
    def visits(self) -> VisitSheet:
        """A visit."""
        from ui.visits.sheet import VisitSheet

        sheet = VisitSheet(self._work, self._window, self.say)
        sheet.paper_wanted.connect(self.show_paper)
        return sheet

    @cached_property
    def wrap_up(self) -> WrapUpSheets:
        """The wrap-up record."""
        from ui.wrap_up_sheets import WrapUpSheets

        sheets = WrapUpSheets(
            self._work, self._window, self.say, self.trigger, self.notes.save_unfinished
        )
        sheets.paper_wanted.connect(self.show_paper)
        return sheets

    # -- the program --------------------------------------------------------------------------

    @cached_property
    def backups(self) -> BackupSheets:
        """The list of backups."""
        from ui.backup_sheets import BackupSheets

        return BackupSheets(self._work, self._window, self.say)

    @cached_property
    def settings(self) -> SettingsDesk:
        """The settings."""
        from ui.settings_desk import SettingsDesk

        doors = {"backup.open": lambda: self.backups.open()}
        return SettingsDesk(
            self._work, self._window, self.looks, self.say, doors, self._encryption.open
        )
