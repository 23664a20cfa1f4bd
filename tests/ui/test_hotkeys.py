"""Keys that the system brings: what they do to the window, and what the window shows of them."""

import pytest
from PySide6.QtWidgets import QWidget

from call import commands as c
from call.fold_times import CallPhase
from desktop.hotkeys.backend import Outcome
from desktop.hotkeys.chooser import Candidate, Choice
from scripts_ja.texts import t
from ui import actions
from ui.case_sheet import CaseSheet
from ui.composition import is_composing
from ui.key_button import KeyButton
from ui.keys_sheet import KeysSheet
from ui.labels import PlainLabel
from ui.sheet import ChoiceSheet


class System:
    """Gives every key that is not taken."""

    def __init__(self, listener, taken):
        self.listener = listener
        self.taken = taken

    def register(self, hotkey_id, chord):
        return Outcome.TAKEN if str(chord) in self.taken else Outcome.ACTIVE

    def unregister(self, hotkey_id):
        pass

    def unregister_all(self):
        pass

    def close(self):
        pass


def begin(seat, *taken, is_exclusive=False):
    """Let the seat's keys be brought by a system; returns what presses one."""
    opened = []

    def open_(listener):
        opened.append(System(listener, set(taken)))
        return opened[-1]

    choice = Choice((Candidate("x11", "x11", open_, is_exclusive),), "other_system")
    seat.work.hotkeys.begin(lambda _: choice)
    seat.settle()

    def press(action):
        opened[-1].listener.pressed(action)
        seat.settle()

    return press


def preedit(seat):
    return seat.edit.textCursor().block().layout().preeditAreaText()


def stage(seat):
    return seat.case.stages.current.stage_id


# -- one press, one action --------------------------------------------------------------------


def test_a_key_that_the_system_brings_is_no_shortcut_of_the_window_too(talk):
    """Some systems bring it and let it through to the window with the focus."""
    press = begin(talk)
    talk.act("next")
    assert stage(talk) == "F1-S1"
    press("next")
    assert stage(talk) == "F1-S2"


def test_a_press_that_was_under_way_before_is_not_lost(talk):
    """Where the system keeps its keys from the window, one that comes there was pressed before."""
    begin(talk, is_exclusive=True)
    talk.act("next")
    assert stage(talk) == "F1-S2"


def test_without_a_back_end_it_is_the_windows_own(talk):
    talk.act("next")
    assert stage(talk) == "F1-S2"


def test_a_key_that_others_have_still_works_in_the_window(talk):
    begin(talk, "Ctrl+Alt+N")
    talk.act("next")
    assert stage(talk) == "F1-S2"


def test_keys_of_the_window_alone_stay(talk):
    begin(talk)
    before = talk.window.look
    talk.act("text_size")
    assert talk.window.look != before


def test_when_the_back_end_is_given_up_the_keys_are_the_windows_again(talk):
    begin(talk)
    talk.work.settings.change({"hotkeys.next": "none"})
    talk.act("next")
    assert stage(talk) == "F1-S2"


@pytest.mark.parametrize("action", [a.id for a in actions.TABLE if a.is_global])
def test_every_global_key_is_harmless_without_a_call_and_in_one(seat, action):
    press = begin(seat)
    press(action)
    seat.wait_for_background()
    seat.begin_call()
    press(action)
    seat.wait_for_background()
    assert seat.window.isVisible()


# -- compositions -----------------------------------------------------------------------------

_STATE_KEYS = (
    *("next", "back", "aside", "hold", "hold_kind", "end", "same_talk", "new_fact", "safety"),
    *("undo", "copy_phrase", "more_phrases", *(f"temperature{n}" for n in range(1, 6))),
)


@pytest.mark.parametrize("action", _STATE_KEYS)
def test_a_key_that_changes_a_state_leaves_a_composition_untouched(talk, action):
    press = begin(talk)
    talk.work.do(c.AdvanceStage())
    talk.type("頭")
    talk.compose("にほん")
    press(action)
    assert (preedit(talk), talk.edit.toPlainText()) == ("にほん", "頭")
    assert talk.edit.hasFocus()
    talk.type("日本")
    assert talk.edit.toPlainText() == "頭日本"


def test_and_acts_at_once(talk):
    press = begin(talk)
    talk.compose("にほん")
    press("hold")
    assert talk.work.phase is CallPhase.ON_HOLD
    press("temperature4")
    assert talk.case.marks.temperature == 4
    assert is_composing()


