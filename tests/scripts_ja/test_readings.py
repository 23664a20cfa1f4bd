"""Readings: every shipped text has one, none is stale, and they are the ones people type."""

import re

import pytest

from scripts_ja import readings
from scripts_ja.card_loader import load_cards
from scripts_ja.loader import load_flows
from scripts_ja.readings import fold, lines, readings_of, texts_to_read, unread

TEXTS = tuple(dict.fromkeys(texts_to_read(load_flows(None).book, load_cards(None).book)))


def test_every_shipped_text_has_its_reading_and_no_line_is_left_over():
    """After a change of a text: python tools/readings.py, and read the new lines aloud."""
    assert set(lines()) == set(TEXTS)


def test_no_kanji_is_without_a_reading():
    assert {text: unread(line) for text, line in lines().items() if unread(line)} == {}


def test_a_reading_is_nothing_but_kana_and_what_is_written_in_no_kanji():
    for text in TEXTS:
        for reading in readings_of(text):
            assert not re.search("[一-鿿ァ-ヶ]", reading), text


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("確認 いたします。", "確認いたします"),
        ("カクニン", "かくにん"),
        ("ｶｸﾆﾝ・ｺﾞｱﾝﾅｲ", "かくにんごあんない"),
        ("ＳＮＳ", "sns"),
        ("サービス", "さーびす"),
        ("「上司を出せ」", "上司を出せ"),
        ("。、　 ", ""),
    ],
)
def test_widths_kana_case_and_punctuation_make_no_difference(text, folded):
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("written", "read"),
    [
        # What an analyser gets wrong; each was read by eye.
        ("終話", "しゅうわ"),
        ("品番の分かるもの", "ひんばんのわかるもの"),
        ("では承れます", "うけたまわれます"),
        ("{hold_min}分以内", "ふんいない"),
        ("少し間を取って", "すこしまをとって"),
        ("書き留められます", "かきとめられます"),
        ("ご家族や支援の方を通して", "ごかぞくやしえんのかたをとおして"),
        ("何をお求め", "なにをおもとめ"),
        ("一歩の譲歩", "いっぽのじょうほ"),
        ("一点だけ", "いってんだけ"),
        ("日本語が難しい", "にほんごがむずかしい"),
        ("あと何分", "あとなんぷん"),
    ],
)
def test_readings_that_are_easily_wrong_are_right(written, read):
    place = re.compile(re.escape(read))
    holders = [text for text in TEXTS if written.removeprefix("では") in text]
    assert holders
    assert any(place.search(reading) for text in holders for reading in readings_of(text))


def test_a_word_with_two_readings_is_found_by_both():
    text = next(text for text in TEXTS if text.startswith("私の一存では"))
    assert [reading[:5] for reading in readings_of(text)] == ["わたくしの", "わたしのい"]


def test_own_words_are_read_by_the_words_of_the_shipped_ones():
    assert readings_of("責任者に確認のうえ、改めて申し伝えます") == (
        "せきにんしゃにかくにんのうえあらためてもうしつたえます",
    )


def test_what_nobody_has_read_over_stays_as_it_is_written():
    assert readings_of("鰻丼の件") == ("鰻丼のけん",)


def test_a_placeholder_is_read_by_its_name():
    assert readings_of("{request}の件") == ("ごようぼうのけん",)
    assert readings.unfilled("{request}の件") == "ご要望の件"
    assert readings_of("{nothing}の件") == ("nothingのけん",)
