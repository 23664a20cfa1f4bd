"""The second line's desk: its key, its place, pages by digit, typing, and what never jumps."""

import pytest

from call import commands as c
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.second_line import Desk


@pytest.fixture
def desk(talk):
    talk.act("second_desk")
    return Desk(talk)


def test_the_key_opens_and_closes_and_gives_the_keys_back(talk):
    place = talk.window.middle
    assert not place.is_open
    talk.act("second_desk")
    assert place.is_open
    assert place.desk.rows.hasFocus()
    assert talk.window.center.currentWidget() is place.desk
    talk.act("second_desk")
    assert not place.is_open
    assert not place.desk.isVisible()
    assert talk.edit.hasFocus()
    assert talk.window.center.currentWidget() is not place.desk


def test_escape_leaves_to_the_note_and_the_key_comes_back(desk, talk):
    desk.press("Escape")
    assert talk.edit.hasFocus()
    assert talk.window.middle.is_open
    talk.note("メモを書く")
    assert talk.notes() == ["メモを書く"]
    talk.act("second_desk")
    assert talk.window.middle.is_open
    assert desk.desk.rows.hasFocus()


@pytest.mark.parametrize("number", range(1, 7))
def test_a_digit_turns_to_a_page(desk, number):
    desk.page(number)
    page = list(desk.desk.pages)[number - 1]
    assert desk.desk.page.id == page
    assert desk.desk.title.text() == t(f"second.pages.{page}")
    assert [tab.property("on") for tab in desk.desk.tabs].index("true") == number - 1
    assert desk.rows()


def test_digits_are_text_where_text_is_typed(desk, talk):
    desk.page(3)
    desk.press("A")
    talk.type("3月2日に配送", desk.desk.ask.entry)
    desk.press("5")
    assert desk.desk.page.id == "facts"
    assert desk.desk.ask.entry.text() == "3月2日に配送5"


def test_in_a_narrow_window_it_stands_in_place_of_the_stage(desk, talk):
    assert talk.window.middle.page is desk.desk
    assert not talk.window.stage.isVisible()
    assert talk.window.width() == 340


def test_in_a_wide_window_the_stage_stays_beside_it(make_seat):
    seat = make_seat(size=(640, 820)).start()
    seat.begin_call()
    seat.act("second_desk")
    assert seat.window.stage.isVisible()
    assert seat.window.middle.desk.isVisible()
    assert seat.window.middle.page is None
    assert seat.window.width() == 640
    seat.act("second_desk")
    assert not seat.window.middle.desk.isVisible()
    assert seat.window.width() == 640


def test_dragged_wider_and_back_it_keeps_what_is_typed(desk, talk):
    desk.page(3)
    desk.press("A")
    talk.type("配送は", desk.desk.ask.entry)
    talk.compose("じゅうよっか", desk.desk.ask.entry)
    talk.window.resize(700, 820)
    talk.settle()
    assert talk.window.stage.isVisible()
    assert desk.desk.ask.entry.text() == "配送はじゅうよっか"
    assert desk.desk.ask.entry.hasFocus()
    talk.window.resize(340, 820)
    talk.settle()
    assert not talk.window.stage.isVisible()
    assert desk.desk.ask.entry.hasFocus()
    desk.press("Return")
    assert talk.notes() == ["配送はじゅうよっか"]


def test_a_composition_keeps_its_enter_and_escape(desk, talk):
    desk.page(3)
    desk.press("A")
    entry = desk.desk.ask.entry
    talk.compose("はいそう", entry)
    talk.press("Return", entry)
    talk.press("Escape", entry)
    assert desk.asked
    assert talk.notes() == []


def test_the_stage_turns_the_page_unless_somebody_types(desk, talk):
    talk.work.do(c.EnterStage("F3-S2"))
    talk.settle()
    assert desk.desk.page.id == "facts"
    desk.press("A")
    talk.work.do(c.EnterStage("F3-S3"))
    talk.settle()
    assert desk.desk.page.id == "facts"
    assert desk.asked
    desk.press("Escape")
    talk.work.do(c.EnterStage("F4-S2"))
    talk.settle()
    assert desk.desk.page.id == "concession"


