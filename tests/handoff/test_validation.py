"""H01 to H23 of the validation table: each seen where it is broken, gone where it is mended."""

from datetime import datetime, timedelta, timezone

import pytest
from msgspec import structs

from call import commands as c
from call.case import Case
from call.decision import Situation
from call.events import NoteTaken, Safety
from call.limits import Limits
from handoff.absence_note import Sender
from handoff.block_a import BLOCK_A_CHARS
from handoff.document import Level
from handoff.html_form import as_html
from handoff.markdown_form import as_markdown
from handoff.masks import Mask, masked
from handoff.missing import GAPS
from handoff.note import Author
from handoff.papers import Desk, make_checked
from handoff.text_form import as_text
from handoff.validation import CHECKS, barrier
from scripts_ja.model import FlowBook, NoteKind
from scripts_ja.texts import t

JAPAN = timezone(timedelta(hours=9))
DESK = Desk(author=Author("鈴木"), sender=Sender("", "", "", ""), zone=JAPAN)
DUE = datetime(2026, 11, 21, 17, 0, tzinfo=JAPAN)
# 4111 1111 1111 1111 is the card number that everybody tests with.
CARD = "4111111111111111"


def checked(phone, masks=(), *, as_unconfirmed=False):
    at = Situation(phone.case, phone.clock.now(), FlowBook(()), Limits(), "none")
    history = masked(phone.desk.history, masks) if masks else phone.desk.history
    shown = structs.replace(at, case=Case.of(phone.case.id, history)) if masks else at
    return make_checked("handoff", at, shown, DESK, as_unconfirmed=as_unconfirmed)


def codes(phone):
    return [each.code for each in checked(phone).findings]


def does(*commands, seconds=0):
    return lambda phone: phone.do(*commands, seconds=seconds)


def fill(key, value=""):
    return does(c.FillField(key, value))


def last_note(phone):
    return phone.case.notes.notes[-1].note_id


def remove(kind):
    def act(phone):
        for note in phone.case.notes.of_kind(kind):
            phone.do(c.RemoveNote(note.note_id))

    return act


def rewrite(text, kind=NoteKind.PROMISE, due_at=None):
    return lambda phone: phone.do(c.EditNote(last_note(phone), kind, text, due_at))


def uncommit(phone):
    phone.case.handing_up.commitments.clear()


def holds(phone):
    uncommit(phone)
    for _ in range(2):
        phone.do(c.Hold(), c.Resume(), seconds=20)


def long_call(phone):
    uncommit(phone)
    phone.do(seconds=16 * 60)


def came_from_elsewhere(phone, kind=NoteKind.MEMO):
    """What another desk recorded was not screened here."""
    event = phone.desk.history[-1]
    body = NoteTaken("foreign", kind, f"番号は{CARD}", event.at)
    phone.desk.history.append(structs.replace(event, id="foreign", seq=event.seq + 1, body=body))
    phone.desk.case = Case.of(phone.case.id, phone.desk.history)


def conflict(phone):
    phone.do(c.TellConcession("送料の返金", "田中"))
    phone.told_elsewhere(c.TellConcession("値引き", "佐藤"))


def settle_conflict(phone):
    told = next(e for e in phone.desk.history if type(e.body).__name__ == "ConcessionTold")
    phone.do(c.Correct("上席に確かめた", told.id))


def commit(phone):
    phone.commit()


def commit_later(phone):
    due = phone.clock.now().wall + timedelta(minutes=40)
    phone.do(c.CommitCallback("田中", due, "課長", 10))


