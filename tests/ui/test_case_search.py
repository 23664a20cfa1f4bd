"""The case window: the list answers while one types, and Enter opens what was meant."""

import threading
from contextlib import closing

import pytest
from PySide6.QtCore import QEvent, QObject, QPoint, Qt
from PySide6.QtTest import QTest

from call import commands as c
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from storage.connection import connect_reader, connect_writer
from storage.search import find
from storage.search_family import Doc
from storage.search_terms import document
from ui.actions import key_of
from ui.case_sheet import CaseSheet


def finish(seat):
    seat.act("end")
    seat.act("end")


def take(seat, customer, number, note, kind=NoteKind.MEMO):
    """A call that is over."""
    seat.begin_call(number)
    seat.work.do(c.FillField("customer", customer))
    seat.work.do(c.TakeNote(kind, note, seat.work.now()))
    case_id = seat.case.id
    finish(seat)
    seat.wait(60)
    return case_id


@pytest.fixture
def ids(seat):
    return {
        "高橋": take(seat, "髙橋", "0901112222", "返金のご希望", NoteKind.REQUEST),
        "山崎": take(seat, "山﨑", "0312345678", "交換でご案内", NoteKind.ANSWERED),
        "佐藤": take(seat, "佐藤", "", "とても長いお話のあとでようやく返金と仰せになりました"),
    }


def open_window(seat):
    seat.act("cases")
    assert isinstance(seat.window.sheet, CaseSheet)
    seat.wait_until(lambda: seat.window.sheet.count.text())
    return seat.window.sheet


def names(sheet):
    found = sheet.list.rows
    return [found.row_at(row).case.customer for row in range(found.rowCount())]


def look_for(seat, words, count):
    sheet = seat.window.sheet
    sheet.entry.clear()
    seat.type(words, sheet.entry)
    assert not _is_searching(seat)
    assert sheet.list.rows.rowCount() == count
    return sheet


def test_the_list_answers_while_typing(seat, ids):
    sheet = open_window(seat)
    assert names(sheet) == ["佐藤", "山﨑", "髙橋"]
    assert names(look_for(seat, "返金", 2)) == ["佐藤", "髙橋"]
    assert names(look_for(seat, "返", 2)) == ["佐藤", "髙橋"]
    assert names(look_for(seat, "高橋", 1)) == ["髙橋"]
    assert names(look_for(seat, "０９０－１１１", 1)) == ["髙橋"]
    assert names(look_for(seat, "返金 -仰せ", 1)) == ["髙橋"]
    assert names(look_for(seat, "種類:回答", 1)) == ["山﨑"]
    assert names(look_for(seat, "期間:昨日", 0)) == []
    assert sheet.count.text() == t("case_search.none")
    assert names(look_for(seat, "期間:今日　種類:要望", 1)) == ["髙橋"]


def test_what_is_composed_counts_and_keys_stay_with_the_input_method(seat, ids):
    sheet = open_window(seat)
    seat.compose("返金", sheet.entry)
    seat.wait_until(lambda: sheet.list.rows.rowCount() == 2)
    for key in ("Return", "Tab", "Down", "Escape"):
        seat.press(key, sheet.entry)
    assert seat.window.sheet is sheet
    assert sheet.tabs[0].isChecked()
    assert sheet.list.currentIndex().row() == 0
    assert not seat.work.is_chosen


def test_enter_opens_the_chosen_case(seat, ids):
    sheet = open_window(seat)
    look_for(seat, "返金", 2)
    seat.press("Down", sheet.entry)
    assert sheet.list.chosen.case.customer == "髙橋"
    seat.press("Return", sheet.entry)
    seat.wait_until(lambda: seat.work.is_chosen)
    assert seat.case.id == ids["高橋"]


def test_a_click_opens_too_and_esc_leaves(seat, ids):
    sheet = open_window(seat)
    seat.press("Escape", sheet.entry)
    assert seat.window.sheet is None
    sheet = open_window(seat)
    place = sheet.list.visualRect(sheet.list.rows.index(1, 0)).center()
    QTest.mouseClick(sheet.list.viewport(), Qt.MouseButton.LeftButton, pos=place)
    seat.wait_until(lambda: seat.work.is_chosen)
    assert seat.case.id == ids["山崎"]


