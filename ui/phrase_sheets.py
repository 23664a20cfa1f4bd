"""Finding a phrase, gathering several, writing one's own: which sheet is open, and what keys do."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial

from call.events import CallEnded, CallStarted
from scripts_ja.texts import t
from ui.actions import key_of
from ui.clipboard import copy_text
from ui.phrase_sheet import PhraseSheet
from ui.phrase_tray import PhraseTray
from ui.port.change import Change
from ui.port.phrases import FoundPhrase, PhraseKey, WordingView
from ui.port.workplace import Workplace
from ui.reading_sheet import ReadingSheet
from ui.sheet import Choice, ChoiceSheet
from ui.sidebar import Sidebar
from ui.wording_sheet import WordingSheet

Say = Callable[..., None]


class PhraseSheets:
    """Opens them over the stage, which stays where it is."""

    def __init__(self, workplace: Workplace, window: Sidebar, say: Say) -> None:
        self._work = workplace
        self._phrases = workplace.phrases
        self._window = window
        self._say = say
        self.tray = PhraseTray()
        self._looked_for = ""
        self._alone: PhraseKey | None = None
        # What was being written when another sheet took the place.
        self._unfinished: dict[PhraseKey, str] = {}
        workplace.listen(self._on_change)

    # -- searching ----------------------------------------------------------------------------

    def open_search(self) -> None:
        """Search; pressed again, read what was gathered, or what is chosen; and back."""
        sheet = self._window.sheet
        if isinstance(sheet, PhraseSheet):
            self._looked_for = sheet.entry.sought
            self._alone = sheet.chosen.key if sheet.chosen else None
            self._open_reading()
        elif isinstance(sheet, ReadingSheet):
            self._open_search(self._looked_for)
        else:
            self._open_search("")

    def _open_search(self, query: str) -> None:
        sheet = PhraseSheet(self._phrases, self.tray, self._window.look)
        sheet.entry.setText(query)
        sheet.entry.selectAll()
        sheet.copy_asked.connect(self._copy_one)
        sheet.gather_asked.connect(self._gather)
        self._window.open_sheet(sheet, is_large=True)

    def _copy_one(self, found: FoundPhrase) -> None:
        copy_text(found.phrase.plain)
        self._window.close_sheet()
        self._say(t("phrase_search.copied"))

    def _gather(self, found: FoundPhrase) -> None:
        is_in = self.tray.toggle(found.key)
        key = "phrase_search.added" if is_in else "phrase_search.taken_out"
        self._say(t(key, count=len(self.tray.keys), key=key_of("find_phrase")))
        if isinstance(self._window.sheet, PhraseSheet):
            self._window.sheet.show_counts()
            self._window.sheet.entry.selectAll()

    # -- reading ------------------------------------------------------------------------------

    def _open_reading(self) -> None:
        if not self._to_read():
            return
        sheet = ReadingSheet(self._to_read, self._window.look)
        sheet.copy_asked.connect(self._copy_all)
        sheet.moved.connect(lambda place, by: self._show_reading(self.tray.move(place, by)))
        sheet.removed.connect(self._take_out)
        self._window.open_sheet(sheet, is_large=True)

    def _to_read(self) -> tuple[FoundPhrase, ...]:
        alone = [self._alone] if self._alone else []
        found = (self._phrases.filled(key) for key in self.tray.keys or alone)
        return tuple(each for each in found if each is not None)

    def _show_reading(self, place: int) -> None:
        if isinstance(self._window.sheet, ReadingSheet):
            self._window.sheet.show_place(place)

    def _copy_all(self, found: Sequence[FoundPhrase]) -> None:
        copy_text("\n".join(each.phrase.plain for each in found))
        self._say(t("phrase_reading.copied", count=len(found)))

    def _take_out(self, place: int) -> None:
        """Take a phrase out; with the last one the sheet goes back to the search."""
        if place >= len(self.tray.keys):
            return
        self.tray.toggle(self.tray.keys[place])
        self._say(t("phrase_search.taken_out", count=len(self.tray.keys)))
        if self.tray.keys:
            self._show_reading(place)
        else:
            self._open_search(self._looked_for)

    # -- one's own ----------------------------------------------------------------------------

    def write_wording(self) -> None:
        """Write an own wording of the phrase that is chosen, else of one of the stage."""
        sheet = self._window.sheet
        if isinstance(sheet, PhraseSheet):
            self._looked_for = sheet.entry.sought
        if isinstance(sheet, PhraseSheet | ReadingSheet):
            if sheet.chosen is not None:
                self._write(self._phrases.wording(sheet.chosen.key), self._back_to_search)
            return
        stage = self._work.stage()
        here = stage.phrases_when(is_open=True) if stage else ()
        choices = [
            Choice(phrase.plain, phrase.mark, partial(self._write_of, phrase.key))
            for phrase in here
            if phrase.key is not None
        ]
        chooser = ChoiceSheet(t("own.edit.choose"), choices, t("own.edit.none"))
        self._window.open_sheet(chooser, is_large=True)

    def _write_of(self, key: PhraseKey) -> None:
        self._write(self._phrases.wording(key), self._window.close_sheet)

    def choose_first(self) -> None:
        """Say the chosen phrase first (or no longer); without a search, write what to say."""
        sheet = self._window.sheet
        if isinstance(sheet, PhraseSheet | ReadingSheet):
            if sheet.chosen is not None:
                self._pin(sheet.chosen)
            return
        view = self._phrases.first_phrase()
        if view is None:
            self._say(t("own.edit.no_first"))
        else:
            self._write(view, self._window.close_sheet)

    def _pin(self, found: FoundPhrase) -> None:
        view = self._phrases.pin(found.key)
        if view is None:
            self._say(t("own.edit.no_first"))
            return
        self._say_kept(view, view.text)
        if isinstance(self._window.sheet, PhraseSheet):
            self._window.sheet.search()

    def _write(self, view: WordingView, then: Callable[[], None]) -> None:
        text = self._unfinished.get(view.key, view.text or view.original)
        remarks = partial(self._phrases.remarks, view.key)
        sheet = WordingSheet(view, text, remarks, self._window.look)
        sheet.typed.connect(partial(self._unfinished.__setitem__, view.key))
        sheet.saved.connect(lambda text: self._keep(view, text, then))
        self._window.open_sheet(sheet, is_large=True)

    def _keep(self, view: WordingView, text: str, then: Callable[[], None]) -> None:
        """Keep it. What is no other than the shipped phrase is no wording of one's own."""
        self._unfinished.pop(view.key, None)
        kept = "" if text == view.original else text
        if kept or view.text:
            self._phrases.keep(view.key, kept)
        then()
        if kept or view.text:
            self._say_kept(view, kept)

    def _say_kept(self, view: WordingView, text: str) -> None:
        first = "own.edit.first_saved" if text else "own.edit.first_removed"
        wording = "own.edit.saved" if text else "own.edit.removed"
        self._say(t(wording) if view.original else t(first, place=view.place))

    def _back_to_search(self) -> None:
        self._open_search(self._looked_for)

    # -- the call -----------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        """What was gathered for one call is not for the next."""
        if any(isinstance(event.body, CallStarted | CallEnded) for event in change.events):
            self.tray.clear()
