"""What is said to somebody who tells the same again: when, how often, what was answered."""

import time

import pytest

from app.settings import Settings
from app.stage_view import stage_view
from app.values import values_for
from call import commands as c
from scripts_ja.model import Audience, NoteKind
from tests.app.conftest import NO_OWN

SAME = c.MarkSameTalk()


def answer(text="部品を無償で交換する"):
    return c.TakeNote(NoteKind.ANSWERED, text)


@pytest.fixture
def call(desk, monkeypatch):
    """A call that was answered at ten in the morning of 21 November in Japan."""
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    desk.do(c.StartCall("03-0000-1234"))
    yield desk
    monkeypatch.undo()
    time.tzset()


def view(call):
    return stage_view(call.session.situation(), Settings(), NO_OWN)


def sentence(call):
    return view(call).ready.phrase.plain


def values(call):
    return values_for(call.session.situation(), Settings(), Audience.CUSTOMER)


def ring_back(call, days=1):
    """The customer rings again, and the call is joined to the first one's case."""
    first = call.case.id
    call.do(c.EndCall(), c.FinishWrapUp())
    call.wait(days * 86_400).do(c.Ring("03-0000-1234"), c.StartCall())
    call.join(first)


@pytest.mark.rule("T3", "T8")
def test_the_first_time_says_when_and_what_was_answered(call):
    call.do(answer())
    call.wait(20 * 60).do(SAME)
    assert sentence(call) == (
        "繰り返しのご説明となり恐れ入りますが、ただいまのお話には、本日10時に"
        "「部品を無償で交換する」とお答えしております。回答に変わりはございません。"
    )


@pytest.mark.rule("T3")
def test_then_it_says_how_often(call):
    call.wait(260).do(answer(), SAME, SAME, SAME)
    assert "、同じお話をこのお電話で3回伺い、本日10時04分に「" in sentence(call)


@pytest.mark.rule("T3")
def test_over_several_days_it_says_which(call):
    call.do(answer(), SAME)
    ring_back(call, days=2)
    call.do(SAME, SAME)
    assert "、11月21日と本日、合わせて3回同じお話を伺い、11月21日10時に「" in sentence(call)
    assert (view(call).ready.here, view(call).ready.in_case) == (2, 3)


def test_over_several_calls_of_one_day_it_says_how_many(call):
    call.do(answer(), SAME)
    ring_back(call, days=0)
    call.do(SAME)
    assert "、本日2回のお電話で、合わせて2回同じお話を伺い、本日10時に「" in sentence(call)


def test_an_answer_of_last_year_says_so(call):
    call.do(answer(), SAME)
    ring_back(call, days=60)
    call.do(SAME)
    assert "2026年11月21日10時に「" in sentence(call)


@pytest.mark.rule("T8", "110")
def test_in_the_flow_for_abuse_it_is_firmer_and_just_as_polite(call):
    call.do(answer(), SAME, c.ToggleAside())
    assert sentence(call) == (
        "ただいまのお話には、本日10時に「部品を無償で交換する」とお答えしております。"
        "回答に変わりはなく、これ以上お答えできることはございません。"
    )
    call.do(c.ToggleAside())
    assert sentence(call).startswith("繰り返しの")


def test_without_a_noted_answer_nothing_is_made_up(call):
    call.do(SAME)
    assert view(call).ready.phrase is None


def test_something_new_takes_it_away(call):
    call.do(answer(), SAME, c.MarkNewFact())
    assert view(call).ready is None


def test_a_card_about_life_takes_it_away(call):
    call.do(answer(), SAME)
    assert view(call).ready
    call.do(c.OpenCard("life", suspends_limits=True))
    assert view(call).ready is None


def test_typed_quotation_marks_stay_right_and_braces_are_just_text(call):
    call.do(answer("「{customer}には修理」と伝えた。"), SAME)
    assert "「『{customer}には修理』と伝えた」とお答え" in sentence(call)


@pytest.mark.rule("T3", "T8")
def test_the_record_fills_the_phrases_of_a_call_that_comes_again(call):
    assert "prev_dates" not in values(call)
    call.do(answer())
    ring_back(call, days=1)
    ring_back(call, days=0)
    assert values(call)["prev_dates"] == "11月21日と本日"
    assert values(call)["answered"] == "「部品を無償で交換する」"
    call.do(c.EnterStage("F7-S6"))
    assert (
        view(call)
        .phrases[0]
        .plain.startswith(
            "11月21日と本日にも同じ件でお電話をいただき、「部品を無償で交換する」とお答えして"
        )
    )
    assert [ask.key for ask in view(call).asks] == ["owner"]


def test_of_many_days_the_last_three_are_named(call):
    for _ in range(4):
        ring_back(call)
    assert values(call)["prev_dates"] == "11月22日、23日と24日"


def test_what_the_agent_filled_in_goes_before_the_record(call):
    call.do(answer(), c.FillField("answered", "部品の無償交換"))
    assert values(call)["answered"] == "部品の無償交換"
