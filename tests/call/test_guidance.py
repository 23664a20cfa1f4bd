"""The one prompt of the moment: at each edge, in its order, and never more than one."""

import re
from datetime import UTC, datetime

import pytest

from call import commands as c
from call.guidance import TABLE, Level, Prompt, minutes_without_news
from call.limits import Limits
from scripts_ja.model import HoldKind, NoteKind

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
LOOKUP, CONSULT = HoldKind.LOOKUP, HoldKind.CONSULT


def minutes(count):
    return count * 60


def prompt(telephone):
    return telephone.prompt()


# -- the table --------------------------------------------------------------------------------

# How far the numbers of the rules go, by their letter; flows are F, interrupt cards X.
NUMBERED = {"#": 122, "L": 13, "T": 9, "R": 12, "M": 9, "D": 7, "X": 12}
SECTIONS = {f"2.{number}" for number in range(1, 10)}
STAGES_OF = {"F1": 8, "F2": 7, "F3": 6, "F4": 5, "F5": 5, "F6": 6, "F7": 6, "F8": 6}


def is_there(rule):
    if flow := re.fullmatch(r"(F[1-8])-S([0-9])", rule):
        return int(flow[2]) <= STAGES_OF[flow[1]]
    numbered = re.fullmatch(r"([#LTRMDX])([1-9][0-9]*)", rule)
    return rule in SECTIONS or (numbered and int(numbered[2]) <= NUMBERED[numbered[1]])


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row.id)
def test_every_row_says_where_it_comes_from(row):
    assert all(is_there(rule) for rule in row.rule.split(", ")), row.rule


def test_rows_are_told_apart_and_stand_by_urgency():
    assert len({row.id for row in TABLE}) == len(TABLE)
    levels = [row.level for row in TABLE]
    assert levels == sorted(levels, key=[Level.RED, Level.AMBER, Level.CALM].index)


# -- the ordinary scale -----------------------------------------------------------------------


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


PRIORITIES = [
    *["second_hold", "hold_red", "call_red", "hold_announced", "hold_amber"],
    *["call_amber", "in_circles", "tries_used"],
]


def test_the_order_of_prompts(talk):
    """Everything at once, each put aside in turn: the next one comes."""
    talk.do(c.EnterStage("A-S2"), c.EnterStage("A-S3"), c.MarkSameTalk(), c.AnnounceHold(1))
    talk.do(c.Hold(), c.Resume(), c.AnnounceHold(1))
    talk.wait(minutes(20)).do(c.Hold(LOOKUP))
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


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([c.EnterStage("A-S2"), c.MarkSameTalk(), c.MarkSameTalk()], None),
        ([c.EnterStage("A-S2"), c.MarkSameTalk(), c.EnterStage("A-S3")], None),
        ([c.EnterStage("A-S2"), c.EnterStage("A-S3"), c.MarkSameTalk()], "tries_used"),
        ([c.EnterStage("A-S3"), c.EnterStage("A-S2"), c.MarkSameTalk()], "tries_used"),
        ([c.EnterStage("A-S2"), c.GoBack(), c.EnterStage("A-S2"), c.MarkSameTalk()], None),
    ],
)
def test_after_the_last_try_the_same_talk_is_for_a_superior(talk, commands, expected):
    for command in commands:
        talk.wait(10).do(command)
    assert talk.advice() == expected
    talk.do(c.StartConsult())
    assert talk.advice() is None


def test_tries_and_same_talk_of_an_earlier_call_are_none_of_this_one(talk):
    talk.do(c.EnterStage("A-S2"), c.EnterStage("A-S3"), c.MarkSameTalk())
    talk.do(c.EndCall(), c.FinishWrapUp(), c.StartCall(), c.MarkSameTalk())
    assert talk.advice() is None