def test_tab_turns_through_the_shelves(seat, ids):
    seat.begin_call()
    seat.work.do(c.FillField("customer", "鈴木"))
    due = seat.work.local(seat.work.now()).replace(hour=17, minute=0)
    seat.work.do(c.CommitCallback("佐藤", due))
    finish(seat)
    sheet = open_window(seat)
    shown = {}
    for tab in sheet.tabs:
        seat.wait_until(lambda tab=tab: tab.isChecked() and not _is_searching(seat))
        shown[tab.text()] = names(sheet)
        seat.press("Tab", sheet.entry)
    assert shown[t("case_search.shelf.open")] == ["鈴木"]
    assert shown[t("case_search.shelf.due")] == ["鈴木"]
    assert shown[t("case_search.shelf.closed")] == ["佐藤", "山﨑", "髙橋"]
    assert sheet.tabs[0].isChecked()
    seat.press("Shift+Tab", sheet.entry)
    assert sheet.tabs[3].isChecked()


def _is_searching(seat):
    """Whether the newest search has still to come: another one behind it would be newer."""
    came = []
    seat.work.search.earlier_of("", "-", came.append)
    seat.wait_until(lambda: came)
    return False


def test_places_are_marked_in_the_piece_that_is_shown(seat, ids):
    open_window(seat)
    sheet = look_for(seat, "返金", 2)
    row = sheet.list.rows.row_at(0)
    assert row.text.startswith("…")
    assert [row.text[start:end] for start, end in row.places] == ["返金"]
    before = _painted(seat, sheet)
    assert before
    assert _painted(seat, look_for(seat, "仰せ", 1)) not in ({}, before)
    by_name = look_for(seat, "佐藤", 1)
    assert by_name.list.rows.row_at(0).in_name == ((0, 2),)
    assert _painted(seat, by_name)
    assert not _painted(seat, look_for(seat, "種類:回答", 1))


def test_a_field_that_no_list_shows_is_shown_where_it_was_found(seat):
    seat.begin_call("0901112222")
    for field, value in (
        ("product", "ドラム式 NP-TZ300"),
        ("reading", "タカハシ"),
        ("customer", "髙橋"),
    ):
        seat.work.do(c.FillField(field, value))
    seat.work.do(c.TakeNote(NoteKind.ANSWERED, "交換でご案内", seat.work.now()))
    number = seat.case.case_no
    finish(seat)
    open_window(seat)
    for words, text, marked in (
        ("np-ＴＺ", "ドラム式 NP-TZ300", "NP-TZ"),
        ("たかはし", "タカハシ", "タカハシ"),
        ("0901112", "＊＊＊＊＊＊2222", "＊＊＊＊＊＊2"),
    ):
        row = look_for(seat, words, 1).list.rows.row_at(0)
        assert row.kind == t("case_search.in_fields")
        (place,) = row.places
        assert (row.text, row.text[slice(*place)]) == (text, marked)
    row = look_for(seat, number[-6:], 1).list.rows.row_at(0)
    assert row.in_number == ((len(number) - 6, len(number)),)
    assert row.kind == t("note.kind.answered")
    assert _painted(seat, seat.window.sheet)


def _painted(seat, sheet):
    seat.settle()
    image = sheet.list.grab().toImage()
    mark = seat.window.look.color("warn_bg")
    return {x for x in range(image.width()) for y in range(60) if image.pixelColor(x, y) == mark}


def test_during_a_call_the_chosen_case_is_joined(seat, ids):
    seat.begin_call()
    sheet = open_window(seat)
    assert sheet.title.text() == t("case_search.join")
    look_for(seat, "交換", 1)
    seat.press("Return", sheet.entry)
    seat.wait_until(lambda: seat.case.id == ids["山崎"])
    assert seat.work.phase is CallPhase.TALKING


