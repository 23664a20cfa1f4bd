"""Text that grows keeps its room: the clock past an hour, rows of cases, the hint in the field."""

from datetime import timedelta

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QLabel

from call import commands as c
from call.events import Safety
from scripts_ja.texts import t
from ui.actions import key_of
from ui.broken_label import BrokenLabel
from ui.case_button import CaseButton
from ui.choice_row import ChoiceRow
from ui.labels import ElidedLabel
from ui.sheet import Choice, ChoiceSheet

SIZES = [(320, 680, 100), (340, 680, 100), (380, 820, 125), (440, 900, 150), (560, 1000, 200)]


class _Painted(QObject):
    """Counts how often a widget is painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() == QEvent.Type.Paint
        return False


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("is_on_hold", [False, True])
def test_the_clock_past_an_hour_is_whole_and_moves_nothing(make_seat, size, is_on_hold):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    seat.begin_call()
    seat.wait(59 * 60 + 50)
    if is_on_hold:
        seat.work.do(c.AnnounceHold(5))
        seat.work.do(c.Hold())
    seat.wait(1)
    before = seat.window.clock.geometry()
    seat.wait(3 * 60)
    clock = seat.window.clock
    assert clock.time.text() == "1:02:51"
    assert clock.geometry() == before
    assert clock.time.x() == 0  # in line with all below
    for label in (clock.time, clock.hold, clock.hold_note):
        assert label.width() >= label.sizeHint().width(), label.text()
    assert clock.rect().contains(clock.time.geometry())


def test_text_that_was_large_leaves_nothing_of_its_room_behind(make_seat):
    """From 200 % back to 100 %, the header and the stage stand as they stood before."""
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.settle()
    window = seat.window
    labels = (window.clock.time, window.clock.hold_note, window.stage.time)
    before = [label.size() for label in labels]
    for _ in range(4):
        seat.act("text_size")
        seat.settle()
    assert window.look.percent == 100
    window.resize(340, 680)
    seat.settle()
    assert [label.size() for label in labels] == before
    assert window.minimumSizeHint().width() <= 340


def test_a_label_that_stands_still_shrinks_with_its_words(make_seat):
    note = make_seat(size=(340, 680)).start().window.clock.hold_note
    note.set_text("次の保留 相談・2分")
    wide = note.width()
    note.set_text("計 2:10")
    assert note.width() < wide


def test_rows_of_cases_grow_with_the_text(make_seat):
    seat = make_seat(size=(340, 820)).start()
    seat.begin_call()
    seat.work.do(c.FillField("customer", "高橋"))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    seat.wait_for_background()
    for _ in range(3):
        seat.act("text_size")
    rows = seat.window.waiting.findChildren(CaseButton)
    assert seat.window.look.percent == 200
    assert rows
    for row in rows:
        for label in row.findChildren(ElidedLabel):
            assert label.height() >= label.fontMetrics().height(), label.text()
            assert row.rect().contains(label.geometry()), label.text()


def test_the_hint_in_the_field_is_on_one_line_and_of_this_stage(make_seat):
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.work.do(c.EnterStage("F1-S3"))
    seat.settle()
    edit = seat.edit
    shown = edit.placeholderText()
    room = edit.viewport().width() - 2 * edit.document().documentMargin()
    record = seat.work.stage().record[0]
    assert shown == record, "what every field says goes before what this stage wants"
    assert QFontMetricsF(edit.font()).horizontalAdvance(shown) <= room
    seat.window.resize(640, 680)
    seat.settle()
    assert edit.placeholderText() == t("note.hint_record", record=record)


def test_where_the_number_of_tries_has_no_room_the_place_is_still_said_whole(make_seat):
    """「5/8 ・ 聴…」 says nothing that 「5/8」 does not."""
    seat = make_seat(size=(340, 820), view__text_percent=125).start()
    seat.begin_call()
    seat.work.do(c.EnterStage("F1-S2"))
    seat.work.do(c.EnterStage("F1-S5"))
    seat.settle()
    place = seat.window.stage.place
    assert "聴取" in place.text()
    assert "聴取" in place.toolTip()
    assert place.said() == "5/8"
    seat.window.resize(640, 820)
    seat.settle()
    assert place.said() == place.text()


def test_a_new_hint_is_painted_at_once(make_seat):
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.settle()
    before = seat.edit.grab().toImage()
    painted = _Painted(seat.edit.viewport())
    seat.work.do(c.EnterStage("F7-S1"))
    seat.settle()
    assert painted.count
    assert seat.edit.grab().toImage() != before


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_the_way_back_to_parked_work_is_whole_whoever_waits(make_seat, size):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=100).start()
    seat.begin_call()
    seat.work.do(c.FillField("customer", "独立行政法人支援機構 長宗我部 右衛門左衛門"))
    seat.work.do(c.EndCall())
    seat.begin_call()
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    seat.wait_for_background()
    while seat.window.look.percent != percent:
        seat.act("text_size")
    parked = seat.window.waiting.parked
    assert parked.isVisible()
    assert "計1件" in parked.word.text()
    for label in (parked.word, parked.key):
        assert label.width() >= label.sizeHint().width(), label.text()


@pytest.mark.parametrize("size", [*SIZES, (560, 680, 200), (340, 420, 100)], ids=str)
def test_advice_on_the_waiting_page_is_whole(make_seat, size):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    seat.begin_call()
    seat.work.do(c.EndCall())
    seat.begin_call()
    seat.work.do(c.SetSafety(Safety.YES))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    seat.wait_for_background()
    seat.wait(1)
    window = seat.window
    assert window.waiting.isVisible()
    assert window.advice.prompt.id == "report_safety"
    assert window.advice.height() >= window.advice.heightForWidth(window.advice.width())
    assert window.waiting.rect().contains(window.advice.geometry())
    for button in (window.advice.follow, window.advice.later):
        assert button.height() >= button.sizeHint().height()


def _whole(row: ChoiceRow) -> bool:
    """Whether all words of a row stand in it, and none over others."""
    words, note = row.words, row.note
    is_high = all(label.height() >= label.heightForWidth(label.width()) for label in (words, note))
    is_inside = all(
        row.rect().contains(label.geometry()) for label in (words, note) if label.text()
    )
    return is_high and is_inside and not words.geometry().intersects(note.geometry())


@pytest.mark.parametrize("size", [(300, 680, 100), *SIZES], ids=str)
@pytest.mark.parametrize("action", ["kinds", "exits", "cards"])
def test_no_choice_and_no_note_of_one_is_cut(make_seat, size, action):
    """「個人名を聞く、住所・年齢を聞く…」 is a card that nobody finds."""
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    seat.begin_call()
    seat.controller.trigger(action)
    seat.settle()
    rows = seat.window.sheet.findChildren(ChoiceRow)
    assert len(rows) > 3
    assert [row.accessibleName() for row in rows if not _whole(row)] == []
    assert len({row.words.x() for row in rows}) == 1


def test_a_short_note_stands_behind_its_choice_and_a_long_one_below(make_seat):
    seat = make_seat(size=(340, 680)).start()
    choices = [Choice("済み", "4月8日(水)", str), Choice("済み", "点検結果のご報告と、" * 4, str)]
    seat.window.open_sheet(ChoiceSheet("題", choices, ""), is_large=False)
    seat.settle()
    short, long = seat.window.sheet.findChildren(ChoiceRow)
    assert short.note.geometry().bottom() <= short.words.geometry().bottom()
    assert long.note.y() > long.words.geometry().bottom()
    assert long.height() > short.height()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_long_choice_leaves_its_note_room_and_never_widens_the_sheet(make_seat, size):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    choice = Choice("済みにする：" + "点検結果のご報告と、" * 9, "4月8日(水) 10時", str)
    seat.window.open_sheet(ChoiceSheet("題", [choice], ""), is_large=False)
    seat.settle()
    (row,) = seat.window.sheet.findChildren(ChoiceRow)
    assert _whole(row)
    assert row.mapTo(seat.window, row.rect().topRight()).x() < width


def test_the_fields_of_a_form_begin_on_one_line_at_every_text_size(make_seat):
    seat = make_seat(size=(560, 1000)).start()
    seat.begin_call()
    seat.controller.trigger("consult")
    for _ in range(5):
        seat.settle()
        entries = [row.entry for row in seat.window.sheet.rows]
        assert len({entry.x() for entry in entries}) == 1, seat.window.look.percent
        names = [row.label for row in seat.window.sheet.rows]
        assert all(name.width() >= QLabel.sizeHint(name).width() for name in names)
        seat.act("text_size")


def test_a_long_value_is_read_from_its_beginning(make_seat):
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.work.do(c.FillField("impact", "洗面所の床の水濡れと、1週間洗濯ができないこと"))
    seat.controller.trigger("customer")
    seat.settle()
    entry = next(row.entry for row in seat.window.sheet.rows if row.entry.text())
    assert entry.cursorPosition() == 0


def test_what_is_said_to_the_superior_stands_whole_in_a_low_window(make_seat):
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.work.do(c.FillField("issue", "設置日から続く洗濯機の水漏れ"))
    seat.work.do(c.FillField("request", "本日中の修理と昨日の件のご説明"))
    seat.work.do(c.FillField("decision", "本日の訪問修理の可否"))
    seat.work.do(c.FillField("extra_min", "5"))
    seat.controller.trigger("consult")
    seat.settle()
    owner = seat.window.sheet.owner.entry
    assert owner.visibleRegion().boundingRect().height() == owner.height()
    spoken = seat.window.sheet.spoken
    assert not spoken.visibleRegion().isEmpty()
    assert spoken.visibleRegion().boundingRect().height() >= spoken.heightForWidth(spoken.width())


def test_the_number_of_the_case_is_whole_beside_the_mark_of_a_second_concession(make_seat):
    seat = make_seat(size=(560, 1000), view__text_percent=200).start()
    seat.begin_call()
    for words in ("設置費用の返金", "点検の費用"):
        seat.work.do(c.TellConcession(words, "佐藤部長", "お怪我の恐れ"))
    seat.work.do(c.EndCall())
    seat.settle()
    header = seat.window.header
    assert not header.concession.isHidden()
    assert header.case_no.width() >= header.case_no.sizeHint().width()


def test_all_names_of_keys_are_whole_at_every_text_size(make_seat):
    """At 200 % the longest is a line too long; it goes on below."""
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.controller.trigger("keys_help")
    for _ in range(4):
        seat.settle()
        names = seat.window.sheet.findChildren(BrokenLabel)
        assert "カスハラ対応を開く・戻る" in {name.text() for name in names}
        for name in names:
            assert "".join(name.lines(name.width())) == name.text()
            assert name.height() >= name.heightForWidth(name.width())
            assert not isinstance(name, ElidedLabel)
        seat.act("text_size")


@pytest.mark.parametrize("size", [(340, 680, 125), (300, 680, 100), (340, 820, 150)], ids=str)
def test_the_button_of_advice_is_whole_in_a_window_made_narrow(make_seat, size):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    seat.begin_call()
    seat.wait(21 * 60)
    follow, later = seat.window.advice.follow, seat.window.advice.later
    assert follow.word.text() == "相談カードを開く"
    for label in (follow.word, follow.key):
        assert label.width() >= label.sizeHint().width(), label.text()
    for button in (follow, later):
        assert button.width() >= button.sizeHint().width()
        assert seat.window.advice.rect().contains(button.geometry())
    assert seat.window.advice.height() >= seat.window.advice.heightForWidth(
        seat.window.advice.width()
    )
    if percent <= 125:  # the last part of the key is enough to stand in one line
        assert follow.geometry().center().y() == later.geometry().center().y()
    seat.window.resize(520, height)
    seat.settle()
    assert follow.key.text() == key_of("follow_advice")  # there is room for all of it


def test_what_is_due_is_in_sight_after_the_page_was_left_by_a_button_of_it(make_seat):
    """A button that had the keyboard once is not what the page scrolls to ever after."""
    seat = make_seat(size=(340, 680)).start()
    for number in range(9):
        seat.begin_call(f"03-0000-{number:04d}")
        due = seat.work.now().wall + timedelta(hours=3 + number)
        for command in (
            c.CommitCallback("佐藤", due, "課長"),
            c.RecordHandoff("text", "a"),
            c.EndCall(),
            c.FinishWrapUp(),
        ):
            seat.work.do(command)
    seat.save()
    seat.wait_for_background()
    bar = seat.window.waiting._area.verticalScrollBar()
    assert bar.maximum() > 0
    seat.window.waiting.settings.setFocus(Qt.FocusReason.TabFocusReason)
    bar.setValue(0)
    seat.window.input.focus()
    seat.window.resize(340, 640)
    seat.settle()
    assert bar.value() == 0


def test_a_sheet_over_the_notes_is_seen_where_the_notes_fold(make_seat):
    """Made lower, or the text made larger, while it is open."""
    seat = make_seat(size=(340, 900)).start()
    seat.begin_call()
    seat.act("retime")
    seat.type("40", seat.window.sheet.entry)
    assert seat.window.pad.isAncestorOf(seat.window.sheet)
    sheet = seat.window.sheet
    seat.window.resize(340, 500)  # what fits is tried
    seat.settle()
    assert sheet.entry.hasFocus()
    seat.window.resize(340, 420)
    seat.settle()
    assert seat.window.pad.isHidden()
    assert sheet.isVisible()
    assert sheet.entry.hasFocus()
    assert sheet.entry.text() == "40"
    seat.press("Escape")
    assert seat.window.sheet is None
    assert seat.window.center.currentWidget() is seat.window.stage_page


def test_the_row_that_keys_are_for_stays_in_sight_as_the_text_grows(make_seat):
    seat = make_seat(size=(340, 680)).start()
    seat.begin_call()
    seat.controller.trigger("abuse")
    seat.wait_until(lambda: seat.work.is_quiet)
    seat.press("2")
    rows = seat.window.sheet.pages.rows
    for _ in range(3):
        seat.press("PgDown")
    for _ in range(4):
        seat.settle()
        view = rows.body.view_of(rows.chosen.id)
        top = view.mapTo(rows.viewport(), QPoint(0, 0)).y()
        assert top >= 0
        assert top + min(view.height(), rows.viewport().height()) <= rows.viewport().height()
        seat.act("text_size")
