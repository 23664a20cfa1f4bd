"""What fits into a phrase: nouns and reasons, and nothing that would be read out crooked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scripts_ja.noun_form import MAX_CHARS, as_noun, as_reason, as_wish


@pytest.mark.parametrize(
    "text",
    [
        "洗濯機の水漏れ",
        "床の水濡れ",
        "保証書の写し",
        "点検結果のご報告",
        "修理のお申し込み",
        "訪問日のお知らせ",
        "部品の取り付け",
        "手続き",
        "料金の行き違い",
        "見積もり",
        "代替機の貸し出し",
        "全自動洗濯機（8kg）",
        "部品A-12の交換",
        "修理センターとの打ち合わせ",
        "返金",
        "説明のずれ",
        "クーポン",
    ],
)
def test_nouns(text):
    assert as_noun(text) == as_noun(f" {text}。 ") == text


@pytest.mark.parametrize(
    "text",
    [
        "",
        "。",
        "水が漏れた",
        "返金する",
        "返金します",
        "金を返せ",
        "すぐ来てほしい",
        "連絡がない",
        "対応が遅い",
        "対応遅い",
        "高い",
        "点検結果を報告",
        "部品が不良",
        "来てくれ",
        "動かず",
        "交換できない",
        "調べて",
        "水漏れ。床も濡れた",
        "床の水濡れ、壁紙の剥がれ",
        "「話にならない」",
        "返金と\n謝罪",
        "返金希望",
        "番号は＊＊＊＊",
        "カード番号＊＊＊＊",
        "本当か？",
        "{agent}",
        "修理の" * 20 + "件",
    ],
)
def test_what_is_no_noun_is_left_out(text):
    assert as_noun(text) == ""


@pytest.mark.parametrize(
    ("text", "wish"),
    [
        ("返金希望", "返金"),
        ("全額返金を希望", "全額返金"),
        ("今週中の修理をご希望", "今週中の修理"),
        ("責任者からの謝罪を要求", "責任者からの謝罪"),
        ("交換してほしい", "交換"),
        ("今週中の修理", "今週中の修理"),
        ("修理に来てほしい", ""),
        ("希望", ""),
    ],
)
def test_a_wish_goes_without_the_word_that_it_is_one(text, wish):
    assert as_wish(text) == wish


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("部品の入荷が来週になるため", "部品の入荷が来週になる"),
        ("保証の対象外のため。", "保証の対象外"),
        ("保証期間が過ぎているので", "保証期間が過ぎている"),
        ("返金：規約の対象外なので", "規約の対象外"),
        ("返金はいたしかねる。保証期間が過ぎているため", "保証期間が過ぎている"),
        ("全額の返金", ""),
        ("保証期間が過ぎている", ""),
        ("返金不可、対象外のため", ""),
        ("ため", ""),
        ("「規約」のため", ""),
        ("あ" * MAX_CHARS + "ため", ""),
    ],
)
def test_a_reason_is_what_says_that_it_is_one(text, reason):
    assert as_reason(text) == reason


@given(st.text() | st.text("返金を希望のためので。：、 が水", max_size=12))
def test_nothing_is_made_up(text):
    for found in (as_noun(text), as_wish(text), as_reason(text)):
        assert found in text
        assert len(found) <= MAX_CHARS
        assert not set(found) & set("「」＊\n{}")
