"""Words that could be better: underlined in a pause, offered on a key, and never in the way."""

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QHelpEvent, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QToolTip

from call import commands as c
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.actions import key_of

SOON = "担当から後ほどお電話する"
TWO = "後ほど連絡する。必ず直す"
GAP = "＿＿（期限）までに"


def marked(seat):
    return [word.mark.found for word in seat.edit.marked]


def written(seat, text, kind=NoteKind.PROMISE):
    """Typed, and looked at as after a pause."""
    seat.window.input.set_kind(kind)
    seat.type(text)
    seat.controller.wording.check()
    return seat


def offer(seat):
    return seat.controller.wording.offer


def rows(seat):
    return [row.text for row in offer(seat).rows]


def chosen(seat):
    return [row.text for row in offer(seat).rows if row.property("on") == "true"]


def put_caret(seat, position):
    cursor = seat.edit.textCursor()
    cursor.setPosition(position)
    seat.edit.setTextCursor(cursor)


def amber(seat):
    """Where the field has dots of the mark's colour: pixels of the viewport."""
    image = seat.edit.viewport().grab().toImage()
    wanted = seat.window.look.color("warn").rgb()
    return [
        (x, y)
        for x in range(image.width())
        for y in range(image.height())
        if _near(image.pixel(x, y), wanted)
    ]


def _near(pixel, wanted):
    return all(abs((pixel >> s & 255) - (wanted >> s & 255)) < 40 for s in (0, 8, 16))


# -- marking -----------------------------------------------------------------------------------


def test_a_word_is_marked_in_a_pause_and_not_between_two_keys(talk):
    talk.window.input.set_kind(NoteKind.PROMISE)
    talk.type(SOON)
    assert marked(talk) == []
    talk.wait_until(lambda: marked(talk))
    assert marked(talk) == ["後ほど"]


def test_the_kind_decides_and_changing_it_looks_again(talk):
    written(talk, "「早く」と。後ほどお電話", NoteKind.QUOTE)
    assert marked(talk) == []
    talk.window.input.set_kind(NoteKind.PROMISE)
    assert marked(talk) == ["後ほど"]
    talk.window.input.set_kind(NoteKind.QUOTE)
    assert marked(talk) == []


def test_an_old_note_that_is_changed_is_marked_too(talk):
    written(talk, SOON)
    talk.press("Return", talk.edit)
    assert marked(talk) == []
    talk.window.notes.edit_asked.emit(talk.case.notes.notes[0].note_id)
    talk.wait_until(lambda: marked(talk))
    assert marked(talk) == ["後ほど"]


def test_a_fact_confirmed_takes_the_mark_of_liability_away(talk):
    written(talk, "弊社の責任です")
    assert marked(talk)
    talk.work.do(c.TakeNote(NoteKind.FACT_CONFIRMED, "配送の記録は三月一日"))
    talk.wait_until(lambda: not marked(talk))


def test_the_setting_switches_it_off_and_on(talk):
    written(talk, SOON)
    talk.work.settings.change({"view.wording_marks": "off"})
    assert marked(talk) == []
    assert talk.edit.accessibleDescription() == ""
    talk.work.settings.change({"view.wording_marks": "on"})
    assert marked(talk) == ["後ほど"]


def test_marking_leaves_text_caret_undo_and_draft_alone(talk):
    talk.type("前の文。")
    talk.type(SOON)
    talk.window.input.flush_draft()
    heard = []
    talk.window.input.draft.connect(heard.append)
    talk.edit.textChanged.connect(lambda: heard.append("changed"))
    before = (talk.edit.textCursor().position(), talk.edit.document().availableUndoSteps())
    talk.controller.wording.check()
    talk.window.input.set_kind(NoteKind.PROMISE)
    assert marked(talk)
    after = (talk.edit.textCursor().position(), talk.edit.document().availableUndoSteps())
    assert after == before
    assert heard == []
    assert not talk.window.input._draft_timer.isActive()


