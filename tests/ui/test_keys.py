"""What each key does, pressed on the keyboard through Qt's own shortcuts."""

import string

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from call import commands as c
from call.decide_correction import _NEEDS_REASON, _UNDOABLE
from call.events import Safety
from call.fold_times import CallPhase
from scripts_ja.model import HoldKind, NoteKind
from scripts_ja.texts import all_keys, t, template
from ui import actions
from ui.choice_row import ChoiceRow
from ui.consult_sheet import ConsultSheet
from ui.customer_sheet import CustomerSheet
from ui.folding import Fold
from ui.sheet import ChoiceSheet, EntrySheet, FormSheet


def stage_id(seat):
    return seat.case.stages.current.stage_id


# -- the call ---------------------------------------------------------------------------------


def test_start_takes_a_call_and_enters_the_first_stage(seat):
    seat.act("start")
    assert seat.work.phase is CallPhase.TALKING
    assert stage_id(seat) == "F1-S1"
    assert seat.edit.hasFocus()


def test_next_and_back_walk_through_the_stages(talk):
    talk.act("next")
    assert stage_id(talk) == "F1-S2"
    talk.act("back")
    assert stage_id(talk) == "F1-S1"


def test_next_at_the_end_of_a_flow_says_what_to_do_instead(talk):
    talk.work.do(c.EnterStage("F1-S8"))
    before = stage_id(talk)
    talk.act("next")
    if stage_id(talk) == before:
        assert talk.notice == t("refusal.stage.last_one")


def test_hold_holds_and_resumes(talk):
    talk.act("hold")
    assert talk.work.phase is CallPhase.ON_HOLD
    assert talk.window.buttons.hold.word.text() == t("action.resume")
    talk.act("hold")
    assert talk.work.phase is CallPhase.TALKING
    assert talk.window.buttons.hold.word.text() == t("action.hold")


def test_hold_kind_changes_the_kind_of_the_running_hold(talk):
    talk.act("hold")
    assert talk.case.call.hold.kind is HoldKind.LOOKUP
    talk.act("hold_kind")
    assert talk.case.call.hold.kind is HoldKind.CONSULT


@pytest.mark.parametrize("minutes", [1, 5, 9])
def test_a_digit_says_how_long_the_hold_was_announced_to_take(talk, minutes):
    talk.act(f"announce{minutes}")
    assert talk.case.call.announced_minutes == minutes
    talk.act("hold")
    assert talk.case.call.hold.announced_minutes == minutes


def test_end_ends_the_call_and_then_the_after_call_work(talk):
    talk.act("end")
    assert talk.work.phase is CallPhase.WRAP_UP
    assert talk.window.buttons.end.word.text() == t("action.finish")
    talk.act("end")
    assert talk.work.phase is CallPhase.CLOSED


def test_end_lets_a_ringing_call_go(seat):
    seat.work.do(c.Ring("0312345678"))
    assert seat.window.buttons.end.word.text() == t("action.decline")
    seat.act("end")
    assert seat.work.phase is CallPhase.CLOSED
    assert seat.case.call.was_missed


def test_start_answers_a_ringing_call(seat):
    seat.work.do(c.Ring("0312345678"))
    assert seat.window.buttons.start.word.text() == t("action.answer")
    seat.act("start")
    assert seat.work.phase is CallPhase.TALKING
    assert seat.case.call.number == "0312345678"


def test_undo_takes_the_last_step_back(talk):
    talk.act("hold")
    talk.act("undo")
    assert talk.work.phase is CallPhase.TALKING
    assert not talk.case.call.holds
    assert talk.notice == "保留を取り消しました"


def test_undo_says_which_step_it_took_back(talk):
    """The key is pressed in a hurry, and once too often is soon done."""
    talk.act("temperature4")
    talk.act("next")
    talk.act("undo")
    assert talk.notice == "「聴取一回目」への移動を取り消しました"
    talk.act("undo")
    assert talk.notice == "温度感4を取り消しました"
    talk.act("undo")
    assert talk.notice == "通話の開始を取り消しました"


@pytest.mark.parametrize("kind", [*_UNDOABLE, *_NEEDS_REASON], ids=lambda kind: kind.__name__)
def test_every_step_that_can_be_taken_back_has_a_name(kind):
    key = f"undo.step.{kind.__name__}"
    assert key in all_keys()
    given = {field for _, field, _, _ in string.Formatter().parse(template(key)) if field}
    assert given <= set(kind.__struct_fields__)


