"""The agenda by keyboard: what is owed counts down, is done, postponed, handed on, apologised for."""

from datetime import UTC, datetime, timedelta

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from call import commands as c
from call.agenda import AgendaEntry, AgendaLine
from call.dues import Due
from call.fold_times import CallPhase
from call.limits import Limits
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from ui.agenda_list import AgendaList
from ui.agenda_sheet import AgendaSheet
from ui.agenda_sheets import CallbackSheet
from ui.agenda_words import countdown, tone
from ui.call_ticker import CallTicker
from ui.theme import LIGHT, Look

DAY = datetime(2026, 4, 1, 6, 0, tzinfo=UTC)


def settle(seat):
    seat.wait_until(lambda: seat.work.is_quiet)


def owe(seat, customer, *commands):
    """A call that is over and was reported; its case."""
    seat.begin_call("0312345678")
    seat.work.do(c.FillField("customer", customer))
    for command in commands:
        seat.work.do(command)
    seat.work.do(c.RecordHandoff("text", "a.txt"))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    settle(seat)
    return seat.case.id


def in_minutes(seat, minutes):
    return seat.work.now().wall + timedelta(minutes=minutes)


@pytest.fixture
def owing(seat):
    """Three cases: a callback in an hour, a promise in two, something inside in three."""
    seat.ids = {
        "山田": owe(seat, "山田", c.CommitCallback("佐藤", in_minutes(seat, 60), "課長")),
        "高橋": owe(
            seat,
            "高橋",
            c.TakeNote(NoteKind.PROMISE, "お調べの結果", due_at=in_minutes(seat, 120)),
        ),
        "鈴木": owe(seat, "鈴木", c.PlanAction("部品の手配", "中村", in_minutes(seat, 180))),
    }
    return seat


@pytest.fixture
def sheet(owing):
    owing.act("agenda")
    assert isinstance(owing.window.sheet, AgendaSheet)
    return owing.window.sheet


def customers(sheet):
    return [line.entry.customer for line in sheet.list.rows.rows]


def answer(seat, *texts):
    entry = seat.window.sheet.ask.entry
    for text in texts:
        assert entry.hasFocus(), "nothing is asked"
        entry.selectAll()
        entry.clear()
        if text:
            seat.type(text, entry)
        seat.press("Return", entry)
    settle(seat)


def case_of(seat, name):
    seat.save()
    with seat.archive() as archive:
        return archive.summary_of(seat.ids[name])


# -- while nobody calls -----------------------------------------------------------------------


def test_while_nobody_calls_the_soonest_stand_first_and_count_down(owing):
    rows = owing.window.waiting.dues
    names = [button.accessibleName() for button in rows._buttons]
    assert ["山田" in names[0], "高橋" in names[1], "鈴木" in names[2]] == [True] * 3
    assert rows._buttons[0].remark.text() == t("agenda.left.full_hours", hours=1)
    assert rows.late.text() == ""
    before = [(button.y(), button.height()) for button in rows._buttons]
    owing.wait(46 * 60)
    assert rows._buttons[0].remark.text() == t("agenda.left.minutes", minutes=14)
    assert rows._buttons[0].remark.property("tone") == "warn"
    owing.wait(15 * 60)
    assert rows._buttons[0].remark.text() == t("agenda.late_by.minutes", minutes=1)
    assert rows._buttons[0].remark.property("tone") == "danger"
    assert rows.late.text() == t("agenda.count_late", count=1)
    assert [(button.y(), button.height()) for button in rows._buttons] == before


def test_the_ticker_lets_it_count_down_too(owing):
    owing.clock.advance(59 * 60)
    CallTicker(owing.work, owing.window)._on_tick()
    assert owing.window.waiting.dues._buttons[0].remark.text() == t(
        "agenda.left.minutes", minutes=1
    )


def test_a_long_list_shows_its_beginning_and_says_how_much_there_is(seat):
    for number in range(9):
        owe(seat, f"客{number}", c.CommitCallback("佐藤", in_minutes(seat, 60 + number)))
    rows = seat.window.waiting.dues
    assert len(rows._buttons) == 8
    assert rows.all.word.text() == t("agenda.all", count=9)
    QTest.mouseClick(rows.all, Qt.MouseButton.LeftButton)
    seat.settle()
    assert seat.window.sheet.list.rows.rowCount() == 9


