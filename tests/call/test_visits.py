"""Visits: whether to go, each moment at the door, and what is owed after them."""

from datetime import timedelta

import pytest

from call import commands as c
from call.agenda import Agenda, entries_of
from call.case import Case
from call.events import AttemptResult, Judged, PlaceKind, VisitCheck, VisitMoment
from call.limits import Limits
from call.visit_check import Suitability, VisitLack, lacks_of, suitability, waiting

AT, RANG, ABSENT, MET = (
    VisitMoment.ARRIVED,
    VisitMoment.RANG,
    VisitMoment.ABSENT,
    VisitMoment.MET,
)


def at_in(phone, minutes):
    return phone.clock.now().wall + timedelta(minutes=minutes)


@pytest.fixture
def visit(talk):
    """A visit of two in two hours; the call is over and was told of."""
    talk.do(c.OfferPlace(PlaceKind.THIRD_PARTY))
    talk.do(
        c.PlanVisit(
            at_in(talk, 120), ("中村", "高橋"), place="千代田区", reason="お詫び", approver="佐藤"
        )
    )
    talk.do(c.EndCall(), c.RecordHandoff("text", "a.txt"), c.FinishWrapUp())
    return talk


def current(phone):
    return phone.case.visits.current


def kinds(phone):
    return {due.kind: due for due in phone.case.dues()}


def mark(phone, *moments):
    for moment in moments:
        phone.do(c.MarkVisit(moment))


@pytest.mark.rule("112", "T2")
def test_what_an_appointment_lacks(visit, talk):
    assert lacks_of(current(visit), Limits()) == ()
    talk.do(c.PlanVisit(at_in(talk, 60), (" ", "中村")))
    alone = current(talk)
    assert alone.people == ("中村",)
    assert VisitLack.OTHER_PLACE_FIRST not in lacks_of(alone, Limits())
    assert VisitLack.PEOPLE in lacks_of(alone, Limits())
    assert alone.minutes == 30
    assert talk.advice() == "visit_alone"
    talk.do(c.PlanVisit(alone.visit_at, ("中村", "高橋"), visit_id=alone.visit_id))
    assert talk.advice() is None
    assert talk.do(c.PlanVisit(alone.visit_at, ("中村", "高橋"), visit_id=alone.visit_id)) == ()


@pytest.mark.rule("T2")
def test_their_home_comes_after_a_place_with_others(telephone):
    telephone.do(c.PlanVisit(at_in(telephone, 60), ("中村", "高橋")))
    lacks = lacks_of(current(telephone), Limits())
    assert lacks == (
        VisitLack.PLACE,
        VisitLack.OTHER_PLACE_FIRST,
        VisitLack.REASON,
        VisitLack.APPROVER,
    )


def test_four_questions_and_a_threat(talk):
    assert suitability(talk.case) is Suitability.OPEN
    for check in VisitCheck:
        talk.do(c.JudgeVisit(check, Judged.YES))
    assert suitability(talk.case) is Suitability.SUITABLE
    talk.do(c.SetTemperature(5))
    assert suitability(talk.case) is Suitability.UNSUITABLE
    talk.do(c.SetTemperature(4))
    assert suitability(talk.case) is Suitability.SUITABLE
    talk.do(c.JudgeVisit(VisitCheck.SAFETY, Judged.NO))
    assert suitability(talk.case) is Suitability.UNSUITABLE
    assert talk.do(c.JudgeVisit(VisitCheck.SAFETY, Judged.NO)) == ()
    talk.do(c.Undo(), c.GiveWarning("大声"))
    assert suitability(talk.case) is Suitability.UNSUITABLE


@pytest.mark.rule("114", "115", "116")
def test_every_moment_is_kept_with_its_time(visit):
    begin = visit.clock.now().wall
    for moment in (*VisitMoment, RANG):
        if moment is VisitMoment.LEFT:
            continue
        visit.wait(60).do(c.MarkVisit(moment))
    assert visit.do(c.MarkVisit(AT)) == ()
    earlier = begin + timedelta(seconds=30)
    visit.do(c.MarkVisit(VisitMoment.PHONED, "応答なし", earlier))
    found = [(mark.moment, mark.at) for mark in current(visit).moments]
    assert found[0] == (VisitMoment.PHONED, earlier)
    assert len(current(visit).times_of(RANG)) == 2
    assert visit.refusal(c.MarkVisit(RANG, happened_at=at_in(visit, 1))) == "visit.in_the_future"
    replayed = Case.of(visit.case.id, visit.desk.history)
    assert replayed.visits.visits == visit.case.visits.visits


@pytest.mark.rule("119")
def test_nobody_there_means_a_call_on_the_next_day_at_once(visit):
    mark(visit, AT, ABSENT)
    call = kinds(visit)["next_day_call"]
    assert (call.at, call.owner) == (current(visit).visit_at + timedelta(days=1), "中村")
    visit.do(c.Undo())
    assert "next_day_call" not in kinds(visit)
    assert current(visit).outcome is None
    mark(visit, ABSENT, MET)
    assert "next_day_call" not in kinds(visit)
    mark(visit, ABSENT)
    assert "next_day_call" in kinds(visit)


@pytest.mark.rule("117", "118", "119", "121")
def test_the_copy_of_the_note_stays_and_moves_the_call_to_what_it_says(visit):
    named = at_in(visit, 26 * 60)
    mark(visit, AT)
    assert visit.refusal(c.LeaveAbsenceNote(" ")) == "visit.no_text"
    visit.do(c.LeaveAbsenceNote("山田様\n伺いました。", named))
    assert current(visit).note.text == "山田様\n伺いました。"
    assert current(visit).outcome is ABSENT
    assert kinds(visit)["next_day_call"].at == named
    visit.do(c.TryCall(AttemptResult.REACHED, target=current(visit).call_target))
    assert "next_day_call" not in kinds(visit)