def test_a_card_number_is_held_back_as_before(talk):
    written(talk, "番号は4242424242424242、後ほど連絡")
    assert marked(talk) == ["後ほど"]
    talk.press("Return", talk.edit)
    assert "4242424242424242" not in talk.notes()[0]
    talk.save()
    assert b"4242424242424242" not in talk.bytes_on_disk()


def test_words_after_a_character_that_qt_counts_twice_are_found(talk):
    written(talk, "𠮷田様😀へ" + SOON)
    word = talk.edit.marked[0]
    assert word.place.selectedText() == "後ほど"


# -- the line under it -------------------------------------------------------------------------


def test_the_line_is_under_the_word_and_nowhere_else(talk):
    written(talk, SOON)
    talk.window.notes.setFocus()  # no caret in the picture
    spots = amber(talk)
    assert spots
    left = talk.edit.cursorRect(_caret(talk, 4)).left()
    right = talk.edit.cursorRect(_caret(talk, 7)).left()
    bottom = talk.edit.cursorRect(_caret(talk, 7)).bottom()
    assert all(left - 2 <= x <= right + 2 for x, _ in spots)
    assert all(bottom - 4 <= y <= bottom + 2 for _, y in spots)


def _caret(seat, position):
    cursor = QTextCursor(seat.edit.document())
    cursor.setPosition(position)
    return cursor


def test_the_line_follows_its_word_and_leaves_with_it(talk):
    written(talk, SOON)
    put_caret(talk, 0)
    talk.type("佐藤の")
    assert talk.edit.marked[0].place.selectedText() == "後ほど"
    put_caret(talk, talk.edit.marked[0].end)
    talk.type("また")
    assert talk.edit.marked[0].place.selectedText() == "後ほど"
    talk.edit.clear()
    assert marked(talk) == []
    assert amber(talk) == []


def test_a_composition_is_not_touched_and_the_line_makes_way(talk):
    """Qt's own extra selections would draw the line of the word under what is composed."""
    written(talk, SOON)
    plain = amber(talk)
    put_caret(talk, 2)
    layout = talk.edit.textCursor().block().layout()
    talk.compose("にほんご")
    talk.controller.wording.check()
    talk.settle()
    assert layout.preeditAreaText() == "にほんご"
    assert talk.edit.toPlainText() == SOON
    shifted = amber(talk)
    width = talk.edit.fontMetrics().horizontalAdvance("にほんご")
    assert min(x for x, _ in shifted) == pytest.approx(min(x for x, _ in plain) + width, abs=3)
    talk.type("日本語")
    assert talk.edit.toPlainText() == "担当日本語から後ほどお電話する"


def test_while_something_is_composed_inside_a_word_it_has_no_line(talk):
    written(talk, SOON)
    put_caret(talk, 5)
    talk.compose("に")
    assert amber(talk) == []
    talk.compose("")
    assert amber(talk) != []


def test_a_committed_word_is_marked_while_the_next_is_composed(talk):
    talk.window.input.set_kind(NoteKind.PROMISE)
    talk.type(SOON)
    talk.compose("にほん")
    talk.wait_until(lambda: marked(talk))
    assert talk.edit.textCursor().block().layout().preeditAreaText() == "にほん"


# -- by mouse, by ear --------------------------------------------------------------------------


def tip(seat, place):
    QToolTip.hideText()
    seat.wait_until(lambda: not QToolTip.isVisible())
    event = QHelpEvent(QEvent.Type.ToolTip, place, seat.edit.viewport().mapToGlobal(place))
    QApplication.sendEvent(seat.edit.viewport(), event)
    return QToolTip.text() if QToolTip.isVisible() else ""


def test_hovering_says_what_kind_of_word_it_is_and_what_is_better(talk):
    written(talk, "<b>" + SOON)
    said = tip(talk, talk.edit.cursorRect(_caret(talk, 9)).center())
    assert t("wording.category.vague_time") in said
    assert GAP in said
    assert key_of("wording") in said
    assert tip(talk, talk.edit.cursorRect(_caret(talk, 2)).center()) == ""
    QToolTip.hideText()


