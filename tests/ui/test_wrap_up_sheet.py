"""後処理: the conclusion first, one key from every gap, the report's clock, and nothing typed lost."""

import pytest
from PySide6.QtGui import QGuiApplication

from call import commands as c
from call.events import Disposition, Safety
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.wrap_up import WrapUp
from ui.wrap_up_sheet import PAGES


@pytest.fixture
def sheet(talk):
    """A hot call that is over, with the sheet open."""
    talk.work.do(c.SetTemperature(4))
    talk.work.do(c.EndCall())
    talk.act("wrap_up")
    return WrapUp(talk)


def gaps(sheet):
    return sheet.seat.work.wrap_up.gaps()


def sent(sheet):
    return sheet.case.wrap_up.reports


# -- opening ----------------------------------------------------------------------------------


def test_the_key_opens_gives_the_keys_and_closes(talk):
    talk.work.do(c.EndCall())
    talk.act("wrap_up")
    sheet = WrapUp(talk)
    assert sheet.desk.rows.hasFocus()
    assert sheet.chosen.id == "conclusion"
    talk.window.input.focus()
    talk.act("wrap_up")
    assert sheet.desk.rows.hasFocus()
    talk.act("wrap_up")
    assert talk.window.sheet is None
    assert talk.edit.hasFocus()


def test_after_the_call_a_button_leads_to_it(talk):
    button = talk.window.buttons.hold
    assert button.word.text() == t("action.hold")
    talk.work.do(c.EndCall())
    assert button.word.text() == t("wrap_up.button")
    assert button.isEnabled()
    button.click()
    assert WrapUp(talk).desk.page == "record"


@pytest.mark.parametrize(
    ("stage", "page"), [("F8-S1", "record"), ("F8-S5", "prevention"), ("F8-S6", "reflection")]
)
def test_it_opens_on_the_page_of_the_stage(talk, stage, page):
    talk.work.do(c.EnterStage(stage))
    talk.work.do(c.EndCall())
    talk.act("wrap_up")
    assert WrapUp(talk).desk.page == page


def test_digits_turn_to_the_pages_and_every_row_and_tab_has_a_name(sheet):
    for number, page in enumerate(PAGES, start=1):
        sheet.page(number)
        assert sheet.desk.page == page
        views = sheet.desk.rows.body.views
        assert all(view.accessibleName() for view in views)
    assert all(tab.text() and tab.toolTip() for tab in sheet.desk.tabs)
    assert sheet.desk.accessibleName() == t("wrap_up.sheet")


def test_without_a_case_it_says_so_and_reflecting_is_still_possible(seat):
    seat.act("wrap_up")
    sheet = WrapUp(seat)
    assert t("second.no_case") in sheet.texts()
    sheet.page(2)
    assert t("second.no_case") in sheet.texts()
    sheet.page(3)
    assert t("reflection.private") in sheet.texts()


# -- the record -------------------------------------------------------------------------------


@pytest.mark.rule("32", "33")
def test_from_the_conclusion_down_through_every_gap(sheet):
    """Every gap is one key from what fills it, and each leads to the next."""
    assert gaps(sheet)[0] == "conclusion"
    assert t("wrap_up.left", count=len(gaps(sheet))) in sheet.texts()
    sheet.press("Return")
    sheet.answer("16時に訪問して修理することで終わった")
    assert sheet.chosen.id == "apology"
    sheet.press("Return")
    sheet.answer("お待たせしたこと")
    assert sheet.chosen.id == "disposition"
    sheet.press("Y")  # words may follow, so it stays
    sheet.press("F")
    assert sheet.chosen.id == "issue"
    sheet.press("Return")
    sheet.answer("水漏れ")
    sheet.press("Return")
    sheet.answer("本日中の修理")
    sheet.press("Return")
    sheet.answer("床が濡れた")
    assert gaps(sheet) == ()
    assert t("wrap_up.whole") in sheet.texts()
    case = sheet.case
    assert case.field("conclusion") == "16時に訪問して修理することで終わった"
    assert case.wrap_up.ending.disposition is Disposition.ACCEPTED
    assert [note.text for note in case.notes.of_kind(NoteKind.FACT_CONFIRMED)] == ["床が濡れた"]