def test_undo_of_an_old_end_asks_for_the_reason(talk):
    talk.act("end")
    talk.wait(61)
    talk.act("undo")
    assert talk.work.phase is CallPhase.WRAP_UP
    assert isinstance(talk.window.sheet, EntrySheet)
    talk.type("切り間違い", talk.window.sheet.entry)
    talk.press("Return")
    assert talk.work.phase is CallPhase.TALKING
    assert talk.window.sheet is None


def test_retime_puts_the_hold_back_in_time(talk):
    talk.wait(100)
    talk.act("hold")
    talk.wait(5)
    talk.act("retime")
    sheet = talk.window.sheet
    talk.type("40", sheet.entry)
    assert sheet.echo.text() == t("retime.echo", what=t("retime.what.last"), time="14:01:05")
    talk.press("Return")
    assert talk.case.call.hold.seconds(talk.work.now()) == 40
    assert talk.window.sheet is None
    assert talk.edit.hasFocus()


def test_retime_that_reads_nothing_stays_open(talk):
    talk.act("retime")
    talk.type("さっき", talk.window.sheet.entry)
    assert talk.window.sheet.echo.text() == t("retime.unread")
    talk.press("Return")
    assert talk.window.sheet is not None
    talk.press("Esc")
    assert talk.window.sheet is None


# -- marks ------------------------------------------------------------------------------------


@pytest.mark.parametrize("level", range(1, 6))
def test_temperature(talk, level):
    talk.act(f"temperature{level}")
    assert talk.case.marks.temperature == level
    on = [chip.property("on") for chip in talk.window.marks._levels]
    assert on == ["true" if n == level else "false" for n in range(1, 6)]


def test_same_talk_and_new_fact_are_counted(talk):
    talk.act("same_talk")
    talk.act("same_talk")
    talk.act("new_fact")
    talk.wait(3 * 60 + 20)
    assert t("marks.same_talk", here=2, case=2, key="O") == talk.window.marks.same.text()
    assert t("marks.new_fact_ago", minutes=3, key="V") == talk.window.marks.news.text()


@pytest.mark.rule("2.5")
def test_safety_goes_round(talk):
    seen = []
    for _ in range(3):
        talk.act("safety")
        seen.append(talk.case.marks.safety)
        assert talk.window.marks.safety.text() == t(f"safety.chip.{seen[-1]}")
    assert seen == [Safety.YES, Safety.NO, Safety.UNASKED]


# -- what is looked at ------------------------------------------------------------------------


def test_exits_leads_on_by_a_digit(talk):
    talk.act("exits")
    assert isinstance(talk.window.sheet, ChoiceSheet)
    talk.press("1")
    assert stage_id(talk) == talk.work.session.desk.book.find_stage("F1-S2")[1].id
    assert talk.window.sheet is None
    assert talk.edit.hasFocus()


def test_arrows_go_through_the_rows_of_a_list_and_space_chooses(talk):
    talk.act("kinds")
    rows = talk.window.sheet.findChildren(ChoiceRow)
    talk.press("Down")
    assert rows[0].hasFocus()
    talk.press("Down")
    assert rows[1].hasFocus()
    talk.press("Up")
    talk.press("Space")
    assert talk.window.input.kind is next(iter(NoteKind))
    assert talk.edit.hasFocus()


def test_kinds_lists_all_twelve_and_chooses_by_a_key(talk):
    talk.act("kinds")
    assert len(talk.window.sheet._choices) == len(NoteKind) == 12
    talk.press("A")
    assert talk.window.input.kind is list(NoteKind)[10]
    assert talk.edit.hasFocus()


@pytest.mark.parametrize("number", [1, 2, 3])
def test_the_stages_three_kinds_are_on_three_keys(talk, number):
    expected = talk.work.stage().note_kinds[number - 1]
    talk.act(f"kind{number}")
    assert talk.window.input.kind is expected
    talk.note("一件")
    assert talk.case.notes.notes[-1].kind is expected


def test_customer_opens_the_fields_and_keeps_what_is_typed(talk):
    talk.act("customer")
    assert isinstance(talk.window.sheet, CustomerSheet)
    talk.type("山田", talk.window.sheet.rows[0].entry)
    talk.press("Return")
    assert talk.window.sheet.rows[1].entry.hasFocus()
    talk.press("Esc")
    assert talk.window.sheet is None
    assert talk.case.field("customer") == "山田"
    assert talk.window.header.customer.text() == "山田 様"


