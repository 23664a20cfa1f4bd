"""Keys and clicks to commands; changes to what the window shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from call import commands as c
from call.events import CallClosed, CallEnded, CallStarted, NoteRemoved, Safety
from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui import actions
from ui.abuse.sheet import AbuseSheet
from ui.advice_desk import AdviceDesk
from ui.agenda_sheets import AgendaSheets
from ui.backup_sheets import BackupSheets
from ui.case_sheets import CaseSheets
from ui.clipboard import copy_text
from ui.dock_keys import DockKeys
from ui.encryption_sheets import EncryptionSheets
from ui.folding import Fold
from ui.gap_entry import GapEntry
from ui.keys_desk import KeysDesk
from ui.look_keys import LookKeys
from ui.note_desk import NoteDesk
from ui.note_wording import NoteWording
from ui.paper_desk import PaperDesk
from ui.papers import Papers
from ui.phrase_sheets import PhraseSheets
from ui.port.cases import WaitingView
from ui.port.change import Change
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.put_off import PutOff
from ui.second_desk import SecondDeskKey
from ui.settings_desk import SettingsDesk
from ui.sidebar import Sidebar
from ui.stage_sheets import StageSheets
from ui.undo_words import undone_words
from ui.visits.sheet import VisitSheet
from ui.wrap_up_sheets import WrapUpSheets

_SAFETY_CYCLE = {Safety.UNASKED: Safety.YES, Safety.YES: Safety.NO, Safety.NO: Safety.UNASKED}


class Controller(QObject):
    """Joins one window to one workplace."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._show = PutOff(window.refresh, self)
        self.notes = NoteDesk(workplace, window, self.say)
        self.gaps = GapEntry(workplace, window)
        self.wording = NoteWording(workplace, window, self.say)
        self.looks = LookKeys(workplace, window, self.say)
        self.docks = DockKeys(workplace, window, self.say)
        desk = PaperDesk(workplace, window, self.trigger, self.notes.choose_kind)
        self.papers = Papers(workplace, window, self.say, desk)
        self._stage_sheets = StageSheets(workplace, window, self.notes)
        self.phrases = PhraseSheets(workplace, window, self.say)
        self._agenda = AgendaSheets(workplace, window, self.say)
        self._case_sheets = CaseSheets(
            workplace, window, self.say, self.papers.hand_over, self._agenda.open_callback
        )
        answer_callback = self._stage_sheets.open_callback_answer
        self._advice = AdviceDesk(workplace, window, self.say, self.trigger, answer_callback)
        self._second_desk = SecondDeskKey(workplace, window, self.say)
        self.visits = VisitSheet(workplace, window, self.say)
        self.abuse = AbuseSheet(workplace, window, self.say, self.papers.open_consult)
        self.wrap_up = WrapUpSheets(
            workplace, window, self.say, self.trigger, self.notes.save_unfinished
        )
        self._copied, self._copied_in = 0, ""
        self._encryption = EncryptionSheets(workplace, window)
        self.backups = BackupSheets(workplace, window, self.say)
        doors = {"backup.open": self.backups.open}
        self.settings = SettingsDesk(
            workplace, window, self.looks, self.say, doors, self._encryption.open
        )
        self._does: dict[str, Callable[[], object]] = self._table()
        self.keys = KeysDesk(workplace, window, self.settings.or_record(self.trigger))
        self._connect()

    # -- actions ------------------------------------------------------------------------------

    def trigger(self, action_id: str) -> None:
        """Do what a key or button stands for."""
        self._does[action_id]()

    def carry_out(self, command: c.Command) -> Change:
        """Do what another program of this user asks for (docs/CTL.md), as a key would.

        It waits for the answer, which goes out before the window is laid out anew.
        """
        with self._show.for_a_turn():
            if isinstance(command, c.StartCall):
                return self._start(command)
            if isinstance(command, c.Ring):
                self.notes.save_unfinished()
            return self._work.do(command)

    def say(self, text: str, level: str = "info", key: str = "said") -> None:
        """One sentence in the notice bar."""
        self._window.notice.say(Notice(key, text, level))

    def _table(self) -> dict[str, Callable[[], object]]:
        work = self._work
        table: dict[str, Callable[[], object]] = {
            "start": lambda: self._start(c.StartCall()),
            "next": lambda: work.do(c.AdvanceStage()),
            "back": lambda: work.do(c.GoBack()),
            "exits": self._open_exits,
            "aside": lambda: work.do(c.ToggleAside()),
            "cards": self._stage_sheets.open_cards,
            "hold": lambda: work.do(c.ToggleHold()),
            "hold_kind": lambda: work.do(c.ToggleHoldKind()),
            "end": self._end,
            "handoff": self.papers.hand_over,
            "consult": self.papers.open_consult,
            "papers": self.papers.open_papers,
            "follow_advice": self._advice.follow,
            "same_talk": lambda: work.do(c.MarkSameTalk()),
            "new_fact": lambda: work.do(c.MarkNewFact()),
            "safety": self._ask_safety,
            "customer": self._case_sheets.open_customer,
            "copy_phrase": self._copy_phrase,
            "more_phrases": lambda: self._fold(Fold.PHRASES),
            "find_phrase": self.phrases.open_search,
            "own_wording": self.phrases.write_wording,
            "first_phrase": self.phrases.choose_first,
            "second_desk": self._second_desk.press,
            "wrap_up": self.wrap_up.press,
            "more_donts": lambda: self._fold(Fold.DONTS),
            "more_hints": lambda: self._fold(Fold.HINTS),
            "wording": self.wording.press,
            "visit": self.visits.press,
            "abuse": self.abuse.press,
            "kinds": self._stage_sheets.open_kinds,
            "undo": self._undo,
            "retime": self._stage_sheets.open_retime,
            "parked": self._resume_wrap_up,
            "cases": self._case_sheets.open_cases,
            "agenda": self._agenda.open_agenda,
            "callback": self._agenda.open_callback,
            "keep_number": self.notes.keep_number,
            "focus_note": self._focus_note,
            "text_size": self.looks.next_text_size,
            "theme": self.looks.next_theme,
            "settings": self.settings.open,
            "keys_help": self._stage_sheets.open_keys,
            "compact": self.docks.toggle_compact,
            "dock": self.docks.next_place,
        }
        for level in range(1, 6):
            table[f"temperature{level}"] = partial(work.do, c.SetTemperature(level))
        for minutes in range(1, 10):
            table[f"announce{minutes}"] = partial(work.do, c.AnnounceHold(minutes))
        for number in range(1, 4):
            table[f"kind{number}"] = partial(self.notes.choose_stage_kind, number)
        assert set(table) == {action.id for action in actions.TABLE}  # noqa: S101
        return table

    def _connect(self) -> None:
        window = self._window
        self._work.listen(self._on_change)
        self._work.notices.listen(window.notice.say)
        window.buttons.pressed.connect(self.trigger)
        window.header.customer_clicked.connect(self._case_sheets.open_customer)
        window.marks.temperature_chosen.connect(lambda n: self.trigger(f"temperature{n}"))
        window.marks.safety_asked.connect(self._ask_safety)
        window.marks.same_talk.connect(lambda: self.trigger("same_talk"))
        window.marks.new_fact.connect(lambda: self.trigger("new_fact"))
        window.waiting.case_chosen.connect(self._work.cases.open)
        window.waiting.parked_asked.connect(lambda: self.trigger("parked"))
        window.waiting.dues.all.clicked.connect(lambda: self.trigger("agenda"))
        window.waiting.settings.clicked.connect(lambda: self.trigger("settings"))
        for sheets in (self.wrap_up, self.visits, self.abuse):
            sheets.paper_wanted.connect(self.papers.show_paper)
        window.kind_asked.connect(self.notes.choose_stage_kind)
        window.kinds_asked.connect(self._stage_sheets.open_kinds)
        window.input.left.connect(self._on_escape)

    # -- what the keys do ---------------------------------------------------------------------

    def _start(self, command: c.StartCall) -> Change:
        """A call was taken. It is a new one even while an earlier case is open to read."""
        self.notes.save_unfinished()
        change = self._work.do(command)
        self._window.close_sheet()
        self._window.input.focus()
        return change

    def _open_exits(self) -> None:
        if self._work.is_chosen:
            self._case_sheets.open_case_actions()
        else:
            self._stage_sheets.open_exits()

    def _end(self) -> None:
        if self._work.phase.is_after_call:
            self.notes.save_unfinished()
            self._work.do(c.FinishWrapUp())
        else:
            self._work.do(c.EndCall())

    def _resume_wrap_up(self) -> None:
        self.notes.save_unfinished()
        self._work.do(c.ResumeWrapUp())

    def _ask_safety(self) -> None:
        case = self._work.case
        current = case.marks.safety if case else Safety.UNASKED
        self._work.do(c.SetSafety(_SAFETY_CYCLE[current]))

    def _on_escape(self) -> None:
        if self.papers.close_handoff():
            return
        if self._window.sheet is not None:
            self._window.close_sheet()
        elif self._work.is_chosen:
            self._work.cases.lay_aside()
        elif self.notes.is_editing:
            self.notes.give_up_edit()
        elif not self._advice.dismiss():
            self._window.keyboard_done.emit()

    def _copy_phrase(self) -> None:
        """Copy what stands ready, else the first phrase shown; pressed again, the next one."""
        view = self._work.stage()
        if view is None:
            return
        shown = self._window.stage.card.shown
        ready = view.ready.phrase if view.ready else None
        shown = (ready, *shown) if ready else shown
        read = view.title + (ready.plain if ready else "")
        place = self._copied + 1 if read == self._copied_in else 0
        self._copied, self._copied_in = place % len(shown), read
        copy_text(shown[self._copied].plain)
        self.say(t("phrase.copied", number=self._copied + 1, count=len(shown)))

    def _fold(self, fold: Fold) -> None:
        self._window.folding.toggle(fold)
        self._window.refresh()

    def _undo(self) -> None:
        change = self._work.do(c.Undo())
        if change.refusal and change.refusal.reason == "undo.needs_reason":
            self._stage_sheets.open_correct()

    def _focus_note(self) -> None:
        self._window.take_keyboard()
        sheet = self._window.sheet
        if sheet is not None and sheet.comes_before_notes:
            sheet.begin()
        else:
            self._window.input.focus()

    # -- what happened ------------------------------------------------------------------------

    def _on_change(self, change: Change) -> None:
        if change.refusal is not None:
            self.say(t(f"refusal.{change.refusal.reason}"), "info")
        elif isinstance(change.command, c.Undo | c.Correct) and change.events:
            self.say(undone_words(change.taken_back))
        elif any(isinstance(e.body, NoteRemoved) for e in change.events):
            self.say(t("note.removed", key=actions.key_of("undo")))
        if any(isinstance(e.body, CallStarted | CallEnded | CallClosed) for e in change.events):
            self.say("", key="recovered")
        self.notes.on_change(change)
        self._show()
        if self._work.is_chosen and self._window.sheet is None and change.command is None:
            self._case_sheets.open_case_actions()
        if self._work.phase in (CallPhase.IDLE, CallPhase.CLOSED, CallPhase.RINGING):
            self.refresh_waiting()

    def begin(self) -> None:
        """Show what waits; ask who one is where nobody has said."""
        self.refresh_waiting()
        if not self._work.settings.get("desk.name"):
            self._case_sheets.open_welcome()

    def refresh_waiting(self) -> None:
        """Look up what is due; shown when it comes."""
        self._work.cases.fetch_waiting(self._on_waiting)

    def _on_waiting(self, view: WaitingView) -> None:
        self._window.waiting.show_view(view, list(self._work.parked))
