"""What whoever receives the note counts on: the next thing to do, what was said, in its order."""

from datetime import datetime

from call import commands as c
from call.events import VisitMoment
from handoff.block_a import block_a
from handoff.timeline_words import timeline_row
from tests.handoff.conftest import JAPAN


def at(hour, day=21):
    return datetime(2026, 11, day, hour, tzinfo=JAPAN)


def first_block(telephone, label):
    return {row.label: row.value for row in block_a(telephone.note()).rows}[label]


def told(telephone):
    note = telephone.note()
    return [timeline_row(entry, note).value for entry in note.timeline]


def without_callback(telephone):
    target = telephone.case.handing_up.commitment.event_id
    telephone.do(c.EndCall(), c.SettleDue(target))
    return telephone


def test_a_visit_is_the_deadline_once_nobody_has_to_ring(complete):
    complete.do(c.PlanVisit(at(14), ("中村", "高橋"), place="桜町1-2"))
    assert first_block(complete, "期限").startswith("11月21日(土) 10時30分までに田中課長が")
    without_callback(complete)
    assert first_block(complete, "期限") == "11月21日(土) 14時に中村が訪問（桜町1-2）"


def test_after_an_absence_the_call_of_the_next_day_is_the_deadline(complete):
    complete.do(c.PlanVisit(at(14), ("中村", "高橋"), place="桜町1-2"))
    without_callback(complete).do(
        c.MarkVisit(VisitMoment.ARRIVED),
        c.MarkVisit(VisitMoment.ABSENT),
        c.LeaveAbsenceNote("お目にかかれませんでした", at(11, day=22)),
        c.MarkVisit(VisitMoment.LEFT),
    )
    expected = "11月22日(日) 11時に中村が03-0000-1234へ（ご不在の翌日のお電話）"
    assert first_block(complete, "期限") == expected


def test_danger_stands_in_the_first_block_though_nobody_was_hurt(complete):
    complete.do(c.RecordAct(("threat",), "今から行くぞ", is_danger=True))
    assert first_block(complete, "けが・危険") == "なし、危険な言動あり"


def test_the_time_line_keeps_what_the_customer_was_told(complete):
    target = complete.case.handing_up.commitment.event_id
    complete.do(c.AnswerCallback(accepted=True))
    complete.do(c.HandOnDue(target, "鈴木"), seconds=60)
    complete.do(c.PostponeDue(target, at(13), "工事店の確認待ち"), seconds=60)
    found = told(complete)
    promised = "田中課長が折り返しを確約、11月21日(土) 10時30分まで（お客様はご承諾）"
    assert promised in found
    assert found[-2:] == [
        "折り返しの担当を鈴木に引き継ぎ",
        "折り返しを11月21日(土) 13時に延期（工事店の確認待ち）",
    ]
    assert first_block(complete, "期限").startswith("11月21日(土) 13時までに鈴木が")


def test_a_visit_that_was_called_off_is_told_as_such(complete):
    complete.do(c.PlanVisit(at(14), ("中村",), place="桜町1-2"))
    complete.do(c.CancelVisit("お客様のご都合"), seconds=60)
    assert told(complete)[-1] == "訪問のお約束を取り消し（お客様のご都合）"


def test_nothing_is_counted_that_did_not_happen(complete):
    assert "0回" not in complete.text()
    complete.do(c.MarkSameTalk())
    assert complete.line("　同じ話") == "　同じ話1回"


def test_the_quiet_before_a_consultation_ends_with_the_call(complete):
    complete.do(c.EndCall(), seconds=11 * 60)
    complete.clock.advance(3600)
    assert "新しい事実は11分なし" in str(complete_card(complete))


def complete_card(telephone):
    from call.limits import Limits
    from handoff import consult_card

    card = consult_card.build_card(telephone.case, telephone.clock.now(), Limits(), JAPAN)
    return consult_card.as_text(card)
