"""The one prompt of the moment: at each edge, in its order, and never more than one."""

from datetime import UTC, datetime

import pytest

from call import commands as c
from call.guidance import Prompt, advise, minutes_without_news
from call.limits import Limits
from scripts_ja.model import HoldKind, NoteKind

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LOOKUP, CONSULT = HoldKind.LOOKUP, HoldKind.CONSULT


def minutes(count):
    return count * 60


def prompt(telephone):
    return advise(telephone.case, telephone.clock.now(), telephone.desk.limits)


@pytest.mark.parametrize(
    ("at", "off", "expected"),
    [
        (minutes(10), -1, None),
        (minutes(10), 0, "in_circles"),
        (minutes(10), 1, "in_circles"),
        (minutes(15), -1, "in_circles"),
        (minutes(15), 0, "call_amber"),
        (minutes(15), 1, "call_amber"),
        (minutes(20), -1, "call_amber"),
        (minutes(20), 0, "call_red"),
        (minutes(20), 1, "call_red"),
    ],
)
@pytest.mark.rule("63", "68")
def test_ten_fifteen_and_twenty_minutes(talk, at, off, expected):
    talk.wait(at + off)
    assert talk.advice() == expected


@pytest.mark.parametrize(
    ("kind", "seconds", "expected"),
    [
        (LOOKUP, 29, None),
        (LOOKUP, 30, "hold_amber"),
        (LOOKUP, 31, "hold_amber"),
        (LOOKUP, 59, "hold_amber"),
        (LOOKUP, 60, "hold_red"),
        (LOOKUP, 61, "hold_red"),
        (CONSULT, 59, None),
        (CONSULT, 60, "hold_amber"),
        (CONSULT, 61, "hold_amber"),
        (CONSULT, 119, "hold_amber"),
        (CONSULT, 120, "hold_red"),
        (CONSULT, 121, "hold_red"),
    ],
)
@pytest.mark.rule("2.9", "M2", "M3", "M4")
def test_how_long_a_hold_may_last(talk, kind, seconds, expected):
    talk.do(c.Hold(kind))
    talk.wait(seconds)
    assert talk.advice() == expected


def test_the_kind_of_a_running_hold_changes_its_limits(talk):
    talk.do(c.Hold(LOOKUP))
    talk.wait(45)
    assert talk.advice() == "hold_amber"
    talk.do(c.ToggleHoldKind())
    assert talk.advice() is None


@pytest.mark.rule("72", "73")
def test_a_second_hold_is_said_at_once(talk):
    talk.do(c.Hold(), c.Resume())
    assert talk.advice() is None
    talk.do(c.Hold())
    assert prompt(talk).values == {"count": 2}
    assert (talk.advice(), prompt(talk).level) == ("second_hold", "red")
    talk.do(c.Undo())
    assert talk.advice() is None


def test_the_second_call_of_a_case_has_a_first_hold_again(talk):
    talk.do(c.Hold(), c.EndCall(), c.FinishWrapUp(), c.StartCall(), c.Hold())
    assert talk.case.holds_in_case == 2
    assert talk.advice() is None


@pytest.mark.parametrize(
    ("seconds", "expected"), [(minutes(5) - 1, None), (minutes(5), "in_circles")]
)
@pytest.mark.parametrize(
    "news",
    [
        c.MarkNewFact(),
        c.TakeNote(NoteKind.CLAIM, "水が漏れた"),
        c.TakeNote(NoteKind.FACT_CONFIRMED, "購入は10月"),
        c.TakeNote(NoteKind.DISCREPANCY, "型番が違う"),
    ],
)
@pytest.mark.rule("60", "68")
def test_news_keeps_the_circles_away_for_five_minutes(talk, news, seconds, expected):
    talk.wait(minutes(9)).do(news)
    talk.wait(seconds)
    assert talk.advice() == expected


@pytest.mark.parametrize("kind", sorted(set(NoteKind) - {"claim", "fact_confirmed", "discrepancy"}))
def test_other_notes_are_no_news(talk, kind):
    talk.wait(minutes(9)).do(c.TakeNote(kind, "同じこと"), c.MarkSameTalk())
    talk.wait(minutes(1))
    assert talk.advice() == "in_circles"