def test_with_nothing_owed_it_says_so(seat):
    seat.act("agenda")
    assert seat.window.sheet.count.text() == ""
    assert seat.window.sheet.list.accessibleDescription() == t("agenda.none")
    assert seat.window.sheet.list.chosen is None
    for key in ("Space", "P", "H", "C", "Z", "Return", "Down"):
        seat.press(key)
    assert not seat.window.waiting.dues.all.isVisible()
    seat.press("Escape")
    assert seat.window.sheet is None


def test_a_click_on_a_callback_opens_its_case_and_its_callback(owing):
    QTest.mouseClick(owing.window.waiting.dues._buttons[0], Qt.MouseButton.LeftButton)
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.case.id == owing.ids["山田"]
    assert isinstance(owing.window.sheet, CallbackSheet)


# -- the list ---------------------------------------------------------------------------------


def test_the_key_opens_and_closes_it_and_gives_the_keys_back(owing):
    owing.act("agenda")
    assert owing.window.sheet.list.hasFocus()
    owing.act("agenda")
    assert owing.window.sheet is None
    assert owing.edit.hasFocus()


def test_done_is_one_key_in_the_case_it_belongs_to_and_can_be_taken_back(owing, sheet):
    assert customers(sheet) == ["山田", "高橋", "鈴木"]
    owing.press("Down")
    owing.press("Space")
    settle(owing)
    assert customers(sheet) == ["山田", "鈴木"]
    assert sheet.list.chosen.entry.customer == "鈴木"
    assert owing.notice == t("agenda.said.done")
    assert case_of(owing, "高橋").dues == ()
    assert owing.case.id == owing.ids["鈴木"]
    owing.press("Z")
    settle(owing)
    assert customers(sheet) == ["山田", "高橋", "鈴木"]
    assert len(case_of(owing, "高橋").dues) == 1
    assert "Z" not in sheet.deeds.of(sheet.list.chosen)


def test_a_key_that_is_held_does_it_once(owing, sheet):
    from PySide6.QtCore import QEvent
    from PySide6.QtGui import QKeyEvent

    none = Qt.KeyboardModifier.NoModifier
    for is_repeat in (False, True, True):
        event = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Space, none, " ", is_repeat)
        QApplication.sendEvent(sheet.list, event)
        settle(owing)
    assert customers(sheet) == ["高橋", "鈴木"]


def test_it_is_postponed_with_a_date_a_reason_and_whether_the_customer_knows(owing, sheet):
    owing.press("P")
    assert "山田" in sheet.ask.label.text()
    owing.type("@", sheet.ask.entry)
    owing.press("Return", sheet.ask.entry)
    assert sheet.ask.is_open  # nobody can read that date
    answer(owing, "明日10時", " ")
    assert sheet.ask.is_open  # a reason is asked for
    answer(owing, "部品が届かないため", "１")
    assert not sheet.ask.is_open
    assert sheet.list.hasFocus()
    assert customers(sheet) == ["高橋", "鈴木", "山田"]
    (due,) = case_of(owing, "山田").dues
    assert due.kind == "callback"
    assert owing.work.local(owing.work.now()).date() < due.at.astimezone().date()
    assert f"{due.at.astimezone():%H:%M}" == "10:00"
    assert owing.notice == t("agenda.said.postponed")


def test_whoever_only_presses_enter_still_has_to_tell_the_customer(owing, sheet):
    owing.press("P")
    answer(owing, "+200", "部品待ち", "")
    assert {due.kind for due in case_of(owing, "山田").dues} == {"callback", "tell_delay"}


def test_what_is_owed_inside_asks_for_no_customer(owing, sheet):
    owing.press("End")
    owing.press("P")
    answer(owing, "+300", "部品待ち")
    assert not sheet.ask.is_open
    assert [due.kind for due in case_of(owing, "鈴木").dues] == ["action"]


def test_it_is_handed_on(owing, sheet):
    owing.press("H")
    answer(owing, " ")
    assert sheet.ask.is_open
    answer(owing, "中村")
    assert case_of(owing, "山田").dues[0].owner == "中村"
    assert t("agenda.owner", owner="中村") in sheet.list.rows.index(0).data()


