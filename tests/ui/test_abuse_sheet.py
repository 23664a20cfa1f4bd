"""The sheet of an abusive call (F7) by keyboard alone: acts, warnings, who rings again, record."""

import pytest

from call import commands as c
from call.events import AbuseDecision, AbusePart
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.second_line import Desk
from ui.consult_sheet import ConsultSheet

GATE = "正当な苦情や、障害などへの合理的配慮を求めることは、カスハラではありません。"


def opened(seat):
    seat.act("abuse")
    return Desk(seat, seat.window.sheet.pages)


@pytest.fixture
def sheet(talk):
    """The sheet in the flow, which its own key has opened."""
    talk.act("aside")
    return opened(talk)


def acts_of(desk):
    return desk.case.abuse.acts


# --- the gate ------------------------------------------------------------------------------------


@pytest.mark.rule("L5", "T1", "L13")
def test_the_gate_stands_over_the_sheet_on_every_page_and_on_the_stage(sheet, talk):
    standing = talk.window.sheet.standing
    for number in range(1, 5):
        sheet.page(number)
        assert standing.isVisible()
        assert GATE in standing.accessibleName()
        assert standing.height() >= standing.heightForWidth(standing.width())
    sheet.press("Escape")
    assert talk.window.gate.isVisible()
    assert GATE in talk.window.gate.accessibleName()


@pytest.mark.parametrize("size", [(340, 680), (320, 680), (560, 1000)])
@pytest.mark.rule("L5")
def test_the_gate_is_whole_at_every_size(make_seat, size):
    percent = 200 if size[0] == 560 else 100
    seat = make_seat(size=size, view__text_percent=percent).start()
    seat.begin_call("0312345678")
    seat.act("aside")
    opened(seat)
    seat.settle()
    standing = seat.window.sheet.standing
    assert standing.height() >= standing.heightForWidth(standing.width())
    assert seat.window.sheet.pages.rows.height() > 40
    seat.press("Escape")
    assert seat.window.gate.isVisible()


@pytest.mark.parametrize("width", [340, 1200])
@pytest.mark.rule("L5")
def test_what_is_to_be_checked_stands_on_a_line_of_its_own(make_seat, width):
    """「要求の内容は／妥当か」 behind the end of another sentence is read as part of it."""
    seat = make_seat(size=(width, 820)).start()
    seat.begin_call("0312345678")
    seat.act("aside")
    seat.settle()
    gate = seat.window.gate
    lines = [line for _, line in gate._broken(gate.width())]
    flow = seat.work.session.desk.book.find_stage("F7-S1")[0]
    assert lines[-1] == "\u3000".join(flow.gate_checks)
    assert "".join(lines[:-1]) == flow.gate


@pytest.mark.parametrize("size", [(340, 680), (320, 680), (560, 1000)])
@pytest.mark.rule("L5", "L13")
def test_no_sheet_hides_the_gate_and_nothing_scrolls_it_away(make_seat, size):
    percent = 200 if size[0] == 560 else 100
    seat = make_seat(size=size, view__text_percent=percent).start()
    seat.begin_call("0312345678")
    seat.act("aside")
    gate = seat.window.gate
    for key in ("", "consult", "cards", "customer", "find_phrase", "agenda", "second_desk"):
        if key:
            seat.act(key)
            seat.settle()
        assert gate.isVisible(), key
        assert GATE in gate.accessibleName()
        assert gate.height() >= gate.heightForWidth(gate.width()), key
        assert seat.window.rect().contains(gate.geometry()), key
        assert not seat.window.stage.isAncestorOf(gate)
        if seat.window.sheet is not None:
            seat.window.close_sheet()
    seat.act("aside")
    assert not gate.isVisible()


# --- acts ----------------------------------------------------------------------------------------


