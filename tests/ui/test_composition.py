"""The input method: while it composes, keys, Enter and the text belong to it alone."""

import pytest
from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QInputMethodEvent
from PySide6.QtWidgets import QApplication, QWidget

from call import commands as c
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from ui import actions
from ui.composition import ComposingLineEdit, KeptOnLeaving, is_composing


def preedit(seat) -> str:
    return seat.edit.textCursor().block().layout().preeditAreaText()


# -- nothing else happens ---------------------------------------------------------------------


def test_no_key_does_anything_during_a_composition(talk):
    talk.compose("にほん")
    before = (talk.work.session.desk.history[-1].id, talk.window.look, talk.window.input.kind)
    for action in actions.TABLE:
        talk.act(action.id)
        after = (talk.work.session.desk.history[-1].id, talk.window.look, talk.window.input.kind)
        assert before == after, action
        assert talk.window.sheet is None, action
        assert preedit(talk) == "にほん", action


def test_the_hint_makes_way_for_a_composition(talk):
    """Qt takes a field in which a word is composed for empty, and would paint both."""
    assert talk.edit.placeholderText()
    talk.compose("にほん")
    talk.window.refresh()
    assert not talk.edit.placeholderText()
    talk.compose("")
    assert talk.edit.placeholderText()


def test_enter_during_a_composition_does_not_save(talk):
    talk.type("前の")
    talk.compose("にほん")
    talk.press("Return", talk.edit)
    assert talk.notes() == []
    talk.type("日本")
    talk.press("Return", talk.edit)
    assert talk.notes() == ["前の日本"]


def test_esc_during_a_composition_is_the_input_methods(talk):
    talk.wait(10 * 60)
    talk.compose("にほん")
    talk.press("Esc", talk.edit)
    assert talk.window.advice.isVisible()


def test_tab_during_a_composition_does_not_go_to_a_gap(talk):
    talk.work.do(c.EnterStage("F2-S3"))
    talk.compose("にほん")
    talk.press("Tab", talk.edit)
    assert talk.controller.gaps.entry.isHidden()


def test_a_composition_in_a_sheet_keeps_the_keys_away_too(talk):
    talk.act("customer")
    entry = talk.window.sheet.rows[0].entry
    talk.compose("やまだ", entry)
    assert is_composing()
    talk.act("end")
    talk.press("Return", entry)
    assert talk.work.phase is CallPhase.TALKING
    assert entry.hasFocus()
    talk.type("山田", entry)
    talk.press("Return", entry)
    assert talk.case.field("customer") == "山田"


# -- a refresh leaves the word alone ----------------------------------------------------------


@pytest.mark.parametrize(
    "happens",
    [
        lambda seat: seat.work.do(c.AdvanceStage()),
        lambda seat: seat.work.do(c.Hold()),
        lambda seat: seat.work.do(c.SetTemperature(5)),
        lambda seat: seat.wait(1),
        lambda seat: seat.wait(21 * 60),
        lambda seat: seat.window.refresh(),
        lambda seat: seat.controller.looks.apply(),
        lambda seat: seat.window.resize(320, 680),
        lambda seat: seat.work.drafts._listeners[0]("外から来た下書き", "", ""),
    ],
    ids=["stage", "hold", "mark", "tick", "advice", "refresh", "look", "resize", "draft"],
)
def test_what_happens_meanwhile_leaves_the_composition_alone(talk, happens):
    talk.type("頭")
    talk.compose("にほん")
    happens(talk)
    talk.settle()
    assert preedit(talk) == "にほん"
    assert talk.edit.toPlainText() == "頭"
    talk.type("日本")
    assert talk.edit.toPlainText() == "頭日本"
    assert preedit(talk) == ""


class Watch(QObject):
    """Counts what is painted, laid out or moved of the field."""

    def __init__(self, edit):
        super().__init__(edit)
        self.seen = []
        for widget in (edit, edit.viewport()):
            widget.installEventFilter(self)

    def eventFilter(self, _watched, event):  # noqa: N802
        if event.type() in (QEvent.Type.Paint, QEvent.Type.Resize, QEvent.Type.Move):
            self.seen.append(event.type().name)
        return False


@pytest.fixture
def still_caret(application):
    """A caret that blinks would paint the field by itself."""
    before = QApplication.cursorFlashTime()
    QApplication.setCursorFlashTime(0)
    yield
    QApplication.setCursorFlashTime(before)