@pytest.mark.parametrize("action", ["exits", "cards", "customer", "retime", "consult"])
def test_a_key_that_moves_the_focus_keeps_what_is_composed(talk, action):
    press = begin(talk)
    talk.type("頭")
    talk.compose("にほん")
    press(action)
    assert talk.window.sheet is not None
    assert talk.edit.toPlainText() == "頭にほん"
    talk.window.close_sheet()
    assert talk.edit.toPlainText() == "頭にほん"


def test_what_is_composed_in_a_sheet_is_kept_where_a_key_goes_to_the_note(talk):
    press = begin(talk)
    press("customer")
    row = talk.window.sheet.rows[0]
    talk.compose("やまだ", row.entry)
    press("focus_note")
    assert talk.edit.hasFocus()
    assert talk.case.field("customer") == "やまだ"


def test_the_end_of_the_after_call_work_saves_what_is_composed(talk):
    press = begin(talk)
    talk.work.do(c.EndCall())
    talk.type("頭")
    talk.compose("にほん")
    press("end")
    assert talk.work.phase is CallPhase.CLOSED
    assert talk.notes() == ["頭にほん"]


_OTHER_KEYS = [a.id for a in actions.TABLE if a.is_global and a.id not in _STATE_KEYS]


@pytest.mark.parametrize("action", _OTHER_KEYS)
@pytest.mark.parametrize("is_over", [False, True], ids=["talking", "wrap_up"])
def test_no_key_from_anywhere_loses_what_is_composed(talk, action, is_over):
    """Whatever it opens: the word is composed on, or in the field; a note of its case where another begins."""
    press = begin(talk)
    if is_over:
        talk.work.do(c.EndCall())
    talk.type("頭")
    talk.compose("にほん")
    desk = talk.work.session.desk
    press(action)
    talk.wait_for_background()
    # A key that leads to another case saves the note first, even where there is none.
    is_saved = talk.work.session.desk is not desk or (is_over and action == "parked")
    in_field, in_notes = talk.edit.toPlainText() + preedit(talk), desk.case.notes.notes
    assert in_field == ("" if is_saved else "頭にほん")
    assert [note.text for note in in_notes] == (["頭にほん"] if is_saved else [])
    talk.close()
    assert "頭にほん".encode() in talk.bytes_on_disk()


# -- the focus --------------------------------------------------------------------------------


@pytest.fixture
def elsewhere(talk):
    """Another window has the focus."""
    other = QWidget()
    other.show()
    other.activateWindow()
    talk.wait_until(lambda: not talk.window.isActiveWindow())
    yield other
    other.close()
    other.deleteLater()


def test_a_state_key_leaves_the_focus_where_it_is(talk, elsewhere):
    press = begin(talk)
    for action in _STATE_KEYS:
        press(action)
        assert elsewhere.isActiveWindow(), action


def test_a_list_to_choose_from_comes_forward(talk, elsewhere):
    press = begin(talk)
    press("exits")
    assert isinstance(talk.window.sheet, ChoiceSheet)
    assert talk.window.isActiveWindow()


def test_so_does_one_that_is_looked_up_first(talk, elsewhere):
    press = begin(talk)
    press("cases")
    talk.wait_for_background()
    assert isinstance(talk.window.sheet, CaseSheet)
    assert talk.window.isActiveWindow()


def test_the_key_to_the_note_comes_forward(talk, elsewhere):
    begin(talk)("focus_note")
    assert talk.window.isActiveWindow()
    assert talk.edit.hasFocus()


# -- what is shown ----------------------------------------------------------------------------


def test_buttons_follow_the_setting_in_force_at_once(talk):
    begin(talk)
    talk.work.settings.change({"hotkeys.next": "Ctrl+Alt+M", "hotkeys.hold": "Ctrl+Alt+I"})
    assert talk.window.buttons.next.key.text() == "Ctrl Alt M"
    assert talk.window.buttons.hold.key.text() == "I"
    for button in talk.window.findChildren(KeyButton):
        assert actions.key_of(button.action_id) in button.toolTip()


def test_marks_and_the_waiting_hint_follow_too(seat):
    begin(seat)
    changes = {"hotkeys.start": "Ctrl+Alt+M", "hotkeys.same_talk": "Ctrl+Alt+I"}
    seat.work.settings.change({**changes, "hotkeys.safety": "Ctrl+Alt+R"})
    assert "Ctrl Alt M" in seat.window.waiting.hint.text()
    assert "Ctrl Alt R" in seat.window.marks.safety.toolTip()
    seat.begin_call()
    assert seat.window.marks.same.text().strip().endswith("I")


