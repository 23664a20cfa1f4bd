"""H01 to H12 of the validation table: each is seen, alone, and marked in its place."""

from datetime import datetime, timedelta, timezone

import pytest

from call import commands as c
from call.events import Safety
from handoff.missing import GAPS
from scripts_ja.model import NoteKind
from scripts_ja.texts import t

DUE = datetime(2026, 11, 21, 17, 0, tzinfo=timezone(timedelta(hours=9)))


def remove_notes(telephone, kind):
    for note in telephone.case.notes.of_kind(kind):
        telephone.do(c.RemoveNote(note.note_id))


def empty(key):
    return lambda telephone: telephone.do(c.FillField(key, ""))


def forget_temperature(telephone):
    telephone.case.marks.temperatures.clear()


def forget_commitment(telephone):
    telephone.case.handing_up.commitments.clear()


# code -> how it comes about, the ids that are missing then, and the line that says so
MATRIX = [
    ("H01", empty("issue"), ["issue"], "要約："),
    ("H02", empty("request"), ["request"], "要約："),
    ("H03", forget_commitment, ["deadline", "owner"], "期限："),
    ("H04", empty("callback_tel"), ["callback_tel"], "期限："),
    ("H06", forget_temperature, ["temperature"], "温度感："),
    ("H07", lambda phone: phone.do(c.SetSafety(Safety.UNASKED)), ["safety"], "けが・危険："),
    ("H08", empty("decision"), ["decision"], "求める判断："),
    ("H09", lambda phone: remove_notes(phone, NoteKind.ANSWERED), ["answered"], "回答済み："),
    ("H10", lambda phone: remove_notes(phone, NoteKind.NG), ["ng"], "言わないこと："),
    ("H11", lambda phone: phone.do(c.FillField("fact1", "設置")), ["fact_kind"], "・未確認　区分"),
    ("H12", empty("apology"), ["apology"], "最初にお詫び："),
]


def test_nothing_is_missing_in_a_complete_case(complete):
    assert complete.note().missing == ()
    assert "未確認" not in complete.text().partition("【ご連絡先】")[0]


@pytest.mark.parametrize(("code", "spoil", "missing", "line"), MATRIX, ids=[m[0] for m in MATRIX])
@pytest.mark.rule("32", "65", "69", "2.5", "R11")
def test_each_gap_is_named_and_marked_in_its_place(complete, code, spoil, missing, line):
    spoil(complete)
    assert list(complete.note().missing) == missing
    assert code in {gap.code for gap in GAPS if gap.id in missing}
    assert "未確認" in complete.line(line)
    names = "／".join(t(f"handoff.gap.{gap}") for gap in missing)
    assert complete.line("・未確認の項目：") == f"・未確認の項目：{names}"


def test_everything_is_missing_at_the_start(telephone):
    assert list(telephone.note().missing) == [
        *["issue", "request", "deadline", "owner", "temperature", "safety", "decision"],
        *["answered", "ng", "apology"],
    ]


def test_gaps_follow_the_table():
    assert [gap.code for gap in GAPS] == [f"H{n:02}" for n in [*range(1, 13), 16, 19, 20, 21]]
    assert [gap.code for gap in GAPS if gap.is_required] == [
        *[f"H{n:02}" for n in range(1, 9)],
        "H19",
    ]
    for gap in GAPS:
        assert t(f"handoff.gap.{gap.id}")
        assert t(f"handoff.missing.{gap.id}").endswith("ください。")


def test_h02_a_noted_request_or_not_heard_will_do(complete):
    complete.do(c.FillField("request", ""), c.FillField("request_unheard", "1"))
    assert complete.note().missing == ()
    assert "ご要望は未聴取" in complete.line("要約：")
    complete.do(c.TakeNote(NoteKind.REQUEST, "今日中に直して"))
    assert complete.note().missing == ()
    assert "ご要望は今日中に直して" in complete.line("要約：")


@pytest.mark.rule("100", "R10")
def test_h03_an_undated_promise_lacks_its_date(complete):
    complete.do(c.TakeNote(NoteKind.PROMISE, "経緯のご説明"))
    assert complete.note().missing == ("deadline",)
    assert complete.line("期限：").endswith("日時が未確認のお約束あり")
    assert complete.line("・経緯のご説明") == "・経緯のご説明（期限 未確認）"


def test_h19_two_concessions_that_met_are_named(complete):
    complete.do(c.TellConcession("送料の返金", "田中"))
    assert complete.note().missing == ()
    complete.told_elsewhere(c.TellConcession("値引き", "佐藤"))
    assert complete.note().missing == ("one_concession",)
    assert "別々にご提案しており食い違い" in complete.line("回答済み：")


def test_h20_a_proposal_nobody_approved(complete):
    complete.do(c.PlanConcession("送料の返金"))
    assert complete.note().missing == ("approver",)
    assert complete.line("・ご提案の予定：") == "・ご提案の予定：送料の返金（承認 未確認）"
    complete.do(c.PlanConcession("送料の返金", "田中課長"))
    assert complete.note().missing == ()