def test_what_is_late_says_so_and_its_apology_is_copied_with_one_key(owing, sheet):
    assert "C" not in sheet.deeds.of(sheet.list.chosen)
    owing.wait(61 * 60)
    assert sheet.late.text() == t("agenda.count_late", count=1)
    assert t("agenda.late_by.minutes", minutes=1) in sheet.list.rows.index(0).data()
    assert "お約束に遅れ、誠に申し訳ございません" in sheet.detail.accessibleName()
    owing.press("C")
    assert "お約束に遅れ、誠に申し訳ございません" in QGuiApplication.clipboard().text()
    owing.press("Down")
    assert "お調べの結果" in sheet.detail.accessibleName()


def test_the_chosen_line_stays_chosen_while_time_passes(owing, sheet):
    owing.press("Down")
    owing.wait(3 * 3600)
    assert sheet.list.chosen.entry.customer == "高橋"


def test_a_first_report_is_done_by_saying_to_whom(seat):
    seat.begin_call("0312345678")
    seat.work.do(c.SetTemperature(5))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    settle(seat)
    seat.act("agenda")
    assert seat.window.sheet.list.chosen.entry.what.kind == "report"
    seat.press("P")
    assert not seat.window.sheet.ask.is_open  # a first report cannot wait
    seat.press("Space")
    answer(seat, "佐藤")
    assert seat.window.sheet.list.rows.rowCount() == 0


# -- opening a case ---------------------------------------------------------------------------


def test_enter_opens_the_case_of_a_promise_with_what_can_be_done(owing, sheet):
    owing.press("Down")
    owing.press("Return")
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.case.id == owing.ids["高橋"]
    assert owing.window.sheet.title.text() == t("cases.do")


def test_after_call_work_steps_aside_for_it(owing):
    owing.begin_call("0398765432")
    owing.work.do(c.EndCall())
    owing.act("agenda")
    owing.press("Return")
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.case.id == owing.ids["山田"]
    assert len(owing.work.parked) == 1
    assert isinstance(owing.window.sheet, CallbackSheet)


def test_in_a_call_it_is_read_and_done_but_nobody_leaves_the_call(owing):
    owing.begin_call("0398765432")
    running = owing.case.id
    owing.act("agenda")
    owing.press("Return")
    settle(owing)
    assert (owing.case.id, owing.work.phase) == (running, CallPhase.TALKING)
    assert owing.notice == t("agenda.in_call")
    assert isinstance(owing.window.sheet, AgendaSheet)
    owing.press("Space")
    settle(owing)
    assert case_of(owing, "山田").dues == ()
    assert owing.case.id == running


def test_a_call_that_comes_first_is_first(owing, sheet):
    """The case was to be opened: it is not joined to the call, nor opened later by surprise."""
    sheet.open_asked.emit(sheet.list.chosen)
    owing.begin_call("0398765432")
    running = owing.case.id
    settle(owing)
    assert owing.case.id == running
    assert not owing.work.is_chosen
    owing.work.do(c.EndCall())
    owing.work.do(c.FinishWrapUp())
    settle(owing)
    owing.work.cases.open(owing.ids["山田"])
    owing.wait_until(lambda: owing.work.is_chosen)
    assert owing.window.sheet.title.text() == t("cases.do")


# -- typing, hearing, sizes -------------------------------------------------------------------


def test_while_something_is_composed_enter_and_esc_are_the_input_methods(owing, sheet):
    owing.press("H")
    owing.compose("なかむら", sheet.ask.entry)
    owing.press("Return", sheet.ask.entry)
    owing.press("Escape", sheet.ask.entry)
    assert sheet.ask.is_open
    owing.act("agenda")
    assert owing.window.sheet is sheet
    owing.compose("", sheet.ask.entry)
    owing.press("Escape", sheet.ask.entry)
    assert not sheet.ask.is_open
    assert sheet.list.hasFocus()
    assert owing.window.sheet is sheet


def test_everything_has_a_name_to_be_heard(owing, sheet):
    assert sheet.accessibleName() == t("agenda.title")
    assert sheet.list.accessibleName() == t("agenda.title")
    heard = sheet.list.rows.index(0).data(Qt.ItemDataRole.AccessibleTextRole)
    for part in ("折り返し", "山田 様", "佐藤", "あと1時間"):
        assert part in heard
    owing.press("P")
    assert "山田" in sheet.ask.entry.accessibleName()


