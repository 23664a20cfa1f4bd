"""The callback by keyboard: agreed, read back, confirmed, tried, what may be said, who decides."""

from datetime import timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from call import commands as c
from call.callback_items import callback_items
from call.events import AttemptResult
from call.fold_times import CallPhase
from scripts_ja.texts import t
from ui.agenda_sheets import CallbackSheet


class Callback:
    """The open sheet of one seat."""

    def __init__(self, seat):
        self.seat = seat
        if seat.window.sheet is None:
            seat.act("callback")
        assert isinstance(seat.window.sheet, CallbackSheet)
        self.sheet = seat.window.sheet

    @property
    def rows(self):
        return {view.row.id: view.row for view in self.sheet.rows.body.views}

    def go_to(self, row_id):
        """By arrows alone."""
        for key in ("Up", "Down"):
            for _ in self.rows:
                if self.sheet.rows.chosen.id == row_id:
                    return self
                self.seat.press(key)
        raise AssertionError(row_id, list(self.rows))

    def answer(self, *texts):
        entry = self.sheet.ask.entry
        for text in texts:
            assert entry.hasFocus(), "nothing is asked"
            entry.clear()
            if text:
                self.seat.type(text, entry)
            self.seat.press("Return", entry)

    def hints(self):
        return " ".join(self.sheet.foot.hint.hints)


def settle(seat):
    seat.wait_until(lambda: seat.work.is_quiet)


def in_minutes(seat, minutes):
    return seat.work.now().wall + timedelta(minutes=minutes)


@pytest.fixture
def stage(talk):
    """A call in which a callback is about to be agreed."""
    talk.work.do(c.EnterStage("F5-S1"))
    talk.settle()
    return talk


@pytest.fixture
def opened(seat):
    """山田 is owed a callback in half an hour; the case lies open with its callback."""
    seat.begin_call("0312345678")
    seat.work.do(c.FillField("customer", "山田"))
    seat.work.do(c.FillField("issue", "洗濯機の水漏れ"))
    seat.work.do(c.CommitCallback("佐藤", in_minutes(seat, 30), "課長"))
    seat.work.do(c.AnswerCallback(accepted=True))
    seat.work.do(c.RecordHandoff("text", "a.txt"))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    settle(seat)
    seat.act("agenda")
    seat.press("Return")
    seat.wait_until(lambda: seat.work.is_chosen)
    return seat


def the_due(seat):
    (due,) = seat.case.dues()
    return due


# -- what is agreed ---------------------------------------------------------------------------


@pytest.mark.rule("M5", "T1")
def test_all_five_are_agreed_in_the_call_without_the_mouse(stage):
    shown = stage.window.stage.callback
    assert shown.isVisible()
    assert t("callback.standing.all_missing") in shown.text()
    assert not shown.toolTip(), "cut"
    sheet = Callback(stage)
    sheet.go_to("number")
    stage.press("Space")
    assert t("callback.short.name") in shown.text()
    assert t("callback.short.number") not in shown.text()
    assert stage.case.callbacks.read_back.number == "0312345678"
    sheet.go_to("name")
    stage.press("Return")
    sheet.answer("山田")
    sheet.go_to("matter")
    stage.press("Return")
    sheet.answer("洗濯機の水漏れ")
    sheet.go_to("time")
    stage.press("Return")
    sheet.answer("1530", "佐藤")
    sheet.go_to("best_time")
    stage.press("Return")
    sheet.answer("18時以降")
    assert all(callback_items(stage.case).values())
    made = stage.case.handing_up.commitment
    assert (made.owner, f"{made.due_at.astimezone():%H:%M}") == ("佐藤", "15:30")
    assert stage.case.field("best_time") == "18時以降"
    assert shown.text().endswith(t("callback.standing.unconfirmed"))
    sheet.go_to("owner")
    stage.press("Space")
    assert stage.case.callbacks.confirmed[made.event_id].by == "佐藤"
    assert t("callback.confirmed", by="佐藤", time="14:00") in sheet.rows["owner"].note


