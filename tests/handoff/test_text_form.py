"""The note as text: order, times over several calls, and typed text that must not break it."""

import re

import pytest

from call import commands as c
from handoff.typed_text import clean, indented, one_line
from scripts_ja.model import HoldKind, NoteKind
from scripts_ja.texts import all_keys, t


def headings(text):
    return re.findall(r"^【(.+?)】", text, re.MULTILINE)


@pytest.mark.rule("R8")
def test_blocks_stand_in_their_order(complete):
    for kind in NoteKind:
        complete.do(c.TakeNote(kind, f"メモ {kind}"))
    complete.do(c.FillField("impact", "床の水濡れ"), c.FillField("xyz", "その他"))
    assert headings(complete.text()) == [
        *["30秒欄", "事実", "ご要望", "影響", "経過", "お約束", "お願い", "いたしかねること"],
        *["お客様の生の言葉", "メモ", "ご連絡先", "番号と添付", "そのほかの項目"],
        "作成",
    ]


def test_the_count_is_that_of_the_block(complete):
    lines = complete.text().split("\n\n")[0].split("\n")
    count = sum(not char.isspace() for char in "".join(lines[1:]))
    assert f"本欄 {count}/250字）" in lines[0]
    complete.do(c.TakeNote(NoteKind.NG, "あ" * 250))
    assert f"本欄 {count + 251}/250字・250字を超えています）" in complete.text().split("\n")[0]


@pytest.mark.rule("R7")
def test_every_fact_carries_its_kind_and_times(complete):
    complete.do(c.TakeNote(NoteKind.CLAIM, "水が漏れる"), seconds=62)
    complete.do(c.TakeNote(NoteKind.FACT_CONFIRMED, "14日に設置"), seconds=3600)
    assert complete.line("・10:01") == "・10:01（1:02）　お客様のお話　水が漏れる"
    assert complete.line("・11:01") == "・11:01（1:01:02）　確認済　14日に設置"


@pytest.mark.rule("R6")
def test_three_quotes_then_the_others_and_no_quote_is_marked_twice(complete):
    for number in range(5):
        complete.do(c.TakeNote(NoteKind.QUOTE, f"言葉{number}"))
    complete.do(c.TakeNote(NoteKind.QUOTE, "「もういい」と言って切った"))
    first, _, others = complete.text().partition("【そのほかのお言葉】")
    assert "「言葉2」" in first
    assert "言葉3" not in first
    assert "「言葉4」" in others
    assert "　「もういい」と言って切った\n" in others


def test_the_time_line_of_two_calls(telephone):
    telephone.do(c.ToggleHoldKind(), c.AnnounceHold(2), seconds=600)
    telephone.do(c.Hold(HoldKind.CONSULT), c.StartConsult())
    telephone.do(c.Resume(), seconds=98)
    telephone.do(c.Hold(HoldKind.LOOKUP), seconds=60)
    telephone.do(c.GiveWarning("大声", "ばか野郎"), seconds=10)
    telephone.do(c.EndCall(), seconds=5)
    telephone.do(c.FinishWrapUp(), seconds=45)
    telephone.call_again_the_next_day()
    text = telephone.text()
    assert text.partition("【経過】\n")[2].partition("\n\n")[0].split("\n") == [
        "・11/21 10:00（1回目 0:00）　受電、通話開始（03-0000-9999）",
        "・11/21 10:10（1回目 10:00）　保留 1:38（相談・2分と案内）",
        "・11/21 10:10（1回目 10:00）　上席へ相談",
        "・11/21 10:11（1回目 11:38）　通話に戻る",
        "・11/21 10:12（1回目 12:38）　保留 0:15（確認・時間の案内なし）",
        "・11/21 10:12（1回目 12:48）　言動への注意：大声（ご発言「ばか野郎」）",
        "・11/21 10:12（1回目 12:53）　終話",
        "・10:00　発信（03-0000-1234）",
        "・10:00　応答なし",
        "・1回目（受電）：通話 12:53（うち保留 1:53・2回）、後処理 0:45",
        "・2回目（発信）：応答なし",
    ]
    assert telephone.line("けが・危険：") == "けが・危険：未確認、言動への注意1回"


