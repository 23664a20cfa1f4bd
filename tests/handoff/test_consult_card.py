"""The consultation card: seven rows, and what one says in twenty seconds."""

import pytest

from call import commands as c
from call.events import Safety
from call.limits import Limits
from handoff.consult_card import as_text, build_card


def card_of(telephone, **limits):
    now = telephone.clock.now()
    return build_card(telephone.case, now, Limits(**limits), telephone.note().created_at.tzinfo)


def test_an_empty_card_says_what_is_not_known(telephone):
    card = card_of(telephone)
    assert as_text(card).splitlines() == [
        "【相談カード】受付番号 A1-0001",
        "①経過：0分、同じ話0回",
        "②主訴：未確認",
        "③ご要望：未確認",
        "④温度感・けが危険：未確認、未確認",
        "⑤あと何分伺うか：未確認",
        "⑥折り返しの確約：未確認（30分以内の折り返しをお願いしたい）",
        "⑦求める判断・見込み時間：未確認、見込みは未確認",
    ]
    assert [row.is_missing for row in card.rows] == [False] + [True] * 6
    assert card.spoken == (
        "0分伺っています。主訴もご要望も、まだ伺えていません。"
        "けがや危険は、まだ伺えていません。どなたが何時までにお電話できますか。"
    )


@pytest.mark.rule("64", "69", "78", "R3")
def test_a_full_card(complete):
    complete.do(c.FillField("extra_min", "5分"), c.FillField("estimate_min", "15"))
    complete.commit()
    complete.do(c.MarkSameTalk(), c.SetSafety(Safety.YES), seconds=660)
    card = card_of(complete)
    assert not [row for row in card.rows if row.is_missing]
    assert [row.value for row in card.rows] == [
        "11分、同じ話1回、新しい事実は11分なし（堂々巡り）",
        "洗濯機の水漏れ",
        "本日中の修理",
        "3（怒り）、あり",
        "あと5分",
        "田中課長、11月21日(土) 10時30分まで",
        "訪問の可否、見込み15分",
    ]
    assert card.spoken == (
        "11分伺い、同じお話が1回です。主訴は洗濯機の水漏れ、ご要望は本日中の修理です。"
        "温度感は3、けがや危険のお話があります。ご判断いただきたいのは訪問の可否です。"
        "あと5分で進まなければ折り返しにします。折り返しは田中課長が10時30分までに行う形で進めます。"
    )


@pytest.mark.parametrize(
    ("limits", "in_circles"),
    [
        ({}, True),
        ({"circles_consult_minutes": 12}, False),
        ({"no_new_fact_minutes": 12}, False),
    ],
)
@pytest.mark.rule("68")
def test_circles_are_a_matter_of_the_limits(telephone, limits, in_circles):
    telephone.clock.advance(660)
    assert ("堂々巡り" in card_of(telephone, **limits).rows[0].value) == in_circles


def test_a_refused_callback_is_asked_for_again(complete):
    complete.do(c.FillField("estimate_min", "15"), c.AnswerCallback(accepted=False))
    card = card_of(complete)
    assert card.rows[5].is_missing
    assert card.rows[5].value == "田中課長、11月21日(土) 10時30分まで（お客様はお断り）"
    assert card.spoken.endswith("15分ほどのお電話を、どなたが何時までにできますか。")


def test_not_heard_is_an_answer(telephone):
    telephone.do(c.FillField("request_unheard", "1"))
    row = card_of(telephone).rows[2]
    assert (row.value, row.is_missing) == ("未聴取", False)


def test_without_a_call_nothing_is_counted(telephone):
    telephone.case.calls.clear()
    row = card_of(telephone).rows[0]
    assert (row.value, row.is_missing) == ("通話なし", True)


def test_a_card_keeps_to_its_lines(telephone):
    telephone.do(c.FillField("issue", "<b>a</b>"), c.FillField("decision", "b\u2028【相談カード】"))
    assert len(as_text(card_of(telephone)).splitlines()) == 8
