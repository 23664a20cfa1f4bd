"""What the placeholders of a phrase stand for: known things, and nothing made up."""

import time
from datetime import UTC, datetime

import pytest

from app.settings import Settings
from app.stage_view import stage_view
from app.values import own_name, own_person, values_for
from call import commands as c
from call.events import AttemptResult, Safety, VisitMoment
from scripts_ja.model import BACK, Audience, FlowBook, HoldKind, NoteKind
from scripts_ja.texts import t
from tests.app.conftest import NO_OWN

CUSTOMER, INSIDE = Audience.CUSTOMER, Audience.INSIDE
SETTINGS = Settings(
    {
        "desk.name": "鈴木さん",
        "desk.company": "ひだまり電器",
        "desk.superior": "田中様",
        "desk.superior_title": "課長",
    }
)
AT_NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def call(desk, monkeypatch):
    """A call that was answered at ten in the morning in Japan."""
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    desk.do(c.StartCall("03-0000-1234"))
    yield desk
    monkeypatch.undo()
    time.tzset()


def values(call, audience=CUSTOMER, settings=SETTINGS):
    return values_for(call.session.situation(), settings, audience)


def test_what_is_not_known_is_not_there(call):
    assert dict(values(call, settings=Settings())) == {
        "callback_tel": "03-0000-1234",
        "hold_min": "1",
        "elapsed_min": "0",
        "extra_min": "15",
        "safety": "未聴取",
        "case_no": call.case.case_no,
        "duration": "30",
    }


@pytest.mark.parametrize(("audience", "superior"), [(CUSTOMER, "課長の田中"), (INSIDE, "田中課長")])
@pytest.mark.rule("2.7")
def test_our_own_people_go_without_an_honorific(call, audience, superior):
    known = values(call, audience)
    assert (known["agent"], known["owner"], known["superior"]) == ("鈴木", "鈴木", superior)


def test_an_honorific_typed_into_a_field_goes_too(call):
    call.do(c.FillField("superior", "部長の佐藤さん"), c.FillField("owner", "佐藤様"))
    call.do(c.FillField("customer", "山田様"))
    known = values(call)
    assert (known["superior"], known["owner"]) == ("部長の佐藤", "佐藤")
    assert known["customer"] == "山田様"


@pytest.mark.parametrize(
    ("name", "title", "outside", "inside"),
    [
        ("田中", "課長", "課長の田中", "田中課長"),
        ("田中課長", "課長", "課長の田中", "田中課長"),
        ("田中 さん", "課長", "課長の田中", "田中課長"),
        ("田中", "", "田中", "田中"),
        ("", "課長", "", ""),
        ("課長", "課長", "課長", "課長"),
        ("さん", "", "", ""),
    ],
)
def test_a_person_as_spoken_of(name, title, outside, inside):
    assert own_person(name, title, CUSTOMER) == outside
    assert own_person(name, title, INSIDE) == inside


def test_a_bare_name():
    assert own_name(" 鈴木氏 ") == "鈴木"
    assert own_name("様子") == "様子"


@pytest.mark.rule("69")
def test_who_calls_back_by_when(call):
    call.do(c.CommitCallback("佐藤さん", AT_NOON, "部長", 15))
    known = values(call)
    assert known["superior"] == "部長の佐藤"
    assert known["estimate_min"] == "15"
    assert known["callback_at"] == "12時"
    call.do(c.CommitCallback("佐藤", AT_NOON.replace(day=22), "部長"))
    assert "11月22日" in values(call)["callback_at"]
    assert "estimate_min" not in values(call)


def test_the_timers(call):
    call.wait(12 * 60 + 59)
    known = values(call)
    assert (known["elapsed_min"], known["extra_min"]) == ("12", "3")
    call.wait(600)
    assert values(call)["extra_min"] == "1"


def test_the_minutes_of_a_hold(call):
    call.do(c.ToggleHoldKind())
    assert values(call)["hold_min"] == "2"
    call.do(c.AnnounceHold(3))
    assert values(call)["hold_min"] == "3"
    call.do(c.Hold(HoldKind.CONSULT))
    assert values(call)["hold_min"] == "3"