def test_the_description_of_the_field_counts_them(talk):
    written(talk, TWO)
    assert talk.edit.accessibleDescription() == t("wording.count", count=2, key=key_of("wording"))
    written(talk, "。本日15時までに")
    talk.edit.clear()
    assert talk.edit.accessibleDescription() == ""


# -- by key ------------------------------------------------------------------------------------


def test_the_key_offers_and_takes_the_better_word_as_one_step_to_undo(talk):
    written(talk, SOON)
    talk.act("wording")
    assert offer(talk).isVisible()
    assert talk.edit.hasFocus()
    assert chosen(talk) == [GAP]
    assert talk.edit.toPlainText() == SOON
    talk.act("wording")
    assert offer(talk).isHidden()
    assert talk.edit.toPlainText() == SOON.replace("後ほど", GAP)
    assert talk.edit.textCursor().position() == 4 + len(GAP)
    assert not talk.edit.textCursor().hasSelection()
    talk.edit.undo()
    assert talk.edit.toPlainText() == SOON
    assert talk.notes() == []


def test_what_is_typed_after_it_is_another_step_to_undo(talk):
    written(talk, SOON)
    talk.act("wording")
    talk.press("Return", talk.edit)
    QTest.keyClicks(talk.edit, "xyz")
    talk.edit.undo()
    assert talk.edit.toPlainText() == SOON.replace("後ほど", GAP)
    talk.edit.undo()
    assert talk.edit.toPlainText() == SOON


def test_a_known_date_fills_the_gap(talk):
    talk.work.do(c.FillField("deadline", "本日15時"))
    written(talk, SOON)
    talk.act("wording")
    talk.press("Return", talk.edit)
    assert talk.edit.toPlainText() == "担当から本日15時までにお電話する"


def test_enter_takes_it_and_does_not_save(talk):
    written(talk, SOON)
    talk.act("wording")
    talk.press("Return", talk.edit)
    assert talk.notes() == []
    talk.press("Return", talk.edit)
    assert talk.notes() == [SOON.replace("後ほど", GAP)]


def test_esc_leaves_it_and_nothing_else(talk):
    talk.wait(10 * 60)
    assert talk.window.advice.isVisible()
    written(talk, SOON)
    caret = talk.edit.textCursor().position()
    talk.act("wording")
    talk.press("Esc", talk.edit)
    assert offer(talk).isHidden()
    assert talk.window.advice.isVisible()
    assert (talk.edit.toPlainText(), marked(talk)) == (SOON, ["後ほど"])
    assert talk.edit.textCursor().position() == caret


def test_the_word_at_the_caret_or_the_last_before_it_comes_first(talk):
    written(talk, "まず。" + TWO)
    for position, word in (
        (20, "必ず"),
        (11, "必ず"),
        (10, "後ほど"),
        (4, "後ほど"),
        (0, "後ほど"),
    ):
        put_caret(talk, min(position, len(talk.edit.toPlainText())))
        talk.act("wording")
        assert f"「{word}」" in offer(talk).accessibleName(), position
        talk.press("Esc", talk.edit)


def test_pressed_again_it_goes_on_to_the_next_word(talk):
    written(talk, TWO)
    for _ in range(4):
        talk.act("wording")
    assert marked(talk) == []
    assert "後ほど" not in talk.edit.toPlainText()
    assert "必ず" not in talk.edit.toPlainText()


def test_tab_goes_to_the_other_words_and_not_to_a_gap_of_the_phrases(talk):
    talk.work.do(c.EnterStage("F2-S3"))
    written(talk, TWO)
    talk.act("wording")
    names = [offer(talk).accessibleName()]
    for key in ("Tab", "Tab", "Shift+Tab"):
        talk.press(key, talk.edit)
        names.append(offer(talk).accessibleName())
    assert names[0] == names[2] != names[1] == names[3]
    assert talk.controller.gaps.entry.isHidden()
    talk.press("Esc", talk.edit)
    talk.press("Tab", talk.edit)
    assert talk.controller.gaps.entry.isVisible()