# code -> level, how it comes about, how it is mended
MATRIX = {
    "H01": ("required", fill("issue"), fill("issue", "水漏れ")),
    "H02": ("required", fill("request"), fill("request_unheard", "1")),
    "H03": ("required", does(c.TakeNote(NoteKind.PROMISE, "説明")), rewrite("説明", due_at=DUE)),
    "H04": ("required", fill("callback_tel"), fill("callback_tel", "03-0000-1234")),
    "H05": ("required", uncommit, commit),
    "H06": (
        "required",
        lambda phone: phone.case.marks.temperatures.clear(),
        does(c.SetTemperature(3)),
    ),
    "H07": ("required", does(c.SetSafety(Safety.UNASKED)), does(c.SetSafety(Safety.NO))),
    "H08": ("required", fill("decision"), fill("decision", "訪問の可否")),
    "H09": ("caution", remove(NoteKind.ANSWERED), fill("answered_none", "1")),
    "H10": ("caution", remove(NoteKind.NG), fill("ng_none", "1")),
    "H11": (
        "caution",
        fill("fact1", "設置"),
        does(c.TakeNote(NoteKind.FACT_CONFIRMED, "設置は11月")),
    ),
    "H12": ("caution", fill("apology"), fill("apology", "お待たせしたこと")),
    "H13": (
        "caution",
        does(c.TakeNote(NoteKind.ANSWERED, "すぐにご連絡します")),
        rewrite("11月21日17時にご連絡します", NoteKind.ANSWERED),
    ),
    "H14": ("caution", holds, commit),
    "H15": ("caution", long_call, does(c.StartConsult())),
    "H16": ("caution", does(c.RecordAct(("threat",), "")), does(c.DetailAct(("threat",), "殺す"))),
    "H17": (
        "caution",
        does(c.TakeNote(NoteKind.MEMO, "クレーマーです")),
        rewrite("同じお話が5回", NoteKind.MEMO),
    ),
    "H18": ("stop", came_from_elsewhere, rewrite("番号は伺っていない", NoteKind.MEMO)),
    "H19": ("stop", conflict, settle_conflict),
    "H20": (
        "caution",
        does(c.PlanConcession("送料の返金")),
        does(c.PlanConcession("送料の返金", "田中課長")),
    ),
    "H21": (
        "caution",
        lambda phone: phone.do(
            c.TakeNote(NoteKind.PROMISE, "説明", due_at=DUE),
            c.SettleDue(phone.case.handing_up.commitment.event_id),
        ),
        lambda phone: phone.do(c.DrawLine(last_note(phone), "佐藤")),
    ),
    "H22": ("hint", fill("decision", "あ" * 250), fill("decision", "訪問の可否")),
    "H23": ("caution", does(seconds=20 * 60), commit_later),
}


def test_the_table_is_whole():
    every = [*((gap.code, gap.level) for gap in GAPS), *((one.code, one.level) for one in CHECKS)]
    assert sorted(every) == [(code, Level(row[0])) for code, row in MATRIX.items()]
    assert list(MATRIX) == [f"H{number:02}" for number in range(1, 24)]


def test_a_complete_note_has_no_findings(complete):
    document = checked(complete)
    assert document.findings == ()
    assert barrier(document, as_unconfirmed=False) is None


@pytest.mark.parametrize("code", MATRIX)
@pytest.mark.rule("2.5", "R11")
def test_each_is_seen_where_broken_and_gone_where_mended(complete, code):
    level, spoil, mend = MATRIX[code]
    spoil(complete)
    found = {each.code: each for each in checked(complete).findings}
    assert found[code].level == level
    assert found[code].advice == t(f"handoff.missing.{found[code].id}")
    assert found[code].name
    held_back = barrier(checked(complete), as_unconfirmed=False)
    levels = {each.level for each in found.values()}
    assert (held_back is not None) is bool(levels & {Level.REQUIRED, Level.STOP})
    mend(complete)
    assert code not in codes(complete)


def test_the_gravest_comes_first(complete):
    fill("apology")(complete)
    fill("issue")(complete)
    came_from_elsewhere(complete)
    assert codes(complete) == ["H18", "H01", "H12"]
    level, said = barrier(checked(complete), as_unconfirmed=True)
    assert level is Level.STOP
    assert "「メモ」" in said
    assert CARD not in said


# -- 未確認のまま渡す -------------------------------------------------------------------------------


