"""Telephone numbers are masked on the screen; where they are dialled, and on a closer look, whole."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from call import commands as c
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.customer_sheet import CustomerSheet
from ui.waiting_panel import CaseButton

NUMBER = "090-1234-5678"
MASKED = "＊＊＊-＊＊＊＊-5678"


def take(seat):
    """A call of an unnamed customer, with a callback owed, that is over."""
    seat.begin_call(NUMBER)
    seat.work.do(c.FillField("issue", f"{NUMBER} へ折り返してほしい"))
    seat.work.do(c.TakeNote(NoteKind.REQUEST, f"返金は {NUMBER} へ", seat.work.now()))
    seat.work.do(c.TakeNote(NoteKind.ANSWERED, f"{NUMBER} へお電話します", seat.work.now()))
    due = seat.work.local(seat.work.now()).replace(hour=17, minute=0)
    seat.work.do(c.CommitCallback("佐藤", due))
    case_id = seat.case.id
    seat.act("end")
    seat.act("end")
    seat.wait(60)
    return case_id


def seen_on(widget):
    """All that can be read on a widget without pointing at anything."""
    return "\n".join(
        text
        for label in widget.findChildren(QLabel)
        for text in (label.text(), label.accessibleName())
        if label.isVisible()
    )


@pytest.fixture
def case_id(seat):
    return take(seat)


def test_the_header_shows_the_end_and_more_to_who_points_at_it(seat):
    seat.begin_call(NUMBER)
    number = seat.window.header.number
    assert number.text() == "***-****-5678"
    assert NUMBER in number.toolTip()
    assert NUMBER not in seen_on(seat.window)
    seat.act("customer")
    assert isinstance(seat.window.sheet, CustomerSheet)
    assert any(
        NUMBER in (row.entry.text(), row.entry.placeholderText()) for row in seat.window.sheet.rows
    )


def test_the_waiting_panel_shows_the_end(seat, case_id):
    seat.wait_until(lambda: MASKED in seen_on(seat.window.waiting))
    shown = seen_on(seat.window.waiting)
    assert "1234" not in shown
    buttons = seat.window.waiting.findChildren(CaseButton)
    assert all("1234" not in button.accessibleName() for button in buttons)
    assert any(NUMBER in button.toolTip() for button in buttons)


@pytest.mark.parametrize(("words", "start"), [("返金", "返金は "), ("1234", "返金は "), ("", "")])
def test_what_is_found_shows_the_end(seat, case_id, words, start):
    seat.begin_call()
    seat.act("cases")
    sheet = seat.window.sheet
    seat.type(words, sheet.entry)
    seat.wait_until(lambda: sheet._shown == sheet._asked)
    index = sheet.list.found.index(0, 0)
    row = sheet.list.found.row_at(0)
    shown = index.data(Qt.ItemDataRole.DisplayRole)
    assert "1234" not in shown
    assert MASKED in shown
    assert NUMBER in index.data(Qt.ItemDataRole.ToolTipRole)
    if words == "返金":
        assert [row.text[a:b] for a, b in row.places] == ["返金"]


def test_to_ring_back_shows_it_whole(seat, case_id):
    seat.work.cases.open(case_id)
    seat.wait_until(lambda: seat.work.is_chosen)
    (ring,) = [each for each in seat.window.sheet._choices if each.text == t("cases.ring")]
    assert ring.note == NUMBER