def test_another_event_leaves_the_page_and_the_row_alone(desk, talk):
    talk.work.do(c.EnterStage("F3-S2"))
    for text in ("一つ目", "二つ目"):
        talk.work.do(c.TakeNote(NoteKind.CLAIM, text))
    talk.settle()
    desk.page(4).page(3)
    desk.press("Down")
    chosen = desk.chosen.id
    assert chosen == desk.case.facts.rows[1].note_id
    talk.work.do(c.SetTemperature(4))
    talk.wait(3)
    assert desk.desk.page.id == "facts"
    assert desk.chosen.id == chosen


def test_another_sheet_stands_over_it_and_gives_it_back(desk, talk):
    talk.act("kinds")
    assert talk.window.sheet is not None
    assert not desk.desk.isVisible()
    talk.press("Escape", talk.window.sheet)
    assert desk.desk.isVisible()
    talk.act("consult")
    talk.window.resize(344, 820)
    talk.settle()
    assert talk.window.sheet.isVisible()
    talk.act("second_desk")
    assert talk.window.sheet is None
    assert desk.desk.rows.hasFocus()


def test_the_foot_keeps_its_height_whatever_it_says(desk):
    desk.page(5)
    before = desk.desk.rows.height()
    desk.press("T")
    assert desk.asked
    assert desk.desk.rows.height() == before
    desk.press("Escape")
    assert not desk.asked
    assert desk.desk.rows.hasFocus()
    assert desk.desk.rows.height() == before


def test_what_is_asked_of_one_case_is_never_kept_in_another(desk, talk):
    desk.page(1)
    desk.go_to("landing_point")
    desk.press("Return")
    talk.type("本日の訪問", desk.desk.ask.entry)
    talk.work.do(c.EndCall())
    talk.work.do(c.FinishWrapUp())
    talk.work.do(c.StartCall())
    talk.settle()
    assert not desk.desk.ask.is_open
    assert talk.case.field("landing_point") == ""


def test_without_a_case_it_says_so(seat):
    seat.act("second_desk")
    assert t("second.no_case") in Desk(seat).texts()
    seat.press("A")
    seat.press("3")
    assert seat.work.case is None


def test_hints_are_whole_and_never_said_twice(desk):
    desk.page(1)
    hints = desk.desk.foot.hint.hints
    assert len(set(hints)) == len(hints)
    assert all(any(hint in line for line in desk.desk.foot.hint.lines()) for hint in hints)


@pytest.mark.parametrize("percent", [100, 200])
def test_tabs_never_overlap(make_seat, percent):
    width = 340 if percent == 100 else 560
    seat = make_seat(size=(width, 900), view__text_percent=percent).start()
    seat.begin_call()
    seat.act("second_desk")
    tabs = seat.window.middle.desk.tabs
    for tab in tabs:
        assert tab.width() >= tab.fontMetrics().horizontalAdvance(tab.text())
    assert tabs[-1].geometry().right() <= seat.window.middle.desk.width()


def badly_high(desk):
    """The rows that are cut off, or that have a line of nothing."""
    views = desk.desk.rows.body.views
    needed = [(view, view.layout().heightForWidth(view.width())) for view in views]
    return [(v.row.id, v.height(), high) for v, high in needed if not 0 <= v.height() - high <= 4]


def test_every_row_is_as_high_as_what_it_says(desk, talk):
    long = "昨日の訪問の件を調べ、担当の課長からお電話でご説明し、次の訪問の日を決めます"
    talk.work.do(c.TakeNote(NoteKind.PROMISE, long))
    for number in (6, 4, 1, 6, 3, 5, 4, 6):
        desk.page(number)
        assert badly_high(desk) == []
    desk.press("A")
    desk.answer(long, "田中", "18時")
    assert badly_high(desk) == []
    desk.press("W")
    desk.answer("返金の手続き")
    assert badly_high(desk) == []


def test_in_a_low_window_the_tabs_are_the_title(desk, talk):
    assert desk.desk.title.isVisible()
    talk.window.resize(340, 640)
    talk.settle()
    assert not desk.desk.title.isVisible()
    assert desk.desk.tabs[0].isVisible()
