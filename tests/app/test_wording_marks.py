"""What the wording check looks at in which kind of note, and what it offers."""

import tomllib
from pathlib import Path

import pytest

from app import wording_marks
from app.background import Background
from app.notice_board import NoticeBoard
from app.own_settings import OwnSettings
from app.settings import Settings
from app.wording_marks import MOST_CHARACTERS, WordingMarks
from call import commands as c
from scripts_ja import wording
from scripts_ja.model import NoteKind

SENTENCES = Path(__file__).parents[1] / "scripts_ja"
ALL_KINDS = list(NoteKind)
OURS = [k for k in ALL_KINDS if k not in (NoteKind.QUOTE, NoteKind.CLAIM, NoteKind.REQUEST)]
NOT_PROMISED = [k for k in ALL_KINDS if k not in (NoteKind.QUOTE, NoteKind.PROMISE)]


@pytest.fixture
def settings(tmp_path):
    background = Background(lambda job: job())
    yield OwnSettings(
        Settings({"desk.name": "田中"}), tmp_path / "settings.toml", background, NoticeBoard(), {}
    )
    background.close()


@pytest.fixture
def marks(desk, settings):
    return WordingMarks(desk.session, settings)


def found(marks, text, kind):
    return [mark.found for mark in marks.check(text, kind)]


def categories(mark):
    return [reason.category for reason in mark.reasons]


# -- which kind of note is looked at for what --------------------------------------------------


def test_a_customers_own_words_are_never_corrected(marks):
    assert found(marks, "すぐに弁償しろ、クレーマー扱いするな、必ず来い", NoteKind.QUOTE) == []


@pytest.mark.parametrize("kind", NOT_PROMISED)
def test_labels_are_found_in_every_note_about_a_customer(marks, kind):
    assert found(marks, "典型的なクレーマー", kind) == ["クレーマー"]
    assert found(marks, "「クレーマー扱いか」とのこと", kind) == []


@pytest.mark.parametrize("kind", OURS)
def test_our_own_word_is_held_to_a_date(marks, kind):
    assert found(marks, "後ほどお電話する", kind) == ["後ほど"]
    assert found(marks, "15時までにお電話する", kind) == []


@pytest.mark.parametrize("kind", [NoteKind.CLAIM, NoteKind.REQUEST])
def test_a_customer_may_want_it_at_once(marks, kind):
    assert found(marks, "すぐに来てほしい。全額補償してほしい。絶対に直してほしい", kind) == []
    (mark,) = marks.check("お客様の勘違い", kind)
    assert categories(mark) == ["blame"]


def test_what_is_unconfirmed_may_be_uncertain(marks):
    assert found(marks, "たぶん三月ごろ", NoteKind.UNCONFIRMED) == []
    assert found(marks, "たぶん三月ごろ", NoteKind.MEMO) == ["たぶん"]


def test_a_flat_refusal_is_found_where_it_is_promised(marks):
    assert found(marks, "修理はできません", NoteKind.PROMISE) == ["できません"]
    assert found(marks, "修理はできません", NoteKind.CANNOT) == []


@pytest.mark.parametrize("due", ["@+30", "＠1530", " @明日10時"])
def test_a_promise_that_ends_in_its_date_has_its_deadline(marks, due):
    assert found(marks, "すぐにお電話する" + due, NoteKind.PROMISE) == []


def test_what_is_no_date_is_no_deadline(marks):
    assert found(marks, "すぐにお電話する @担当", NoteKind.PROMISE) == ["すぐに"]
    assert found(marks, "すぐにお電話する @+30", NoteKind.MEMO) == ["すぐに"]


# -- before the facts --------------------------------------------------------------------------


def test_liability_is_marked_until_the_facts_are_confirmed(desk, marks):
    said = "弊社の責任です"
    assert found(marks, said, NoteKind.MEMO) == ["弊社の責任です"]  # nobody has called
    desk.do(c.StartCall(), c.EnterStage("F2-S3"))
    assert found(marks, said, NoteKind.MEMO) == ["弊社の責任です"]
    desk.do(c.EnterStage("F2-S4"))
    assert found(marks, said, NoteKind.MEMO) == []
    desk.do(c.EnterStage("F3-S2"))
    assert found(marks, said, NoteKind.PROMISE) == ["弊社の責任です"]
    desk.do(c.EnterStage("F3-S3"))
    assert found(marks, said, NoteKind.PROMISE) == []


