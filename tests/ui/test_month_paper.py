"""The month among the papers: looked at before it leaves, by keys alone, with or without a case."""

import pypdfium2
import pytest
from openpyxl import load_workbook
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from call import commands as c
from call.events import HandoffMade
from scripts_ja.model import NoteKind
from scripts_ja.texts import t

NAME, NUMBER, WORDS = "早乙女", "090-1234-5678", "話が違うじゃないか"


@pytest.fixture
def told(talk):
    """A call in which name, number and words were noted, and held twice."""
    talk.work.do(c.FillField("customer", NAME))
    talk.work.do(c.FillField("callback_tel", NUMBER))
    talk.work.do(c.TakeNote(NoteKind.QUOTE, WORDS))
    for _ in range(2):
        talk.work.do(c.Hold())
        talk.work.do(c.Resume())
    talk.save()
    return talk


def window_of(seat):
    return seat.controller.papers.handoff


def press(seat, key):
    seat.press(key, window_of(seat).sheets)


def show(seat, key="W", name="month"):
    press(seat, key)
    seat.wait_until(lambda: window_of(seat).paper == name)
    return window_of(seat)


def saved(seat, form):
    window_of(seat).form.choose(form)
    window_of(seat).say("")
    press(seat, "S")
    seat.wait_until(lambda: window_of(seat).said.text())
    return window_of(seat).said.text().removeprefix(t("paper.window.saved", path=""))


def test_one_key_shows_it_and_each_form_can_be_saved(told):
    told.act("papers")
    window = show(told)
    number = told.case.case_no
    assert number in window.view.text
    assert "2回以上の保留 1件" in window.view.text
    assert window.windowTitle() == "2026年4月の案件"
    assert window.side.missing.text() == "", "no paper of a case: nothing to be confirmed"
    assert [window.form.chips[f].isVisible() for f in ("csv", "xlsx", "json")] == [
        True,
        True,
        False,
    ]
    sheet = load_workbook(saved(told, "xlsx")).worksheets[0]
    assert sheet.cell(2, 1).value == number
    pdf = pypdfium2.PdfDocument(saved(told, "pdf"))
    words = pdf[0].get_textpage().get_text_range()
    assert "2026年4月の案件" in words
    assert number in words
    for form in ("csv", "html", "md", "text"):
        with open(saved(told, form), encoding="utf-8-sig") as file:  # noqa: PTH123
            assert number in file.read(), form


def test_nobody_is_named_in_any_form(told):
    told.act("papers")
    view = show(told).view
    for form in view.forms:
        with open(saved(told, form), "rb") as file:  # noqa: PTH123
            content = file.read()
        for words in (NAME, NUMBER, WORDS, "田中"):
            assert words.encode() not in content, form
            assert words not in view.text


def test_what_is_shown_is_painted(told):
    told.act("papers")
    pages = show(told).view.pages
    image = QImage(pages.size.toSize(), QImage.Format.Format_RGB32)
    image.fill(0xFFFFFFFF)
    painter = QPainter(image)
    pages.paint(painter, 0)
    painter.end()
    assert len(set(bytes(image.constBits()))) > 2


def test_the_month_before_and_back_to_the_note(told):
    told.act("papers")
    assert show(told, "Shift+W", "month_before").view.title == "2026年3月の案件"
    assert t("month.no_cases") in window_of(told).view.text
    press(told, "Ctrl+Up")
    told.wait_until(lambda: window_of(told).paper == "month")
    for _ in range(3):
        press(told, "Ctrl+Up")
    told.wait_until(lambda: window_of(told).paper == "handoff")


def test_another_paper_that_was_chosen_meanwhile_stays(told):
    told.act("papers")
    window_of(told).choose("month")
    window_of(told).choose("consult_card")
    told.wait_for_background()
    assert window_of(told).paper == "consult_card"


def test_without_a_case_the_key_of_the_papers_shows_the_month(seat):
    seat.act("papers")
    seat.wait_until(lambda: window_of(seat) is not None)
    assert window_of(seat).paper == "month"
    assert t("month.no_cases") in window_of(seat).view.text
    assert window_of(seat).isActiveWindow()


def test_it_is_copied_and_nothing_is_said_to_have_been_handed_over(told):
    told.act("papers")
    window = show(told)
    assert not window.leave_out.isVisible()
    height = window.sheets.height()
    told.controller.papers.show_paper("handoff")
    told.settle()
    assert window.leave_out.isVisible()
    assert window.sheets.height() == height, "nothing jumps"
    show(told)
    press(told, "C")
    assert QGuiApplication.clipboard().text() == window.view.text
    assert not [e for e in told.work.session.desk.history if isinstance(e.body, HandoffMade)]


def test_records_that_cannot_be_read_are_said(told, monkeypatch):
    from app import month_shelf
    from storage.troubles import DAMAGED, StorageError

    def damaged(*_):
        return StorageError(DAMAGED, told.places.database)

    told.act("papers")
    monkeypatch.setattr(month_shelf, "_month_of", damaged)
    press(told, "W")
    told.wait_until(lambda: told.notice == t("month.unread"))
    assert window_of(told).paper == "handoff"
