"""When the facts count as confirmed: until then words of liability are marked (rules.md 2.9)."""

import pytest

from call import commands as c
from call.facts import facts_confirmed
from scripts_ja.model import Exit, Flow, FlowBook, NoteKind, Phrase, Stage

KINDS = (NoteKind.QUOTE, NoteKind.CLAIM, NoteKind.REQUEST)


def stage(stage_id, *exits, rules=()):
    return Stage(
        id=stage_id,
        title=f"段階 {stage_id}",
        goal="目標",
        exits=tuple(Exit(to, "進むとき") for to in exits),
        guide="1分",
        record=("記録",),
        dont=("しない",),
        phrases=(Phrase("申し訳ございません。"),),
        note_kinds=KINDS,
        rules=rules,
    )


FIRST = (
    stage("A-S1", "A-S2"),
    stage("A-S2", "A-S3", "B-S1", rules=("30", "33")),
    stage("A-S3", "A-S4"),
    stage("A-S4"),
)
SECOND = (stage("B-S1", "B-S2"), stage("B-S2", "B-S3", rules=("91",)), stage("B-S3", "A-S1"))
ASIDE = (stage("X-S1", "back"),)
BOOK = FlowBook(
    (
        Flow("first", "A", "first", "要約", 3, "10分", FIRST),
        Flow("second", "B", "second", "要約", 3, "10分", SECOND),
        Flow("aside", "X", "aside", "要約", 3, "10分", ASIDE, opens_anywhere=True),
    )
)


@pytest.fixture
def call(telephone):
    return type(telephone)(BOOK)


def confirmed(call):
    return facts_confirmed(call.desk.situation(call.clock.now()))


def go(call, *stages):
    call.do(c.StartCall(), *(c.EnterStage(each) for each in stages))


@pytest.mark.parametrize(
    ("stages", "is_confirmed"),
    [
        ([], False),
        (["A-S2"], False),  # in the stage of the facts, not past it
        (["A-S2", "A-S3"], True),
        (["A-S2", "A-S3", "A-S4"], True),
        (["A-S2", "A-S4"], True),  # later in the flow, a stage left out
        (["A-S2", "B-S1"], True),  # by an exit
        (["A-S2", "B-S3"], False),  # elsewhere, by no exit
        (["A-S3", "A-S4"], False),  # never in it
        (["A-S2", "X-S1"], False),  # aside to an abusive call
        (["A-S2", "A-S3", "X-S1"], True),
        (["A-S2", "A-S3", "B-S1", "B-S2"], False),  # the second line takes stock anew
        (["A-S2", "A-S3", "B-S1", "B-S2", "B-S3"], True),
    ],
)
def test_facts_are_confirmed_past_the_stage_that_is_about_them(call, stages, is_confirmed):
    go(call, *stages)
    assert confirmed(call) is is_confirmed


def test_who_goes_back_has_not_passed_it(call):
    go(call, "A-S2")
    call.do(c.GoBack())
    assert not confirmed(call)


def test_a_step_undone_is_not_taken(call):
    go(call, "A-S2", "A-S3")
    assert confirmed(call)
    call.do(c.Undo())
    assert not confirmed(call)


def test_a_confirmed_fact_is_enough_until_it_is_removed(call):
    go(call)
    call.do(c.TakeNote(NoteKind.CLAIM, "水が漏れる"))
    assert not confirmed(call)
    call.do(c.TakeNote(NoteKind.FACT_CONFIRMED, "配送の記録は三月一日"))
    assert confirmed(call)
    call.do(c.RemoveNote(call.desk.case.notes.notes[-1].note_id))
    assert not confirmed(call)


def test_another_call_does_not_pass_the_stage_of_the_call_before(call):
    go(call, "A-S1", "A-S2")
    call.do(c.EndCall(), c.FinishWrapUp())
    call.do(c.StartCall(), c.EnterStage("A-S3"))
    assert not confirmed(call)