def test_hundreds_are_painted_rows_and_no_widgets(application):
    entries = [
        AgendaEntry(
            str(n), f"K-{n}", "山田", Due("promise", str(n), DAY, "佐藤", "x" * 300), str(n)
        )
        for n in range(500)
    ]
    agenda = AgendaList(Look(LIGHT, 100), Limits())
    agenda.resize(320, 300)
    agenda.show_lines([AgendaLine(entry, 60.0 * n) for n, entry in enumerate(entries)])
    agenda.go_to(400)
    agenda.grab()
    assert agenda.rows.rowCount() == 500
    assert len(agenda.findChildren(QWidget)) < 20
    agenda.show_lines([AgendaLine(entry, 60.0 * n - 1) for n, entry in enumerate(entries)])
    assert agenda.currentIndex().row() == 400


@pytest.mark.parametrize(("size", "percent"), [((340, 680), 100), ((560, 1000), 200)])
def test_it_fits(make_seat, size, percent):
    seat = make_seat(size=size, view__text_percent=percent).start()
    owe(
        seat,
        "独立行政法人高齢・障害・求職者雇用支援機構",
        c.CommitCallback("佐藤", in_minutes(seat, 5)),
    )
    seat.wait(6 * 60)
    seat.act("agenda")
    sheet = seat.window.sheet
    row = sheet.list.sizeHintForRow(0)
    assert sheet.list.viewport().height() >= 2 * row
    needed = sheet.detail.heightForWidth(sheet.detail.width())
    assert needed <= sheet.detail.parentWidget().height(), "the apology is read without scrolling"
    assert sheet.rect().contains(sheet.foot.geometry())


@pytest.mark.parametrize(
    ("seconds", "said", "colour"),
    [
        (3 * 86_400, t("agenda.left.days", days=3), "muted"),
        (48 * 3600 - 60, t("agenda.left.hours", hours=47, minutes=59), "muted"),
        (3600, t("agenda.left.full_hours", hours=1), "muted"),
        (3599, t("agenda.left.full_hours", hours=1), "muted"),
        (3540, t("agenda.left.minutes", minutes=59), "muted"),
        (901, t("agenda.left.minutes", minutes=16), "muted"),
        (900, t("agenda.left.minutes", minutes=15), "warn"),
        (1, t("agenda.left.minutes", minutes=1), "warn"),
        (0, t("agenda.late_by.now"), "danger"),
        (-59, t("agenda.late_by.now"), "danger"),
        (-60, t("agenda.late_by.minutes", minutes=1), "danger"),
        (-3600, t("agenda.late_by.hours", hours=1), "danger"),
        (-2 * 86_400, t("agenda.late_by.days", days=2), "danger"),
    ],
)
def test_time_that_is_left_in_words(seconds, said, colour):
    what = Due("callback", "x", DAY, "佐藤", "")
    line = AgendaLine(AgendaEntry("a", "K-1", "山田", what, "k"), seconds)
    assert (countdown(seconds), tone(line, Limits())) == (said, colour)


def test_in_a_low_window_with_large_text_the_list_keeps_room_for_rows(make_seat):
    """200 % on a screen of 800 lines: what is said of the chosen line scrolls before the list goes."""
    seat = make_seat(size=(560, 800), view__text_percent=200).start()
    owe(seat, "山田", c.CommitCallback("佐藤", in_minutes(seat, 60)))
    owe(seat, "佐々木", c.CommitCallback("佐藤", in_minutes(seat, 70)))
    seat.act("agenda")
    seat.settle()
    rows = seat.window.sheet.list
    first = rows.visualRect(rows.rows.index(0))
    assert rows.viewport().rect().contains(first)
    assert rows.viewport().height() >= 1.4 * first.height()
    seat.press("P")
    assert seat.window.sheet.ask.entry.hasFocus()
    assert seat.window.sheet.foot.rect().contains(
        seat.window.sheet.ask.echo.geometry().translated(seat.window.sheet.ask.pos())
    )
    seat.press("Escape")
    assert rows.hasFocus()