@pytest.mark.parametrize(
    ("kind", "announced", "seconds", "expected"),
    [
        (CONSULT, 1, 59, None),
        (CONSULT, 1, 60, "hold_announced"),
        (CONSULT, 1, 61, "hold_announced"),
        (CONSULT, 1, 119, "hold_announced"),
        (CONSULT, 1, 120, "hold_red"),
        (CONSULT, 2, 119, "hold_amber"),
        (CONSULT, 3, 120, "hold_red"),
        (LOOKUP, 1, 59, "hold_amber"),
    ],
)
def test_what_the_caller_was_told_counts_before_the_limit(talk, kind, announced, seconds, expected):
    talk.do(c.AnnounceHold(announced), c.Hold(kind))
    talk.wait(seconds)
    assert talk.advice() == expected


# -- the scale of abuse -----------------------------------------------------------------------

WARN = c.GiveWarning("大声", "おい")


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([], "call_red"),
        ([c.ToggleAside()], None),
        ([c.ToggleAside(), c.EnterStage("X-S2")], None),
        ([c.ToggleAside(), c.ToggleAside()], "call_red"),
        ([WARN], None),
        ([WARN, c.AdvanceStage()], "call_red"),
        ([c.ToggleAside(), WARN, c.ToggleAside()], "call_red"),
        ([c.ToggleAside(), WARN, c.ToggleAside(), WARN], "warnings_used"),
        ([c.ToggleAside(), c.Undo()], "call_red"),
    ],
)
def test_the_last_of_stage_and_warning_decides_on_the_scale(talk, commands, expected):
    talk.do(*commands)
    talk.wait(minutes(20))
    assert talk.advice() == expected


@pytest.mark.parametrize(
    ("at", "off", "expected"),
    [
        (minutes(30), -1, None),
        (minutes(30), 0, "stalemate"),
        (minutes(30), 1, "stalemate"),
        (minutes(60), -1, "stalemate"),
        (minutes(60), 0, "long_call"),
        (minutes(60), 1, "long_call"),
    ],
)
def test_thirty_and_sixty_minutes(talk, at, off, expected):
    talk.do(c.ToggleAside())
    talk.wait(at + off)
    assert talk.advice() == expected
    assert expected is None or prompt(talk).action == "consult"


def test_the_stalemate_is_counted_from_the_last_news(talk):
    talk.do(c.ToggleAside())
    talk.wait(minutes(10)).do(c.MarkNewFact())
    talk.wait(minutes(30) - 1)
    assert talk.advice() is None
    talk.wait(1)
    assert talk.advice() == "stalemate"


def test_a_superior_asked_before_is_asked_anew_at_each_of_the_two(talk):
    talk.wait(minutes(10)).do(c.StartConsult())
    talk.do(c.ToggleAside())
    talk.wait(minutes(20))
    assert talk.advice() == "stalemate"
    assert talk.do(c.StartConsult())
    assert talk.advice() is None
    assert talk.do(c.StartConsult()) == ()
    talk.wait(minutes(30))
    assert talk.advice() == "long_call"
    assert talk.do(c.StartConsult())
    assert talk.advice() is None


def test_an_hour_on_the_ordinary_scale_is_no_long_call(talk):
    talk.wait(minutes(60)).do(c.CommitCallback("田中", NOON), c.AnswerCallback(True))
    assert talk.advice() is None


# -- a call without limits --------------------------------------------------------------------

LIFE = c.OpenCard("life", title="命に関わる言葉", suspends_limits=True)


def test_after_words_about_ones_own_death_only_a_superior_is_wanted(talk):
    talk.do(c.StartConsult(), c.EnterStage("A-S2"), c.EnterStage("A-S3"), c.MarkSameTalk())
    talk.wait(minutes(61)).do(c.Hold(), c.Resume(), c.Hold())
    assert talk.advice() == "second_hold"
    talk.wait(1).do(LIFE)
    assert (talk.advice(), prompt(talk).level) == ("beside_you", "red")
    talk.do(c.SetTemperature(5))
    talk.wait(minutes(5))
    assert talk.advice() == "beside_you"
    assert talk.do(c.StartConsult())
    assert talk.advice() is None
    talk.wait(minutes(60)).do(c.ToggleAside())
    assert talk.advice() is None


def test_the_card_taken_back_brings_the_limits_back(talk):
    talk.wait(minutes(20)).do(LIFE)
    assert talk.advice() == "beside_you"
    talk.do(c.Undo())
    assert talk.advice() == "call_red"