def test_no_gap_has_no_row(sheet):
    """Whatever the record may lack is a row with a key."""
    sheet.seat.work.do(c.TakeNote(NoteKind.PROMISE, "文書"))
    sheet.seat.work.do(c.SendReport("佐藤"))
    ids = {"unread_report": "report"}
    for gap in gaps(sheet):
        row = sheet.row(ids.get(gap, gap))
        assert row.keys, gap
        assert t(f"wrap_up.gap.{gap}") in row.note
        assert row.heading.startswith(t("second.box.open"))


def test_what_was_said_at_the_end_can_be_added(sheet):
    sheet.go_to("disposition")
    sheet.press("W")
    sheet.fill("disposition", "ご家族とご相談")
    assert sheet.case.wrap_up.ending.words == "ご家族とご相談"
    sheet.press("N")
    assert sheet.case.wrap_up.ending.disposition is Disposition.DECLINED
    assert sheet.case.wrap_up.ending.words == "ご家族とご相談"


def test_a_request_that_was_not_heard_is_one_key(sheet):
    sheet.go_to("request")
    sheet.press("U")
    assert "request" not in gaps(sheet)
    assert sheet.row("request").text == t("wrap_up.unheard")
    sheet.press("U")
    assert "request" in gaps(sheet)


def test_what_the_customer_told_is_kept_as_told(sheet):
    sheet.go_to("facts")
    sheet.press("C")
    sheet.answer("昨日から漏れる")
    assert [note.text for note in sheet.case.notes.of_kind(NoteKind.CLAIM)] == ["昨日から漏れる"]


def test_a_promise_gets_its_owner_and_date(sheet):
    sheet.seat.work.do(c.TakeNote(NoteKind.PROMISE, "訪問"))
    sheet.seat.work.do(c.TakeNote(NoteKind.PROMISE, "文書"))
    for owner in ("中村", "高橋"):
        sheet.fill("promise", owner, "18時")
    assert "promise" not in gaps(sheet)
    assert [e.owner for e in sheet.case.columns.of_kind(NoteKind.PROMISE)] == ["中村", "高橋"]


def test_of_a_long_promise_the_question_is_read_first(sheet):
    sheet.seat.work.do(c.TakeNote(NoteKind.PROMISE, "昨日の訪問の件を調べ、課長の電話でご説明"))
    sheet.go_to("promise")
    sheet.press("Return")
    assert sheet.asked.startswith("担当：「昨日")
    sheet.answer("中村")
    assert sheet.asked.startswith("期限：「昨日")


def test_the_temperature_is_a_digit(sheet):
    sheet.fill("temperature", "8")
    assert sheet.asked
    sheet.answer("2")
    assert sheet.case.marks.temperature == 2
    assert sheet.row("temperature").text == t("wrap_up.levels", first=4, highest=4, last=2)


def test_next_gap_by_key(sheet):
    sheet.go_to("temperature")
    sheet.press("F")
    assert sheet.chosen.id == "conclusion"


@pytest.mark.rule("M1")
def test_next_gap_goes_down_the_page_and_begins_again_at_the_top(sheet):
    sheet.seat.work.do(c.FillField("conclusion", "田中課長からお電話"))
    seen = []
    for _ in range(6):
        sheet.press("F")
        seen.append(sheet.chosen.id)
    assert seen[:5] == ["apology", "disposition", "issue", "request", "facts"]
    assert seen[5] == "apology"


def test_the_guide_is_never_an_alarm(sheet):
    sheet.seat.wait(60)
    assert t("wrap_up.pace", time="1:00", minutes=5) in sheet.row("pace").text
    sheet.seat.wait(20 * 60)
    row = sheet.row("pace")
    assert t("wrap_up.pace_over", time="21:00", minutes=5) in row.text
    assert row.tone == "muted"
    assert not {"danger", "warn"} & {each.tone for each in sheet.rows() if each.id != "report"}


# -- the report -------------------------------------------------------------------------------


