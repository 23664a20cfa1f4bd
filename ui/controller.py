"""Keys and clicks to commands; changes to what the window shows."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from call import commands as c
from call.events import CallClosed, CallEnded, CallStarted, NoteRemoved, Safety
from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui import actions
from ui.abuse.sheet import AbuseSheet
from ui.advice_desk import AdviceDesk
from ui.clipboard import copy_text
from ui.dock_keys import DockKeys
from ui.encryption_sheets import EncryptionSheets
from ui.folding import Fold
from ui.gap_entry import GapEntry
from ui.keys_desk import KeysDesk
from ui.look_keys import LookKeys
from ui.note_desk import NoteDesk
from ui.note_wording import NoteWording
from ui.port.cases import WaitingView
from ui.port.change import Change
from ui.port.workplace import Workplace
from ui.put_off import PutOff
from ui.rare_sheets import RareSheets
from ui.ring_back import RingBack
from ui.sidebar import Sidebar
from ui.undo_words import undone_words

_SAFETY_CYCLE = {Safety.UNASKED: Safety.YES, Safety.YES: Safety.NO, Safety.NO: Safety.UNASKED}


class Controller(RareSheets):
    """Joins one window to one workplace."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(workplace, window)
        self._show = PutOff(window.refresh, self)
        self.notes = NoteDesk(workplace, window, self.say)
        self.gaps = GapEntry(workplace, window)
        self.wording = NoteWording(workplace, window, self.say)
        self.looks = LookKeys(workplace, window, self.say)
        self.docks = DockKeys(workplace, window, self.say)
        self._ring_back = RingBack(workplace, window)
        self._advice = AdviceDesk(
            workplace,
            window,
            self.say,
            self.trigger,
            self.open_callback_answer,
        )
        self.abuse = AbuseSheet(workplace, window, self.say, partial(self.trigger, "consult"))
        self._copied, self._copied_in = 0, ""
        self._encryption = EncryptionSheets(workplace, window)
        self._does: dict[str, Callable[[], object]] = self._table()
        self.keys = KeysDesk(workplace, window, self._record_or_trigger)
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

    def _record_or_trigger(self, action_id: str) -> None:
        """Trigger it, but not while its key is pressed only to be recorded."""
        if not (self.is_made("settings") and self.settings.record(action_id)):
            self.trigger(action_id)

    def _table(self) -> dict[str, Callable[[], object]]:
        work = self._work
        table: dict[str, Callable[[], object]] = {
            **self.sheet_keys(),
            "start": lambda: self._start(c.StartCall()),
            "next": lambda: work.do(c.AdvanceStage()),
            "back": lambda: work.do(c.GoBack()),
            "exits": self._open_exits,
            "aside": lambda: work.do(c.ToggleAside()),
            "hold": lambda: work.do(c.ToggleHold()),
            "hold_kind": lambda: work.do(c.ToggleHoldKind()),
            "end": self._end,
            "follow_advice": self._advice.follow,
            "same_talk": lambda: work.do(c.MarkSameTalk()),
            "new_fact": lambda: work.do(c.MarkNewFact()),
            "safety": self._ask_safety,
            "copy_phrase": self._copy_phrase,
            "more_phrases": lambda: self._fold(Fold.PHRASES),
            "more_donts": lambda: self._fold(Fold.DONTS),
            "more_hints": lambda: self._fold(Fold.HINTS),
            "wording": self.wording.press,
            "abuse": self.abuse.press,
            "undo": self._undo,
            "parked": self._resume_wrap_up,
            "keep_number": self.notes.keep_number,
            "focus_note": self._focus_note,
            "text_size": self.looks.next_text_size,
            "theme": self.looks.next_theme,
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
        window.header.customer_clicked.connect(lambda: self.trigger("customer"))
        window.marks.temperature_chosen.connect(lambda n: self.trigger(f"temperature{n}"))
        window.marks.safety_asked.connect(self._ask_safety)
        window.marks.same_talk.connect(lambda: self.trigger("same_talk"))
        window.marks.new_fact.connect(lambda: self.trigger("new_fact"))
        window.waiting.case_chosen.connect(self._work.cases.open)
        window.waiting.parked_asked.connect(lambda: self.trigger("parked"))
        window.waiting.dues.all.clicked.connect(lambda: self.trigger("agenda"))
        window.waiting.settings.clicked.connect(lambda: self.trigger("settings"))
        window.waiting.dues.chosen.connect(self.open_line)
        window.stage.callback.clicked.connect(lambda: self.trigger("callback"))
        self._work.reminders.listen(window.show_dues)
        self._work.own_phrases.listen(window.refresh)
        self._work.retention.listen(self.refresh_waiting)
        self.abuse.paper_wanted.connect(self.show_paper)
        window.kind_asked.connect(self.notes.choose_stage_kind)
        window.kinds_asked.connect(lambda: self.trigger("kinds"))
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
            self.case_sheets.open_case_actions()
        else:
            self.stage_sheets.open_exits()

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
        if self.is_made("papers") and self.papers.close_handoff():
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
            self.stage_sheets.open_correct()

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
            self.case_sheets.open_case_actions()
        if self._work.phase in (CallPhase.IDLE, CallPhase.CLOSED, CallPhase.RINGING):
            self.refresh_waiting()

    def begin(self) -> None:
        """Show what waits; ask who one is where nobody has said."""
        self.refresh_waiting()
        if not self._work.settings.get("desk.name"):
            self.open_welcome()

    def refresh_waiting(self) -> None:
        """Look up what is due; shown when it comes."""
        self._work.cases.fetch_waiting(self._on_waiting)

    def _on_waiting(self, view: WaitingView) -> None:
        self._window.waiting.show_view(view, list(self._work.parked))