def test_the_limits_are_back_with_the_next_call(talk):
    talk.do(LIFE, c.StartConsult(), c.EndCall(), c.FinishWrapUp(), c.StartCall())
    talk.wait(minutes(20))
    assert talk.advice() == "call_red"


def test_any_other_card_changes_nothing(talk):
    talk.wait(minutes(20)).do(c.OpenCard("money"))
    assert talk.advice() == "call_red"


# -- the reception of anger -------------------------------------------------------------------


@pytest.fixture
def second_line(talk):
    """A call that has just come to the stage that receives anger."""
    talk.do(c.SetTemperature(4))
    talk.wait(20).do(c.EnterStage("C-S1"))
    return talk


@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, "pause_cue"),
        (2, "pause_cue"),
        (3, "reception_start"),
        (4, "reception_start"),
        (179, "reception_start"),
        (180, "reception_end"),
        (181, "reception_end"),
    ],
)
def test_three_minutes_of_reception(second_line, seconds, expected):
    second_line.wait(seconds)
    assert second_line.advice() == expected
    assert prompt(second_line).level is Level.CALM


def test_the_temperature_is_kept_at_the_beginning_and_at_the_end_though_it_is_the_same(second_line):
    second_line.wait(10)
    assert second_line.do(c.SetTemperature(4))
    assert second_line.advice() == "reception_runs"
    assert second_line.do(c.SetTemperature(4)) == ()
    second_line.wait(169)
    assert prompt(second_line).values == {"minutes": 0, "seconds": 1, "whole": 3}
    second_line.wait(1)
    assert second_line.advice() == "reception_end"
    assert second_line.do(c.SetTemperature(4))
    assert second_line.advice() == "reception_over"
    assert prompt(second_line).action == "next"
    second_line.do(c.EnterStage("C-S3"))
    assert second_line.advice() is None


def test_going_back_does_not_begin_the_reception_anew(second_line):
    second_line.wait(100).do(c.SetTemperature(3), c.AdvanceStage())
    second_line.wait(100).do(c.GoBack())
    assert second_line.advice() == "reception_end"


def test_warnings_come_before_what_is_calm(second_line):
    second_line.wait(minutes(20))
    assert second_line.advice() == "call_red"


def test_on_hold_nobody_receives_anger(second_line):
    second_line.do(c.Hold())
    assert second_line.advice() is None


@pytest.mark.parametrize(("seconds", "expected"), [(2, "pause_cue"), (3, None), (4, None)])
def test_a_look_at_oneself_asks_for_a_pause_once(talk, seconds, expected):
    talk.do(c.EnterStage("C-S2"))
    talk.wait(seconds)
    assert talk.advice() == expected
    talk.do(c.EnterStage("C-S3"), c.GoBack())
    assert talk.advice() is None


@pytest.mark.parametrize(("seconds", "expected"), [(0, "pause_cue"), (29, "pause_cue"), (30, None)])
def test_a_card_that_asks_for_a_pause_is_followed_by_one(talk, seconds, expected):
    talk.do(c.OpenCard("money"), c.OpenCard("silence", pause_cue=True))
    talk.wait(seconds)
    assert talk.advice() == expected


# -- after-call work --------------------------------------------------------------------------


@pytest.mark.parametrize(("off", "expected"), [(-1, None), (0, "acw_guide"), (1, "acw_guide")])
def test_five_minutes_of_after_call_work(talk, off, expected):
    talk.do(c.EndCall())
    talk.wait(minutes(2)).do(c.ParkWrapUp())
    talk.wait(minutes(60))
    assert talk.advice() is None
    talk.do(c.ResumeWrapUp())
    talk.wait(minutes(3) + off)
    assert talk.advice() == expected


def test_after_a_call_without_limits_nobody_is_hurried(talk):
    talk.do(LIFE, c.StartConsult(), c.EndCall())
    talk.wait(minutes(30))
    assert talk.advice() is None


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
    assert (prompt(talk).target, prompt(talk).about) == ("", None)
