"""Abusive calls: acts with words and times, warnings by call, and a superior who decides."""

import pytest

from call import commands as c
from call.case import Case
from call.events import AbuseDecision, AbusePart, Direction
from call.limits import Limits
from call.past_calls import past_calls
from scripts_ja.model import NoteKind


@pytest.mark.rule("T3")
def test_an_act_is_kept_with_its_words_and_its_time(talk):
    talk.wait(60).do(c.RecordAct(("abusive_words", "abusive_words", "threat"), " ふざけるな "))
    (act,) = talk.case.abuse.acts
    assert (act.act_types, act.quote) == (("abusive_words", "threat"), "ふざけるな")
    assert (act.call_id, act.at) == (talk.call.call_id, talk.clock.now())
    assert talk.refusal(c.RecordAct((), " ")) == "abuse.no_act"
    talk.do(c.RecordAct(quote="黙れ"))
    talk.do(c.Undo())
    assert len(talk.case.abuse.acts) == 1


@pytest.mark.rule("110", "L4")
def test_danger_goes_to_a_superior_at_once_and_each_time(talk):
    talk.do(c.StartConsult())
    talk.wait(1).do(c.RecordAct(("threat",), "今から行く", is_danger=True))
    prompt = talk.prompt()
    assert (prompt.id, prompt.level, prompt.action) == ("danger", "red", "consult")
    talk.wait(1).do(c.StartConsult())
    assert talk.advice() is None
    talk.wait(1).do(c.RecordAct(is_danger=True))
    assert talk.advice() == "danger"
    talk.do(c.EndCall())
    assert talk.advice() == "report_safety"


@pytest.mark.parametrize(
    ("given", "expected"), [(1, None), (2, "warnings_used"), (3, "warnings_used")]
)
def test_after_the_last_warning_a_superior_decides(talk, given, expected):
    for _ in range(given):
        talk.wait(1).do(c.GiveWarning("大声"))
    assert talk.advice() == expected
    assert [warning.number for warning in talk.case.abuse.warnings] == [*range(1, given + 1)]
    talk.desk.limits = Limits(abuse_warnings=given + 1)
    assert talk.advice() is None


@pytest.mark.parametrize(
    "answer", [c.StartConsult(), c.DecideAbuse(AbuseDecision.CONTINUE, "佐藤課長")]
)
def test_whoever_asked_or_was_told_is_left_alone(talk, answer):
    talk.do(c.GiveWarning("大声"), c.GiveWarning("大声"))
    talk.do(answer)
    assert talk.advice() is None


def test_back_in_an_ordinary_stage_warnings_ask_for_nothing(talk):
    talk.do(c.GiveWarning("大声"), c.GiveWarning("大声"), c.EnterStage("A-S2"))
    assert talk.advice() is None


def test_warnings_count_by_call(talk):
    talk.do(c.GiveWarning("大声"), c.RecordHandoff("text", "a.txt"), c.EndCall(), c.FinishWrapUp())
    talk.do(c.StartCall(), c.GiveWarning("大声"))
    assert [w.number for w in talk.case.abuse.warnings] == [1, 1]
    assert talk.advice() is None


@pytest.mark.rule("T5")
def test_nobody_decides_without_a_name(talk):
    assert talk.refusal(c.DecideAbuse(AbuseDecision.END_CALL, " ")) == "abuse.no_name"
    talk.do(c.DecideAbuse(AbuseDecision.END_CALL, "佐藤課長", "これ以上は"))
    (decided,) = talk.case.abuse.decisions
    assert (decided.by, decided.words) == ("佐藤課長", "これ以上は")
    replayed = Case.of(talk.case.id, talk.desk.history)
    assert vars(replayed.abuse) == vars(talk.case.abuse)


def test_parts_of_the_record_are_written_and_emptied(talk):
    talk.do(c.NoteAbuse(AbusePart.POLICY, "窓口を一本化"))
    assert talk.do(c.NoteAbuse(AbusePart.POLICY, "窓口を一本化 ")) == ()
    assert talk.case.abuse.part(AbusePart.POLICY) == "窓口を一本化"
    talk.do(c.NoteAbuse(AbusePart.POLICY, ""))
    assert talk.case.abuse.part(AbusePart.POLICY) == ""


def test_an_act_is_reported_upwards(talk):
    talk.do(c.RecordAct(("threat",), "覚えておけ"), c.EndCall())
    talk.wait(600)
    assert talk.advice() == "report_red"


@pytest.mark.rule("T3", "T8")
def test_what_an_earlier_case_says(talk):
    talk.do(c.FillField("issue", "返金"), c.TakeNote(NoteKind.ANSWERED, "返金はいたしかねる"))
    talk.do(c.RecordAct(quote="ふざけるな"), c.EndCall(), c.FinishWrapUp(), c.StartCall())
    talk.do(c.EndCall(), c.FinishWrapUp(), c.StartCall(direction=Direction.OUTGOING))
    found = past_calls(talk.case)
    assert (len(found.at), found.issue, found.answered, found.acts) == (
        2,
        "返金",
        "返金はいたしかねる",
        1,
    )


@pytest.mark.rule("T3")
def test_words_come_after_the_key_and_the_time_is_that_of_the_key(talk):
    assert talk.refusal(c.DetailAct(("threat",), "覚えておけ")) == "abuse.no_act"
    talk.do(c.RecordAct(("threat",)))
    pressed = talk.clock.now()
    talk.wait(20).do(c.RecordAct(is_danger=True))
    first, danger = talk.case.abuse.acts
    talk.wait(40).do(c.DetailAct(("threat", "threat"), " 覚えておけ ", first.act_id))
    talk.do(c.DetailAct(quote="今から行く 4111 1111 1111 1111"))
    assert talk.do(c.DetailAct(("threat",), "覚えておけ", first.act_id)) == ()
    found = list(talk.case.abuse.acts)
    assert (found[0].act_types, found[0].quote, found[0].at) == (("threat",), "覚えておけ", pressed)
    assert (found[1].at, found[1].is_danger) == (danger.at, True)
    assert "今から行く" in found[1].quote
    assert "4111" not in found[1].quote
    assert talk.refusal(c.DetailAct((), " ", first.act_id)) == "abuse.no_act"
    assert talk.refusal(c.DetailAct(("threat",), "", "no such act")) == "abuse.no_act"
    replayed = Case.of(talk.case.id, talk.desk.history)
    assert replayed.abuse.acts == found
    talk.do(c.Undo())
    assert talk.case.abuse.acts[1].quote == ""