def test_in_the_call_time_and_owner_are_agreed_anew_without_a_reason(stage):
    stage.work.do(c.CommitCallback("佐藤", in_minutes(stage, 30), "課長", 15))
    sheet = Callback(stage)
    sheet.go_to("time")
    stage.press("Return")
    sheet.answer("1600")
    made = stage.case.handing_up.commitment
    assert (made.owner, made.owner_title, made.estimate_minutes) == ("佐藤", "課長", 15)
    assert f"{made.due_at.astimezone():%H:%M}" == "16:00"
    sheet.go_to("owner")
    stage.press("Return")
    sheet.answer("", "鈴木")
    made = stage.case.handing_up.commitment
    assert (made.owner, made.owner_title) == ("鈴木", "")
    assert stage.case.due_book.postponed == []


def test_another_number_has_to_be_read_back_again(stage):
    sheet = Callback(stage)
    sheet.go_to("number")
    stage.press("Space")
    assert sheet.rows["number"].note == ""
    stage.press("Return")
    sheet.answer("090-0000-1111")
    assert sheet.rows["number"].note == t("callback.read_back_first")


def test_without_a_case_it_says_so(seat):
    seat.act("callback")
    assert seat.window.sheet is None
    assert seat.notice == t("refusal.phase.no_case")


def test_the_key_closes_it_and_the_note_has_the_keys(stage):
    stage.act("callback")
    assert stage.window.sheet.rows.hasFocus()
    stage.act("callback")
    assert stage.window.sheet is None
    assert stage.edit.hasFocus()


def test_a_click_on_the_line_of_the_stage_opens_it(stage):
    line = stage.window.stage.callback
    assert line.accessibleName() == line.text()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    stage.settle()
    assert isinstance(stage.window.sheet, CallbackSheet)


def test_outside_that_flow_the_stage_says_nothing_of_it(talk):
    assert not talk.window.stage.callback.isVisible()


def test_what_can_be_done_with_a_case_that_owes_a_call_leads_there(opened):
    opened.act("callback")
    opened.act("exits")
    place = [choice.text for choice in opened.window.sheet._choices].index(t("callback.record"))
    opened.press(str(place + 1))
    assert isinstance(opened.window.sheet, CallbackSheet)


# -- afterwards -------------------------------------------------------------------------------


def test_afterwards_another_time_needs_a_reason_and_another_owner_does_not_confirm(opened):
    sheet = Callback(opened)
    sheet.go_to("owner")
    opened.press("Space")
    sheet.go_to("time")
    opened.press("Return")
    sheet.answer("1700", "部品待ち", "1")
    assert f"{the_due(opened).at.astimezone():%H:%M}" == "17:00"
    sheet.go_to("owner")
    opened.press("Return")
    sheet.answer("鈴木")
    assert the_due(opened).owner == "鈴木"
    assert sheet.rows["owner"].note == t("callback.unconfirmed")


def test_it_counts_down_and_apologises_once_it_is_late(opened):
    sheet = Callback(opened)
    assert t("agenda.left.minutes", minutes=30) in sheet.rows["status"].text
    assert sheet.rows["greeting"].heading == t("callback.greeting")
    opened.wait(30 * 60)
    assert t("agenda.late_by.now") in sheet.rows["status"].text
    assert sheet.rows["status"].tone == "danger"
    assert sheet.rows["greeting"].heading == t("agenda.apology")
    sheet.go_to("greeting")
    opened.press("Return")
    assert "お約束に遅れ、誠に申し訳ございません" in QGuiApplication.clipboard().text()


# -- tries ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("key", "result"),
    [
        ("1", AttemptResult.ABSENT),
        ("2", AttemptResult.VOICEMAIL),
        ("3", AttemptResult.BUSY),
        ("4", AttemptResult.OTHER_PERSON),
    ],
)
def test_a_try_is_one_key_with_its_time_and_when_next_is_asked(opened, key, result):
    sheet = Callback(opened)
    opened.wait(31 * 60)
    opened.press(key)
    (tried,) = opened.case.callbacks.attempts
    assert (tried.result, tried.late_minutes) == (result, 1)
    assert sheet.rows["try0"].heading == "14:31"
    sheet.answer("1500")
    assert f"{the_due(opened).at.astimezone():%H:%M}" == "15:00"
    assert opened.case.callbacks.attempts[0].next_at == the_due(opened).at
    assert "15時" in sheet.rows["try0"].note