@pytest.mark.parametrize(
    "happens",
    [
        lambda seat: seat.wait(1),
        lambda seat: seat.wait(10 * 60),
        lambda seat: seat.wait(21 * 60),
        lambda seat: seat.work.do(c.AdvanceStage()),
        lambda seat: seat.work.do(c.Hold()),
        lambda seat: seat.work.do(c.SetTemperature(5)),
        lambda seat: seat.work.do(c.TakeNote(NoteKind.CLAIM, "別のところから")),
        lambda seat: seat.work.do(c.EndCall()),
        lambda seat: seat.controller.say("お知らせ"),
    ],
    ids=["tick", "advice", "red", "stage", "hold", "mark", "note", "end", "notice"],
)
def test_nothing_redraws_or_moves_the_field_under_the_input_method(talk, still_caret, happens):
    """Its list of candidates stands by the word, and would be left behind."""
    talk.type("頭")
    talk.compose("にほん")
    talk.settle()
    place = talk.edit.mapToGlobal(talk.edit.cursorRect().topLeft())
    watch = Watch(talk.edit)
    happens(talk)
    talk.settle()
    assert watch.seen == []
    assert talk.edit.mapToGlobal(talk.edit.cursorRect().topLeft()) == place
    talk.compose("にほんご")
    talk.settle()
    assert "Paint" in watch.seen


def test_a_draft_found_meanwhile_does_not_tear_the_composition(talk):
    talk.compose("にほん")
    talk.work.drafts._listeners[0]("外から来た下書き", "", "")
    assert preedit(talk) == "にほん"
    talk.type("日本")
    assert talk.edit.toPlainText() == "日本"


@pytest.mark.parametrize("is_composing", [False, True])
def test_an_old_note_asked_for_meanwhile_loses_neither(talk, is_composing):
    talk.note("前のメモ")
    if is_composing:
        talk.compose("にほん")
    else:
        talk.type("にほん")
    talk.window.notes.edit_asked.emit(talk.case.notes.notes[0].note_id)
    assert talk.edit.toPlainText() == "前のメモ"
    talk.type("、追記")
    talk.press("Return", talk.edit)
    assert talk.notes() == ["前のメモ、追記", "にほん"]


# -- nothing composed is lost or stored too early ---------------------------------------------


def test_a_draft_never_has_what_is_being_composed(talk):
    heard = []
    talk.window.input.draft.connect(heard.append)
    talk.type("確かな")
    talk.compose("にほんご")
    talk.wait_until(lambda: heard)
    assert heard[-1] == "確かな"
    talk.save()
    assert "確かな".encode() in talk.bytes_on_disk()
    assert preedit(talk) == "にほんご"
    assert "にほんご".encode() not in talk.bytes_on_disk()


def test_the_hint_gives_way_to_a_composition(talk):
    hint = talk.edit.placeholderText()
    talk.compose("にほん")
    talk.window.refresh()
    assert talk.edit.placeholderText() == ""
    talk.compose("")
    assert talk.edit.placeholderText() == hint != ""


def test_a_composition_alone_makes_no_draft(talk):
    for so_far in ("に", "にほ", "にほん"):
        talk.compose(so_far)
    assert not talk.window.input._draft_timer.isActive()
    assert talk.window.input.begun_at is None


def test_a_composition_is_kept_once_when_the_focus_goes(talk):
    talk.type("頭")
    talk.compose("にほん")
    talk.window.notes.setFocus()
    talk.settle()
    assert talk.edit.toPlainText() == "頭にほん"
    talk.window.input.focus()
    talk.window.notes.setFocus()
    assert talk.edit.toPlainText() == "頭にほん"
    assert preedit(talk) == ""


def test_taking_a_composition_twice_takes_it_once(talk):
    talk.compose("にほん")
    talk.edit.take_composition()
    talk.edit.take_composition()
    assert talk.edit.toPlainText() == "にほん"
    assert not is_composing()
    talk.type("語")
    assert talk.edit.toPlainText() == "にほん語"


def test_a_composition_is_kept_when_the_window_is_closed(make_seat):
    seat = make_seat().start()
    seat.begin_call()
    seat.window.input.focus()
    seat.type("頭")
    seat.compose("にほん")
    seat.close()
    again = make_seat().start()
    assert again.edit.toPlainText() == "頭にほん"


def test_a_composition_in_a_one_line_field_is_kept_when_the_focus_goes(talk):
    talk.act("customer")
    row = talk.window.sheet.rows[0]
    talk.type("山", row.entry)
    talk.compose("だ", row.entry)
    talk.window.sheet.rows[1].entry.setFocus()
    talk.settle()
    assert row.entry.text() == "山だ"
    assert talk.case.field("customer") == "山だ"


