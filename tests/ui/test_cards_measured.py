"""Opening the cards asks for nothing twice; counted, never timed."""

from collections import Counter

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from app import interrupts
from ui import phrase_label
from ui.choice_row import ChoiceRow


def test_the_list_of_cards_asks_once_what_the_case_knows(talk, monkeypatch):
    asked = []
    real = interrupts.values_now
    monkeypatch.setattr(interrupts, "values_now", lambda *at: asked.append(at) or real(*at))
    talk.act("cards")
    assert len(talk.work.interrupts.book.cards) > 1
    assert len(asked) == 1


def test_a_row_of_the_list_looks_for_its_places_once_for_a_width(talk, monkeypatch):
    """A layout asks for the height of each some thirty times; before it is styled, the text is smaller."""
    sought: Counter[tuple[ChoiceRow, int, int]] = Counter()
    real = ChoiceRow._places_for

    def count(row, width):
        sought[row, width, row.words.fontMetrics().height()] += 1
        return real(row, width)

    monkeypatch.setattr(ChoiceRow, "_places_for", count)
    talk.act("cards")
    talk.settle()
    assert {row for row, *_ in sought} == set(talk.window.sheet.rows)
    assert set(sought.values()) == {1}


def test_a_card_is_broken_for_its_width_with_and_without_a_scroll_bar_only(talk, monkeypatch):
    """Not for those that its place has before it is laid out."""
    widths: Counter[tuple[str, int]] = Counter()
    real = phrase_label.break_lines

    def count(text, width, *rest):
        widths[text, width] += 1
        return real(text, width, *rest)

    talk.act("cards")
    monkeypatch.setattr(phrase_label, "break_lines", count)
    QTest.keyClick(talk.window.sheet, Qt.Key.Key_1)
    talk.settle()
    assert set(widths.values()) == {1}
    assert len({width for _, width in widths}) <= 2


def test_the_focus_goes_from_the_list_to_the_card_and_back_to_the_field_at_once(talk):
    """Each time the field gets or loses it on the way, its frame is styled and laid out anew."""
    focused = []
    talk.act("cards")
    talk.edit.focus_changed.connect(focused.append)
    QTest.keyClick(talk.window.sheet, Qt.Key.Key_1)
    talk.settle()
    assert focused == []
    QTest.keyClick(talk.window.sheet, Qt.Key.Key_Escape)
    talk.settle()
    assert focused == [True]


def test_the_window_is_refreshed_once_where_a_card_takes_the_place_of_the_list(talk, monkeypatch):
    talk.act("cards")
    shown = []
    monkeypatch.setattr(talk.window.header, "show_case", lambda *_: shown.append(1))
    QTest.keyClick(talk.window.sheet, Qt.Key.Key_1)
    assert len(shown) == 1