@pytest.mark.rule("T3")
def test_an_act_is_one_key_and_the_words_follow(sheet, talk):
    talk.wait(60)
    sheet.press("C")
    pressed = talk.clock.now()
    talk.wait(30)
    assert sheet.asked == t("abuse.ask.words", time="14:01", kinds="暴言")
    sheet.answer("ふざけるな")
    (act,) = acts_of(sheet)
    assert (act.act_types, act.quote, act.at) == (("abusive_words",), "ふざけるな", pressed)
    assert sheet.row(act.act_id).note == "「ふざけるな」"


def test_the_line_may_stay_empty_and_be_written_later(sheet):
    sheet.press("D")
    sheet.answer("")
    (act,) = acts_of(sheet)
    assert sheet.row(act.act_id).note == t("abuse.sheet.no_words")
    assert sheet.row(act.act_id).note_tone == "warn"
    sheet.go_to(act.act_id)
    sheet.press("Return")
    sheet.answer("覚えておけ")
    assert acts_of(sheet)[0].quote == "覚えておけ"


def test_several_kinds_are_ticked_first(sheet):
    sheet.go_to("kind_long_hold")
    sheet.press("Space", "Down", "Space", "Space", "C")
    sheet.press("Escape")
    (act,) = acts_of(sheet)
    assert act.act_types == ("long_hold", "abusive_words")
    sheet.press("C", "Escape")
    assert acts_of(sheet)[1].act_types == ("abusive_words",)


def test_words_before_a_kind(sheet):
    sheet.press("Q")
    sheet.answer("")
    assert sheet.asked
    sheet.answer("何様だ")
    (act,) = acts_of(sheet)
    assert (act.act_types, act.quote) == ((), "何様だ")
    assert sheet.row(act.act_id).text == t("abuse.sheet.no_kind")


@pytest.mark.rule("T1", "L13")
def test_nothing_is_recorded_by_looking_and_no_label_is_set(sheet, talk):
    for number in range(1, 5):
        sheet.page(number)
    talk.wait(600)
    abuse = sheet.case.abuse
    assert not abuse.acts
    assert not abuse.warnings
    assert not abuse.decisions


@pytest.mark.rule("110", "L4")
@pytest.mark.parametrize("page", [1, 4])
def test_danger_is_one_key_on_every_page_and_goes_to_the_superior(sheet, talk, page):
    sheet.page(page).press("Z")
    assert acts_of(sheet)[0].is_danger
    assert isinstance(talk.window.sheet, ConsultSheet)
    assert talk.case.handing_up.was_consulted_in(talk.case.call_id)
    again = opened(talk)
    again.page(1)
    act = acts_of(again)[0]
    again.go_to(act.act_id)
    again.press("Return")
    again.answer("今から行く")
    assert acts_of(again)[0].quote == "今から行く"
    assert acts_of(again)[0].is_danger


# --- warnings, decision, end ---------------------------------------------------------------------


@pytest.mark.rule("T5")
def test_warnings_are_counted_up_to_the_number_that_is_set(sheet, talk):
    sheet.press("C")
    sheet.answer("ふざけるな")
    sheet.page(2)
    assert sheet.row("warnings").heading == t("abuse.sheet.warnings", count=0, most=2)
    sheet.press("W")
    (warning,) = sheet.case.abuse.warnings
    assert (warning.act, warning.quote) == ("abusive_words", "ふざけるな")
    assert talk.notice == t("abuse.sheet.warned", number=1, most=2)
    assert sheet.row("warning1").text == "暴言"
    sheet.press("W")
    assert sheet.row("used").tone == "warn"
    assert talk.notice == t("abuse.sheet.warned_last", number=2)


def test_another_number_of_warnings_is_a_setting(make_seat):
    seat = make_seat(limits__abuse_warnings=3).start()
    seat.begin_call()
    seat.act("aside")
    desk = opened(seat).page(2)
    assert desk.row("warnings").heading == t("abuse.sheet.warnings", count=0, most=3)
    desk.press("W", "W")
    assert desk.row("warn").text == t("abuse.sheet.give_warning", number=3, most=3)