@pytest.mark.rule("37", "38", "40", "43")
def test_the_report_counts_down_and_is_sent_and_read_by_key(sheet):
    sheet.seat.wait(60)
    assert "9:00" in sheet.row("report").text
    assert sheet.row("report").tone == "ink"
    sheet.seat.wait(10 * 60)
    assert sheet.row("report").tone == "warn"
    sheet.go_to("report")
    sheet.press("Return")
    sheet.answer("佐藤課長")
    assert sheet.desk.ask.entry.text() == sheet.seat.work.wrap_up.report_text()
    sheet.answer("速報です。水漏れの件です。")
    assert [(r.to, r.words) for r in sent(sheet)] == [("佐藤課長", "速報です。水漏れの件です。")]
    assert "unread_report" in gaps(sheet)
    sheet.go_to("report")
    sheet.press("R")
    assert sent(sheet)[0].read_by == "佐藤課長"
    assert t("second.box.done") in sheet.row("report").heading


def test_harm_is_told_at_once(sheet):
    sheet.seat.work.do(c.SetSafety(Safety.YES))
    assert sheet.row("report").tone == "danger"


def test_what_the_hand_over_has_told_is_not_called_nothing(talk):
    talk.work.do(c.EndCall())
    talk.act("wrap_up")
    sheet = WrapUp(talk)
    assert sheet.row("report").text == t("wrap_up.report.nothing")
    talk.work.do(c.SetSafety(Safety.YES))
    assert sheet.row("report").text == t("wrap_up.report.safety")
    talk.work.do(c.RecordHandoff("text", ""))
    assert sheet.row("report").text == t("wrap_up.report.told")
    assert t("second.box.done") in sheet.row("report").heading


def test_the_words_can_be_copied(sheet):
    sheet.go_to("report")
    sheet.press("C")
    assert QGuiApplication.clipboard().text() == sheet.seat.work.wrap_up.report_text() != ""


def test_a_report_to_nobody_is_asked_on(sheet):
    sheet.go_to("report")
    sheet.press("Return")
    sheet.answer("")
    assert sheet.asked == t("wrap_up.ask.report_to")
    assert sent(sheet) == []


# -- parking ----------------------------------------------------------------------------------


def test_parked_and_taken_up_again_with_what_was_being_typed(sheet):
    first = sheet.case.id
    sheet.press("Return")
    sheet.seat.type("訪問で", sheet.desk.ask.entry)
    sheet.press("Escape")
    sheet.go_to("park")
    sheet.press("Return")
    assert sheet.seat.window.sheet is None
    assert sheet.seat.work.case is None
    sheet.seat.begin_call()
    sheet.seat.work.do(c.EndCall())
    sheet.seat.act("wrap_up")
    assert sheet.row("conclusion").note == t("wrap_up.gap.conclusion")
    sheet.go_to("parked")
    sheet.press("Return")
    assert sheet.case.id == first
    assert "訪問で" in sheet.row("conclusion").note
    sheet.go_to("conclusion")
    sheet.press("Return")
    assert sheet.desk.ask.entry.text() == "訪問で"
    sheet.seat.type("終了", sheet.desk.ask.entry)
    sheet.press("Return")
    assert sheet.case.field("conclusion") == "訪問で終了"
    assert "書きかけ" not in sheet.texts()


def test_it_is_finished_with_gaps_and_stays_to_be_filled(sheet):
    sheet.go_to("end")
    sheet.press("Return")
    assert sheet.seat.work.phase is CallPhase.CLOSED
    sheet.fill("conclusion", "訪問で終了")
    assert sheet.case.field("conclusion") == "訪問で終了"


# -- nothing typed is lost --------------------------------------------------------------------


def leave_by_escape(sheet):
    sheet.press("Escape")
    sheet.press("Escape")


def leave_by_another_sheet(sheet):
    sheet.seat.controller.trigger("customer")  # by click or a global key: others wait


def leave_by_a_call(sheet):
    sheet.seat.controller.trigger("start")
    sheet.seat.work.do(c.EndCall())
    sheet.seat.work.do(c.FinishWrapUp())
    sheet.seat.controller.trigger("parked")


def leave_by_closing(sheet):
    sheet.seat.window.close_sheet()


@pytest.mark.parametrize(
    ("leave", "is_composing"),
    [
        (leave_by_escape, False),  # while composing, Esc is the input method's
        (leave_by_another_sheet, True),
        (leave_by_a_call, False),
        (leave_by_a_call, True),
        (leave_by_closing, True),
    ],
)
def test_what_was_being_typed_is_there_again(sheet, leave, is_composing):
    case_id = sheet.case.id
    sheet.press("Return")
    entry = sheet.desk.ask.entry
    sheet.seat.type("本日16時に", entry)
    if is_composing:
        sheet.seat.compose("ほうもん", entry)
        sheet.seat.settle()
    leave(sheet)
    sheet.reopen()
    assert sheet.case.id == case_id
    sheet.go_to("conclusion")
    sheet.press("Return")
    assert sheet.desk.ask.entry.text() == "本日16時に" + ("ほうもん" if is_composing else "")