def test_a_sheet_closed_by_another_key_keeps_what_is_typed(talk):
    talk.act("customer")
    talk.type("山田", talk.window.sheet.rows[0].entry)
    talk.act("consult")
    assert talk.case.field("customer") == "山田"


def test_copy_phrase_copies_the_first_phrase(talk):
    talk.act("copy_phrase")
    assert QGuiApplication.clipboard().text() == talk.work.stage().phrases[0].plain
    count = sum(not label.isHidden() for label in talk.window.stage.card.labels)
    assert talk.notice == t("phrase.copied", number=1, count=count)


@pytest.mark.parametrize(
    ("action", "fold"),
    [
        ("more_phrases", Fold.PHRASES),
        ("more_donts", Fold.DONTS),
        ("more_hints", Fold.HINTS),
    ],
)
def test_a_fold_opens_and_closes_by_its_key(make_seat, action, fold):
    talk = make_seat(size=(340, 680)).start()
    talk.begin_call()
    talk.wait_until(lambda: fold not in talk.window.folding.shown)
    talk.act(action)
    assert fold in talk.window.folding.shown
    talk.act(action)
    assert fold not in talk.window.folding.shown


def test_the_first_press_opens_phrases_where_only_some_fit(make_seat):
    talk = make_seat(size=(340, 760)).start()
    talk.begin_call()
    talk.act("next")
    talk.act("next")
    shown = [label for label in talk.window.stage.card.labels if not label.isHidden()]
    assert len(shown) < len(talk.work.stage().phrases)
    talk.act("more_phrases")
    shown = [label for label in talk.window.stage.card.labels if not label.isHidden()]
    assert len(shown) == len(talk.work.stage().phrases)


def test_consult_opens_the_card_and_enlarges_it(talk):
    talk.act("consult")
    assert isinstance(talk.window.sheet, ConsultSheet)
    assert talk.case.handing_up.was_consulted_in(talk.case.call_id)
    talk.act("consult")
    assert talk.controller.papers._large.isVisible()
    talk.controller.papers._large.close()


def test_what_the_key_of_the_card_does_next_is_said_while_it_is_open(talk):
    said = t("consult.opened", key=actions.key_of("consult"))
    talk.act("consult")
    assert talk.window.notice.text() == said
    talk.window.close_sheet()
    assert talk.window.notice.text() != said
    talk.act("consult")
    talk.window.sheet.copy_asked.emit()
    assert talk.window.notice.text() == t("consult.copied")


def test_how_a_time_is_written_is_seen_below_its_field(make_seat):
    seat = make_seat(size=(340, 760)).start()
    seat.begin_call()
    seat.act("consult")
    sheet = seat.window.sheet
    sheet.go_to(sheet.due)
    seat.settle()
    area = sheet.echo.parentWidget().parentWidget()
    seen = sheet.echo.geometry().translated(sheet.echo.parentWidget().pos())
    assert area.rect().contains(seen)


def test_handoff_makes_the_note(talk):
    talk.hand_over()
    assert talk.controller.papers.handoff.isVisible()
    assert talk.case.case_no in QGuiApplication.clipboard().text()
    talk.controller.papers.handoff.close()


def test_follow_advice_does_what_the_prompt_says(talk):
    talk.wait(10 * 60)
    assert talk.window.advice.prompt.id == "in_circles"
    talk.act("follow_advice")
    assert isinstance(talk.window.sheet, ConsultSheet)


def test_follow_advice_without_any_says_so(talk):
    talk.act("follow_advice")
    assert talk.notice == t("advice.none")


def test_esc_puts_advice_aside(talk):
    talk.wait(10 * 60)
    assert talk.window.advice.isVisible()
    talk.press("Esc", talk.edit)
    assert talk.window.advice.isHidden()


def test_keys_help_opens_and_esc_leaves(talk):
    talk.act("keys_help")
    assert isinstance(talk.window.sheet, FormSheet)
    talk.press("Esc")
    assert talk.window.sheet is None


def test_focus_note_comes_back_from_anywhere(talk):
    talk.window.notes.setFocus()
    talk.act("focus_note")
    assert talk.edit.hasFocus()


def test_text_size_goes_round_and_widens_the_window(talk):
    seen = []
    for _ in range(4):
        talk.act("text_size")
        seen.append((talk.window.look.percent, talk.window.width()))
    assert [percent for percent, _ in seen] == [125, 150, 200, 100]
    assert seen[2][1] >= 560


