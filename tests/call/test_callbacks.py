"""Callbacks after the promise: read back, confirmed, tried in vain, decided, reached."""

from datetime import timedelta

import pytest

from call import commands as c
from call.agenda import Agenda, entries_of
from call.callback_items import CallbackItem, callback_items
from call.case import Case
from call.events import AttemptResult
from call.limits import Limits

IN_VAIN = [result for result in AttemptResult if result is not AttemptResult.REACHED]


def due_in(phone, minutes):
    return phone.clock.now().wall + timedelta(minutes=minutes)


@pytest.fixture
def promised(talk):
    """A callback in an hour; the call is over and was told of."""
    talk.do(c.FillField("customer", "山田"), c.FillField("issue", "水漏れ"))
    talk.do(c.CommitCallback("佐藤", due_in(talk, 60)), c.AnswerCallback(True))
    talk.do(c.RecordHandoff("text", "a.txt"), c.EndCall(), c.FinishWrapUp())
    return talk


def the_due(phone):
    (due,) = phone.case.dues()
    return due


def agenda_of(phone):
    return Agenda.of(entries_of(phone.case, Limits()))


@pytest.mark.rule("T1")
def test_the_number_counts_once_it_was_read_back(promised):
    assert not callback_items(promised.case)[CallbackItem.NUMBER]
    promised.do(c.ReadBackNumber())
    assert promised.case.field("callback_tel") == "03-0000-1234"
    assert all(callback_items(promised.case).values())
    promised.do(c.FillField("callback_tel", "０３-００００-１２３４"))
    assert all(callback_items(promised.case).values())
    promised.do(c.FillField("callback_tel", "03-0000-5678"))
    assert not callback_items(promised.case)[CallbackItem.NUMBER]
    promised.do(c.ReadBackNumber("03-0000-9999"))
    assert promised.case.field("callback_tel") == "03-0000-9999"
    promised.do(c.Undo())
    assert promised.case.field("callback_tel") == "03-0000-5678"
    assert promised.case.callbacks.read_back.number == "03-0000-1234"


def test_a_refused_callback_and_an_unknown_number_are_no_items(talk, telephone):
    talk.do(c.CommitCallback("佐藤", due_in(talk, 60)), c.AnswerCallback(False))
    assert not any(callback_items(talk.case).values())
    assert telephone.refusal(c.ReadBackNumber()) == "callback.no_number"


def test_the_owner_confirms(promised, telephone):
    promised.do(c.ConfirmCallback())
    (found,) = promised.case.callbacks.confirmed.values()
    assert found.by == "佐藤"
    assert promised.do(c.ConfirmCallback()) == ()
    promised.do(c.ConfirmCallback("鈴木"))
    promised.do(c.Undo())
    assert [found.by for found in promised.case.callbacks.confirmed.values()] == ["佐藤"]
    assert telephone.refusal(c.ConfirmCallback()) == "callback.none"


@pytest.mark.parametrize("result", IN_VAIN)
def test_a_try_in_vain_is_kept_and_moves_the_call(promised, result):
    promised.wait(65 * 60)
    again = due_in(promised, 30)
    promised.do(c.TryCall(result, "応答なし", again))
    (tried,) = promised.case.callbacks.in_vain(the_due(promised).target)
    assert (tried.result, tried.late_minutes, tried.words) == (result, 5, "応答なし")
    assert the_due(promised).at == promised.case.handing_up.commitment.due_at == again
    assert promised.advice() is None
    promised.wait(15 * 60)
    assert promised.advice() == "callback_first"
    promised.do(c.Undo())
    assert promised.case.callbacks.attempts == []
    assert promised.advice() == "callback_late"


def test_whoever_is_reached_is_owed_no_more(promised):
    promised.wait(60 * 60).do(c.TryCall(AttemptResult.REACHED))
    assert promised.case.dues() == ()
    assert promised.case.callbacks.attempts[0].late_minutes == 0
    promised.do(c.Undo())
    assert the_due(promised).kind == "callback"


