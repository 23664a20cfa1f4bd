"""What is left out of a note is in none of its forms, and nothing else is lost."""

from datetime import timedelta

import pytest

from call import commands as c
from call.case import Case
from call.events import (
    AbuseDecision,
    AbusePart,
    AttemptResult,
    FactAnswer,
    OfferAnswer,
    VisitMoment,
)
from call.phone_masks import mask_numbers
from handoff.file_name import paper_file_name
from handoff.html_form import as_html
from handoff.layout import handoff_document
from handoff.markdown_form import as_markdown
from handoff.masked_names import name_mask
from handoff.masks import Mask, masked
from handoff.note import build_note
from handoff.text_form import as_text
from scripts_ja.model import NoteKind
from tests.handoff.all_papers import papers_of
from tests.handoff.conftest import AUTHOR, JAPAN

FORMS = [as_text, as_markdown, as_html]


@pytest.fixture
def told(complete):
    """A case with numbers, names and quotes in every place that takes them."""
    complete.do(
        c.FillField("customer", "山田 太郎"),
        c.FillField("customer_reading", "ヤマダ タロウ"),
        c.TakeNote(NoteKind.MEMO, "山田様の奥様の携帯は０９０-１２３４-５６７８。やまだ様とだけ"),
        c.TakeNote(NoteKind.QUOTE, "もう二度と買わない"),
        c.TakeNote(NoteKind.FACT_CONFIRMED, "14日に配送"),
        c.GiveWarning("大声", "ふざけるな"),
        c.TellConcession("送料の返金", "佐藤部長", "", "送料をお返しいたします"),
    )
    fact = complete.case.facts.rows[0].note_id
    complete.do(
        c.AnswerFact(fact, FactAnswer.DIFFERENT, "13日だった"),
        c.AnswerConcession(OfferAnswer.ACCEPTED, "それでいい"),
    )
    return complete


def note_with(told, *masks):
    history = masked(told.desk.history, masks)
    case = Case.of(told.case.id, history)
    return build_note(case, AUTHOR, told.clock.now(), JAPAN, masks=masks)


HIDDEN = {
    Mask.PHONE: ["03-0000", "5678-", "０９０", "１２３４", "03-0000-9999"],
    Mask.NAMES: ["山田", "太郎", "ヤマダ", "やまだ"],
    Mask.QUOTES: ["二度と買わない", "ふざけるな", "13日だった", "それでいい"],
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("mask", list(Mask))
def test_a_mask_hides_its_own_and_nothing_else(told, form, mask):
    whole, said = (
        form(handoff_document(note_with(told))),
        form(handoff_document(note_with(told, mask))),
    )
    for other, hidden in HIDDEN.items():
        shown = [words for words in hidden if words in whole]
        assert shown
        assert [words for words in shown if words in said] == ([] if other is mask else shown)
    for kept in ("洗濯機の水漏れ", "田中課長", "佐藤部長", "送料をお返しいたします", "14日に配送"):
        assert kept in said
    assert "省いた内容" in said


def test_the_customers_words_are_left_out_of_what_others_report(told):
    """In quotation marks among our own words; what a colleague decided is no quote."""
    words = ["また来たの", "訴えてやる", "知らないよ", "もういい", "電話に出ろ"]
    due = told.clock.now().wall + timedelta(hours=3)
    told.do(
        c.TakeNote(NoteKind.MEMO, "折り返しを待つとのこと。「もういい」"),
        c.TakeNote(NoteKind.NG, "「確認します」だけの返事"),
        c.PlanVisit(due, ("中村", "高橋")),
        c.MarkVisit(VisitMoment.ARRIVED, "奥様が『また来たの』と"),
        c.RecordAct(("threat",), "訴えてやる"),
        c.DecideAbuse(AbuseDecision.CONTINUE, "佐藤課長", "「やめてください」ともう一度お願いする"),
        c.NoteAbuse(AbusePart.IMPACT, "“訴えてやる”と繰り返され、応対30分"),
        c.TryCall(AttemptResult.OTHER_PERSON, "ご家族が「知らないよ」と"),
        c.SendReport("田中課長", "「電話に出ろ」とのお言葉"),
    )

    def said(*masks):
        papers = papers_of(told.desk.history, told.clock.now(), JAPAN, masks, case_id=told.case.id)
        return "".join(as_text(paper) for paper in papers.values())

    shown = [each for each in words if each in said()]
    assert len(shown) >= 4
    assert [each for each in shown if each in said(Mask.QUOTES)] == []
    for kept in (
        "「確認します」だけの返事",
        "「やめてください」ともう一度",
        "応対30分",
        "折り返しを待つ",
    ):
        assert kept in said(Mask.QUOTES)


def test_the_last_four_digits_stay_to_tell_numbers_apart(told):
    said = as_text(handoff_document(note_with(told, Mask.PHONE)))
    assert "＊＊-＊＊＊＊-1234" in said
    assert "＊＊＊-＊＊＊＊-５６７８" in said


def test_what_was_masked_is_not_called_missing(told):
    masks = tuple(Mask)
    assert note_with(told, *masks).missing == note_with(told).missing


def test_a_masked_name_is_in_no_file_name(told):
    note = note_with(told, Mask.NAMES)
    name = paper_file_name(handoff_document(note), note.created_at, "html")
    assert "山田" not in name


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("山田様、山 田 太 郎、田中課長", "○○様、○○、田中課長"),
        ("林様と小林さんと森林", "○○様と小○○さんと森林"),
        ("もりさんのお守り、おまもり", "○○さんのお守り、おまもり"),
        ("SMITH様", "○○様"),
    ],
)
def test_names_are_told_from_other_words(text, said):
    assert name_mask(["山田太郎", "林", "モリ", "Smith"])(text) == said


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("+81 90-1234-5678", "+＊＊ ＊＊-＊＊＊＊-5678"),
        ("(03)1234-5678と0120-000-000", "(＊＊)＊＊＊＊-5678と＊＊＊＊-＊＊0-000"),
        ("2026-11-21 10:00 伝票1234567890", "2026-11-21 10:00 伝票1234567890"),
        ("③0000", "③0000"),
    ],
)
def test_numbers_are_told_from_dates_and_slips(text, said):
    assert mask_numbers(text) == said
