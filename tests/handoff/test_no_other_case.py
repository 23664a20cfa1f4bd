"""Whatever is done at a desk with several cases: papers of one tell all of it, and of no other.

Papers are made of what the journal's file holds, in every form, as ``export`` makes them.
"""

import zipfile
from contextlib import contextmanager
from datetime import datetime
from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory

import pypdfium2
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from app.paper_forms import Origin, file_content, forms_of
from call.case import Case
from handoff.bundle import Stamp, read_bundle
from handoff.file_name import paper_file_name
from tests.handoff.all_papers import cells, folded, papers_of, pdf_text, read
from tests.handoff.conftest import JAPAN
from tests.handoff.mixed_day import BEGINNING, Day, steps

# Painting needs an application; made here, it would not be the one of tests with windows.
pytestmark = pytest.mark.usefixtures("qapp")

STAMP = Stamp(made_at=datetime(2026, 11, 21, 12, tzinfo=JAPAN))


def whole(form, content):
    """All that a file holds for whoever opens it, what is not shown too."""
    match form:
        case "pdf":
            properties = pypdfium2.PdfDocument(content).get_metadata_dict()
            return folded(pdf_text(content) + " ".join(properties.values()))
        case "xlsx":
            with zipfile.ZipFile(BytesIO(content)) as parts:
                return "".join(parts.read(name).decode() for name in parts.namelist())
        case _:
            return content.decode()


def shown(form, content, paper):
    """What it shows, the marks of the form taken away."""
    if form == "pdf":
        return folded(pdf_text(content))
    if form == "xlsx":
        rows = [row for sheet in load_workbook(BytesIO(content)) for row in sheet.iter_rows()]
        return folded("".join(str(cell.value or "") for row in rows for cell in row))
    return folded(read(form, paper))


def check(case, events, now, strange):
    """Every form of every paper of this case says all that is in it, and nothing strange."""
    papers = papers_of(case, now, JAPAN)
    for name, paper in papers.items():
        facts = [folded(cell) for cell in cells(paper)]
        for form in forms_of(name):
            content = file_content(form, paper, Origin(case, events, STAMP, ()))
            there = whole(form, content)
            assert [mark for mark in strange if mark in there] == [], (name, form)
            assert not [x for x in strange if x in paper_file_name(paper, STAMP.made_at, form)]
            if form == "json":
                received = read_bundle(content)[1]
                again = papers_of(Case.of(case.id, received), now, JAPAN)
                assert again == papers, "whoever takes the case over reads another note"
            else:
                said = shown(form, content, paper)
                assert [fact for fact in facts if fact not in said] == [], (name, form)
    return set(papers)


@contextmanager
def day_at_the_desk():
    """A day that has begun, with a file of its own."""
    with TemporaryDirectory() as folder:
        day = Day(Path(folder) / "cases.db")
        try:
            day.act(*BEGINNING)
            yield day
        finally:
            day.close()


def test_three_cases_in_turns_are_told_apart():
    with day_at_the_desk() as day:
        strange = {case.id: day.strange_to(case.id) for case, _ in day.cases()}
        made = [check(case, events, day.now, strange[case.id]) for case, events in day.cases()]
    every = {"handoff", "consult_card", "timeline", "absence_note", "abuse_record"}
    assert made == 3 * [{*every, "prevention_sheet"}]
    assert all(len(marks) > 40 for marks in strange.values())


@settings(max_examples=8, derandomize=True)
@given(steps=st.lists(steps, min_size=10, max_size=25))
def test_whatever_is_done_nothing_of_another_case_appears(steps):
    with day_at_the_desk() as day:
        day.act(*steps)
        for case, events in day.cases():
            check(case, events, day.now, day.strange_to(case.id))