def test_it_outlives_a_crash_and_is_dropped_when_taken(sheet, make_seat):
    sheet.press("Return")
    sheet.seat.type("本日16時に訪問", sheet.desk.ask.entry)
    sheet.desk.ask.keep_typed()
    sheet.seat.die()
    seat = make_seat().start()
    seat.act("wrap_up")
    again = WrapUp(seat)
    assert t("wrap_up.draft", text="本日16時に訪問") in again.row("conclusion").note
    again.go_to("conclusion")
    again.press("Return", "Return")
    assert again.case.field("conclusion") == "本日16時に訪問"
    seat.die()
    third = make_seat().start()
    third.act("wrap_up")
    assert "書きかけ" not in WrapUp(third).texts()


def test_a_draft_is_given_up_by_key(sheet):
    sheet.press("Return")
    sheet.seat.type("間違い", sheet.desk.ask.entry)
    sheet.press("Escape", "Delete")
    assert "書きかけ" not in sheet.texts()
    assert sheet.seat.work.case.field("conclusion") == ""


def test_a_card_number_in_a_draft_is_not_on_the_disk(sheet):
    sheet.press("Return")
    sheet.seat.type("カード 4111111111111111 を", sheet.desk.ask.entry)
    sheet.press("Escape")
    sheet.seat.save()
    assert b"4111111111111111" not in sheet.seat.bytes_on_disk()


def test_a_composition_keeps_its_keys(sheet):
    sheet.press("Return")
    entry = sheet.desk.ask.entry
    sheet.seat.compose("ほうもん", entry)
    sheet.seat.press("Return", entry)
    sheet.seat.press("Escape", entry)
    sheet.seat.act("wrap_up")
    assert sheet.asked
    assert sheet.case.field("conclusion") == ""
    sheet.seat.wait(1)
    sheet.seat.type("訪問", entry)
    sheet.seat.press("Return", entry)
    assert sheet.case.field("conclusion") == "訪問"


# -- looks ------------------------------------------------------------------------------------


def test_the_foot_keeps_its_height(sheet):
    before = sheet.desk.rows.height()
    sheet.press("Return")
    assert sheet.asked
    assert sheet.desk.rows.height() == before


def test_what_other_cases_owe_is_seen_over_the_sheet(sheet):
    assert sheet.desk.isAncestorOf(sheet.seat.window.advice)
    sheet.seat.window.close_sheet()
    sheet.seat.settle()
    sheet.seat.wait(15 * 60)
    assert sheet.seat.window.advice.isVisible()


@pytest.mark.parametrize(("width", "percent"), [(340, 100), (320, 100), (560, 200)])
def test_nothing_is_cut(make_seat, width, percent):
    seat = make_seat(size=(width, 680), view__text_percent=percent).start()
    seat.begin_call()
    seat.work.do(c.FillField("conclusion", "昨日の訪問の件を調べ、" * 12))
    seat.work.do(c.WritePrevention(measure="復唱の欄がないと受付を閉じられない画面にする。" * 6))
    seat.work.do(c.EndCall())
    seat.act("wrap_up")
    sheet = WrapUp(seat)
    for number in range(1, 4):
        sheet.page(number)
        seat.wait_for_background()
        seat.settle()
        views = sheet.desk.rows.body.views
        needed = [(view.height(), view.layout().heightForWidth(view.width())) for view in views]
        assert all(0 <= high - need <= 4 for high, need in needed)
    for tab in sheet.desk.tabs:
        assert tab.width() >= tab.fontMetrics().horizontalAdvance(tab.text())
    assert seat.window.width() == width


def test_f_leads_to_a_gap_from_a_row_that_is_no_field_too(sheet):
    """At the foot of the record, where one looks for the end of it."""
    sheet.go_to("park")
    sheet.press("F")
    assert sheet.chosen.id == "conclusion"
