"""The large clock and the hold counter: limits of both kinds, colours, this call and the case."""

import pytest

from call import commands as c
from call.events import Direction
from scripts_ja.model import HoldKind
from scripts_ja.texts import t
from ui.call_ticker import CallTicker

LOOKUP, CONSULT = HoldKind.LOOKUP, HoldKind.CONSULT


def tones(seat):
    clock = seat.window.clock
    return {clock.hold.property("tone") or "", clock.hold_note.property("tone") or ""}


def note(seat):
    return seat.window.clock.hold_note.text()


@pytest.mark.parametrize(
    ("kind", "seconds", "tone"),
    [
        (LOOKUP, 0, ""),
        (LOOKUP, 29, ""),
        (LOOKUP, 30, "warn"),
        (LOOKUP, 59, "warn"),
        (LOOKUP, 60, "danger"),
        (CONSULT, 59, ""),
        (CONSULT, 60, "warn"),
        (CONSULT, 119, "warn"),
        (CONSULT, 120, "danger"),
    ],
)
@pytest.mark.rule("2.9", "M2", "M3")
def test_a_hold_changes_colour_at_the_limits_of_its_kind(talk, kind, seconds, tone):
    talk.work.do(c.Hold(kind))
    talk.wait(seconds)
    assert tones(talk) == {tone}
    mark = {"": "", "warn": t("advice.mark_amber"), "danger": t("advice.mark_red")}[tone]
    assert talk.window.clock.hold.text() == mark + t("hold.count", used=1, most=1)


def test_changing_the_kind_changes_the_colour(talk):
    talk.act("hold")
    talk.wait(45)
    assert tones(talk) == {"warn"}
    talk.act("hold_kind")
    assert tones(talk) == {""}


def test_colour_is_never_alone(talk):
    talk.work.do(c.Hold(LOOKUP))
    talk.wait(61)
    assert talk.window.advice.prompt.id == "hold_red"
    assert talk.window.advice.title.text().startswith(t("advice.mark_red").strip())
    assert talk.window.advice.property("tone") == "danger"


def test_the_stage_decides_the_kind_and_a_key_changes_it(talk):
    talk.work.do(c.EnterStage("F1-S4"))
    talk.act("announce2")
    assert note(talk) == t("hold.announced", kind=t("hold.kind.consult"), minutes=2)
    talk.act("hold_kind")
    assert note(talk) == t("hold.announced", kind=t("hold.kind.lookup"), minutes=2)


def test_this_hold_and_all_holds_are_shown(talk):
    talk.act("hold")
    talk.wait(20)
    talk.act("hold")
    talk.wait(10)
    assert note(talk) == t("hold.total", total="0:20", case=1)
    talk.act("hold")
    talk.wait(5)
    text = t("hold.running", kind=t("hold.kind.lookup"), this="0:05", total="0:25", minutes=0)
    assert note(talk) == text


@pytest.mark.rule("M3")
def test_announced_minutes_stand_beside_the_running_hold(talk):
    talk.act("announce3")
    talk.act("hold")
    talk.wait(65)
    shown = t(
        "hold.running_announced", kind=t("hold.kind.lookup"), this="1:05", minutes=3, total=""
    )
    assert note(talk) == shown


@pytest.mark.rule("72")
def test_a_second_hold_is_red_at_once_and_says_what_to_do_instead(talk):
    talk.act("hold")
    talk.act("hold")
    assert tones(talk) == {""}
    talk.act("hold")
    assert tones(talk) == {"danger"}
    said = t("advice.mark_red") + t("hold.count", used=2, most=1)
    assert talk.window.clock.hold.text() == said
    advice = talk.window.advice
    assert advice.prompt.id == "second_hold"
    assert advice.isVisible()
    assert advice.follow.word.text() == t("advice.second_hold.action")
    assert advice.red.isVisible()
    assert advice.amber.isHidden()


def test_holds_of_this_call_and_of_the_case_are_told_apart(seat):
    seat.begin_call("0312345678")
    seat.act("hold")
    seat.act("hold")
    seat.act("end")
    seat.act("end")
    case_id = seat.case.id
    seat.work.cases.open(case_id)
    seat.wait_until(lambda: seat.work.is_chosen)
    seat.press("1")
    assert seat.case.call.direction is Direction.OUTGOING
    assert seat.window.clock.hold.text() == t("hold.count", used=0, most=1)
    assert note(seat) == t("hold.unused_in_call", case=1)
    seat.act("hold")
    seat.act("hold")
    assert note(seat) == t("hold.total_with_case", total="0:00", case=2)


@pytest.mark.rule("T3")
def test_same_talk_of_this_call_and_of_the_case_are_told_apart(seat):
    seat.begin_call()
    seat.act("same_talk")
    seat.act("end")
    seat.act("end")
    seat.work.cases.open(seat.case.id)
    seat.wait_until(lambda: seat.work.is_chosen)
    seat.press("1")
    seat.act("same_talk")
    seat.act("same_talk")
    expected = t("marks.same_talk_with_case", here=2, case=3, key="O")
    assert seat.window.marks.same.text() == expected


@pytest.mark.parametrize(
    ("seconds", "shown"), [(0, "00:00"), (59, "00:59"), (252, "04:12"), (3723, "1:02:03")]
)
def test_the_large_clock(talk, seconds, shown):
    talk.wait(seconds)
    assert talk.window.clock.time.text() == shown
    assert shown in talk.window.clock.time.accessibleName()


def test_the_clock_of_the_call_goes_on_during_a_hold_and_that_of_after_call_work_begins_anew(talk):
    talk.wait(60)
    talk.act("hold")
    talk.wait(30)
    assert talk.window.clock.time.text() == "01:30"
    talk.act("end")
    talk.wait(7)
    assert talk.window.clock.time.text() == "00:07"
    assert note(talk) == t("hold.after_call", call="1:30", total="0:30")


def test_a_corrected_wall_clock_changes_no_time_on_the_screen(talk):
    talk.wait(60)
    talk.clock.correct_wall(-3600)
    talk.window.tick()
    assert talk.window.clock.time.text() == "01:00"


def test_a_suspended_machine_is_counted(talk):
    talk.wait(8 * 3600)
    assert talk.window.clock.time.text() == "8:00:00"


def test_the_window_ticks_each_second_of_a_call_and_hardly_otherwise(seat):
    ticker = CallTicker(seat.work, seat.window)
    assert not ticker._timer.isActive()
    seat.begin_call()
    assert ticker._timer.isActive()
    assert ticker._timer.interval() <= 1100
    seat.clock.advance(0.995)
    ticker._timer.start(ticker._milliseconds_to_next())
    assert ticker._timer.interval() <= 20
    seat.clock.advance(0.02)
    seat.wait_until(lambda: seat.window.clock.time.text() == "00:01")
    seat.act("end")
    seat.act("end")
    assert ticker._timer.interval() == 10_000


def test_the_first_line_says_phase_customer_and_number(talk):
    header = talk.window.header
    assert header.phase.text() == t("phase.talking")
    assert header.number.text() == "******5678"
    assert header.case_no.text() == talk.case.case_no
    talk.work.do(c.FillField("callback_tel", "09011112222"))
    talk.work.do(c.FillField("company_no", "K-77"))
    assert header.number.text() == "*******2222"
    assert header.case_no.text() == "K-77"
    for step, word in (("hold", "on_hold"), ("end", "wrap_up"), ("end", "closed")):
        talk.act(step)
        assert header.phase.text() == t(f"phase.{word}")
