"""The stage: where I am, what to say, gaps that are filled in place, ways that lead somewhere."""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest

from call import commands as c
from scripts_ja.model import BACK
from scripts_ja.texts import t
from ui.interrupt_sheet import InterruptSheet
from ui.sheet import ChoiceSheet


def phrase(seat, number=0) -> str:
    return seat.window.stage.card.labels[number].accessibleName()


def enter(seat, stage):
    assert seat.work.do(c.EnterStage(stage)).refusal is None
    seat.settle()


def test_the_rail_and_the_title_say_where_i_am(talk):
    stage = talk.window.stage
    talk.act("next")
    assert (stage.rail._index, stage.rail._count) == (1, 8)
    assert talk.work.stage().title in stage.title.text()
    assert stage.title.text().startswith("2")
    assert "2/8" in stage.place.text()


def test_what_comes_next_is_said(talk):
    talk.work.do(c.EnterStage("F1-S4"))
    assert talk.work.stage().next_title == "保留・上席へ相談"
    shown = [
        label.text()
        for label in talk.window.stage.findChildren(type(talk.window.notice).__mro__[1])
    ]
    assert any("保留・上席へ相談" in text for text in shown)


@pytest.mark.rule("58")
def test_tries_of_the_hearing_are_counted(talk):
    place = talk.window.stage.place
    assert "聴取" not in place.text()
    talk.act("next")
    assert "1/2" in place.text()
    talk.act("next")
    assert "2/2" in place.text()


def test_the_time_in_the_stage_stands_beside_its_guide(talk):
    talk.wait(50)
    talk.act("next")
    talk.wait(65)
    view = talk.work.stage()
    assert talk.window.stage.time.text() == t("stage.time", here="1:05", guide=view.guide)
    expected = t("stage.time_name", here="1:05", guide=view.guide)
    assert talk.window.stage.time.accessibleName() == expected


def test_still_to_ask_gets_shorter_as_fields_are_filled(talk):
    enter(talk, "F1-S7")
    asks = talk.window.stage.asks
    assert (
        asks.text() == t("stage.asks", labels="主訴、ご要望、折返番号、ご都合、お客様名")
        or asks.text()
    )
    before = [ask.key for ask in talk.work.stage().asks]
    talk.work.do(c.FillField("request", "交換"))
    after = [ask.key for ask in talk.work.stage().asks]
    assert set(before) - set(after) == {"request"}
    labels = t("list.comma").join(ask.label for ask in talk.work.stage().asks)
    assert asks.text() == t("stage.asks", labels=labels)


def test_what_the_settings_and_the_case_know_stands_in_the_phrase(talk):
    assert "みどり電器の田中と申します" in phrase(talk)


def test_an_inside_phrase_says_so(talk):
    enter(talk, "F1-S5")
    assert t("phrase.inside") in talk.window.stage.card._remarks[0].text()


# -- gaps -------------------------------------------------------------------------------------


@pytest.fixture
def gap(talk):
    """A phrase with an empty 主訴 and more."""
    enter(talk, "F1-S5")
    assert talk.window.stage.card.gap_keys()[0] == "issue"
    return talk


def entry(seat):
    return seat.controller.gaps.entry


def test_tab_goes_to_the_gap_and_enter_fills_it(gap):
    gap.press("Tab", gap.edit)
    assert entry(gap).hasFocus()
    assert entry(gap).accessibleName() == "主訴"
    gap.type("洗濯機の水漏れ", entry(gap))
    gap.press("Return")
    assert gap.case.field("issue") == "洗濯機の水漏れ"
    assert "主訴は洗濯機の水漏れ" in phrase(gap)
    assert entry(gap).isHidden()
    assert gap.edit.hasFocus()


def test_tab_goes_on_to_the_next_gap(gap):
    keys = gap.window.stage.card.gap_keys()
    assert len(keys) > 1
    gap.press("Tab", gap.edit)
    gap.type("洗濯機の水漏れ", entry(gap))
    gap.press("Tab")
    assert gap.case.field("issue") == "洗濯機の水漏れ"
    assert gap.controller.gaps._key == keys[1]
    gap.type("交換", entry(gap))
    gap.press("Return")
    assert gap.case.field(keys[1]) == "交換"


def test_esc_leaves_a_gap_as_it_was(gap):
    gap.press("Tab", gap.edit)
    gap.type("洗濯機", entry(gap))
    gap.press("Esc")
    assert gap.case.field("issue") == ""
    assert entry(gap).isHidden()
    assert gap.edit.hasFocus()


def test_a_click_on_a_gap_opens_it(gap):
    label = gap.window.stage.card.label_with_gap("request")
    rect = label.gap_rect("request")
    QTest.mouseClick(label, Qt.MouseButton.LeftButton, pos=rect.center())
    assert gap.controller.gaps._key == "request"


def test_the_field_lies_over_its_gap(gap):
    gap.press("Tab", gap.edit)
    label = gap.window.stage.card.label_with_gap("issue")
    rect = label.gap_rect("issue")
    centre = label.mapTo(gap.window, rect.center())
    assert entry(gap).geometry().contains(centre)


def test_a_new_stage_takes_the_gap_away_and_keeps_what_was_typed(gap):
    gap.press("Tab", gap.edit)
    gap.type("洗濯機の水漏れ", entry(gap))
    gap.act("next")
    assert entry(gap).isHidden()
    assert gap.case.field("issue") == "洗濯機の水漏れ"
    assert gap.edit.hasFocus()