def test_a_composition_is_kept_when_a_sheet_is_closed(talk):
    talk.act("customer")
    row = talk.window.sheet.rows[0]
    talk.compose("やまだ", row.entry)
    talk.window.close_sheet()
    assert talk.case.field("customer") == "やまだ"


# -- the window goes ------------------------------------------


def reopened(seat, make_seat):
    """What somebody finds who starts the program again."""
    seat.close()
    return make_seat().start()


def test_a_composition_in_a_form_is_kept_when_the_window_is_closed(talk, make_seat):
    talk.act("customer")
    talk.compose("やまだ", talk.window.sheet.rows[0].entry)
    again = reopened(talk, make_seat)
    assert again.case.field("customer") == "やまだ"


def test_a_composition_in_a_gap_is_kept_when_the_window_is_closed(talk, make_seat):
    talk.work.do(c.EnterStage("F2-S3"))
    talk.press("Tab", talk.edit)
    key, entry = talk.controller.gaps._key, talk.controller.gaps.entry
    assert entry.isVisible()
    talk.compose("れいぞうこ", entry)
    again = reopened(talk, make_seat)
    assert again.case.field(key) == "れいぞうこ"


# -- the time of a note -----------------------------------------------------------------------


def test_a_notes_time_is_its_first_keystroke(talk):
    talk.wait(65)
    talk.type("水")
    talk.wait(30)
    talk.type("が漏れる")
    talk.wait(30)
    talk.press("Return", talk.edit)
    model = talk.window.notes.notes
    assert model.data(model.index(0, 0)).startswith("1:05 ")


def test_a_field_emptied_again_begins_anew(talk):
    talk.type("誤")
    talk.wait(60)
    talk.press("Backspace", talk.edit)
    assert talk.edit.toPlainText() == ""
    talk.wait(60)
    talk.note("正")
    assert talk.case.notes.notes[0].begun_at.boot_seconds == 120


# -- a window beside the sidebar ----------------------------------------------------------------


class DroppingInputMethod(QObject):
    """Drops what is being composed as soon as Qt says that the focus will go, as ibus does."""

    def __init__(self, field: QWidget) -> None:
        super().__init__(field)
        self._field = field
        self.heard = 0
        field.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.FocusAboutToChange:
            self.heard += 1
            QApplication.sendEvent(self._field, QInputMethodEvent("", []))
        return False


@pytest.fixture
def beside(talk):
    """A window of its own with a field that composes, and the input method that drops it."""
    window = QWidget()
    field = ComposingLineEdit(window)
    window.show()
    window.activateWindow()
    field.setFocus()
    talk.settle()
    assert QApplication.focusWidget() is field
    yield window, field, DroppingInputMethod(field)
    window.close()
    window.deleteLater()
    talk.settle()


def leave_for_the_sidebar(talk, dropping):
    talk.window.activateWindow()
    talk.wait_until(lambda: dropping.heard and QApplication.activeWindow() is talk.window)


def test_another_window_loses_what_is_composed_unless_it_is_watched(talk, beside):
    """That the input method of these tests drops it, so that the next one shows something."""
    _, field, dropping = beside
    talk.compose("さとう", field)
    leave_for_the_sidebar(talk, dropping)
    assert field.text() == ""


def test_what_is_composed_is_kept_once_when_another_window_gets_the_focus(talk, beside):
    window, field, dropping = beside
    kept = KeptOnLeaving(window)
    talk.type("部長の", field)
    talk.compose("さとう", field)
    leave_for_the_sidebar(talk, dropping)
    assert field.text() == "部長のさとう"
    assert not field.is_composing
    kept.end()


def test_nothing_is_added_where_nothing_was_composed(talk, beside):
    window, field, dropping = beside
    kept = KeptOnLeaving(window)
    talk.type("佐藤", field)
    leave_for_the_sidebar(talk, dropping)
    assert field.text() == "佐藤"
    kept.end()


def test_whoever_ended_it_watches_no_more(talk, beside):
    window, field, dropping = beside
    KeptOnLeaving(window).end()
    talk.compose("さとう", field)
    leave_for_the_sidebar(talk, dropping)
    assert field.text() == ""


def test_the_settings_keep_what_is_composed_when_the_call_takes_the_focus(seat):
    seat.act("settings")
    settings = seat.controller.settings.window
    settings.activateWindow()
    field = settings.rows["desk.company"].entry
    field.setFocus()
    seat.settle()
    dropping = DroppingInputMethod(field)
    seat.compose("かぶしき", field)
    leave_for_the_sidebar(seat, dropping)
    assert "かぶしき" in seat.work.settings.get("desk.company")
    settings.close()
