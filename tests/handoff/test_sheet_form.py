"""The spreadsheet, read back by another library: the same words, and no cell is a formula."""

from io import BytesIO

import pytest
from openpyxl import load_workbook

from call import commands as c
from handoff.document import row_line
from handoff.layout import handoff_document
from handoff.sheet_form import as_xlsx
from scripts_ja.model import NoteKind

HOSTILE = ["=1+1", "+81", "-5", "@SUM(A1)", '=HYPERLINK("http://x")', "\t=1", "＝1"]


def read_back(content):
    return load_workbook(BytesIO(content))


def cells_of(content):
    return [cell for sheet in read_back(content) for row in sheet.iter_rows() for cell in row]


@pytest.mark.parametrize("text", HOSTILE)
def test_no_cell_is_a_formula_whatever_was_typed(complete, text):
    complete.do(
        c.FillField("issue", text),
        c.FillField("decision", text),
        c.FillField("customer", text),
        c.TakeNote(NoteKind.FACT_CONFIRMED, text),
        c.TakeNote(NoteKind.QUOTE, text),
        c.TakeNote(NoteKind.MEMO, text),
    )
    found = cells_of(as_xlsx(handoff_document(complete.note())))
    assert {cell.data_type for cell in found} <= {"s", "n"}
    assert all(cell.value is None or isinstance(cell.value, str) for cell in found)
    assert not [cell for cell in found if cell.hyperlink]
    typed = [cell for cell in found if cell.value and cell.value.startswith(("=", "+", "-", "@"))]
    assert all(cell.quotePrefix for cell in typed)


def test_it_says_what_the_text_says(complete):
    complete.do(c.FillField("issue", ""), c.TakeNote(NoteKind.MEMO, "一行目\n二行目"))
    document = handoff_document(complete.note())
    words = {cell.value for cell in cells_of(as_xlsx(document)) if cell.value}
    for block in document.blocks:
        for section in block.sections:
            for row in section.rows:
                assert {row.value, row.label, row.moment, row.kind} - {""} <= words, row_line(row)


def test_what_is_not_known_is_red(complete):
    complete.do(c.FillField("decision", ""))
    found = cells_of(as_xlsx(handoff_document(complete.note())))
    reds = [cell.value for cell in found if cell.font.color and cell.font.color.rgb == "FFB00020"]
    assert any(value and value.startswith("未確認") for value in reds)


def test_nothing_is_in_it_but_the_paper(complete):
    book = read_back(as_xlsx(handoff_document(complete.note())))
    assert book.sheetnames == ["引き継ぎ票"]
    assert book.properties.title == "引き継ぎ票　受付番号 A1-0001"
    assert book.properties.creator == "鈴木"
