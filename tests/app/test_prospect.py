"""What the customer is told of the end, in order and in words that can be said."""

import time
from datetime import datetime, timedelta, timezone

import pytest

from app.background import Background
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.proposed_actions import taken_over
from app.prospect import outside_name, prospect
from app.second_line import SecondLineDesk
from app.second_values import second_line_values
from app.settings import Settings
from call import commands as c
from call.events import ActionTopic, OfferAnswer, Safety
from call.proposals import proposals
from scripts_ja.model import NoteKind
from ui.port.second_line import ProspectView

SETTINGS = Settings({"desk.name": "田中"})


TEN = datetime(2026, 11, 21, 10, 0, tzinfo=timezone(timedelta(hours=9)))


@pytest.fixture
def call(desk, monkeypatch):
    """A call that was answered at ten in the morning in Japan."""
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    desk.do(c.StartCall())
    yield desk
    monkeypatch.undo()
    time.tzset()


def later(hours):
    return TEN + timedelta(hours=hours)


def promise(desk, text, due_at=None, owner=""):
    desk.do(c.TakeNote(NoteKind.PROMISE, text, due_at=due_at))
    desk.do(c.DrawLine(desk.case.notes.notes[-1].note_id, owner))


def sentences(desk):
    return prospect(desk.case, desk.clock.now(), SETTINGS).sentences


def test_nothing_is_promised_of_nothing(call):
    assert prospect(call.case, call.clock.now(), SETTINGS).sentences == ()


def test_promises_and_actions_in_the_order_of_time_to_the_end(call):
    promise(call, "ご報告", later(24), "田中")
    call.do(c.PlanAction("返金の手続き", is_now=True), c.PlanAction("伝票の確認", is_now=True))
    call.do(c.PlanAction("修理の手配", "鈴木課長", later(3.5)), c.PlanAction("集荷", "", later(6)))
    call.do(c.TickAction(call.case.actions.actions[0].action_id))
    assert sentences(call) == (
        "返金の手続きは、このお電話の間に済ませました。",
        "伝票の確認は、このお電話の間にいたします。",
        "本日の13時30分までに、課長の鈴木が修理の手配をいたします。",
        "本日の16時までに、集荷をいたします。",
        "11月22日(日)の10時までに、私田中がご報告をいたします。",
        "これで、11月22日(日)の10時までに、お約束したことがひと通り済む見込みでございます。",
    )


def test_what_has_no_time_is_not_told_and_the_end_neither(call):
    promise(call, "ご報告", later(30), "田中")
    promise(call, "原因の調査")
    found = prospect(call.case, call.clock.now(), SETTINGS)
    assert found.untimed == ("原因の調査",)
    assert len(found.sentences) == 1
    assert "見込み" not in found.sentences[0]


def test_the_company_s_own_business_is_not_told(call):
    for topic in set(ActionTopic) - {ActionTopic.NONE}:
        call.do(c.PlanAction("社内のこと", "法務", later(30), topic=topic))
        call.do(c.PlanAction("社内のこと", is_now=True, topic=topic))
        call.do(c.PlanAction("社内のこと", topic=topic))
    assert prospect(call.case, call.clock.now(), SETTINGS).sentences == ()
    assert prospect(call.case, call.clock.now(), SETTINGS).untimed == ()


def test_a_standing_callback_and_an_open_offer_are_told(call):
    call.do(c.CommitCallback("佐藤", later(48), "部長"))
    call.do(c.TellConcession("送料の返金", "部長", expires_at=later(72)))
    callback, offer = sentences(call)
    assert callback.endswith("までに、部長の佐藤からお電話いたします。")
    assert offer.startswith("ご提案へのお返事は、")
    call.do(c.AnswerConcession(OfferAnswer.ACCEPTED), c.SettleDue(call.case.dues()[0].target))
    assert sentences(call) == ()


def test_what_is_done_is_not_told_again(call):
    promise(call, "ご報告", later(30), "田中")
    call.do(c.SettleDue(call.case.dues()[0].target))
    assert sentences(call) == ()