@pytest.mark.parametrize("form", [as_text, as_markdown, as_html])
def test_what_goes_unconfirmed_says_so_in_every_form(complete, form):
    fill("issue")(complete)
    fill("decision")(complete)
    assert barrier(checked(complete, as_unconfirmed=True), as_unconfirmed=True) is None
    label, names = t("handoff.unconfirmed"), "主訴／求める判断"
    passed = form(checked(complete, as_unconfirmed=True))
    assert label in passed
    assert passed.index(label) < passed.index(names) < passed.index("事実")
    assert label not in form(checked(complete))


def test_a_complete_note_that_is_let_go_says_nothing(complete):
    assert checked(complete, as_unconfirmed=True) == checked(complete)


def test_a_stop_is_no_matter_of_saying_so(complete):
    came_from_elsewhere(complete)
    assert barrier(checked(complete, as_unconfirmed=True), as_unconfirmed=True) is not None


# -- what is not found ----------------------------------------------------------------------------


def test_a_mask_makes_nothing_missing(complete):
    complete.do(c.RecordAct(("threat",), "殺すぞ"))
    document = checked(complete, [Mask.QUOTES, Mask.NAMES, Mask.PHONE])
    assert document.findings == ()
    assert "殺すぞ" not in as_text(document)


def test_a_mask_hides_nothing_that_must_be_mended(complete):
    came_from_elsewhere(complete, NoteKind.QUOTE)
    document = checked(complete, [Mask.QUOTES])
    assert CARD not in as_text(document)
    assert [each.code for each in document.findings] == ["H18"]


@pytest.mark.parametrize("kind", [NoteKind.CLAIM, NoteKind.QUOTE, NoteKind.REQUEST])
def test_a_customer_may_be_vague(complete, kind):
    complete.do(c.TakeNote(kind, "すぐに直してほしい"))
    assert "H13" not in codes(complete)


def test_a_promise_with_its_date_is_not_vague(complete):
    complete.do(c.TakeNote(NoteKind.PROMISE, "今日中にお電話します", due_at=DUE))
    assert "H13" not in codes(complete)


def test_words_of_the_customer_are_no_label_of_ours(complete):
    complete.do(c.TakeNote(NoteKind.QUOTE, "私はクレーマーではない"))
    assert "H17" not in codes(complete)


def test_words_that_must_not_be_said_are_no_label_either(complete):
    """「業者への責任転嫁」 as NG is what we must not do; the samples have it."""
    complete.do(c.TakeNote(NoteKind.NG, "クレーマー扱い、業者への責任転嫁"))
    assert "H17" not in codes(complete)
    complete.do(c.TakeNote(NoteKind.MEMO, "クレーマーの方"))
    assert "H17" in codes(complete)


def test_where_a_word_stands_is_told(complete):
    complete.do(c.TakeNote(NoteKind.MEMO, "クレーマーです"), c.FillField("memo", "ふつう"))
    (found,) = checked(complete).findings
    assert found.target == last_note(complete)
    assert "「メモ」" in found.where
    complete.do(c.RemoveNote(last_note(complete)), c.FillField("issue", "クレーマーの件"))
    (found,) = checked(complete).findings
    assert (found.target, found.where) == ("issue", "「主訴」の欄")


def test_the_gauge_counts_what_is_read_first(complete):
    document = checked(complete)
    rows = document.blocks[0].sections[0].rows
    text = "".join(f"{row.label}：{row.value}" for row in rows)
    count = sum(not char.isspace() for char in text)
    assert document.gauge == f"30秒欄 {count}/{BLOCK_A_CHARS}字"


@pytest.mark.rule("D5")
@pytest.mark.parametrize(
    "text", ["マイナンバーは1234 5678 9012です", "個人番号：１２３４５６７８９０１２"]
)
def test_a_my_number_is_never_kept(complete, text):
    complete.do(c.TakeNote(NoteKind.MEMO, text))
    kept = complete.case.notes.notes[-1].text
    assert "＊" * 4 in kept
    assert not any(char.isdigit() for char in kept)


def test_the_number_of_a_parcel_is_kept(complete):
    complete.do(c.TakeNote(NoteKind.MEMO, "伝票は123456789012です"))
    assert complete.case.notes.notes[-1].text == "伝票は123456789012です"
    assert codes(complete) == []
