"""One concession, exactly: planned, told, answered, limited; two that meet are shown."""

from datetime import UTC, datetime, timedelta

import pytest

from call import commands as c
from call.case import Case, summarize
from call.events import OfferAnswer

EXPIRY = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)


def slot(talk):
    return talk.case.concession


def test_what_is_told_is_what_was_planned(talk):
    talk.do(c.PlanConcession(" 送料の返金 ", "部長", EXPIRY), c.TellConcession(words="お詫びに"))
    (told,) = slot(talk).told
    assert (told.offer, told.approver, told.words) == ("送料の返金", "部長", "お詫びに")
    assert told.expires_at == EXPIRY
    assert told.call_id == talk.case.call_id


def test_the_approver_of_one_offer_is_not_that_of_another(talk):
    talk.do(c.PlanConcession("送料の返金", "部長", EXPIRY), c.TellConcession("値引き"))
    (told,) = slot(talk).told
    assert (told.offer, told.approver, told.expires_at) == ("値引き", "", None)
    assert slot(talk).lacks_approver


def test_nothing_planned_is_nothing_to_tell(talk):
    assert talk.refusal(c.TellConcession()) == "concession.no_offer"
    assert talk.do(c.PlanConcession(" ")) == ()
    talk.do(c.PlanConcession("送料の返金"))
    assert slot(talk).lacks_approver
    talk.do(c.PlanConcession(""))
    assert slot(talk).planned is None
    assert talk.refusal(c.TellConcession()) == "concession.no_offer"


def test_a_plan_can_be_taken_back_a_telling_cannot(talk):
    talk.do(c.PlanConcession("送料の返金", "部長"), c.PlanConcession("値引き", "部長"), c.Undo())
    assert slot(talk).planned.offer == "送料の返金"
    talk.do(c.TellConcession())
    assert talk.refusal(c.Undo()) == "undo.needs_reason"
    talk.do(c.Correct("別のお客様のことだった"))
    assert slot(talk).told == []


@pytest.mark.parametrize("answer", list(OfferAnswer))
def test_the_answer_belongs_to_the_one_told(talk, answer):
    assert talk.refusal(c.AnswerConcession(answer)) == "concession.none_told"
    talk.do(c.TellConcession("送料の返金", "部長"))
    talk.wait(5).do(c.AnswerConcession(answer, "それなら"))
    assert (slot(talk).current.answer, slot(talk).current.answer_words) == (answer, "それなら")
    assert talk.do(c.AnswerConcession(answer, "それなら ")) == ()
    talk.do(c.Undo())
    assert slot(talk).current.answered_at is None


def test_an_answer_to_a_named_one(talk):
    talk.do(c.TellConcession("送料の返金"), c.TellConcession("値引き", "部長", "特別の事情"))
    first, second = slot(talk).told
    talk.do(c.AnswerConcession(OfferAnswer.DECLINED, target=first.event_id))
    assert [told.answer for told in slot(talk).told] == ["declined", "open"]
    assert talk.refusal(c.AnswerConcession(OfferAnswer.OPEN, target="x")) == "concession.none_told"
    assert slot(talk).with_reason == (second,)


def test_the_limit_is_counted_once_there_is_one(talk):
    assert talk.refusal(c.StateLimit()) == "concession.none_told"
    talk.do(c.TellConcession("送料の返金"), c.StateLimit("ここまでです"), c.StateLimit())
    assert slot(talk).times_limit_stated == 2
    talk.do(c.Undo())
    assert [limit.words for limit in slot(talk).limits] == ["ここまでです"]


def test_an_offer_runs_out_where_nobody_answered(talk):
    now = talk.clock.now
    talk.do(c.TellConcession("送料の返金", expires_at=now().wall + timedelta(minutes=5)))
    assert not slot(talk).current.is_expired(now())
    talk.wait(301)
    assert slot(talk).current.is_expired(now())
    talk.do(c.AnswerConcession(OfferAnswer.ACCEPTED))
    assert not slot(talk).current.is_expired(now())