def test_a_search_that_comes_when_the_window_is_gone_harms_nothing(seat, ids):
    sheet = open_window(seat)
    sheet.search()
    seat.window.close_sheet()
    seat.settle()
    assert not _is_searching(seat)


def test_enter_before_the_list_has_come_opens_what_was_typed(seat, ids):
    sheet = open_window(seat)
    seat.type("高橋", sheet.entry)
    sheet.entry.entered.emit()
    assert seat.window.sheet is sheet
    seat.wait_until(lambda: seat.work.is_chosen)
    assert seat.case.id == ids["高橋"]


class HeldSearches:
    """Holds each search in the middle of its reading until it is let go on."""

    def __init__(self, seat, monkeypatch):
        self._search = seat.work.search
        self._may_go_on = threading.Event()
        self.is_reading = threading.Event()
        monkeypatch.setattr("storage.archive.connect_reader", self._connect)

    def _connect(self, *args):
        connection = connect_reader(*args)
        connection.set_progress_handler(self._pause, 200)
        return connection

    def _pause(self):
        if self._search._running is not None:
            self.is_reading.set()
            self._may_go_on.wait(20)
            self._may_go_on.set()  # a test that never lets go has waited once, not for each row
        return 0

    def let_go(self):
        self._may_go_on.set()


LONG = "とても長い話"


@pytest.fixture
def held(seat, ids, monkeypatch):
    """More notes than one finds at once, of cases nobody knows, and searches that stop among them."""
    docs = [Doc(1000 + n, f"c{n}", "memo", "2026-01-01T00", LONG, "") for n in range(400)]
    tokens = [(doc.id, document(doc.body, doc.fields, doc.kind, doc.at)) for doc in docs]
    with closing(connect_writer(seat.places.database)) as writer:
        writer.executemany("INSERT INTO search_docs VALUES (?, ?, ?, ?, ?, ?)", docs)
        writer.executemany("INSERT INTO search_tokens (rowid, t) VALUES (?, ?)", tokens)
    held = HeldSearches(seat, monkeypatch)
    yield held
    held.let_go()


class Paintings(QObject):
    """Counts how often a widget was painted."""

    def __init__(self, widget):
        super().__init__(widget)
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched, event):
        self.count += event.type() is QEvent.Type.Paint
        return False


def test_the_timer_is_painted_while_a_long_search_runs(seat, held):
    seat.begin_call()
    came = []
    seat.work.search.find(LONG, "all", came.append)
    seat.wait_until(held.is_reading.is_set)
    time = seat.window.clock.time
    painted = Paintings(time)
    for second in range(1, 6):
        seat.wait(1)
        seat.wait_until(lambda second=second: painted.count >= second)
        assert time.text() == f"00:0{second}"
    assert came == []
    held.let_go()
    seat.wait_until(lambda: came)
    assert came[0].rows == ()


def test_a_newer_search_ends_the_one_before_it(seat, held, monkeypatch):
    came, late, ends = [], [], []

    def find_and_tell(connection, wanted, limit):
        ends.append("interrupted")
        found = find(connection, wanted, limit)
        ends[-1] = "found"
        return found

    monkeypatch.setattr("storage.search.find", find_and_tell)
    seat.work.search.find(LONG, "all", late.append)
    seat.wait_until(held.is_reading.is_set)
    seat.work.search.find("交換", "all", came.append)
    held.let_go()
    seat.wait_until(lambda: came)
    assert [found.case.customer for found in came[0].rows] == ["山﨑"]
    assert late == []
    assert ends == ["interrupted", "found"]


# -- a customer who is known ------------------------------------------------------------------


def said(seat):
    notice = seat.window.notice._standing.get("ring_back")
    return notice.text if notice else ""