def test_arrows_choose_among_the_alternatives(talk):
    written(talk, "対応は無理です")
    talk.act("wording")
    words = rows(talk)
    assert len(words) == 3
    talk.press("Down", talk.edit)
    assert chosen(talk) == [words[1]]
    talk.press("Up", talk.edit)
    talk.press("Up", talk.edit)
    assert chosen(talk) == [words[2]]
    talk.press("Down", talk.edit)
    talk.press("Down", talk.edit)
    talk.press("Return", talk.edit)
    assert words[1] in talk.edit.toPlainText()


def test_a_row_can_be_clicked_and_the_focus_stays(talk):
    written(talk, "対応は無理です")
    talk.act("wording")
    words = rows(talk)
    row = offer(talk).rows[1]
    QTest.mouseClick(row, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
    assert words[1] in talk.edit.toPlainText()
    assert talk.edit.hasFocus()


def test_where_no_words_fit_the_word_is_selected_to_write_it_anew(talk):
    written(talk, "典型的なクレーマーの方", NoteKind.MEMO)
    talk.act("wording")
    assert chosen(talk) == [t("wording.offer.rewrite")]
    talk.press("Return", talk.edit)
    assert talk.edit.toPlainText() == "典型的なクレーマーの方"
    assert talk.edit.textCursor().selectedText() == "クレーマー"
    talk.type("お電話")
    assert talk.edit.toPlainText() == "典型的なお電話の方"


def test_a_note_without_such_words_says_so(talk):
    written(talk, "本日15時までにお電話する")
    talk.act("wording")
    assert offer(talk).isHidden()
    assert talk.notice == t("wording.none")


def test_the_key_looks_at_once_and_brings_the_focus(talk):
    talk.window.input.set_kind(NoteKind.PROMISE)
    talk.type(SOON)
    talk.window.notes.setFocus()
    talk.act("wording")
    assert offer(talk).isVisible()
    assert talk.edit.hasFocus()


@pytest.mark.parametrize(
    "happens",
    [
        lambda seat: seat.type("x"),
        lambda seat: seat.press("Backspace", seat.edit),
        lambda seat: seat.press("Left", seat.edit),
        lambda seat: seat.compose("に"),
        lambda seat: seat.window.notes.setFocus(),
        lambda seat: seat.window.input.set_kind(NoteKind.MEMO),
        lambda seat: seat.window.resize(400, 700),
        lambda seat: seat.act("theme"),
        lambda seat: seat.act("customer"),
    ],
    ids=["typing", "deleting", "caret", "composing", "focus", "kind", "size", "theme", "sheet"],
)
def test_whatever_else_is_done_ends_the_offer_and_changes_no_word(talk, happens):
    written(talk, SOON)
    talk.act("wording")
    assert offer(talk).isVisible()
    happens(talk)
    talk.settle()
    assert offer(talk).isHidden()
    assert "後ほど" in talk.edit.toPlainText()


def test_a_pause_or_a_second_does_not_take_an_open_offer_away(talk):
    written(talk, SOON)
    talk.act("wording")
    talk.controller.wording._on_pause()
    talk.wait(11 * 60)
    assert offer(talk).isVisible()


def test_the_offer_stands_above_the_field_inside_the_window(make_seat):
    seat = make_seat(size=(300, 420), view__text_percent=200).start()
    seat.begin_call()
    written(seat, "対応は無理です")
    seat.act("wording")
    window, field, box = seat.window.rect(), seat.window.input.geometry(), offer(seat).geometry()
    assert window.contains(box)
    assert box.bottom() < field.top()
    assert box.width() == field.width()


def test_an_offer_with_too_little_room_above_the_field_stays_in_the_window(talk):
    written(talk, "対応は無理です")
    talk.act("wording")
    offer(talk).open_above(QPoint(12, 40), 300)
    assert offer(talk).geometry().top() == 0


# -- several reasons in one place --------------------------------------------------------------

REFUSED = "𠮷田様。上司に代わることはできません"
PLACE = "上司に代わることはできません"


def test_two_reasons_are_one_mark_one_line_and_one_tip(talk):
    written(talk, REFUSED)
    assert marked(talk) == [PLACE]
    assert talk.edit.accessibleDescription() == t("wording.count", count=1, key=key_of("wording"))
    said = tip(talk, talk.edit.cursorRect(_caret(talk, 16)).center())
    refusal, flat = (t(f"wording.category.{name}") for name in ("transfer_refusal", "flat_refusal"))
    assert f"「{PLACE}」 {refusal}" in said
    assert f"「できません」 {flat}" in said
    QToolTip.hideText()


def test_all_its_wordings_are_offered_and_only_one_is_put_in(talk):
    written(talk, REFUSED)
    talk.act("wording")
    whole, last, leave = rows(talk)
    assert (whole, last) == ("まず私が承り、責任者へ正確に伝えます", "いたしかねます")
    assert leave == t("wording.offer.leave")
    talk.press("Return", talk.edit)
    assert talk.edit.toPlainText() == f"𠮷田様。{whole}"
    talk.edit.undo()
    assert talk.edit.toPlainText() == REFUSED


def test_a_wording_of_the_second_reason_takes_the_place_of_its_words_alone(talk):
    written(talk, REFUSED)
    talk.act("wording")
    assert f"「{PLACE}」" in offer(talk).accessibleName()
    talk.press("Down", talk.edit)
    assert offer(talk).accessibleName().startswith("「できません」")
    talk.press("Return", talk.edit)
    assert talk.edit.toPlainText() == REFUSED.replace("できません", "いたしかねます")


def test_words_of_a_reason_that_offers_none_are_selected(talk):
    written(talk, "お客様の思い違いで上司に代わることはできませんし")
    words = [reason.found for word in talk.edit.marked for reason in word.mark.reasons]
    assert "思い違い" in words
    put_caret(talk, 0)
    talk.act("wording")
    assert chosen(talk) == [t("wording.offer.rewrite")]
    talk.press("Return", talk.edit)
    assert talk.edit.textCursor().selectedText() == "思い違い"


def test_a_place_left_alone_takes_all_its_reasons_along(talk):
    written(talk, REFUSED)
    leave_alone(talk)
    assert marked(talk) == []


# -- not now -----------------------------------------------------------------------------------


def leave_alone(seat):
    seat.act("wording")
    seat.press("Up", seat.edit)
    assert chosen(seat) == [t("wording.offer.leave")]
    seat.press("Return", seat.edit)


def test_a_word_left_alone_does_not_come_back_in_this_note(talk):
    written(talk, TWO)
    put_caret(talk, 0)
    leave_alone(talk)
    assert marked(talk) == ["必ず"]
    assert talk.edit.toPlainText() == TWO
    written(talk, "。後ほど連絡する")
    assert marked(talk) == ["必ず"]


def test_it_comes_back_in_the_next_note(talk):
    written(talk, SOON)
    leave_alone(talk)
    talk.press("Return", talk.edit)
    written(talk, SOON)
    assert marked(talk) == ["後ほど"]


def test_it_comes_back_when_the_field_was_emptied(talk):
    written(talk, SOON)
    leave_alone(talk)
    talk.edit.selectAll()
    talk.press("Delete", talk.edit)
    written(talk, SOON)
    assert marked(talk) == ["後ほど"]


def test_a_note_that_is_changed_later_remembers(talk):
    written(talk, SOON)
    leave_alone(talk)
    talk.press("Return", talk.edit)
    first = talk.case.notes.notes[0].note_id
    written(talk, SOON)
    talk.press("Return", talk.edit)
    second = talk.case.notes.notes[1].note_id
    for note_id, expected in ((first, []), (second, ["後ほど"]), (first, [])):
        talk.window.notes.edit_asked.emit(note_id)
        talk.controller.wording.check()
        assert marked(talk) == expected
        talk.press("Esc", talk.edit)


# -- the field itself --------------------------------------------------------------------------


def test_a_line_as_wide_as_the_field_needs_no_bar_below_it(talk):
    """With one, the bar made the field lower, wrapped it anew, and the window hung."""
    for char in "田様へ後ほど必ずお電話し、弊社の責任です とお伝え。修理はできません。":
        talk.type(char)
        talk.settle()
        assert not talk.edit.horizontalScrollBar().isVisible()