def test_an_offer_that_ran_out_is_not_told(call):
    call.do(c.TellConcession("送料の返金", expires_at=call.clock.now().wall + timedelta(minutes=1)))
    call.wait(61)
    assert sentences(call) == ()


@pytest.mark.parametrize(
    ("owner", "said"),
    [
        ("田中", "私田中"),
        ("田中さん", "私田中"),
        ("佐藤課長", "課長の佐藤"),
        ("課長", "課長"),
        ("工事店の中村", "工事店の中村"),
        ("中村様", "中村"),
    ],
)
def test_our_own_people_as_said_to_a_customer(owner, said):
    assert outside_name(owner, "田中") == said


# -- proposals and placeholders -------------------------------------------------------------------


def test_a_proposal_is_taken_over_in_words_with_its_time(call):
    call.do(c.SetSafety(Safety.YES))
    now = call.clock.now()
    for proposal in proposals(call.session.situation()):
        call.do(taken_over(proposal, now, "田中"))
    assert proposals(call.session.situation()) == ()
    actions = {action.topic: action for action in call.case.actions.actions}
    assert actions[ActionTopic.KEEP_ITEM].is_now
    duty = actions[ActionTopic.DUTY_CHECK]
    assert (duty.owner, duty.lacks) == ("田中", ())
    assert isinstance(duty.due_at, datetime)
    assert actions[ActionTopic.QUALITY].due_at == now.wall + timedelta(minutes=10)


def test_the_window_s_way_to_all_of_it(call, tmp_path):
    background = Background(lambda job: job())
    settings = OwnSettings(SETTINGS, tmp_path / "settings.toml", background, NoticeBoard(), {})
    second = SecondLineDesk(call.session, settings)
    assert (second.proposals(), second.reception(), second.prospect()) == ((), None, ProspectView())
    call.do(c.SetSafety(Safety.YES), c.EnterStage("F3-S1"))
    second.take_over(ActionTopic.DUTY_CHECK, "伊藤")
    second.take_over(ActionTopic.DUTY_CHECK, "伊藤")
    second.take_over(ActionTopic.POLICE)
    (action,) = call.case.actions.actions
    assert (action.owner, action.due_at) == ("伊藤", TEN.replace(day=30, hour=23, minute=59))
    assert second.reception().seconds == 180
    promise(call, "ご報告", later(1), "田中")
    assert second.prospect().sentences[0] == "本日の11時までに、私田中がご報告をいたします。"
    background.close()


def test_before_any_case_there_is_nothing_to_say(desk, tmp_path):
    background = Background(lambda job: job())
    settings = OwnSettings(SETTINGS, tmp_path / "settings.toml", background, NoticeBoard(), {})
    second = SecondLineDesk(desk.session, settings)
    assert (second.proposals(), second.reception(), second.prospect()) == ((), None, ProspectView())
    background.close()


def test_reason_and_alternatives_are_those_of_one_refusal(call):
    for text, reason, alternatives in [
        ("日当", "公平のため", ("返金", "代替機")),
        ("値引き", "", ("商品券",)),
    ]:
        call.do(c.TakeNote(NoteKind.CANNOT, text))
        call.do(c.DrawLine(call.case.notes.notes[-1].note_id, "", reason, alternatives))
    call.do(c.TakeNote(NoteKind.ASK, "写し"))
    call.do(c.DrawLine(call.case.notes.notes[-1].note_id, result="手配"))
    call.do(c.PlanAction("済んだこと", is_now=True), c.PlanAction("代替機の手配", is_now=True))
    call.do(c.TickAction(call.case.actions.actions[0].action_id))
    assert second_line_values(call.case) == {
        "offer": "",
        "reason": "公平のため",
        "alternative": "返金",
        "alternative2": "代替機",
        "result": "手配",
        "immediate_action": "代替機の手配",
    }


def test_an_offer_that_nobody_approved_is_put_into_no_phrase(call):
    call.do(c.PlanConcession("送料の返金"))
    assert second_line_values(call.case)["offer"] == ""
    call.do(c.PlanConcession("送料の返金", "部長"))
    assert second_line_values(call.case)["offer"] == "送料の返金"
    call.do(c.TellConcession("値引き"))
    assert second_line_values(call.case)["offer"] == "値引き"