def test_a_call_of_no_date_is_kept_and_a_wrong_one_refused(talk):
    talk.do(c.TryCall(AttemptResult.BUSY, next_at=due_in(talk, 5)))
    assert talk.case.dues() == ()
    assert len(talk.case.callbacks.in_vain("")) == 1
    assert talk.refusal(c.TryCall(AttemptResult.BUSY, target="x")) == "due.not_there"


@pytest.mark.parametrize(("tries", "expected"), [(2, None), (3, "unreached"), (4, "unreached")])
def test_after_three_tries_a_superior_decides(promised, new_telephone, tries, expected):
    for _ in range(tries):
        promised.do(c.TryCall(AttemptResult.ABSENT, next_at=due_in(promised, 24 * 60)))
        promised.wait(1)
    assert promised.advice() == expected
    other = new_telephone()
    other.wait(60)
    assert other.advice(agenda_of(promised)) == expected
    if expected:
        assert other.prompt(agenda_of(promised)).values == {"count": 3}
        other.do(c.StartCall())
        assert other.advice(agenda_of(promised)) is None


def test_what_the_superior_decided_ends_the_calls_or_begins_them_anew(promised):
    for _ in range(3):
        promised.do(c.TryCall(AttemptResult.VOICEMAIL))
    assert promised.refusal(c.DecideUnreached("書面", " ")) == "unreached.needs_both"
    promised.do(c.DecideUnreached("明日もう一度", "田中課長", due_in(promised, 24 * 60)))
    assert promised.advice() is None
    assert the_due(promised).at == due_in(promised, 24 * 60)
    for _ in range(3):
        promised.do(c.TryCall(AttemptResult.ABSENT))
    promised.do(c.DecideUnreached("お手紙を送る", "田中課長"))
    assert promised.case.dues() == ()
    assert promised.refusal(c.DecideUnreached("お手紙", "田中課長")) == "due.not_there"
    assert [d.decision for d in promised.case.callbacks.decisions] == [
        "明日もう一度",
        "お手紙を送る",
    ]
    replayed = Case.of(promised.case.id, promised.desk.history)
    assert vars(replayed.callbacks) == vars(promised.case.callbacks)


def test_the_try_is_kept_at_once_and_when_next_follows(promised):
    assert promised.refusal(c.SetNextTry(due_in(promised, 30))) == "callback.not_tried"
    promised.wait(60 * 60).do(c.TryCall(AttemptResult.VOICEMAIL))
    assert promised.advice() == "callback_late"
    promised.wait(120)
    again = due_in(promised, 30)
    promised.do(c.SetNextTry(again))
    (tried,) = promised.case.callbacks.attempts
    assert (tried.next_at, tried.late_minutes) == (again, 0)
    assert promised.case.callbacks.in_vain(the_due(promised).target) == (tried,)
    assert the_due(promised).at == again
    assert promised.case.due_book.untold == {}
    assert promised.do(c.SetNextTry(again)) == ()
    assert promised.refusal(c.SetNextTry(due_in(promised, 0))) == "due.in_the_past"
    promised.do(c.Undo())
    assert promised.case.callbacks.attempts[0].next_at is None
    assert promised.advice() == "callback_late"


def test_another_date_for_a_reason_is_no_next_try(promised):
    promised.wait(60 * 60).do(c.TryCall(AttemptResult.BUSY))
    target = the_due(promised).target
    promised.do(c.PostponeDue(target, due_in(promised, 90), "部品待ち"))
    promised.do(c.SettleDue(f"{target}/told"))
    assert promised.case.callbacks.attempts[0].next_at is None


def test_when_next_belongs_to_the_last_try_of_that_call(promised):
    for minutes in (30, 60):
        promised.do(c.TryCall(AttemptResult.ABSENT))
        promised.do(c.SetNextTry(due_in(promised, minutes)))
        promised.wait(10)
    first, second = promised.case.callbacks.attempts
    assert first.next_at < second.next_at
    promised.do(c.TryCall(AttemptResult.REACHED))
    assert promised.refusal(c.SetNextTry(due_in(promised, 30))) == "due.not_there"