def test_another_case_has_facts_of_its_own(desk, marks):
    desk.do(c.StartCall(), c.TakeNote(NoteKind.FACT_CONFIRMED, "配送は三月一日"))
    assert found(marks, "弊社の責任です", NoteKind.MEMO) == []
    desk.do(c.EndCall(), c.FinishWrapUp(), c.StartCall())
    assert found(marks, "弊社の責任です", NoteKind.MEMO) == ["弊社の責任です"]


# -- what is offered ---------------------------------------------------------------------------


def only(marks, text, kind=NoteKind.MEMO):
    """The one reason that there is."""
    (mark,) = marks.check(text, kind)
    (reason,) = mark.reasons
    assert (mark.start, mark.end, mark.found) == (reason.start, reason.end, reason.found)
    return reason


def test_a_gap_is_filled_from_the_case_or_stays_visible(desk, marks):
    assert only(marks, "後ほどお電話").better == ("＿＿（期限）までに",)
    desk.do(c.StartCall(), c.FillField("deadline", "本日15時"))
    assert only(marks, "後ほどお電話").better == ("本日15時までに",)


def test_each_alternative_is_offered_and_remarks_apart(marks, monkeypatch):
    finds(monkeypatch, ("blame", 0, 2, "甲（理由を添えて）／乙{offer}／いたします"))
    reason = only(marks, "元の言葉")
    assert reason.better == ("甲", "乙＿＿（一歩の提案）")
    assert reason.remark == "理由を添えて"


def test_what_is_only_a_remark_offers_no_words(marks):
    reason = only(marks, "典型的なクレーマー")
    assert reason.better == ()
    assert reason.remark


def test_an_example_of_a_polite_form_is_no_replacement(marks):
    """「おっしゃられ」 is part of a word: what is better would not fit what comes after it."""
    reason = only(marks, "お客様がおっしゃられた", NoteKind.PROMISE)
    assert reason.better == ()
    assert "おっしゃる" in reason.remark


@pytest.mark.parametrize(
    ("text", "better", "remark"),
    [
        ("必ず直す", ["＿＿（期限）までに"], ""),
        ("直すことをお約束します。", ["＿＿（期限）までに行います"], ""),
        ("対応は無理です @+30", ["いたしかねます", "確認いたします"], ""),
        ("検討するか分かりませんが", [], "確認いたします"),
        ("たぶん三月", ["確認できている範囲では"], ""),
        ("三月かもしれません", [], "確認できている範囲では"),
        ("お客様の勘違い", [], "ご案内が分かりにくく、行き違いがございました"),
        ("規則ですので", [], "〜という理由から、いたしかねます"),
    ],
)
def test_only_words_that_leave_the_sentence_whole_are_offered(marks, text, better, remark):
    reason = only(marks, text, NoteKind.PROMISE)
    assert list(reason.better) == better
    assert reason.remark == remark


# -- several reasons in one place --------------------------------------------------------------


def finds(monkeypatch, *found):
    """The check finds these, whatever it is given: category, start, end, better."""

    def check(text, context, *, facts_confirmed):
        return tuple(
            wording.Finding(wording.Category(category), start, end, text[start:end], better)
            for category, start, end, better in found
        )

    monkeypatch.setattr(wording_marks.wording, "check", check)


def test_findings_that_share_words_are_one_place_with_all_their_reasons(marks):
    text = "お客様。上司に代わることはできません。すぐにご連絡する"
    first, second = marks.check(text, NoteKind.PROMISE)
    assert (first.start, first.found) == (4, "上司に代わることはできません")
    assert categories(first) == ["transfer_refusal", "flat_refusal"]
    assert [reason.found for reason in first.reasons] == [first.found, "できません"]
    assert (second.found, categories(second)) == ("すぐに", ["vague_time"])


def test_what_only_touches_stays_apart_and_a_chain_is_one(marks, monkeypatch):
    finds(
        monkeypatch,
        ("vague", 0, 2, "甲"),
        ("blame", 2, 6, "乙"),
        ("doubt", 3, 4, "丙"),
        ("label", 5, 8, "丁"),
        ("empty", 8, 9, "戊"),
    )
    marked = marks.check("0123456789", NoteKind.MEMO)
    assert [mark.found for mark in marked] == ["01", "234567", "8"]
    assert [categories(mark) for mark in marked] == [
        ["vague"],
        ["blame", "doubt", "label"],
        ["empty"],
    ]