def test_theme_goes_round(talk):
    seen = set()
    for _ in range(4):
        talk.act("theme")
        seen.add(talk.work.settings.get("view.theme"))
    assert seen == {"system", "light", "dark", "contrast"}


def test_keep_number_without_one_says_so(talk):
    talk.act("keep_number")
    assert talk.notice == t("number.none")


def test_parked_and_cases_say_when_there_are_none(talk):
    talk.act("end")
    talk.act("parked")
    assert talk.notice == t("refusal.phase.no_parked")


# -- in every phase ---------------------------------------------------------------------------


def bring_about(seat, phase):
    """That phase, whatever was before."""
    seat.window.close_sheet()
    papers = seat.controller.papers
    papers.close()
    if seat.work.phase is CallPhase.RINGING or seat.work.phase.is_live:
        seat.work.do(c.EndCall())
    if seat.work.phase.is_after_call:
        seat.work.do(c.FinishWrapUp())
    if phase is CallPhase.RINGING:
        seat.work.do(c.Ring("0312345678"))
    elif phase is not CallPhase.IDLE:
        seat.begin_call()
    if phase in (CallPhase.WRAP_UP, CallPhase.CLOSED):
        seat.work.do(c.EndCall())
    if phase is CallPhase.CLOSED:
        seat.work.do(c.FinishWrapUp())
    elif phase is CallPhase.ON_HOLD:
        seat.work.do(c.Hold())
    assert seat.work.phase in (phase, CallPhase.CLOSED)
    seat.window.activateWindow()
    seat.window.input.focus()
    seat.settle()


@pytest.mark.parametrize("phase", [p for p in CallPhase if p is not CallPhase.PARKED], ids=str)
def test_every_key_is_harmless_in_every_phase(seat, phase):
    """Whatever is pressed when: the window stands, and says what it did or why it did not."""
    for action in actions.TABLE:
        bring_about(seat, phase)
        before = seat.work.phase
        seat.act(action.id)
        seat.wait_for_background()
        assert seat.window.isVisible()
        if seat.work.phase.is_live and not before.is_live:
            assert action.id == "start" or (action.id, before) == ("undo", CallPhase.WRAP_UP)
    bring_about(seat, phase)


# -- the list of notes ------------------------------------------------------------------------


def test_up_in_an_empty_field_goes_to_the_notes_enter_edits_and_delete_removes(talk):
    talk.note("一つ目")
    talk.note("二つ目")
    talk.press("Up", talk.edit)
    assert talk.window.notes.hasFocus()
    talk.press("Return")
    assert talk.edit.toPlainText() == "二つ目"
    talk.type("、追記")
    talk.press("Return", talk.edit)
    assert talk.notes() == ["一つ目", "二つ目、追記"]
    talk.press("Up", talk.edit)
    talk.press("Delete")
    assert talk.notes() == ["一つ目"]
    talk.act("undo")
    assert talk.notes() == ["一つ目", "二つ目、追記"]


def test_esc_gives_an_edit_up(talk):
    talk.note("もとのまま")
    talk.press("Up", talk.edit)
    talk.press("Return")
    talk.type("変える")
    talk.press("Esc", talk.edit)
    assert talk.notes() == ["もとのまま"]
    assert talk.edit.toPlainText() == ""


def test_shift_enter_breaks_a_line_and_enter_saves(talk):
    talk.type("一行目")
    talk.press("Shift+Return", talk.edit)
    talk.type("二行目")
    talk.press("Return", talk.edit)
    assert talk.notes() == ["一行目\n二行目"]


def test_an_empty_field_saves_nothing(talk):
    talk.type("  ")
    talk.press("Return", talk.edit)
    assert talk.notes() == []


# -- the mouse --------------------------------------------------------------------------------


def test_buttons_do_what_their_keys_do_and_leave_the_focus_in_the_field(talk):
    QTest.mouseClick(talk.window.buttons.hold, Qt.MouseButton.LeftButton)
    assert talk.work.phase is CallPhase.ON_HOLD
    QTest.mouseClick(talk.window.marks._levels[3], Qt.MouseButton.LeftButton)
    assert talk.case.marks.temperature == 4
    QTest.mouseClick(talk.window.marks.safety, Qt.MouseButton.LeftButton)
    assert talk.case.marks.safety is Safety.YES
    QTest.mouseClick(talk.window.kind_chips[1], Qt.MouseButton.LeftButton)
    assert talk.window.input.kind is talk.work.stage().note_kinds[1]
    assert talk.edit.hasFocus()