def test_news_of_an_earlier_call_is_none_of_this_one(talk):
    talk.do(c.MarkNewFact(), c.EndCall(), c.FinishWrapUp())
    talk.wait(minutes(60)).do(c.StartCall())
    talk.wait(minutes(3))
    assert minutes_without_news(talk.case, talk.clock.now()) == 3


@pytest.mark.rule("60")
def test_once_a_superior_was_asked_the_circles_are_over(talk):
    talk.wait(minutes(10)).do(c.StartConsult())
    assert talk.advice() is None
    talk.wait(minutes(5))
    assert talk.advice() == "call_amber"


@pytest.mark.rule("63")
def test_a_callback_agreed_silences_the_clock(talk):
    talk.wait(minutes(20)).do(c.CommitCallback("田中", NOON))
    assert talk.advice() == "tell_callback"
    talk.do(c.AnswerCallback(True))
    assert talk.advice() is None


@pytest.mark.rule("63")
def test_a_callback_refused_does_not(talk):
    talk.wait(minutes(15)).do(c.CommitCallback("田中", NOON), c.AnswerCallback(False))
    assert talk.advice() == "call_amber"
    talk.wait(minutes(5))
    assert talk.advice() == "call_red"


@pytest.mark.rule("70")
def test_the_callback_is_told_when_the_caller_listens_again(talk):
    talk.do(c.Hold(CONSULT), c.CommitCallback("田中", NOON))
    assert talk.advice() is None
    talk.do(c.Resume())
    assert talk.advice() == "tell_callback"


def test_a_callback_of_an_earlier_call_does_not_silence_this_one(talk):
    talk.do(c.CommitCallback("田中", NOON), c.EndCall(), c.FinishWrapUp(), c.StartCall())
    assert talk.advice() is None
    talk.wait(minutes(15))
    assert talk.advice() == "call_amber"


def test_what_was_put_aside_stays_away_for_this_call(talk):
    talk.wait(minutes(15)).do(c.DismissAdvice("call_amber"))
    assert talk.advice() == "in_circles"
    talk.do(c.DismissAdvice("in_circles"))
    assert talk.advice() is None
    talk.wait(minutes(5))
    assert talk.advice() == "call_red"
    talk.do(c.EndCall(), c.FinishWrapUp(), c.StartCall())
    talk.wait(minutes(15))
    assert talk.advice() == "call_amber"


PRIORITIES = ["second_hold", "hold_red", "call_red", "hold_amber", "call_amber", "in_circles"]


def test_the_order_of_prompts(talk):
    """Everything at once, each put aside in turn: the next one comes."""
    talk.do(c.Hold(), c.Resume())
    talk.wait(minutes(20)).do(c.Hold())
    talk.wait(60)
    seen = []
    while found := talk.advice():
        seen.append(found)
        talk.do(c.DismissAdvice(found))
    assert seen == PRIORITIES


def test_no_advice_while_nobody_listens(telephone):
    assert telephone.advice() is None
    telephone.do(c.Ring())
    telephone.wait(minutes(30))
    assert telephone.advice() is None
    telephone.do(c.StartCall())
    telephone.wait(minutes(30)).do(c.EndCall())
    assert telephone.advice() is None


def test_limits_are_settings(talk):
    talk.desk.limits = Limits(call_amber_minutes=2, circles_consult_minutes=1, max_holds=2)
    talk.wait(119)
    assert talk.advice() is None
    talk.wait(1)
    assert talk.advice() == "call_amber"
    talk.do(c.Hold(), c.Resume(), c.Hold())
    assert talk.advice() == "call_amber"


def test_what_a_hold_prompt_says(talk):
    talk.do(c.AnnounceHold(2), c.Hold(CONSULT))
    talk.wait(135)
    assert prompt(talk).values == {"minutes": 2, "seconds": 15, "announced": 2}
    assert isinstance(prompt(talk), Prompt)
    talk.do(c.Resume(), c.Hold(LOOKUP), c.DismissAdvice("second_hold"))
    talk.wait(30)
    assert prompt(talk).values == {"minutes": 0, "seconds": 30, "announced": 1}
