"""More than one case: the next call does not wait, earlier cases come back, a call survives."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton

from call import commands as c
from call.events import Direction
from call.fold_times import CallPhase
from scripts_ja.dates import clock_time
from scripts_ja.texts import t
from ui.case_sheet import CaseSheet


def finish(seat):
    seat.act("end")
    seat.act("end")


def cases_sheet(seat) -> CaseSheet:
    seat.act("cases")
    sheet = seat.window.sheet
    assert isinstance(sheet, CaseSheet)
    seat.wait_until(sheet.list.rows.rowCount)
    return sheet


# -- the next call does not wait --------------------------------------------------------------


@pytest.fixture
def parked(talk):
    """A call that came while the after-call work of 山田 was being done, and is over."""
    talk.work.do(c.FillField("customer", "山田"))
    talk.note("山田様のメモ")
    talk.act("end")
    talk.wait(30)
    talk.act("start")
    return talk


def test_a_call_during_after_call_work_starts_at_once_as_a_new_case(parked):
    assert parked.work.phase is CallPhase.TALKING
    assert parked.case.field("customer") == ""
    assert parked.notes() == []
    assert parked.window.clock.time.text() == "00:00"
    assert [case.field("customer") for case in parked.work.parked] == ["山田"]


def test_a_ringing_call_during_after_call_work_can_be_taken(talk):
    talk.act("end")
    talk.work.do(c.Ring("0698765432"))
    assert talk.window.buttons.start.isVisible()
    talk.act("start")
    assert talk.case.call.number == "0698765432"
    assert len(talk.work.parked) == 1


def test_what_is_parked_is_shown_and_comes_back_by_one_key(parked):
    finish(parked)
    parked.wait_for_background()
    panel = parked.window.waiting
    assert panel.isVisible()
    assert panel.parked.isVisible()
    assert "山田 様" in panel.parked.word.text()
    parked.act("parked")
    assert parked.work.phase is CallPhase.WRAP_UP
    assert parked.case.field("customer") == "山田"
    assert parked.notes() == ["山田様のメモ"]
    assert parked.work.parked == []


def test_parked_time_is_not_after_call_time(parked):
    parked.wait(600)
    finish(parked)
    parked.act("parked")
    parked.wait(5)
    assert parked.window.clock.time.text() == "00:35"


def test_during_a_call_the_parked_work_stays_where_it_is(parked):
    parked.act("parked")
    assert parked.work.phase is CallPhase.TALKING
    assert parked.notice == t("refusal.parked.in_call")


def test_the_parked_work_is_announced_during_the_after_call_work_of_the_next(parked):
    parked.act("end")
    parked.act("parked")
    assert parked.case.field("customer") == "山田"
    assert len(parked.work.parked) == 1


# -- earlier cases ----------------------------------------------------------------------------


@pytest.fixture
def earlier(talk):
    """A case of yesterday's kind: done, with a name and a number."""
    talk.work.do(c.FillField("customer", "鈴木"))
    talk.work.do(c.FillField("callback_tel", "0901112222"))
    talk.note("前回のお話")
    finish(talk)
    talk.save()
    talk.wait(3600)
    return talk


def test_a_running_call_joins_an_earlier_case(earlier):
    first = earlier.case.id
    earlier.act("start")
    earlier.note("今回のお話")
    assert cases_sheet(earlier).title.text() == t("case_search.join")
    earlier.press("Return")
    earlier.wait_until(lambda: earlier.case.id == first)
    assert earlier.notes() == ["前回のお話", "今回のお話"]
    assert earlier.window.header.customer.text() == "鈴木 様"
    assert earlier.work.phase is CallPhase.TALKING
    earlier.act("undo")
    assert earlier.case.id != first
    assert earlier.notes() == ["今回のお話"]


def test_one_key_joins_a_call_from_the_same_number(earlier):
    first = earlier.case.id
    earlier.work.do(c.Ring("090-111-2222"))
    earlier.act("start")
    earlier.wait_until(lambda: "ring_back" in earlier.window.notice._standing)
    assert "鈴木 様" in earlier.window.notice._standing["ring_back"].text
    earlier.act("cases")
    earlier.wait_until(lambda: earlier.case.id == first)
    assert earlier.window.sheet is None
    assert "ring_back" not in earlier.window.notice._standing
    earlier.act("undo")
    assert earlier.case.id != first


def test_one_key_joins_the_customer_who_rings_back_during_after_call_work(talk):
    first = talk.case.id
    talk.act("end")
    talk.act("start")
    assert talk.case.id != first
    assert "ring_back" in talk.window.notice._standing
    talk.act("cases")
    talk.wait_until(lambda: talk.case.id == first)
    assert list(talk.work.parked) == []
    talk.act("undo")
    assert [case.id for case in talk.work.parked] == [first]


def test_who_rings_back_is_forgotten_with_the_call(earlier):
    earlier.work.do(c.Ring("090-111-2222"))
    earlier.act("start")
    earlier.wait_until(lambda: "ring_back" in earlier.window.notice._standing)
    earlier.act("end")
    assert "ring_back" not in earlier.window.notice._standing


def test_an_earlier_case_is_opened_and_its_customer_rung(earlier):
    first = earlier.case.id
    earlier.act("start")
    finish(earlier)
    assert cases_sheet(earlier).title.text() == t("case_search.title")
    earlier.press("Down")
    earlier.press("Return")  # the call that has just ended stands before it
    earlier.wait_until(lambda: earlier.work.is_chosen)
    assert earlier.case.id == first
    assert earlier.window.notes.notes.rowCount() == 1
    assert not earlier.window.waiting.isVisible()
    earlier.press("1")
    assert earlier.case.id == first
    assert earlier.case.call.direction is Direction.OUTGOING
    assert earlier.case.call.number == "0901112222"