def test_marks_and_fields(call):
    call.do(c.SetTemperature(4), c.SetSafety(Safety.NO), c.FillField("company_no", "A-77"))
    call.do(
        c.TakeNote(NoteKind.QUOTE, "「もういい」"), c.FillField("callback_tel", "090-0000-1111")
    )
    known = values(call)
    assert known["safety"] == "なし"
    assert known["temp"]
    assert (known["case_no"], known["quote"]) == ("A-77", "もういい")
    assert known["callback_tel"] == "090-0000-1111"


def test_values_of_a_case_that_nobody_has_called_about_yet(desk):
    desk.do(c.StartCall(), c.Undo())
    assert "elapsed_min" not in values_for(desk.session.situation(), SETTINGS, CUSTOMER)


# -- the stage ------------------------------------------------------------------------------------


def view(call):
    return stage_view(call.session.situation(), SETTINGS, NO_OWN)


def test_the_stage_as_it_is_shown(call):
    call.do(c.FillField("issue", "水漏れ"), c.EnterStage("F1-S3"))
    shown = view(call)
    assert (shown.index, shown.count) == (2, 8)
    assert shown.next_title
    assert (shown.tries, shown.max_tries) == (1, 2)
    assert shown.entered_at == call.case.stages.current.entered_at
    assert any("水漏れ" in phrase.plain for phrase in shown.phrases)
    assert "鈴木さん" not in "".join(phrase.plain for phrase in shown.phrases)


def test_only_exits_that_lead_somewhere_are_offered(call):
    for flow in call.session.situation().book.flows:
        for stage in flow.stages:
            call.do(c.EnterStage(stage.id))
            for way in view(call).exits:
                if way.stage_id == BACK:
                    continue
                assert call.session.situation().book.find_stage(way.stage_id)


def test_every_other_flow_can_be_begun_from_any_stage(call):
    flows = call.session.situation().book.flows
    call.do(c.EnterStage("F1-S2"))
    offered = [way.stage_id for way in view(call).exits if way.when == t("exits.other_flow")]
    assert offered == [flow.stages[0].id for flow in flows if flow.id != "first_boss"]


@pytest.mark.rule("85", "88")
def test_solutions_stay_folded_for_the_first_three_minutes(call):
    call.do(c.EnterStage("F3-S1"))
    folded = len(view(call).phrases)
    call.clock.advance(179)
    assert len(view(call).phrases) == folded
    call.clock.advance(1)
    assert len(view(call).phrases) == folded + 1


def test_what_is_still_to_ask_shrinks(call):
    book = call.session.situation().book
    stage = next(stage for flow in book.flows for stage in flow.stages if stage.asks)
    call.do(c.EnterStage(stage.id))
    asked = [ask.key for ask in view(call).asks]
    assert asked
    call.do(c.FillField(asked[0], "伺いました"))
    assert [ask.key for ask in view(call).asks] == asked[1:]


def test_the_kind_of_the_next_hold_is_shown(call):
    before = view(call).hold_kind
    call.do(c.ToggleHoldKind())
    assert view(call).hold_kind is not before


def test_without_a_stage_there_is_nothing_to_show(call):
    call.session.desk.book = FlowBook(())
    assert view(call) is None
    call.do(c.Undo())
    assert view(call) is None


def test_after_a_call_in_vain_the_next_one_is_said_and_not_asked_for(call):
    call.do(c.CommitCallback("佐藤", AT_NOON), c.AnswerCallback(accepted=True))
    call.do(c.EnterStage("F5-S5"))
    assert "next_at" not in values(call)
    call.do(c.TryCall(AttemptResult.ABSENT), c.SetNextTry(AT_NOON.replace(hour=5)))
    assert values(call)["next_at"] == "14時"
    asked = stage_view(call.session.situation(), SETTINGS, NO_OWN).asks
    assert [ask.key for ask in asked if ask.key == "next_at"] == []
    call.wait(5 * 3600)
    assert "next_at" not in values(call)


def test_the_call_after_a_visit_in_vain_is_said_by_its_time_alone(call):
    call.do(c.PlanVisit(AT_NOON, ("中村", "高橋")))
    assert "call_at" not in values(call)
    call.do(c.MarkVisit(VisitMoment.ARRIVED), c.MarkVisit(VisitMoment.ABSENT))
    assert values(call)["call_at"] == "12時"
    call.do(c.FillField("call_at", "11時"))
    assert values(call)["call_at"] == "11時"