def viewport(seat) -> QRect:
    area = seat.window.stage_area.viewport()
    return QRect(area.mapTo(seat.window, QPoint(0, 0)), area.size())


@pytest.fixture
def cramped(make_seat):
    """A stage whose phrase does not fit into its place."""
    seat = make_seat(size=(560, 600), view__text_percent=200).start()
    seat.begin_call()
    enter(seat, "F1-S5")
    assert seat.window.stage.height() > viewport(seat).height()
    seat.window.input.focus()
    return seat


def test_a_gap_out_of_sight_is_brought_into_sight(cramped):
    for _ in cramped.window.stage.card.gap_keys():
        cramped.press("Tab")
        assert viewport(cramped).contains(entry(cramped).geometry().center())


def test_a_new_stage_is_read_from_its_top(cramped):
    cramped.press("Tab")
    assert cramped.window.stage_area.verticalScrollBar().value() > 0
    cramped.act("next")
    assert cramped.window.stage_area.verticalScrollBar().value() == 0


@pytest.mark.parametrize("percent", [100, 125, 150, 200])
def test_the_field_over_a_gap_is_as_high_as_its_text(make_seat, percent):
    seat = make_seat(size=(560, 900), view__text_percent=percent).start()
    seat.begin_call()
    enter(seat, "F1-S5")
    seat.press("Tab", seat.edit)
    assert entry(seat).height() >= entry(seat).fontMetrics().height() + 4


def test_without_a_gap_tab_stays_so_that_no_letter_presses_a_button(talk):
    enter(talk, "F1-S4")
    talk.work.do(c.FillField("request", "今日中の修理"))
    talk.work.do(c.FillField("decision", "訪問の可否"))
    assert talk.window.stage.card.gap_keys() == []
    talk.press("Tab", talk.edit)
    assert talk.edit.hasFocus()
    assert talk.window.notice.text() == t("phrase.no_gap")


def test_tab_fills_what_the_stage_still_asks_for(talk):
    """The line below the phrases names it; what is no text (けが・危険) has a key of its own."""
    enter(talk, "F1-S4")
    asked = talk.window.stage.asks
    assert asked.text() == "まだ空欄の項目：ご要望、けが・危険、求める判断"
    talk.press("Tab", talk.edit)
    field = entry(talk)
    assert field.isVisible()
    assert field.placeholderText() == "ご要望"
    assert field.geometry().right() < talk.window.width()
    field.setText("今日中の修理")
    talk.press("Tab", field)
    assert field.placeholderText() == "求める判断"
    field.setText("訪問の可否")
    talk.press("Return", field)
    assert not field.isVisible()
    assert talk.case.field("request") == "今日中の修理"
    assert talk.case.field("decision") == "訪問の可否"
    assert asked.text() == "まだ空欄の項目：けが・危険"


# -- ways out ---------------------------------------------------------------------------------


def test_ways_that_lead_to_no_stage_are_not_offered(talk):
    enter(talk, "F7-S2")
    stage = talk.work.session.desk.book.find_stage("F7-S2")[1]
    assert [way.to for way in stage.exits] == ["F7-S3", BACK]
    talk.act("exits")
    assert isinstance(talk.window.sheet, ChoiceSheet)
    shown = [choice.text for choice in talk.window.sheet._choices]
    assert shown[:2] == ["終了の予告", t("exits.back", title="受け止め・名乗り")]
    talk.press("2")
    assert talk.case.stages.current.stage_id == "F1-S1"


def test_a_way_into_another_flow_names_it(talk):
    enter(talk, "F1-S2")
    talk.act("exits")
    other = talk.work.session.desk.book.find_stage("F2-S3")
    assert f"{other[0].title} {other[1].title}" in [
        choice.text for choice in talk.window.sheet._choices
    ]
    talk.press("2")
    assert talk.case.stages.current.stage_id == "F2-S3"


def test_an_empty_note_pad_says_what_this_stage_wants_recorded(talk):
    view = talk.work.stage()
    assert talk.edit.placeholderText() == t("note.hint_record", record=view.record[0])
    talk.note("一件")
    assert talk.edit.placeholderText() == t("note.hint")


# -- what opens from anywhere -----------------------------------------------------------------


@pytest.mark.rule("110")
def test_the_abusive_call_opens_with_one_key_and_returns(talk):
    enter(talk, "F1-S4")
    talk.act("aside")
    assert talk.case.stages.current.stage_id == "F7-S1"
    assert talk.window.gate.isVisible()
    talk.act("aside")
    assert talk.case.stages.current.stage_id == "F1-S4"
    assert not talk.window.gate.isVisible()


def test_a_card_stands_over_the_stage_and_goes_again(talk):
    enter(talk, "F1-S3")
    talk.act("cards")
    assert isinstance(talk.window.sheet, ChoiceSheet)
    assert len(talk.window.sheet._choices) == 12
    talk.press("1")
    assert isinstance(talk.window.sheet, InterruptSheet)
    assert [card.card_id for card in talk.case.marks.cards] == ["safety"]
    talk.press("2")
    card = next(card for card in talk.work.interrupts.all() if card.id == "safety")
    assert QGuiApplication.clipboard().text() == card.phrases[1].plain
    talk.press("Escape")
    assert talk.window.sheet is None
    assert talk.case.stages.current.stage_id == "F1-S3"


@pytest.mark.rule("22")
def test_a_self_check_stands_before_the_concession(talk):
    enter(talk, "F4-S2")
    assert talk.window.stage.self_check.isVisible()
    enter(talk, "F4-S3")
    assert not talk.window.stage.self_check.isVisible()
