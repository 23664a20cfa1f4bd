"""Reminders by the wall: over midnight, over a machine that slept, over a clock that was set."""

from datetime import UTC, datetime, timedelta

import pytest

from call import commands as c
from call.agenda import Agenda, entries_of, lines_of
from call.clock import SimulatedClock
from call.events import VisitMoment
from call.limits import Limits

BEFORE_MIDNIGHT = datetime(2026, 11, 21, 14, 30, tzinfo=UTC)  # 23:30 in Japan
IN_AN_HOUR = BEFORE_MIDNIGHT + timedelta(hours=1)


def callback(phone):
    phone.do(c.CommitCallback("佐藤", IN_AN_HOUR))


def next_day_call(phone):
    phone.do(c.PlanVisit(IN_AN_HOUR - timedelta(days=1), ("中村", "高橋")))
    phone.do(c.MarkVisit(VisitMoment.ARRIVED), c.MarkVisit(VisitMoment.ABSENT))
    phone.do(c.MarkVisit(VisitMoment.LEFT), c.ReportVisit("佐藤"))


def visit(phone):
    phone.do(c.PlanVisit(IN_AN_HOUR, ("中村", "高橋")))


def effect_check(phone):
    phone.do(c.WritePrevention(measure="復唱の欄", check_at=IN_AN_HOUR))


def late_telling(phone):
    phone.do(c.CommitCallback("佐藤", IN_AN_HOUR))
    target = phone.case.dues()[0].target
    phone.do(c.PostponeDue(target, IN_AN_HOUR + timedelta(days=2), "部品が届かないため"))


KINDS = {
    callback: "callback",
    next_day_call: "callback",
    visit: "promise",
    effect_check: "promise",
    late_telling: "promise",
}
EDGES = [
    (15 * 60 + 1, None),
    (15 * 60, "first"),
    (5 * 60 + 1, "first"),
    (5 * 60, "last"),
    (1, "last"),
    (0, "late"),
    (-1, "late"),
]


def slept(clock, seconds):
    """The lid was closed: both clocks count on."""
    clock.advance(seconds)


def restarted(clock, seconds):
    clock.reboot("boot 2", seconds)


def was_set(clock, seconds):
    """Somebody put the wall clock right: no time has passed since boot."""
    clock.correct_wall(seconds)


def was_set_back(clock, seconds):
    """It ran an hour fast and was put back: the wall counts, for the promise was made by it."""
    clock.advance(seconds + 3600)
    clock.correct_wall(-3600)


@pytest.mark.parametrize("passing", [slept, restarted, was_set, was_set_back])
@pytest.mark.parametrize("owe", KINDS)
@pytest.mark.parametrize(("left", "expected"), EDGES)
def test_what_is_owed_is_owed_by_the_clock_on_the_wall(
    telephone, new_telephone, owe, passing, left, expected
):
    other = new_telephone()
    other.clock = SimulatedClock(BEFORE_MIDNIGHT, "boot 1")
    telephone.clock = other.clock
    owe(other)
    passing(other.clock, 3600 - left)
    agenda = Agenda.of(entries_of(other.case, Limits()))
    assert telephone.advice(agenda) == (f"{KINDS[owe]}_{expected}" if expected else None)


def interim(phone):
    """The next date is further away than the customer can be left alone."""
    phone.do(c.StartCall(), c.CommitCallback("佐藤", IN_AN_HOUR + timedelta(days=3)))
    phone.do(c.RecordHandoff("text", "a.txt"), c.EndCall(), c.FinishWrapUp())
    return IN_AN_HOUR - BEFORE_MIDNIGHT + timedelta(hours=23)


def report(phone):
    phone.do(c.StartCall(), c.SetTemperature(5), c.EndCall(), c.FinishWrapUp())
    return timedelta(minutes=10)


def visit_overdue(phone):
    """Half an hour of a visit and a quarter of grace are over."""
    phone.do(c.PlanVisit(IN_AN_HOUR - timedelta(minutes=45), ("中村", "高橋")))
    phone.do(c.MarkVisit(VisitMoment.DEPARTED))
    return timedelta(hours=1)


def offer(phone):
    phone.do(c.StartCall(), c.TellConcession("設置費用の返金", "部長", expires_at=IN_AN_HOUR))
    phone.do(c.RecordHandoff("text", "a.txt"), c.EndCall(), c.FinishWrapUp())
    return timedelta(hours=1)


WHEN_THERE = {
    interim: "interim_report",
    report: "report_red",
    visit_overdue: "visit_overdue",
    offer: "offer_late",
}


@pytest.mark.parametrize("passing", [slept, restarted, was_set, was_set_back])
@pytest.mark.parametrize("owe", WHEN_THERE)
@pytest.mark.parametrize(("left", "speaks"), [(1, False), (0, True), (-1, True)])
def test_what_has_no_time_before_it_speaks_from_its_second_on(
    telephone, new_telephone, owe, passing, left, speaks
):
    other = new_telephone()
    other.clock = SimulatedClock(BEFORE_MIDNIGHT, "boot 1")
    telephone.clock = other.clock
    after = owe(other)
    passing(other.clock, after.total_seconds() - left)
    agenda = Agenda.of(entries_of(other.case, Limits()))
    said = telephone.advice(agenda)
    assert (said == WHEN_THERE[owe]) is speaks


@pytest.mark.parametrize("passing", [slept, restarted, was_set, was_set_back])
@pytest.mark.parametrize(("left", "is_late"), [(1, False), (0, True), (-1, True)])
def test_the_list_is_late_by_the_same_second(telephone, new_telephone, passing, left, is_late):
    other = new_telephone()
    other.clock = SimulatedClock(BEFORE_MIDNIGHT, "boot 1")
    callback(other)
    passing(other.clock, 3600 - left)
    agenda = Agenda.of(entries_of(other.case, Limits()))
    (line,) = lines_of(agenda, None, other.clock.now(), Limits())
    assert (line.is_late, line.seconds_left) == (is_late, left)
