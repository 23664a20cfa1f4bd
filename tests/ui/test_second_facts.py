"""事実 on the desk: rows, order by key and mouse, reading out, the gap."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from call import commands as c
from call.events import FactAnswer
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.second_line import Desk
from ui.second.facts_page import words_to_say

FACTS = (
    (NoteKind.FACT_CONFIRMED, "配送・設置"),
    (NoteKind.CLAIM, "水が漏れる"),
    (NoteKind.UNCONFIRMED, "訪問の枠"),
)


@pytest.fixture
def desk(talk):
    for kind, text in FACTS:
        talk.work.do(c.TakeNote(kind, text))
    talk.act("second_desk")
    return Desk(talk).page(3)


def order(desk):
    return [row.text for row in desk.case.facts.rows]


def shown(desk):
    ids = {fact.note_id: fact.text for fact in desk.case.facts.rows}
    return [ids[row.id] for row in desk.rows() if row.id in ids]


@pytest.mark.rule("91")
def test_a_row_is_moved_by_key_and_stays_chosen(desk):
    desk.press("Alt+Down")
    assert order(desk) == shown(desk) == ["水が漏れる", "配送・設置", "訪問の枠"]
    assert desk.chosen.text == "配送・設置"
    desk.press("Alt+Down", "Alt+Down")
    assert order(desk)[-1] == "配送・設置"
    desk.press("Alt+Up")
    assert order(desk) == shown(desk) == ["水が漏れる", "配送・設置", "訪問の枠"]


def test_a_row_is_moved_by_dragging(desk):
    rows = desk.desk.rows
    views = [view for view in rows.body.views if view.row.move]
    source, target = (view.geometry().center() for view in (views[0], views[2]))
    QTest.mousePress(rows.viewport(), Qt.MouseButton.LeftButton, pos=source)
    QTest.mouseMove(rows.viewport(), target)
    QTest.mouseRelease(rows.viewport(), Qt.MouseButton.LeftButton, pos=target)
    desk.seat.settle()
    assert order(desk) == shown(desk) == ["水が漏れる", "訪問の枠", "配送・設置"]


def test_time_and_source_are_asked_one_after_the_other(desk):
    desk.press("Return")
    desk.answer("11月14日", "受注記録")
    row = desk.case.facts.rows[0]
    assert (row.happened, row.source) == ("11月14日", "受注記録")
    assert "受注記録" in desk.chosen.note
    assert desk.desk.rows.hasFocus()


def test_words_kind_new_and_removed(desk):
    desk.press("T")
    desk.answer("11月14日に配送・設置")
    assert order(desk)[0] == "11月14日に配送・設置"
    desk.press("K")
    assert desk.case.facts.rows[0].kind is NoteKind.CLAIM
    desk.press("A")
    desk.answer("受注番号は控えあり")
    assert "受注番号は控えあり" in order(desk)
    before = len(order(desk))
    desk.press("Delete")
    assert len(order(desk)) == before - 1


@pytest.mark.rule("92")
def test_the_gap_is_named(desk):
    desk.go_to("gap")
    desk.press("Return")
    desk.answer("訪問日の聞き違い")
    assert desk.case.field("gap") == "訪問日の聞き違い"


@pytest.mark.rule("34", "93")
def test_reading_out_one_fact_large_then_the_next(desk):
    desk.press("R")
    row = desk.row("read")
    assert row.is_large
    assert row.text == words_to_say(desk.case.facts.rows[0])
    desk.press("Y")
    assert desk.case.facts.rows[0].answer is FactAnswer.AGREED
    assert desk.row("read").text == words_to_say(desk.case.facts.rows[1])
    desk.press("N")
    assert desk.case.facts.rows[1].answer is FactAnswer.DIFFERENT
    desk.answer("昨日からです")
    assert desk.case.facts.rows[1].words == "昨日からです"
    assert desk.row("read").text == words_to_say(desk.case.facts.rows[2])
    assert t("second.facts.last") in desk.texts()
    desk.press("Up")
    assert desk.row("read").tone == "danger"
    desk.press("R")
    assert desk.chosen.id == desk.case.facts.rows[1].note_id
    assert "昨日からです" in desk.chosen.note


def test_reading_begins_at_the_first_that_is_open(desk):
    desk.press("Y")
    desk.press("R")
    assert desk.row("read").text == words_to_say(desk.case.facts.rows[1])


def test_an_answer_can_be_opened_again_and_undone(desk):
    desk.press("Y", "O")
    assert desk.case.facts.rows[0].answer is FactAnswer.OPEN
    desk.seat.act("undo")
    assert desk.case.facts.rows[0].answer is FactAnswer.AGREED


@pytest.mark.parametrize("kind", [kind for kind, _ in FACTS] + [NoteKind.DISCREPANCY])
def test_what_is_said_has_the_date_once(desk, kind):
    row = desk.case.facts.rows[0]
    dated = type(row)(row.note_id, kind, "配送", None, row.begun_at, happened="11月14日")
    assert words_to_say(dated).count("11月14日") == 1
    named = type(row)(row.note_id, kind, "11月14日に配送", None, row.begun_at, happened="11月14日")
    assert words_to_say(named).count("11月14日") == 1


def test_a_fact_that_goes_while_it_is_read_out_leads_back_to_the_rows(desk):
    desk.press("R")
    desk.seat.work.do(c.RemoveNote(desk.case.facts.rows[0].note_id))
    desk.seat.settle()
    assert shown(desk) == ["水が漏れる", "訪問の枠"]
