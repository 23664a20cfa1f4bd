"""What a visit fills into phrases, and what it must not: an old appointment in the next one's place."""

import time
from datetime import UTC, datetime, timedelta

import pytest

from app.settings import Settings
from app.stage_view import stage_view
from app.values import values_for
from call import commands as c
from call.events import PlaceKind, VisitMoment
from scripts_ja.model import Audience
from tests.app.conftest import NO_OWN

# 14:00 in Japan on 21 November 2026, a Saturday; the clock of the desk is set by the fixture.
AT = datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
KEYS = ("visit_at", "visitor", "companion", "place", "duration", "arrive", "leave", "call_at")


@pytest.fixture
def visit(desk, monkeypatch):
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    desk.clock.advance(
        (datetime(2026, 11, 21, 1, 0, tzinfo=UTC) - desk.clock.now().wall).total_seconds()
    )
    desk.do(c.StartCall("03-0000-1234"))
    desk.do(c.PlanVisit(AT, ("中村さん", "高橋"), PlaceKind.THIRD_PARTY, "市民会館", 45))
    yield desk
    monkeypatch.undo()
    time.tzset()


def values(visit, **settings):
    named = Settings({name.replace("__", "."): value for name, value in settings.items()})
    known = values_for(visit.session.situation(), named, Audience.CUSTOMER)
    return {key: known[key] for key in KEYS if key in known}


def test_an_appointment_fills_its_words(visit):
    assert values(visit) == {
        "visit_at": "14時",
        "visitor": "中村",
        "companion": "高橋",
        "place": "市民会館",
        "duration": "45",
    }


def test_three_go_and_all_are_named(visit):
    visit.do(c.PlanVisit(AT, ("中村", "高橋", "伊藤"), visit_id=visit.case.visits.current.visit_id))
    assert values(visit)["companion"] == "高橋と伊藤"


def test_what_was_typed_wins(visit):
    visit.do(c.FillField("place", "喫茶店"))
    assert values(visit)["place"] == "喫茶店"


def test_times_at_the_door_and_the_call_on_the_next_day(visit):
    at_door = datetime(2026, 11, 21, 4, 55, tzinfo=UTC)
    visit.clock.advance(5 * 3600)
    for moment, at in (
        (VisitMoment.ARRIVED, at_door),
        (VisitMoment.ABSENT, at_door + timedelta(minutes=30)),
        (VisitMoment.LEFT, at_door + timedelta(minutes=37)),
    ):
        visit.do(c.MarkVisit(moment, happened_at=at))
    found = values(visit)
    assert (found["arrive"], found["leave"], found["call_at"]) == ("13時55分", "14時32分", "14時")
    assert values(visit, view__clock_words="12")["arrive"] == "午後1時55分"


def test_a_call_that_was_put_off_is_not_that_of_the_next_day(visit):
    visit.do(c.MarkVisit(VisitMoment.ARRIVED), c.MarkVisit(VisitMoment.ABSENT))
    target = visit.case.visits.current.call_target
    assert "call_at" in values(visit)
    visit.do(c.PostponeDue(target, AT + timedelta(days=3), "ご都合", is_told=True))
    assert "call_at" not in values(visit)


@pytest.mark.parametrize(("stage", "is_there"), [("F6-S1", False), ("F6-S5", True)])
def test_an_appointment_that_is_over_is_not_offered_for_the_next(visit, stage, is_there):
    visit.do(c.MarkVisit(VisitMoment.ARRIVED), c.MarkVisit(VisitMoment.LEFT))
    visit.do(c.EnterStage(stage))
    assert ("visit_at" in values(visit)) is is_there
    visit.do(c.PlanVisit(AT + timedelta(days=2), ("高橋", "中村")))
    assert values(visit)["visitor"] == "高橋"


def test_a_cancelled_visit_says_nothing(visit):
    visit.do(c.CancelVisit("ご都合"))
    assert values(visit) == {"duration": "30"}


def test_what_the_visit_knows_is_not_asked_for(visit):
    visit.do(c.EnterStage("F6-S1"))
    at = visit.session.situation()
    view = stage_view(at, Settings(), NO_OWN)
    assert not [ask.key for ask in view.asks if ask.key in KEYS]


def test_the_act_is_the_one_recorded_last_then_the_one_warned_of(visit):
    visit.do(c.GiveWarning("long_hold"))
    known = values_for(visit.session.situation(), Settings(), Audience.CUSTOMER)
    assert known["act"] == "長時間にわたるお話"
    visit.do(c.RecordAct(("threat", "abusive_words")))
    known = values_for(visit.session.situation(), Settings(), Audience.CUSTOMER)
    assert known["act"] == "強いお言葉"
