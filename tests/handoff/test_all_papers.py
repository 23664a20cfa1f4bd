"""Every paper says in every form what its document says, and nothing that was masked."""

import os
from pathlib import Path

import pypdfium2
import pytest
from hypothesis import given, settings

from app.scenario import load_scenario, shipped_scenarios
from call.clock import Reading
from call.events import Envelope, FieldFilled
from handoff.absence_note import Sender
from handoff.masks import Mask
from handoff.note import Author
from handoff.papers import NAMES
from handoff.printed.pdf import as_pdf
from tests.handoff.all_papers import FORMS, bare, cells, folded, papers_of, read
from tests.handoff.test_any_form import mask_sets
from tests.handoff.test_any_history import JAPAN, histories, readings
from tests.handoff.test_golden import play

# Painting needs an application; made here, it would not be the one of tests with windows.
pytestmark = pytest.mark.usefixtures("qapp")

# YORISOI_RENEW_GOLDEN=1 writes them anew; read the difference before keeping it.
GOLDEN = Path(__file__).parent / "golden" / "papers"
NAME, NUMBER = "早乙女", "09012345678"
# What these papers are drawn from is played; the handoff note has golden files of its own.
EXPECTED = {
    "washing_machine": {"handoff", "consult_card", "timeline"},
    "second_line": {"handoff", "consult_card", "timeline"},
    "absent_visit": {"handoff", "consult_card", "timeline", "absence_note", "prevention_sheet"},
    "abusive_call": {"handoff", "consult_card", "timeline", "abuse_record", "prevention_sheet"},
}


def papers_of_scenario(name):
    scenario = load_scenario(name)
    case, now = play(scenario)
    return papers_of(
        case,
        now,
        scenario.starts_at.tzinfo,
        author=Author(scenario.agent, scenario.company, scenario.department),
        sender=Sender(scenario.company, scenario.department, scenario.contact_tel, scenario.hours),
    )


@pytest.mark.parametrize("name", shipped_scenarios())
def test_the_papers_of_a_scenario_are_the_golden_ones(name):
    papers = papers_of_scenario(name)
    assert set(papers) == EXPECTED[name]
    for paper in papers.values():
        if paper.name == "handoff":
            continue
        for form in ("text", "md"):
            golden, text = GOLDEN / f"{name}.{paper.name}.{form}", read(form, paper)
            if os.environ.get("YORISOI_RENEW_GOLDEN"):
                golden.parent.mkdir(exist_ok=True)
                golden.write_text(text, encoding="utf-8", newline="\n")
            assert text == golden.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", shipped_scenarios())
def test_the_text_layer_of_the_pdf_holds_every_cell_in_order(name):
    for paper in papers_of_scenario(name).values():
        said, place = folded(read("pdf", paper)), 0
        for cell in filter(None, map(folded, (c for b in [paper] for c in cells(b)))):
            assert cell in said, (paper.name, cell)
        values = [row.value for block in paper.blocks for s in block.sections for row in s.rows]
        for value in map(folded, values):
            found = said.find(value[:12], place)
            assert found >= 0, (paper.name, value)
            place = found


@settings(max_examples=40, deadline=None)
@given(histories(), readings, mask_sets)
def test_every_form_of_every_paper_of_any_history_says_the_same(history, now, masks):
    papers = papers_of(history, now, JAPAN, masks)
    assert set(papers) <= set(NAMES)
    assert "handoff" in papers
    for paper in papers.values():
        wanted = [bare(cell) for cell in cells(paper)]
        for form in ("text", "md", "html"):
            said = bare(read(form, paper))
            assert [cell for cell in wanted if cell not in said] == [], (paper.name, form)


@settings(max_examples=15, deadline=None)
@given(histories(), readings)
def test_every_paper_of_any_history_can_be_printed(history, now):
    for paper in papers_of(history, now, JAPAN).values():
        pdf = pypdfium2.PdfDocument(as_pdf(paper))
        assert len(pdf) >= 1
        assert pdf.get_metadata_dict()["Title"].strip() == paper.title.strip()


def filled(now: Reading):
    """The name and the number, wherever something was typed."""
    values = {"customer": NAME, "callback_tel": NUMBER, "issue": f"{NAME}様 {NUMBER}"}
    return [
        Envelope(
            id=f"own {key}",
            desk_id="d",
            case_id="case",
            call_id=None,
            seq=100 + place,
            at=now,
            body=FieldFilled(key, value),
        )
        for place, (key, value) in enumerate(values.items())
    ]


@settings(max_examples=8, deadline=None)
@given(histories(), readings)
def test_a_mask_is_a_mask_in_every_form_of_every_paper(history, now):
    masks = (Mask.PHONE, Mask.NAMES)
    for paper in papers_of([*history, *filled(now)], now, JAPAN, masks).values():
        for form in FORMS:
            said = bare(read(form, paper))
            assert NAME not in said, (paper.name, form)
            assert NUMBER not in said, (paper.name, form)
        whole = as_pdf(paper)
        told = " ".join(pypdfium2.PdfDocument(whole).get_metadata_dict().values())
        assert NAME not in told
        assert NAME.encode("utf-16-be") not in whole