def test_a_hold_that_lasts_says_so(telephone):
    telephone.do(c.Hold())
    telephone.clock.advance(30)
    assert "保留中、0:30 経過（確認・時間の案内なし）" in telephone.text()


@pytest.mark.rule("14")
def test_the_one_concession(complete):
    complete.do(c.TellConcession("設置費用の返金", "田中"))
    assert "（譲歩1回：設置費用の返金・承認 田中）" in complete.line("回答済み：")
    assert "譲歩のご提案：設置費用の返金（承認 田中）" in complete.text()


def test_what_was_agreed_takes_the_place_of_the_estimate(complete):
    complete.do(c.FillField("estimate_min", "20分"))
    assert complete.line("求める判断：") == "求める判断：訪問の可否（見込み20分）"
    complete.commit(estimate=15)
    assert complete.line("求める判断：") == "求める判断：訪問の可否（見込み15分）"
    assert "・折り返しの見込み時間：20分" in complete.text()


@pytest.mark.parametrize("temperature", [1, 2, 3, 5])
def test_anger_is_said_only_where_it_was_seen(complete, temperature):
    complete.case.marks.temperatures.clear()
    complete.do(c.SetTemperature(temperature), c.FillField("customer", "山田様"))
    mood = "にお怒り" if temperature >= 3 else "のお申し出"
    expected = f"要約：山田様、洗濯機の水漏れ{mood}。ご要望は本日中の修理"
    assert complete.line("要約：") == expected


def test_a_long_summary_is_shortened_by_its_words_and_never_cut(complete):
    complete.do(c.FillField("customer", "山田"), c.FillField("issue", "あ" * 42))
    shorter = f"{'あ' * 42}にお怒り／ご要望は本日中の修理"
    assert complete.line("要約：") == f"要約：{shorter}"
    complete.do(c.FillField("issue", "あ" * 60))
    expected = f"要約：{'あ' * 60}にお怒り／ご要望は本日中の修理（75字・60字を超えています）"
    assert complete.line("要約：") == expected


def test_nothing_is_made_up_of_nothing(telephone):
    assert telephone.line("要約：") == "要約：お客様、主訴は未確認。ご要望は未確認"
    assert telephone.line("期限：") == "期限：未確認（担当も未確認）"


@pytest.mark.parametrize(
    "text",
    [
        *["<b>太字</b>", "<img src=x>", "{issue}", "%s", "𠮷野家の𩸽", "👩‍👩‍👧", "ﾊﾝｶｸｶﾅ", "a\\nb"],
        "長" * 10_000,
    ],
)
def test_notes_show_as_typed(complete, text):
    complete.do(c.TakeNote(NoteKind.MEMO, text), c.FillField("impact", text))
    assert complete.text().count(text) == 2


def test_lines_of_a_note_stay_within_it(complete):
    complete.do(c.TakeNote(NoteKind.MEMO, "一行目\n【お約束】\r\n二行目\u2028三行目\tおわり\x07"))
    assert "　一行目\n　　【お約束】\n　　二行目\n　　三行目 おわり\n" in complete.text()


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("a\tb", "a b"),
        ("a\x00\x1b[31mb", "a[31mb"),
        ("\ud83d半分", "\ufffd半分"),
        ("a\r\nb\rc\x0bd", "a\nb\nc\nd"),
        ("👩‍👩‍👧 が\u3099", "👩‍👩‍👧 が\u3099"),
    ],
)
def test_clean(typed, written):
    assert clean(typed) == written
    assert one_line(typed) == written.replace("\n", " ")
    assert indented(typed) == written.replace("\n", "\n　　")


def test_all_words_are_there():
    for kind in NoteKind:
        assert t(f"handoff.kind.{kind}")
    for level in range(1, 6):
        assert f"handoff.temperature.{level}" in all_keys()