@pytest.mark.rule("T5", "R12")
def test_the_superior_decides_by_name_and_the_call_ends(sheet, talk):
    sheet.page(2).press("E")
    assert sheet.asked == t("abuse.ask.by", decision=t("abuse.decision.end_call"))
    sheet.answer("")
    assert talk.notice == t("refusal.abuse.no_name")
    sheet.answer("佐藤課長", "これ以上は")
    (decided,) = sheet.case.abuse.decisions
    assert (decided.decision, decided.by) == (AbuseDecision.END_CALL, "佐藤課長")
    assert sheet.row("decided0").note == "これ以上は"
    sheet.go_to("end")
    sheet.press("Return")
    assert talk.work.phase is CallPhase.WRAP_UP


def test_the_name_of_the_superior_stands_ready(make_seat):
    seat = make_seat(desk__superior="佐藤", desk__superior_title="課長").start()
    seat.begin_call()
    desk = opened(seat).page(2)
    desk.press("C")
    assert desk.desk.ask.entry.text() == "佐藤課長"


def test_what_was_asked_for_leads_back_to_the_stage(sheet, talk):
    sheet.page(2).go_to("back")
    sheet.press("Return")
    assert not talk.case.stages.current.is_aside
    assert "back" not in [row.id for row in sheet.rows()]


def test_the_phrase_of_the_stage_stands_over_the_warnings(sheet, talk):
    talk.work.do(c.EnterStage("F7-S3"))
    talk.settle()
    assert sheet.desk.page.id == "steps"
    assert "終了いたします" in sheet.row("phrase").text
    talk.work.do(c.EnterStage("F2-S1"))
    talk.settle()
    assert "phrase" not in [row.id for row in sheet.rows()]


# --- who rings again -----------------------------------------------------------------------------


@pytest.fixture
def again(talk):
    """The same number rings again, after an answer and an act were recorded."""
    talk.work.do(c.FillField("issue", "炊飯器の故障"))
    talk.work.do(c.TakeNote(NoteKind.ANSWERED, "返金はいたしかねる"))
    talk.work.do(c.RecordAct(("threat",), "覚えておけ"))
    talk.work.do(c.EndCall())
    talk.work.do(c.FinishWrapUp())
    talk.save()
    talk.begin_call("0312345678")
    talk.save()
    talk.wait_until(lambda: "返金" in talk.notice)  # whose case it was is found beside the window
    return talk


@pytest.mark.rule("T3", "T8")
def test_in_the_flow_a_known_number_says_at_once_what_was_answered(again):
    again.act("aside")
    watch = again.controller.abuse.watch
    again.wait_until(lambda: watch.view)
    assert again.notice == t(
        "abuse.repeat.notice_answered", count=2, answered="返金はいたしかねる", key="Ctrl 8"
    )
    desk = opened(again).page(3)
    assert desk.row("count").text == t("abuse.repeat.count", count=2)
    (past,) = watch.view.cases
    row = desk.row(past.case_id)
    assert row.text == "炊飯器の故障"
    assert "返金はいたしかねる" in row.note
    assert t("abuse.repeat.acts", count=1) in row.note


def test_a_number_that_is_typed_is_looked_up_at_once(again):
    again.work.do(c.EndCall())
    again.work.do(c.FinishWrapUp())
    again.begin_call()
    again.act("aside")
    watch = again.controller.abuse.watch
    desk = opened(again).page(3)
    assert desk.row("number").tone == "warn"
    desk.go_to("number")
    desk.press("Return")
    desk.answer("0312345678")
    again.wait_until(lambda: watch.view)
    assert watch.view.calls == 3
    assert watch.view.is_repeated
    assert desk.row("count").text == t("abuse.repeat.often", count=3, limit=3)


def test_outside_the_flow_nobody_is_called_a_repeater(again):
    again.settle()
    assert again.controller.abuse.watch.view is None


def test_after_words_about_ones_own_death_nothing_counts_calls(again):
    again.act("aside")
    watch = again.controller.abuse.watch
    again.wait_until(lambda: watch.view)
    again.work.do(c.OpenCard("X12", suspends_limits=True))
    again.settle()
    assert "2回目" not in again.notice