def test_what_is_spared_in_this_kind_is_no_reason_and_no_place(marks, monkeypatch):
    finds(monkeypatch, ("vague", 0, 6, "甲"), ("blame", 2, 4, "乙"))
    (mark,) = marks.check("012345", NoteKind.CLAIM)
    assert (mark.found, categories(mark)) == ("23", ["blame"])


# -- how it is read ----------------------------------------------------------------------------


def sentences():
    """Those of every measure."""
    for path in sorted(SENTENCES.glob("wording_sentences*.toml")):
        yield from (each["text"] for each in tomllib.loads(path.read_text("utf-8"))["sentence"])


@pytest.mark.parametrize("kind", [NoteKind.MEMO, NoteKind.PROMISE])
def test_sentence_by_sentence_finds_what_the_whole_does(marks, kind):
    context = "promise" if kind is NoteKind.PROMISE else "note"
    for three in in_threes(sentences()):
        text = "。".join(each.rstrip("。") for each in three)
        whole = wording.check(text, context)
        mine = [reason for mark in marks.check(text, kind) for reason in mark.reasons]
        assert sorted((r.start, r.end, r.category) for r in mine) == sorted(
            (f.start, f.end, f.category) for f in whole
        ), text


def in_threes(texts):
    """Each with the two that follow it."""
    texts = list(texts)
    return zip(texts, texts[1:], texts[2:], strict=False)


def test_places_are_those_of_the_whole_text(marks):
    text = "本日。\n「おい。後ほどお電話だと」と一言。後ほどご連絡。\n𠮷田様。必ず連絡する。後ほどお電話"
    marked = marks.check(text, NoteKind.MEMO)
    assert [mark.found for mark in marked] == ["後ほど", "必ず", "後ほど"]
    assert all(text[mark.start : mark.end] == mark.found for mark in marked)


def test_a_deadline_in_the_next_sentence_counts_as_soon_as_it_is_there(marks):
    text = "後ほどお電話いたします。17時"
    assert found(marks, text, NoteKind.PROMISE) == ["後ほど"]
    assert found(marks, text + "にはおかけします。", NoteKind.PROMISE) == []
    assert found(marks, "後ほどお電話いたします。はい。17時におかけします。", NoteKind.PROMISE) == [
        "後ほど"
    ]


def test_a_key_in_a_long_note_checks_what_it_is_about(marks, monkeypatch):
    asked = []
    real = wording.check

    def check(text, context, *, facts_confirmed):
        asked.append(text)
        return real(text, context, facts_confirmed=facts_confirmed)

    monkeypatch.setattr(wording_marks.wording, "check", check)
    text = "".join(f"{n}番の件を確認した。" for n in range(200))
    marks.check(text + "後ほどお電", NoteKind.MEMO)
    asked.clear()
    assert found(marks, text + "後ほどお電話", NoteKind.MEMO) == ["後ほど"]
    assert asked == ["199番の件を確認した。後ほどお電話", "後ほどお電話"]
    asked.clear()
    marks.check(text.replace("100番", "101番") + "後ほどお電話", NoteKind.MEMO)
    assert len(asked) == 2  # it, and the one before it
    asked.clear()
    marks.check(text + "後ほどお電話", NoteKind.PROMISE)
    assert len(asked) == 201  # other rules: nothing known counts


def test_nothing_is_kept_of_a_text_that_is_gone(marks):
    marks.check("お客様の番号は0312345678", NoteKind.MEMO)
    marks.check("", NoteKind.MEMO)
    assert marks._known == {}


def test_what_is_too_long_for_a_note_is_left_alone(marks):
    text = "後ほどご連絡。あ。" * (MOST_CHARACTERS // 9)
    text += "あ" * (MOST_CHARACTERS - len(text))
    assert len(marks.check(text, NoteKind.MEMO)) == MOST_CHARACTERS // 9
    assert marks.check(text + "。", NoteKind.MEMO) == ()


def test_it_can_be_switched_off(marks, settings):
    heard = []
    settings.listen(lambda: heard.append(found(marks, "後ほどお電話", NoteKind.MEMO)))
    settings.change({"view.wording_marks": "off"})
    settings.change({"view.wording_marks": "on"})
    assert heard == [[], ["後ほど"]]
