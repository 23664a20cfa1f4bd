"""The record of an abusive call: what was said and when, who decided, and what is missing."""

import pytest
from msgspec import structs

from call import commands as c
from call.events import AbuseDecision, AbusePart
from handoff.abuse_record import as_text, build_abuse_record
from handoff.note import Author
from scripts_ja.model import NoteKind
from tests.handoff.conftest import AUTHOR, JAPAN

TITLES = {"abusive_words": "暴言", "threat": "威嚇・脅迫"}


@pytest.fixture
def abused(telephone):
    telephone.do(c.FillField("customer", "山田"), c.FillField("request", "全額の返金"))
    telephone.do(c.TakeNote(NoteKind.ANSWERED, "部品の交換"), c.MarkSameTalk(), seconds=60)
    telephone.do(c.RecordAct(("abusive_words",), "ふざけるな"), seconds=60)
    telephone.do(c.GiveWarning("abusive_words"), seconds=60)
    telephone.do(c.RecordAct(("threat",), "今から行く", is_danger=True), seconds=60)
    telephone.do(c.GiveWarning("大きなお声"), seconds=60)
    telephone.do(c.DecideAbuse(AbuseDecision.END_CALL, "佐藤課長", "終了してよい"), seconds=60)
    telephone.do(c.EndCall(), seconds=30)
    return telephone


def record_of(phone):
    return build_abuse_record(phone.case, AUTHOR, TITLES, phone.clock.now(), JAPAN)


@pytest.mark.rule("110", "T3")
def test_the_whole_record(abused):
    for part in AbusePart:
        abused.do(c.NoteAbuse(part, f"{part}のこと"))
    record = record_of(abused)
    assert record.missing == ()
    assert as_text(record) == (
        "【言動の記録票】受付番号 A1-0001\n"
        "・日時：11月21日(土) 10時〜10時06分\n"
        "・経路：受電（03-0000-9999）\n"
        "・お相手：山田様\n"
        "・ご要望：全額の返金\n"
        "\n【行為とお言葉】\n"
        "・10:02　暴言　「ふざけるな」\n"
        "・10:04　【危険】威嚇・脅迫　「今から行く」\n"
        "【当方の回答】（同じお話 1回）\n"
        "・部品の交換\n"
        "【注意と判断】\n"
        "・10:03　注意1：暴言\n"
        "・10:05　注意2：大きなお声\n"
        "・10:06　判断：お電話を終える（佐藤課長）（終了してよい）\n"
        "【録音・影響・方針】\n"
        "・録音：recordingのこと\n"
        "・業務・心身への影響：impactのこと\n"
        "・今後の方針：policyのこと\n"
        "・相談先：consultedのこと\n"
        "・作成：鈴木（11月21日(土) 10時06分）\n"
    )


def test_there_is_no_record_of_an_ordinary_call(telephone):
    assert record_of(telephone) is None


def test_the_record_is_of_the_last_such_call_alone(abused):
    abused.do(c.FinishWrapUp(), c.StartCall("03-0000-9999"))
    assert len(record_of(abused).acts) == 2
    abused.do(c.RecordAct(("threat",)), c.EndCall())
    record = record_of(abused)
    assert (len(record.acts), record.warnings, record.decisions) == (1, (), ())
    assert "quote" in record.missing


@pytest.mark.parametrize(
    ("command", "gap"),
    [
        (c.RecordAct((), "黙れ"), "types"),
        (c.RecordAct(("threat",)), "quote"),
        (c.FillField("request", ""), "request"),
    ],
)
def test_what_is_missing_is_named(abused, command, gap):
    before = record_of(abused).missing
    assert gap not in before
    abused.do(command)
    assert gap in record_of(abused).missing
    assert "未確認の項目" in as_text(record_of(abused))


def test_acts_stand_in_the_time_line_of_the_handoff_note(abused):
    text = abused.text()
    assert "お言葉・行為の記録（ふざけるな）" in text
    assert "判断：お電話を終える（佐藤課長）" in text


def test_warnings_and_decisions_stand_as_they_happened(telephone):
    telephone.do(c.DecideAbuse(AbuseDecision.CONTINUE, "佐藤課長"), seconds=60)
    telephone.do(c.GiveWarning("大声"), seconds=60)
    text = as_text(record_of(telephone))
    assert text.index("10:01　判断") < text.index("10:02　注意1")


def test_what_nobody_knows_leaves_no_bare_brackets(abused):
    nobody = build_abuse_record(abused.case, Author(), TITLES, abused.clock.now(), JAPAN)
    unseen = structs.replace(nobody, number="")
    lines = as_text(unseen).splitlines()
    assert "・作成：未確認（11月21日(土) 10時06分）" in lines
    assert "・経路：受電" in lines