@pytest.mark.parametrize("number", ["03-1234-5678", "０３ー１２３４ー５６７８", "+81 3 1234 5678"])
def test_the_number_of_an_earlier_case_tells_what_was_answered(seat, ids, number):
    seat.begin_call(number)
    seat.wait_until(lambda: said(seat))
    who = t("header.customer", name="山﨑")
    values = {"who": who, "day": "4/1", "more": "", "key": key_of("cases")}
    assert said(seat) == t("ring_back.number_answered", answered="交換でご案内", **values)
    seat.act("cases")
    seat.wait_until(lambda: seat.case.id == ids["山崎"])


def test_what_was_answered_is_read_whole_and_nothing_below_moves(seat, ids):
    seat.begin_call()
    seat.settle()
    before = seat.window.input.geometry(), seat.window.stage.mapTo(seat.window, QPoint(0, 0))
    height = seat.window.notice.height()
    seat.work.do(c.FillField("callback_tel", "0312345678"))
    seat.wait_until(lambda: said(seat))
    seat.settle()
    notice = seat.window.notice
    assert "".join(notice._lines()) == notice.text() == said(seat)
    assert notice.height() > 1.5 * height
    assert (
        seat.window.input.geometry(),
        seat.window.stage.mapTo(seat.window, QPoint(0, 0)),
    ) == before
    seat.act("end")
    seat.act("end")
    seat.settle()
    assert notice.height() == height


def test_more_cases_of_a_number_are_counted_and_any_answer_is_told(seat, ids):
    take(seat, "山﨑", "0312345678", "お待ちになる")
    seat.begin_call("0312345678")
    seat.wait_until(lambda: said(seat))
    assert t("ring_back.more", count=1) in said(seat)
    assert "交換でご案内" in said(seat)


def test_how_a_name_is_read_is_enough(seat, ids):
    seat.begin_call()
    seat.work.do(c.FillField("reading", "やまさき"))
    assert not _is_searching(seat)
    assert said(seat) == ""
    seat.act("end")
    seat.work.do(c.FillField("customer", "山嵜"))
    seat.work.do(c.TakeNote(NoteKind.ANSWERED, "修理でご案内", seat.work.now()))
    finish(seat)
    seat.begin_call()
    seat.work.do(c.FillField("reading", "ヤマサキ"))
    seat.wait_until(lambda: said(seat))
    assert "修理でご案内" in said(seat)


def test_the_same_name_shows_the_earlier_cases_and_joins_nothing(seat, ids):
    seat.begin_call()
    seat.work.do(c.FillField("customer", "山崎"))
    seat.wait_until(lambda: said(seat))
    values = {"count": 1, "answered": "交換でご案内", "key": key_of("cases")}
    assert said(seat) == t("ring_back.name_answered", **values)
    sheet = open_window(seat)
    assert seat.case.id != ids["山崎"]
    seat.wait_until(lambda: names(sheet) == ["山﨑"])
    seat.press("Return", sheet.entry)
    seat.wait_until(lambda: seat.case.id == ids["山崎"])
    assert said(seat) == ""


def test_another_name_shows_nothing(seat, ids):
    seat.begin_call()
    seat.work.do(c.FillField("customer", "山"))
    assert not _is_searching(seat)
    assert said(seat) == ""


def test_a_name_knows_better_than_the_call_that_was_put_aside(seat, ids):
    seat.begin_call()
    seat.work.do(c.FillField("customer", "鈴木"))
    seat.act("end")
    seat.act("start")
    assert key_of("cases") in said(seat)
    seat.work.do(c.FillField("customer", "山﨑"))
    assert not _is_searching(seat)
    assert "交換でご案内" in said(seat)
    sheet = open_window(seat)
    assert names(sheet) == ["山﨑"]


def test_a_name_says_nothing_over_a_number(seat, ids):
    seat.begin_call("0901112222")
    seat.wait_until(lambda: said(seat))
    before = said(seat)
    seat.work.do(c.FillField("customer", "山﨑"))
    assert not _is_searching(seat)
    assert said(seat) == before


def test_what_comes_late_is_not_for_the_next_call(seat, ids):
    seat.work.do(c.StartCall("0901112222"))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    seat.work.do(c.StartCall(""))
    assert not _is_searching(seat)
    assert said(seat) == ""
