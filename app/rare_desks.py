"""Desks that a window at rest does not need: each is imported and made when it is first asked for.

A desk that hears of changes from the first moment on is no such desk; it stands in the workplace.
"""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from app.abuse_desk import AbuseDesk
    from app.after_papers import AfterPapers
    from app.answers import Answering
    from app.background import Background
    from app.callback_words import CallbackWords
    from app.case_search import CaseSearch
    from app.causes import Causes
    from app.desk_seals import DeskSeals
    from app.earlier_cases import EarlierCases
    from app.errands import Errands
    from app.field_drafts import FieldDrafts
    from app.folders import Folders
    from app.interrupts import Interrupts
    from app.month_shelf import MonthShelf
    from app.notice_board import NoticeBoard
    from app.own_phrases import OwnPhrases
    from app.own_reflections import OwnReflections
    from app.own_settings import OwnSettings
    from app.paper_saving import PaperSaving
    from app.paper_shelf import PaperShelf
    from app.papers import Papers
    from app.papers_folder import PapersFolder
    from app.phrase_book import PhraseBook
    from app.repeat_calls import RepeatCalls
    from app.second_line import SecondLineDesk
    from app.session import Session
    from app.settings_form import SettingsForm
    from app.wording_marks import WordingMarks
    from app.wrap_up_desk import WrapUpDesk
    from desktop.paths import Places
    from scripts_ja.model import FlowBook
    from storage.journal import Journal


class RareDesks:
    """What they are made of is set by the workplace, which is one."""

    _places: Places
    _background: Background
    _errands: Errands
    _book: FlowBook
    notices: NoticeBoard
    settings: OwnSettings
    journal: Journal
    session: Session
    cases: EarlierCases
    own_phrases: OwnPhrases
    field_drafts: FieldDrafts
    papers_folder: PapersFolder
    desk_key: DeskSeals
    interrupts: Interrupts

    # -- papers -------------------------------------------------------------------------------

    @cached_property
    def papers(self) -> Papers:
        """The papers that are handed over by a key."""
        from app.papers import Papers

        return Papers(self.session, lambda: self.paper_shelf, self.papers_folder, self.notices)

    @cached_property
    def paper_shelf(self) -> PaperShelf:
        """All papers, to look at, keep and print."""
        from app.paper_shelf import PaperShelf

        return PaperShelf(self.session, self.settings, self._paper_saving, self._months)

    @cached_property
    def after_papers(self) -> AfterPapers:
        """The papers that are written after a call."""
        from app.after_papers import AfterPapers

        return AfterPapers(self.session, self.settings)

    @property
    def visits(self) -> AfterPapers:
        """What is left of a visit at the door."""
        return self.after_papers

    @cached_property
    def folders(self) -> Folders:
        """The folders that the program writes to."""
        from app.folders import Folders

        return Folders(self._places, self.papers_folder, self._background, self._errands)

    @cached_property
    def answering(self) -> Answering:
        """Answers to desks whose cases were taken over."""
        from app.answers import Answering

        return Answering(
            self.papers_folder,
            lambda: self.settings.current,
            self.session.now,
            self.cases.do_in,
            self.desk_key.now,
        )

    @cached_property
    def _paper_saving(self) -> PaperSaving:
        from app.paper_saving import PaperSaving

        return PaperSaving(
            self.session,
            self.settings,
            self.papers_folder,
            self._background,
            self.notices,
            self.desk_key.now,
        )

    @cached_property
    def _months(self) -> MonthShelf:
        from app.month_shelf import MonthShelf

        database, saving = self._places.database, self._paper_saving
        return MonthShelf(self.session, database, saving, self._background, self.notices)

    # -- earlier cases ------------------------------------------------------------------------

    @cached_property
    def search(self) -> CaseSearch:
        """Finding cases; it has a thread of its own."""
        from app.case_search import CaseSearch

        return CaseSearch(
            self.journal, self._places.database, self._background.post, self.session.now
        )

    @cached_property
    def repeat_calls(self) -> RepeatCalls:
        """Who rang before."""
        from app.repeat_calls import RepeatCalls

        return RepeatCalls(self.session, self.journal, self._places.database, self._background)

    @cached_property
    def causes(self) -> Causes:
        """Causes counted over all cases."""
        from app.causes import Causes

        return Causes(self.journal, self._places.database, self._background)

    # -- hard calls and what comes after a call --------------------------------------------------

    @cached_property
    def abuse(self) -> AbuseDesk:
        """Abusive calls."""
        from app.abuse_desk import AbuseDesk

        return AbuseDesk(
            lambda: self._book,
            self.repeat_calls,
            lambda: self.after_papers,
            lambda: self.reflections,
        )

    @cached_property
    def second_line(self) -> SecondLineDesk:
        """The second line's desk."""
        from app.second_line import SecondLineDesk

        return SecondLineDesk(self.session, self.settings)

    @cached_property
    def wrap_up(self) -> WrapUpDesk:
        """What the wrap-up record lacks, and what is being typed into it."""
        from app.wrap_up_desk import WrapUpDesk

        return WrapUpDesk(self.session, self.settings, self.field_drafts)

    @cached_property
    def reflections(self) -> OwnReflections:
        """The agent's own reflections."""
        from app.own_reflections import OwnReflections

        return OwnReflections(
            self.session, self._places.reflections, self._background, self.notices
        )

    # -- words and settings -------------------------------------------------------------------

    @cached_property
    def callback(self) -> CallbackWords:
        """What is said when a customer is rung."""
        from app.callback_words import CallbackWords

        return CallbackWords(self.session, self.settings, self.own_phrases, lambda: self._book)

    @cached_property
    def phrases(self) -> PhraseBook:
        """Finding phrases, and the agent's own."""
        from app.phrase_book import PhraseBook

        return PhraseBook(
            lambda: (self._book, self.interrupts.book),
            self.session,
            self.settings,
            self.own_phrases,
        )

    @cached_property
    def wording(self) -> WordingMarks:
        """The wording check of what is typed."""
        from app.wording_marks import WordingMarks

        return WordingMarks(self.session, self.settings)

    @cached_property
    def settings_form(self) -> SettingsForm:
        """The settings one by one."""
        from app.settings_form import SettingsForm

        return SettingsForm(self.settings, lambda: self._book)