def test_a_chosen_key_works_in_the_window_from_the_start(make_seat):
    seat = make_seat(hotkeys__next="Ctrl+Alt+M").start()
    seat.begin_call()
    assert seat.window.buttons.next.key.text() == "Ctrl Alt M"
    seat.press("Ctrl+Alt+M")
    assert stage(seat) == "F1-S2"
    seat.press("Ctrl+Alt+N")
    assert stage(seat) == "F1-S2"


def test_another_window_has_its_own_keys(make_seat):
    make_seat(hotkeys__next="Ctrl+Alt+M").start()
    again = make_seat().start()
    again.begin_call()
    assert again.window.buttons.next.key.text() == "Ctrl Alt N"


# -- the list of keys -------------------------------------------------------------------------


def labels(sheet):
    return [label.text() for label in sheet.findChildren(PlainLabel)]


def test_the_list_says_who_brings_the_keys_and_why(talk):
    begin(talk)
    talk.act("keys_help")
    assert isinstance(talk.window.sheet, KeysSheet)
    said = talk.window.sheet._reason.accessibleName()
    assert t("hotkeys.backend.x11") in said
    assert t("hotkeys.reason.x11") in said


def test_what_works_in_other_windows_is_marked(talk):
    talk.act("keys_help")
    assert "●" not in labels(talk.window.sheet)
    talk.window.close_sheet()
    begin(talk, "Ctrl+Alt+N")
    talk.act("keys_help")
    shown = labels(talk.window.sheet)
    assert shown[shown.index(t("action.hold")) + 1] == "●"
    assert shown[shown.index(t("action.next")) + 1] == t("hotkeys.mark.taken")
    assert shown[shown.index(t("action.settings")) + 1] not in ("●", t("hotkeys.mark.taken"))


def test_without_a_back_end_it_says_why(talk):
    talk.act("keys_help")
    assert t("hotkeys.reason.not_yet") in talk.window.sheet._reason.accessibleName()


def test_a_taken_key_is_marked_and_its_offer_is_on_a_digit(talk):
    press = begin(talk, "Ctrl+Alt+N", "Ctrl+Alt+B")
    talk.act("keys_help")
    assert labels(talk.window.sheet).count(t("hotkeys.mark.taken")) == 2
    talk.press("2")
    assert talk.window.sheet is None
    assert talk.window.buttons.back.key.text() == "Ctrl Alt I"
    assert talk.notice == t("hotkeys.now", name=t("action.back"), key="Ctrl Alt I")
    assert talk.work.settings.get("hotkeys.back") == "Ctrl+Alt+I"
    press("next")  # no such key is brought
    assert stage(talk) == "F1-S1"


def test_an_offer_that_somebody_took_meanwhile_is_told(talk):
    begin(talk, "Ctrl+Alt+N")
    talk.act("keys_help")
    talk.work.hotkeys._system.taken.add("Ctrl+Alt+M")
    talk.press("1")
    assert talk.notice == t("hotkeys.not_now", key="Ctrl Alt M", help="F1")
    assert talk.work.settings.get("hotkeys.next") == ""


def test_the_list_shows_the_keys_in_force_of_a_family(talk):
    begin(talk)
    talk.work.settings.change({"hotkeys.temperature3": "Ctrl+Alt+M"})
    talk.act("keys_help")
    assert "Ctrl Alt 1 ・ 2 ・ M ・ 4 ・ 5" in labels(talk.window.sheet)


@pytest.mark.parametrize("are_all_off", [False, True])
def test_the_help_of_keys_says_at_once_that_nobody_brings_them_any_more(make_seat, are_all_off):
    """It lies open while the connection is lost; also where no key is asked for at all."""
    off = {f"hotkeys__{a.id}": "none" for a in actions.TABLE if a.is_global}
    talk = make_seat(**(off if are_all_off else {})).start()
    opened = []

    def open_(listener):
        opened.append(System(listener, set()))
        return opened[-1]

    talk.work.hotkeys.begin(lambda _: Choice((Candidate("x11", "x11", open_, False),), "x11_lost"))
    talk.act("keys_help")
    about = talk.window.sheet._reason
    assert t("hotkeys.backend.x11") in about.text
    opened[-1].listener.lost("x11_lost")
    assert t("hotkeys.reason.x11_lost") in about.text
    assert about.accessibleName().strip() == about.text
    rows = talk.window.sheet.findChildren(PlainLabel)
    assert any(row.text() == "F1" for row in rows)