def test_a_call_taken_while_an_earlier_case_is_open_is_a_new_one(earlier):
    first = earlier.case.id
    earlier.work.cases.open(first)
    earlier.wait_until(lambda: earlier.work.is_chosen)
    earlier.act("start")
    assert earlier.case.id != first
    assert earlier.case.call.direction is Direction.INCOMING


def test_what_is_typed_while_waiting_is_kept_for_the_next_call(earlier):
    before = earlier.case.id
    earlier.note("次のお客様のお話")
    assert earlier.work.case.notes.of_kind() == []
    assert earlier.edit.toPlainText() == "次のお客様のお話"
    earlier.act("start")
    earlier.press("Return", earlier.edit)
    assert earlier.case.id != before
    assert earlier.notes() == ["次のお客様のお話"]


def test_an_opened_case_is_laid_aside_by_the_same_key(earlier):
    earlier.work.cases.open(earlier.case.id)
    earlier.wait_until(lambda: earlier.work.is_chosen)
    earlier.act("cases")
    assert not earlier.work.is_chosen
    assert earlier.window.waiting.isVisible()


def test_a_call_that_rings_while_an_earlier_case_is_open_is_a_new_case(earlier):
    first = earlier.case.id
    earlier.work.cases.open(first)
    earlier.wait_until(lambda: earlier.work.is_chosen)
    earlier.work.do(c.Ring("0312340000"))
    earlier.act("start")
    assert earlier.case.id != first
    assert earlier.case.call.direction is Direction.INCOMING


def test_waiting_shows_the_last_cases_and_what_is_due(earlier):
    earlier.act("start")
    earlier.work.do(c.FillField("customer", "高橋"))
    due = earlier.work.local(earlier.work.now()).replace(hour=17, minute=0)
    earlier.work.do(c.CommitCallback("佐藤", due))
    finish(earlier)
    earlier.wait_for_background()
    rows = [b.accessibleName() for b in earlier.window.waiting.findChildren(QPushButton)]
    dues = [row for row in rows if t("agenda.kind.callback") in row]
    assert len(dues) == 1
    assert t("agenda.owner", owner="佐藤") in dues[0]
    assert t("agenda.left.full_hours", hours=2) in dues[0]
    assert "17時" in dues[0]
    assert "高橋 様" in dues[0]
    assert any("鈴木 様" in row for row in rows)


def test_a_click_on_a_case_opens_it(earlier):
    earlier.act("start")
    finish(earlier)
    earlier.wait_for_background()
    row = next(
        b for b in earlier.window.waiting.findChildren(QPushButton) if "鈴木" in b.accessibleName()
    )
    QTest.mouseClick(row, Qt.MouseButton.LeftButton)
    earlier.wait_until(lambda: earlier.work.is_chosen)
    assert earlier.case.field("customer") == "鈴木"


# -- after a crash ----------------------------------------------------------------------------


@pytest.mark.rule("45")
def test_a_call_that_was_running_is_back_and_says_so(make_seat, clock):
    seat = make_seat().start()
    seat.begin_call("0312345678")
    seat.note("消えないメモ")
    seat.act("next")
    seat.wait(100)
    seat.act("hold")
    seat.die()
    clock.advance(20)
    again = make_seat().start()
    assert again.work.phase is CallPhase.ON_HOLD
    assert again.notice == t("recovered.call", time=clock_time(120))
    assert again.window.clock.time.text() == "02:00"
    assert again.window.clock.hold.text() == t("hold.count", used=1, most=1)
    assert again.notes() == ["消えないメモ"]
    assert "2" in again.window.stage.title.text()
    again.act("hold")
    assert again.work.phase is CallPhase.TALKING


def test_parked_work_is_back_too(make_seat):
    seat = make_seat().start()
    seat.begin_call()
    seat.work.do(c.FillField("customer", "山田"))
    seat.act("end")
    seat.act("start")
    seat.die()
    again = make_seat().start()
    assert again.work.phase is CallPhase.TALKING
    assert [case.field("customer") for case in again.work.parked] == ["山田"]


def test_a_machine_started_anew_still_counts_the_call(make_seat, clock):
    seat = make_seat().start()
    seat.begin_call()
    seat.wait(60)
    seat.die()
    clock.reboot("second boot", 30)
    again = make_seat().start()
    assert again.window.clock.time.text() == "01:30"


def test_a_finished_call_does_not_come_back(make_seat):
    seat = make_seat().start()
    seat.begin_call()
    finish(seat)
    seat.die()
    again = make_seat().start()
    assert again.work.case is None
    assert again.window.waiting.isVisible()
    assert again.notice == ""


def test_the_notice_of_a_call_brought_back_goes_with_the_call(make_seat):
    seat = make_seat().start()
    seat.begin_call()
    seat.die()
    again = make_seat().start()
    finish(again)
    again.act("start")
    assert again.notice == ""


def test_what_is_half_typed_stays_with_its_case(talk):
    """A call that comes meanwhile must not get the words about another customer."""
    talk.act("end")
    talk.type("山田様について書きかけ")
    talk.act("start")
    assert talk.edit.toPlainText() == ""
    assert talk.notes() == []
    assert [note.text for note in talk.work.parked[0].notes.notes] == ["山田様について書きかけ"]


def test_what_is_half_typed_when_the_after_call_work_is_done_is_its_last_note(talk):
    talk.act("end")
    talk.type("山田様について書きかけ")
    talk.act("end")
    assert talk.notes() == ["山田様について書きかけ"]
    assert talk.edit.toPlainText() == ""