def test_a_second_one_shows_in_every_list(talk):
    assert summarize(talk.case, talk.clock.now()).concession == ""
    talk.do(c.TellConcession("送料の返金"))
    assert summarize(talk.case, talk.clock.now()).concession == ""
    talk.do(c.TellConcession("値引き", "部長", "特別の事情"))
    assert summarize(talk.case, talk.clock.now()).concession == "second"


def merged(talk, other):
    return Case.of(talk.case.id, talk.desk.history + other.desk.history)


@pytest.mark.parametrize("desk_id", ["desk", "desk 2"])
def test_two_that_meet_are_a_conflict_and_both_stand(talk, make_telephone, desk_id):
    """On another desk, or on this one in a case that was thought to be another."""
    other = make_telephone(desk_id)
    talk.do(c.TellConcession("送料の返金", "部長"))
    other.do(c.StartCall(), c.TellConcession("値引き", "課長"))
    other.do(c.AnswerConcession(OfferAnswer.ACCEPTED))
    case = merged(talk, other)
    assert [told.offer for told in case.concession.conflict] == ["送料の返金", "値引き"]
    assert [told.answer for told in case.concession.told] == ["open", "accepted"]
    assert summarize(case, talk.clock.now()).concession == "conflict"


def test_one_that_a_superior_allowed_is_no_conflict(talk, make_telephone):
    other = make_telephone("desk 2")
    talk.do(c.TellConcession("送料の返金", "部長"))
    other.do(c.StartCall(), c.TellConcession("値引き", "課長", "部長が認めた"))
    case = merged(talk, other)
    assert case.concession.conflict == ()
    assert case.concession.mark == "second"


def test_taking_one_back_with_a_reason_ends_the_conflict(talk, make_telephone):
    other = make_telephone("desk 2")
    talk.do(c.TellConcession("送料の返金", "部長"))
    other.do(c.StartCall(), c.TellConcession("値引き", "課長"), c.Correct("お伝えしていなかった"))
    assert merged(talk, other).concession.mark == ""


def test_an_open_offer_is_due_until_it_is_answered(talk):
    talk.do(c.TellConcession("送料の返金", "部長", expires_at=EXPIRY))
    (due,) = talk.case.dues()
    assert (due.kind, due.at, due.text) == ("offer", EXPIRY, "送料の返金")
    assert due.target == slot(talk).current.event_id
    talk.do(c.AnswerConcession(OfferAnswer.ACCEPTED))
    assert talk.case.dues() == ()
    talk.do(c.AnswerConcession(OfferAnswer.OPEN), c.SettleDue(due.target))
    assert talk.case.dues() == ()


def test_an_offer_reminds_once_its_time_is_over(talk):
    expiry = talk.clock.now().shifted(3600).wall
    talk.do(c.TellConcession("送料の返金", "部長", expires_at=expiry), c.EndCall())
    talk.do(c.RecordHandoff("text", "note.txt"), c.FinishWrapUp())
    assert talk.wait(3590).advice() is None
    assert talk.wait(10).advice() == "offer_late"


def test_either_of_two_can_be_taken_back_with_a_reason(talk):
    talk.do(c.TellConcession("送料の返金"), c.TellConcession("値引き", "部長", "特別の事情"))
    first, second = (told.event_id for told in slot(talk).told)
    talk.do(c.MarkWords("eased", "お察しします"))
    assert talk.refusal(c.Correct(" ", first)) == "correct.no_reason"
    talk.do(c.Correct("お伝えしていなかった", first))
    assert [told.event_id for told in slot(talk).told] == [second]
    assert talk.refusal(c.Correct("もう一度", first)) == "undo.nothing"
    assert talk.refusal(c.Correct("メモ", talk.desk.history[1].id)) == "undo.nothing"
