"""Every paper says in every form what was left out of it; a letter says it beside, on the screen."""

import pytest
from openpyxl import load_workbook

from call import commands as c
from handoff.absence_note import envelope_rule
from handoff.masks import Mask
from handoff.papers import NAMES
from handoff.sheet_form import as_xlsx
from tests.handoff.all_papers import FORMS, bare, papers_of, read
from tests.handoff.conftest import JAPAN

# Painting needs an application.
pytestmark = pytest.mark.usefixtures("qapp")

PHONE, NAMES_LEFT_OUT, QUOTES = "お電話番号（下4桁のみ）", "お客様のお名前", "お客様のお言葉"
LETTER = "absence_note"


@pytest.fixture
def papers(telephone):
    """All papers of a call, by the masks that they are made with."""
    from datetime import timedelta

    now = telephone.clock.now()
    telephone.do(
        c.FillField("customer", "早乙女"),
        c.PlanVisit(now.wall + timedelta(hours=2), ("中村", "高橋")),
        c.RecordAct(("threat",), "出てこい"),
        c.WritePrevention(story="聞き違い"),
    )

    def made(*masks):
        return papers_of(telephone.desk.history, now, JAPAN, masks, case_id=telephone.case.id)

    return made


@pytest.mark.parametrize("form", FORMS)
def test_what_is_left_out_is_said(papers, form):
    masked = papers(*Mask)
    assert set(masked) == set(NAMES)
    for name, paper in masked.items():
        for words in (PHONE, NAMES_LEFT_OUT, QUOTES):
            assert (bare(words) in bare(read(form, paper))) is (name != LETTER), (name, words)


def test_in_a_sheet_too(papers):
    from io import BytesIO

    for name, paper in papers(Mask.PHONE).items():
        sheet = load_workbook(BytesIO(as_xlsx(paper))).worksheets[0]
        cells = [str(cell.value) for row in sheet for cell in row if cell.value]
        assert any(PHONE in cell for cell in cells) is (name != LETTER), name
        assert not any(NAMES_LEFT_OUT in cell for cell in cells), name


def test_nothing_is_said_where_nothing_is_left_out(papers):
    for paper in papers().values():
        assert "省いた内容" not in read("text", paper)


def test_the_letter_is_whole_and_whoever_prints_it_is_told(papers):
    """The customer reads it: what the desk left out is no business of theirs."""
    letter = papers(Mask.NAMES)[LETTER]
    assert "省い" not in read("text", letter)
    assert letter.screen_only.splitlines() == [
        *envelope_rule().splitlines(),
        f"このメモでは次の内容を省いています：{NAMES_LEFT_OUT}",
    ]
    assert papers()[LETTER].screen_only == envelope_rule()
