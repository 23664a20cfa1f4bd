"""Sheets about the running call: where to go, kinds of a note, times and reasons, the keys."""

from __future__ import annotations

from functools import partial

from call import commands as c
from scripts_ja.clock_words import parse_seconds_ago
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.clipboard import copy_text
from ui.interrupt_sheet import InterruptSheet
from ui.keys_sheet import KeysSheet
from ui.note_desk import NoteDesk
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.sheet import Choice, ChoiceSheet, EntrySheet
from ui.sidebar import Sidebar

_RETIME_WORDS = ("start", "hold", "resume", "end")


class StageSheets:
    """Opens them; each leads to one command."""

    def __init__(self, workplace: Workplace, window: Sidebar, notes: NoteDesk) -> None:
        self._work = workplace
        self._window = window
        self._notes = notes

    def open_exits(self) -> None:
        """Where the stage can lead."""
        view = self._work.stage()
        exits = view.exits if view else ()
        choices = [
            Choice(way.title, way.when, partial(self._work.do, c.EnterStage(way.stage_id)))
            for way in exits
        ]
        sheet = ChoiceSheet(t("exits.title"), choices, t("exits.none"))
        self._window.open_sheet(sheet, is_large=False)

    def open_cards(self) -> None:
        """The interrupt cards; the chosen one stands over the stage until it is closed."""
        if self._work.case is None:
            self._window.notice.say(Notice("said", t("refusal.phase.no_case")))
            return
        choices = [
            Choice(
                card.title,
                t("list.comma").join(card.when),
                partial(self._open_card, card.id),
                leads_on=True,
            )
            for card in self._work.interrupts.all()
        ]
        self._window.open_sheet(ChoiceSheet(t("interrupt.list"), choices, ""), is_large=True)

    def _open_card(self, card_id: str) -> None:
        card = self._work.interrupts.open(card_id)
        if card is None:
            self._window.close_sheet()
            return
        sheet = InterruptSheet(card, self._window.look)
        sheet.copy_asked.connect(self._copy)
        self._window.open_sheet(sheet, is_large=True)

    def _copy(self, text: str) -> None:
        copy_text(text)
        self._window.notice.say(Notice("said", t("interrupt.copied")))

    def open_kinds(self) -> None:
        """All twelve kinds of a note."""
        choices = [
            Choice(
                t(f"note.kind.{kind}"),
                t(f"note.about.{kind}"),
                partial(self._notes.choose_kind, kind),
            )
            for kind in NoteKind
        ]
        sheet = ChoiceSheet(t("note.kinds"), choices, "")
        self._window.open_sheet(sheet, is_large=True)

    def open_callback_answer(self) -> None:
        """What the customer says to the callback."""
        choices = [
            Choice(t("callback.accepted"), "", lambda: self._work.do(c.AnswerCallback(True))),
            Choice(t("callback.refused"), "", lambda: self._work.do(c.AnswerCallback(False))),
        ]
        self._window.open_sheet(ChoiceSheet(t("callback.title"), choices, ""), is_large=False)

    def open_retime(self) -> None:
        """It happened earlier than its key was pressed."""
        sheet = EntrySheet(t("retime.title"), t("retime.hint"), self._retime, self._retime_echo)
        self._window.open_sheet(sheet, is_large=False)

    def open_correct(self) -> None:
        """Take back what undo may not, with a reason."""
        sheet = EntrySheet(t("correct.title"), t("correct.hint"), self._correct)
        self._window.open_sheet(sheet, is_large=False)

    def open_keys(self) -> None:
        """All keys."""
        self._window.open_sheet(KeysSheet(self._work, self._window), is_large=True)

    def _retime(self, text: str) -> bool:
        what, seconds = self._retime_parts(text)
        if seconds is None:
            return False
        return self._work.do(c.Retime(seconds, what)).refusal is None

    def _retime_echo(self, text: str) -> str:
        what, seconds = self._retime_parts(text)
        if seconds is None:
            return t("retime.unread")
        at = self._work.local(self._work.now().shifted(-seconds))
        return t("retime.echo", what=t(f"retime.what.{what or 'last'}"), time=f"{at:%H:%M:%S}")

    def _retime_parts(self, text: str) -> tuple[str, float | None]:
        """Which event is meant (empty: the last) and how long ago it was."""
        rest = text.strip()
        for what in _RETIME_WORDS:
            word = t(f"retime.what.{what}")
            if rest.startswith(word):
                return what, self._seconds(rest.removeprefix(word))
        return "", self._seconds(rest)

    def _seconds(self, text: str) -> float | None:
        seconds = parse_seconds_ago(text, self._work.local(self._work.now()))
        return seconds if seconds is not None and 0 <= seconds <= 86_400 else None

    def _correct(self, text: str) -> bool:
        return self._work.do(c.Correct(text)).refusal is None
