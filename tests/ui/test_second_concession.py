"""一歩の提案 on the desk: one slot, a second only with a reason, a conflict that can be mended."""

import pytest
from PySide6.QtWidgets import QLabel

from call import commands as c
from call.events import Envelope, OfferAnswer
from call.fold_concession import ConcessionMark
from scripts_ja.texts import t
from tests.ui.second_line import Desk


@pytest.fixture
def desk(talk):
    talk.act("second_desk")
    return Desk(talk).page(5)


def slot(desk):
    return desk.case.concession


@pytest.mark.rule("12")
def test_plan_and_telling_with_words(desk):
    desk.go_to("planned")
    desk.press("Return")
    desk.answer("設置費用の返金", "佐藤部長", "明日18時")
    planned = slot(desk).planned
    assert (planned.offer, planned.approver) == ("設置費用の返金", "佐藤部長")
    assert planned.expires_at is not None
    desk.press("T")
    desk.answer("お詫びとして、設置費用をお返しいたします")
    (told,) = slot(desk).told
    assert (told.offer, told.approver, told.expires_at) == (
        "設置費用の返金",
        "佐藤部長",
        planned.expires_at,
    )
    assert told.words == "お詫びとして、設置費用をお返しいたします"


def test_a_plan_without_an_approver_is_amber(desk):
    desk.go_to("planned")
    desk.press("Return")
    desk.answer("設置費用の返金", "", "")
    assert desk.row("planned").note_tone == "warn"
    assert t("second.concession.no_approver") in desk.row("planned").note


def test_what_was_never_planned_is_typed_when_it_is_told(desk):
    desk.press("T")
    desk.answer("送料の返金", "部長", "")
    assert [told.offer for told in slot(desk).told] == ["送料の返金"]


@pytest.mark.rule("14", "15")
def test_a_second_one_asks_for_the_superiors_reason_and_is_refused_without(desk, talk):
    talk.work.do(c.TellConcession("送料の返金", "部長"))
    talk.settle()
    desk.press("T")
    assert desk.asked == t("second.concession.ask_reason")
    desk.answer("")
    assert talk.notice == t("refusal.concession.second_needs_reason")
    assert desk.asked == t("second.concession.ask_reason")
    assert len(slot(desk).told) == 1
    desk.answer("お怪我の恐れがあったため", "点検の費用", "本部長", "点検の費用も")
    _, second = slot(desk).told
    assert (second.offer, second.approver) == ("点検の費用", "本部長")
    assert second.superior_reason == "お怪我の恐れがあったため"
    assert slot(desk).mark is ConcessionMark.SECOND


@pytest.mark.rule("16")
@pytest.mark.parametrize(
    ("key", "answer"),
    [("Y", OfferAnswer.ACCEPTED), ("N", OfferAnswer.DECLINED), ("O", OfferAnswer.OPEN)],
)
def test_the_answer_is_one_key_and_words_may_follow(desk, talk, key, answer):
    talk.work.do(c.TellConcession("送料の返金", "部長"))
    talk.settle()
    desk.go_to(slot(desk).current.event_id)
    desk.press(key)
    assert slot(desk).current.answer is answer
    desk.answer("それなら")
    assert (slot(desk).current.answer, slot(desk).current.answer_words) == (answer, "それなら")
    desk.press(key)
    assert slot(desk).current.answer_words == "それなら"
    desk.press("Escape")
    assert slot(desk).current.answer_words == "それなら"


@pytest.mark.rule("18")
def test_the_limit_is_one_key_each_time_and_counted(desk, talk):
    desk.press("L")
    assert slot(desk).times_limit_stated == 0
    talk.work.do(c.TellConcession("送料の返金", "部長"))
    talk.settle()
    desk.press("L", "L")
    assert slot(desk).times_limit_stated == 2
    assert desk.row("limits").text == t("second.concession.limit_count", count=2)
    assert not desk.asked


def test_an_offer_that_ran_out_says_so(desk, talk):
    soon = talk.clock.now().shifted(60).wall
    talk.work.do(c.TellConcession("送料の返金", "部長", expires_at=soon))
    talk.wait(61)
    row = desk.row(slot(desk).current.event_id)
    assert t("second.concession.expired") in row.note
    assert row.note_tone == "warn"


def test_telling_is_taken_back_with_a_reason(desk, talk):
    talk.work.do(c.TellConcession("送料の返金", "部長"))
    talk.settle()
    desk.go_to(slot(desk).current.event_id)
    desk.press("X")
    desk.answer("")
    assert desk.asked
    assert slot(desk).told
    desk.answer("お伝えしていなかった")
    assert not slot(desk).told


@pytest.fixture
def conflict(desk, talk):
    """The same case as another desk left it, with a concession that this one knew nothing of."""
    talk.work.do(c.TellConcession("送料の返金", "部長"))
    session_desk = talk.work.session.desk
    here = session_desk.history[-1]
    there = Envelope(
        id=here.id[:-1] + ("0" if here.id[-1] != "0" else "1"),
        desk_id="another",
        case_id="another",
        call_id=here.call_id,
        seq=1,
        at=here.at,
        body=type(here.body)("値引き", "課長"),
    )
    session_desk.history.append(there)
    session_desk.case.apply(there)
    talk.window.refresh()
    talk.settle()
    return desk


def test_two_that_meet_are_both_shown_in_danger_and_on_top(conflict):
    assert conflict.row("conflict").tone == "danger"
    told = [conflict.row(told.event_id) for told in slot(conflict).told]
    assert [row.text for row in told] == ["送料の返金", "値引き"]
    assert {row.tone for row in told} == {"danger"}


def test_the_mark_stands_in_the_header_until_the_conflict_is_mended(conflict, talk):
    label: QLabel = talk.window.header.concession
    assert label.isVisible()
    assert label.text() == t("concession_mark.conflict")
    assert label.property("tone") == "danger"
    conflict.go_to(slot(conflict).told[0].event_id)
    conflict.press("X")
    conflict.answer("こちらはお伝えしていませんでした")
    assert [told.offer for told in slot(conflict).told] == ["値引き"]
    assert not label.isVisible()
    assert "conflict" not in [row.id for row in conflict.rows()]


def test_lists_of_cases_say_it_too(talk):
    talk.work.do(c.TellConcession("送料の返金", "部長"))
    talk.work.do(c.TellConcession("点検", "部長", "特別の事情"))
    assert talk.window.header.concession.text() == t("concession_mark.second")
    talk.work.do(c.EndCall())
    talk.work.do(c.FinishWrapUp())
    talk.save()
    talk.controller.refresh_waiting()
    talk.wait_for_background()
    labels = [label.text() for label in talk.window.waiting.findChildren(QLabel)]
    assert any(t("concession_mark.second") in text for text in labels)
    talk.act("cases")
    talk.wait_until(lambda: talk.window.sheet and talk.window.sheet.list.model().rowCount())
    listed = talk.window.sheet.list.model().index(0, 0).data()
    assert t("concession_mark.second") in listed
