"""The same talk again: what the record holds, and until when it stands ready."""

import pytest

from call import commands as c
from call.repeat_ledger import last_answer, read_repeats
from scripts_ja.model import NoteKind

SAME, NEWS = c.MarkSameTalk(), c.MarkNewFact()


def ring_back(talk):
    """The call ends, and a day later the customer is on the line again."""
    talk.do(c.EndCall(), c.FinishWrapUp())
    talk.wait(86_400).do(c.Ring("03-0000-1234"), c.StartCall())


def test_nothing_stands_ready_before_the_same_talk_came(talk):
    talk.do(c.TakeNote(NoteKind.ANSWERED, "無償で修理する"))
    assert read_repeats(talk.case) is None


@pytest.mark.rule("T3")
def test_each_time_is_counted_for_the_call_and_the_case(talk):
    talk.do(SAME)
    first = talk.clock.now()
    ring_back(talk)
    talk.do(SAME, SAME)
    ledger = read_repeats(talk.case)
    assert (ledger.here, ledger.in_case, ledger.calls) == (2, 3, 2)
    assert ledger.heard_at[0] == first
    assert ledger.heard_at[1:] == (talk.clock.now(),) * 2


@pytest.mark.rule("T3", "T8")
def test_the_last_answer_is_what_was_noted_last(talk):
    talk.do(SAME)
    assert read_repeats(talk.case).answer is None
    talk.do(c.TakeNote(NoteKind.ANSWERED, "一度目の回答"))
    talk.wait(60).do(c.TakeNote(NoteKind.ANSWERED, "二度目の回答"))
    talk.do(c.TakeNote(NoteKind.PROMISE, "折り返す"))
    answer = read_repeats(talk.case).answer
    assert (answer.text, answer.begun_at) == ("二度目の回答", talk.clock.now())
    talk.do(c.RemoveNote(answer.note_id))
    assert last_answer(talk.case).text == "一度目の回答"


def test_something_new_ends_it_and_the_next_same_talk_counts_on(talk):
    talk.do(SAME, NEWS)
    assert read_repeats(talk.case) is None
    talk.do(SAME)
    assert read_repeats(talk.case).here == 2
    talk.do(c.Undo())
    assert read_repeats(talk.case) is None


def test_it_is_there_only_while_the_line_is_open_and_for_this_call(talk):
    talk.do(SAME, c.Hold())
    assert read_repeats(talk.case)
    talk.do(c.Resume(), c.EndCall())
    assert read_repeats(talk.case) is None
    talk.do(c.FinishWrapUp(), c.Ring(), c.StartCall())
    assert read_repeats(talk.case) is None


def test_who_speaks_of_death_is_never_told_that_they_repeat_themselves(talk):
    talk.do(SAME, c.OpenCard("money"))
    assert read_repeats(talk.case)
    talk.do(c.OpenCard("life", suspends_limits=True))
    assert read_repeats(talk.case) is None
    ring_back(talk)
    talk.do(SAME)
    assert read_repeats(talk.case)


def test_replayed_it_is_the_same(talk):
    talk.do(SAME, c.TakeNote(NoteKind.ANSWERED, "無償で修理する"), NEWS, SAME)
    assert read_repeats(talk.replayed()) == read_repeats(talk.case)