@pytest.mark.rule("2.8")
@pytest.mark.parametrize(("key", "row"), [("2", "words0"), ("4", "words1")])
def test_what_may_be_said_stands_there_at_that_moment(opened, key, row):
    sheet = Callback(opened)
    opened.press(key)
    assert sheet.sheet.rows.chosen.id == row
    view = next(v for v in sheet.sheet.rows.body.views if v.row.id == row)
    seen = sheet.sheet.rows.viewport()
    top, bottom = (
        view.mapTo(seen, at).y() for at in (view.rect().topLeft(), view.rect().bottomLeft())
    )
    assert 0 <= top < bottom <= seen.height(), "all of it is read without scrolling"
    assert "洗濯機" not in view.row.note
    sheet.answer("1500")
    assert "15時に" in sheet.rows[row].note


def test_esc_leaves_when_next_open_and_the_try_stays(opened):
    sheet = Callback(opened)
    opened.press("1")
    opened.press("Escape", sheet.sheet.ask.entry)
    assert len(opened.case.callbacks.attempts) == 1
    assert opened.case.callbacks.attempts[0].next_at is None
    assert sheet.sheet.rows.hasFocus()
    opened.act("undo")
    assert opened.case.callbacks.attempts == []


def test_after_three_tries_the_superior_decides_and_that_is_kept(opened):
    sheet = Callback(opened)
    for at in ("1500", "1600"):
        opened.press("1")
        sheet.answer(at)
        assert "decide" not in sheet.rows
    opened.press("3")
    assert not sheet.sheet.ask.is_open
    assert sheet.sheet.rows.chosen.id == "decide"
    assert sheet.rows["decide"].text == t("callback.decide", count=3)
    assert sheet.rows["decide"].tone == "danger"
    opened.press("Return")
    sheet.answer("", "書面をお送りする")
    sheet.answer("佐藤課長", "")
    (made,) = opened.case.callbacks.decisions
    assert (made.decision, made.by) == ("書面をお送りする", "佐藤課長")
    assert opened.case.dues() == ()
    assert sheet.rows["decision0"].text == "書面をお送りする"
    assert "佐藤課長" in sheet.rows["decision0"].note
    assert "decide" not in sheet.rows


def test_the_superior_may_have_it_tried_again(opened):
    sheet = Callback(opened)
    for _ in range(3):
        opened.work.do(c.TryCall(AttemptResult.BUSY))
    sheet.go_to("decide")
    opened.press("Return")
    sheet.answer("明日もう一度", "佐藤課長", "明日10時")
    assert f"{the_due(opened).at.astimezone():%d %H:%M}" == "02 10:00"


def test_whoever_is_reached_is_talked_with_on_the_stage(opened):
    sheet = Callback(opened)
    assert t("callback.do.ring") in sheet.hints()
    opened.press("R")
    assert opened.work.phase is CallPhase.TALKING
    assert opened.window.sheet is sheet.sheet
    opened.press("5")
    assert opened.window.sheet is None
    assert opened.case.dues() == ()
    assert opened.case.callbacks.attempts[0].was_reached
    assert opened.edit.hasFocus()


# -- typing, hearing, sizes -------------------------------------------------------------------


def test_digits_and_enter_are_the_input_methods_while_something_is_composed(stage):
    sheet = Callback(stage)
    sheet.go_to("name")
    stage.press("Return")
    entry = sheet.sheet.ask.entry
    stage.compose("やまだ", entry)
    for key in ("Return", "Escape", "1"):
        stage.press(key, entry)
    assert sheet.sheet.ask.is_open
    assert stage.case.callbacks.attempts == []
    assert stage.case.field("customer") == ""


def test_every_row_has_a_name_to_be_heard(opened):
    sheet = Callback(opened)
    opened.press("2")
    for view in sheet.sheet.rows.body.views:
        if view.isVisible():
            assert view.accessibleName().strip(), view.row
    assert sheet.sheet.accessibleName() == t("callback.sheet")
    assert sheet.sheet.ask.entry.accessibleName() == t("callback.ask.next")


def test_a_long_name_and_matter_wrap_and_nothing_is_cut(make_seat):
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call("0312345678")
    seat.work.do(c.FillField("customer", "独立行政法人高齢・障害・求職者雇用支援機構附属研究所"))
    seat.work.do(c.FillField("issue", "洗濯機の水漏れと床の傷みと" * 12))
    sheet = Callback(seat)
    for view in sheet.sheet.rows.body.views:
        if view.isVisible():
            assert view.height() >= view.heightForWidth(view.width()), view.row
    assert sheet.sheet.rect().contains(sheet.sheet.foot.geometry())
    assert len(sheet.sheet.foot.hint.lines()) <= 4
