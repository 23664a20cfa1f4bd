"""Done, postponed with a reason, handed on: whatever has a date, and who has to be told."""

from datetime import timedelta

import pytest

import call.dues
from call import commands as c
from call.agenda import Agenda, entries_of, lines_of
from call.case import Case
from call.dues import KINDS
from call.limits import Limits
from scripts_ja.model import NoteKind
from scripts_ja.texts import t


def due_in(phone, minutes):
    return phone.clock.now().wall + timedelta(minutes=minutes)


OWED = {
    "callback": lambda at: c.CommitCallback("佐藤", at, "課長"),
    "promise": lambda at: c.TakeNote(NoteKind.PROMISE, "お調べの結果", due_at=at),
    "action": lambda at: c.PlanAction("部品の手配", "佐藤", at),
}


@pytest.fixture(params=OWED)
def owing(request, talk):
    talk.do(OWED[request.param](due_in(talk, 60)), c.EndCall(), c.RecordHandoff("text", "a.txt"))
    talk.kind = request.param
    return talk


def dues(phone):
    return {due.kind: due for due in phone.case.dues()}


def test_another_date_stands_wherever_the_first_one_stood(owing):
    target, later = dues(owing)[owing.kind].target, due_in(owing, 120)
    owing.do(c.PostponeDue(target, later, "部品が届かないため", is_told=True))
    assert list(dues(owing)) == [owing.kind]
    assert dues(owing)[owing.kind].at == later
    (moved,) = owing.case.due_book.postponed
    assert (moved.reason, moved.from_at, moved.due_at) == (
        "部品が届かないため",
        due_in(owing, 60),
        later,
    )
    assert owing.do(c.PostponeDue(target, later, "同じ", is_told=True)) == ()
    owing.do(c.Undo())
    assert dues(owing)[owing.kind].at == due_in(owing, 60)
    assert owing.case.due_book.postponed == []


def test_a_customer_who_was_not_told_still_counts_on_the_old_date(owing):
    target, first = dues(owing)[owing.kind].target, due_in(owing, 60)
    owing.do(c.PostponeDue(target, due_in(owing, 120), "遅れ"))
    assert ("tell_delay" in dues(owing)) == (owing.kind != "action")
    if owing.kind == "action":
        return
    owing.do(c.PostponeDue(target, due_in(owing, 180), "さらに遅れ"))
    assert dues(owing)["tell_delay"].at == first
    owing.wait(60 * 60)
    assert owing.advice() == "promise_late"
    owing.do(c.SettleDue(dues(owing)["tell_delay"].target))
    assert list(dues(owing)) == [owing.kind]
    owing.do(c.Undo())
    owing.do(c.PostponeDue(target, due_in(owing, 120), is_told=True))
    assert list(dues(owing)) == [owing.kind]
    owing.do(c.Undo())
    assert "tell_delay" in dues(owing)
    owing.do(c.SettleDue(target))
    assert owing.case.dues() == ()


def test_a_date_needs_a_reason_and_lies_ahead(owing):
    target = dues(owing)[owing.kind].target
    assert owing.refusal(c.PostponeDue(target, due_in(owing, 90), " ")) == "due.no_reason"
    assert owing.refusal(c.PostponeDue(target, due_in(owing, 0), "遅れ")) == "due.in_the_past"
    assert owing.refusal(c.PostponeDue("x", due_in(owing, 90), "遅れ")) == "due.not_there"


def test_somebody_else_answers_for_it(owing):
    target = dues(owing)[owing.kind].target
    owing.do(c.HandOnDue(target, " 鈴木 "))
    assert dues(owing)[owing.kind].owner == "鈴木"
    assert owing.do(c.HandOnDue(target, "鈴木")) == ()
    assert owing.refusal(c.HandOnDue(target, " ")) == "due.no_owner"
    assert owing.refusal(c.HandOnDue("x", "鈴木")) == "due.not_there"
    replayed = Case.of(owing.case.id, owing.desk.history)
    assert replayed.dues() == owing.case.dues()
    owing.do(c.Undo())
    assert dues(owing)[owing.kind].owner == ("" if owing.kind == "promise" else "佐藤")


def test_who_takes_a_callback_over_has_not_confirmed_it(talk):
    talk.do(c.CommitCallback("佐藤", due_in(talk, 60), "課長"), c.ConfirmCallback())
    talk.do(c.HandOnDue(dues(talk)["callback"].target, "鈴木"))
    assert talk.case.handing_up.commitment.owner_title == ""
    assert talk.case.callbacks.confirmed == {}


def test_the_list_holds_all_cases_the_soonest_first_and_the_one_in_hand_as_it_is(
    talk, new_telephone
):
    other = new_telephone()
    other.do(c.StartCall(), c.PlanAction("手配", "佐藤", due_in(other, 30)), c.EndCall())
    talk.do(c.PlanAction("連絡", "鈴木", due_in(talk, 20)), c.EndCall())
    agenda = Agenda.of([*entries_of(other.case, Limits()), *entries_of(talk.case, Limits())])
    talk.do(c.SettleDue(talk.case.dues()[0].target), c.PlanAction("文書", "", due_in(talk, 40)))
    lines = lines_of(agenda, talk.case, talk.clock.now(), Limits())
    assert [(line.entry.what.text, line.seconds_left) for line in lines] == [
        ("手配", 1800),
        ("文書", 2400),
    ]
    talk.wait(1800)
    lines = lines_of(agenda, None, talk.clock.now(), Limits())
    assert [(line.entry.what.text, line.is_late) for line in lines] == [
        ("連絡", True),
        ("手配", True),
    ]


def test_every_kind_has_its_words():
    kinds = {
        value for name, value in vars(call.dues).items() if name.isupper() and name != "TELLING"
    }
    kinds = {value for value in kinds if isinstance(value, str)}
    assert kinds == set(KINDS)
    for kind in KINDS:
        assert t(f"waiting.due.{kind}", owner="佐藤", text="x")
        assert t(f"agenda.kind.{kind}")


def test_an_offer_can_wait_longer_but_stays_with_who_approved_it(talk):
    told = c.TellConcession("設置費用の返金", "部長", expires_at=due_in(talk, 60))
    talk.do(told)
    (offer,) = talk.case.dues()
    talk.do(c.PostponeDue(offer.target, due_in(talk, 90), "ご家族とご相談"))
    assert talk.case.concession.current.expires_at == due_in(talk, 90)
    assert talk.refusal(c.HandOnDue(offer.target, "鈴木")) == "due.offer_stays"


def test_each_delay_is_told_on_its_own(talk):
    for text in ("一つ目", "二つ目"):
        talk.do(c.TakeNote(NoteKind.PROMISE, text, due_at=due_in(talk, 60)))
    for due in talk.case.dues():
        talk.do(c.PostponeDue(due.target, due_in(talk, 90), "遅れ"))
    first, _ = (due for due in talk.case.dues() if due.kind == "tell_delay")
    talk.do(c.SettleDue(first.target))
    assert [due.text for due in talk.case.dues() if due.kind == "tell_delay"] == ["二つ目"]