def test_a_customer_who_was_not_reached_is_rung_again(visit):
    mark(visit, AT, ABSENT)
    target = current(visit).call_target
    visit.do(c.TryCall(AttemptResult.ABSENT, next_at=at_in(visit, 60), target=target))
    assert kinds(visit)["next_day_call"].at == at_in(visit, 60)
    visit.wait(3600)
    assert visit.advice() == "callback_late"
    visit.do(c.HandOnDue(target, "高橋"))
    assert kinds(visit)["next_day_call"].owner == "高橋"


def test_the_report_is_due_on_the_same_day_and_done_by_its_name(visit):
    visit.wait(2 * 3600)
    mark(visit, AT, MET, VisitMoment.LEFT)
    report = kinds(visit)["visit_report"]
    left = visit.clock.now().wall
    assert timedelta() < report.at - left <= timedelta(hours=2)
    assert report.at.astimezone().date() == left.astimezone().date()
    assert visit.refusal(c.MarkVisit(RANG)) == "visit.over"
    assert visit.refusal(c.ReportVisit(" ")) == "visit.no_name"
    visit.do(c.ReportVisit("佐藤課長"))
    assert kinds(visit) == {}
    assert visit.do(c.ReportVisit("佐藤課長")) == ()
    visit.do(c.Undo())
    visit.do(c.SettleDue(report.target))
    assert kinds(visit) == {}


def test_a_report_never_slips_into_the_next_day(visit):
    local = visit.clock.now().wall.astimezone()
    late = local.replace(hour=23, minute=30)
    visit.wait((late - local).total_seconds())
    mark(visit, AT, VisitMoment.LEFT)
    report = kinds(visit)["visit_report"].at.astimezone()
    assert (report.date(), report.hour, report.minute) == (late.date(), 23, 59)


OVERDUE = (120 + 30 + 15) * 60


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [(OVERDUE - 1, None), (OVERDUE, "visit_overdue"), (OVERDUE + 1, "visit_overdue")],
)
@pytest.mark.parametrize("is_live", [False, True])
def test_visitors_who_are_not_heard_of_are_rung(visit, new_telephone, seconds, expected, is_live):
    mark(visit, VisitMoment.DEPARTED, AT)
    other = new_telephone()
    other.clock = visit.clock
    if is_live:
        other.do(c.StartCall())
    visit.wait(seconds)
    other.do(c.StartConsult()) if is_live else None
    agenda = Agenda.of(entries_of(visit.case, Limits()))
    found = [entry.what.kind for entry in agenda.entries]
    assert found == ["visit_overdue"]
    other.desk.limits = Limits(call_amber_minutes=600, call_red_minutes=600, long_call_minutes=600)
    other.desk.limits = Limits(
        call_amber_minutes=600,
        call_red_minutes=600,
        circles_consult_minutes=600,
        long_call_minutes=600,
    )
    assert other.advice(agenda) == expected
    mark(visit, VisitMoment.LEFT)
    assert "visit_overdue" not in {e.what.kind for e in entries_of(visit.case, Limits())}


@pytest.mark.parametrize(
    ("minutes", "rings", "left", "is_ring_due"),
    [
        (0, 0, 30, True),
        (0, 1, 30, False),
        (14.9, 1, 15.1, False),
        (15, 1, 15, True),
        (15, 2, 15, False),
        (30, 2, 0, True),
        (31, 3, 0, False),
    ],
)
@pytest.mark.rule("114")
def test_waiting_at_the_door(visit, minutes, rings, left, is_ring_due):
    mark(visit, AT, *[RANG] * rings)
    visit.wait(minutes * 60)
    found = waiting(current(visit), visit.clock.now(), Limits())
    assert (round(found.seconds_left / 60, 1), found.is_ring_due) == (left, is_ring_due)


def test_nobody_waits_before_arrival_or_once_somebody_came(visit):
    assert waiting(current(visit), visit.clock.now(), Limits()) is None
    mark(visit, AT, MET)
    assert waiting(current(visit), visit.clock.now(), Limits()) is None


def test_a_cancelled_visit_owes_nothing_and_another_can_be_agreed_on(visit):
    first = current(visit)
    assert visit.refusal(c.CancelVisit(" ")) == "visit.no_reason"
    assert kinds(visit)["visit"].owner == "中村"
    visit.do(c.PostponeDue(first.visit_id, at_in(visit, 300), "ご都合", is_told=True))
    visit.do(c.HandOnDue(first.visit_id, "鈴木"))
    assert (current(visit).visit_at, current(visit).people) == (at_in(visit, 300), ("鈴木", "高橋"))
    visit.do(c.CancelVisit("お電話で済んだため"))
    assert visit.case.dues() == ()
    for command in (c.MarkVisit(AT), c.CancelVisit("x"), c.ReportVisit("佐藤")):
        assert visit.refusal(command) == "visit.none"
    assert visit.refusal(c.MarkVisit(AT, visit_id=first.visit_id)) == "visit.over"
    assert visit.refusal(c.PlanVisit(at_in(visit, 9), visit_id=first.visit_id)) == "visit.over"
    assert visit.refusal(c.PlanVisit(at_in(visit, 9), visit_id="x")) == "visit.none"
    visit.do(c.PlanVisit(at_in(visit, 400), ("中村", "高橋")))
    assert len(visit.case.visits.visits) == 2