def test_the_notice_goes_with_the_flow_and_comes_back_with_it(again):
    again.act("aside")
    watch = again.controller.abuse.watch
    again.wait_until(lambda: watch.view)
    assert "2回目" in again.notice
    again.act("aside")
    assert "2回目" not in again.notice
    again.act("aside")
    assert "2回目" in again.notice


def test_an_earlier_case_is_joined_by_enter(again):
    again.act("aside")
    watch = again.controller.abuse.watch
    again.wait_until(lambda: watch.view)
    (past,) = watch.view.cases
    desk = opened(again).page(3)
    desk.go_to(past.case_id)
    desk.press("Return")
    again.wait_until(lambda: again.case.id == past.case_id)
    assert len(again.case.calls) == 2


# --- the record, and care ------------------------------------------------------------------------


def test_the_record_is_made_of_what_was_kept_and_says_what_it_lacks(sheet, talk):
    sheet.page(4)
    assert sheet.row("none").text == t("abuse.sheet.no_record")
    talk.work.do(c.RecordAct(("threat",), "覚えておけ"))
    talk.settle()
    assert "覚えておけ" in sheet.texts()
    assert t("abuse.gap.recording") in sheet.row("gaps").text
    sheet.go_to("part_recording")
    sheet.press("Return")
    sheet.answer("あり")
    assert sheet.case.abuse.part(AbusePart.RECORDING) == "あり"
    assert t("abuse.gap.recording") not in sheet.row("gaps").text


def test_the_paper_is_asked_for_by_its_name(sheet, talk, qtbot):
    talk.work.do(c.RecordAct(("threat",), "覚えておけ"))
    sheet.page(4)
    with qtbot.waitSignal(talk.controller.abuse.paper_wanted) as wanted:
        sheet.press("P")
    assert wanted.args == ["abuse_record"]


@pytest.mark.rule("23", "L13")
def test_after_the_call_the_agent_is_asked_gently_and_what_they_write_is_theirs(sheet, talk):
    sheet.press("D", "Escape", "Escape")
    talk.note("メモ")
    talk.work.do(c.EndCall())
    talk.settle()
    assert talk.notice == t("abuse.care.notice", key="Ctrl 8")
    assert talk.edit.hasFocus()
    assert talk.window.sheet is None
    after = opened(talk)
    assert after.desk.page.id == "record"
    assert [row.id for row in after.rows()][:2] == ["own", "care"]
    after.go_to("care")
    after.press("Return")
    after.answer("佐藤さんに五分聞いてもらった")
    own: list[object] = []
    talk.work.reflections.fetch(own.extend)
    talk.wait_until(lambda: own)
    assert own[0].keep == "佐藤さんに五分聞いてもらった"
    assert all("五分" not in str(event.body) for event in talk.work.session.desk.history)
    assert talk.notice == t("abuse.care.kept")


def test_after_an_ordinary_call_nobody_is_asked(talk):
    talk.work.do(c.EndCall())
    talk.settle()
    assert t("abuse.care.notice", key="Ctrl 8") != talk.notice


def test_a_composition_keeps_its_enter_and_the_keys(sheet, talk):
    sheet.press("C")
    entry = sheet.desk.ask.entry
    talk.compose("ふざける", entry)
    talk.press("Return", entry)
    talk.press("Ctrl+8", entry)
    assert sheet.asked
    assert acts_of(sheet)[0].quote == ""


def test_every_page_and_row_has_a_name_for_a_screen_reader(sheet, talk):
    talk.work.do(c.RecordAct(("threat",), "覚えておけ"))
    for number, place in enumerate(sheet.desk.pages, start=1):
        sheet.page(number)
        assert sheet.desk.tabs[number - 1].accessibleName() == t(f"abuse.pages.{place}")
        assert all(view.accessibleName() for view in sheet.desk.rows.body.views)