def test_h21_a_promise_that_is_nobodys(complete):
    complete.do(c.TakeNote(NoteKind.PROMISE, "経緯のご説明", due_at=DUE))
    assert complete.note().missing == ()  # whoever calls back answers for it
    complete.do(c.SettleDue(complete.case.handing_up.commitment.event_id))
    assert complete.note().missing == ("promise_owner",)
    assert "（担当 未確認・期限" in complete.line("・経緯のご説明")
    (promise,) = complete.case.notes.of_kind(NoteKind.PROMISE)
    complete.do(c.DrawLine(promise.note_id, "佐藤"))
    assert complete.note().missing == ()
    assert complete.line("期限：").endswith("「経緯のご説明」（担当 佐藤）")


def test_h03_a_dated_promise_is_a_deadline_but_names_no_owner(complete):
    forget_commitment(complete)
    complete.do(c.TakeNote(NoteKind.PROMISE, "経緯のご説明", due_at=DUE))
    assert complete.note().missing == ("owner", "promise_owner")
    expected = "期限：11月21日(土) 17時までに「経緯のご説明」（担当は未確認）"
    assert complete.line("期限：") == expected


def test_h03_a_refused_callback_is_no_deadline(complete):
    complete.do(c.FillField("callback_tel", ""), c.AnswerCallback(accepted=False))
    assert complete.note().missing == ("deadline",)
    expected = "期限：未確認（11月21日(土) 10時30分までの田中課長の折り返しはお断り）"
    assert complete.line("期限：") == expected


def test_h04_a_displayed_number_is_shown_as_not_read_back(complete):
    complete.do(c.FillField("callback_tel", ""))
    assert "番号未確認・表示03-0000-9999" in complete.line("期限：")


def test_h05_without_a_callback_no_number_is_wanted(complete):
    forget_commitment(complete)
    complete.do(c.FillField("callback_tel", ""))
    assert complete.note().missing == ("deadline", "owner")


def test_h09_h10_none_is_an_answer(complete):
    remove_notes(complete, NoteKind.NG)
    remove_notes(complete, NoteKind.ANSWERED)
    complete.do(c.FillField("ng_none", "1"), c.FillField("answered_none", "1"))
    assert complete.note().missing == ()
    assert complete.line("言わないこと：") == "言わないこと：なし"
    assert complete.line("回答済み：") == "回答済み：なし（譲歩なし）"
    complete.do(c.FillField("ng_none", ""), c.FillField("answered_none", "0"))
    assert complete.note().missing == ("answered", "ng")


def test_h09_a_filled_answer_counts(complete):
    remove_notes(complete, NoteKind.ANSWERED)
    complete.do(c.FillField("answered", "部品の無償交換"))
    assert complete.note().missing == ()
    assert complete.line("回答済み：") == "回答済み：部品の無償交換（譲歩なし）"


@pytest.mark.rule("R7")
def test_h11_a_fact_with_its_kind_is_not_missed(complete):
    complete.do(c.FillField("date1", "11月3日"), c.FillField("fact1", "修理のお申し込み"))
    assert complete.note().missing == ("fact_kind",)
    assert "・11月3日　区分未確認　修理のお申し込み" in complete.text()
    complete.do(c.TakeNote(NoteKind.MEMO, "修理のお申し込み"))
    assert complete.note().missing == ("fact_kind",)
    complete.do(c.TakeNote(NoteKind.FACT_CONFIRMED, "11月3日に修理のお申し込み"))
    assert complete.note().missing == ()


def test_a_callback_that_was_made_is_not_missing(complete):
    complete.do(c.SettleDue(complete.case.handing_up.commitment.event_id))
    assert complete.note().missing == ()
    assert complete.line("期限：") == "期限：11月21日(土) 10時30分までの田中課長のお電話は済み"


def test_a_second_commitment_stands_instead_of_a_refused_one(complete):
    complete.do(c.AnswerCallback(accepted=False))
    complete.commit(60, "佐藤")
    assert complete.note().missing == ()
    assert "11時までに佐藤課長が" in complete.line("期限：")
    assert complete.text().count("折り返しを確約") == 2


def test_the_deadline_counts_down_and_over(complete):
    assert "（残り30分／お返事はまだ）" in complete.line("期限：")
    complete.do(c.AnswerCallback(accepted=True), seconds=31 * 60)
    assert "（1分超過／ご承諾）" in complete.line("期限：")


@pytest.mark.rule("T3")
def test_h16_an_act_without_its_words(complete):
    complete.do(c.RecordAct(("threat",)))
    assert complete.note().missing == ("act_words",)
    complete.do(c.DetailAct(("threat",), "覚えておけ"))
    assert complete.note().missing == ()


def test_h16_a_warning_alone_says_what_it_was_about(complete):
    complete.do(c.GiveWarning("大声"))
    assert complete.note().missing == ("act_words",)
    complete.do(c.GiveWarning("大声", "ふざけるな"))
    assert complete.note().missing == ()
