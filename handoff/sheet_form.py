"""A paper as a spreadsheet (XLSX), for departments that keep sheets; no cell is ever a formula.

``xlsxwriter`` is imported only when a sheet is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import TYPE_CHECKING

from msgspec import Struct

from handoff.document import Document, Row
from handoff.typed_text import clean
from scripts_ja.texts import t

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

Cell = str | int

# What spreadsheet programs would calculate, where a cell is edited or read from a CSV.
FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
_MOST_IN_A_CELL = 32_000
_A4 = 9
_PAPER_WIDTHS = (14, 18, 22, 14, 60)


class Table(Struct, frozen=True):
    """One sheet: its name, heads, rows of words and numbers, and how wide columns are."""

    name: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    widths: tuple[int, ...]
    open_rows: frozenset[int] = frozenset()


def as_xlsx(document: Document) -> bytes:
    """The paper in one sheet: section, label, moment, kind, words; open items are red."""
    return workbook_of((_paper_table(document),), document.title, document.author)


def workbook_of(tables: Sequence[Table], title: str, author: str) -> bytes:
    """A workbook of these sheets."""
    from xlsxwriter import Workbook

    # What is typed stays text: no formulas, links or numbers are made of it.
    options = {f"strings_to_{kind}": False for kind in ("formulas", "numbers", "urls")}
    into = BytesIO()
    book = Workbook(into, {"in_memory": True, **options})
    book.set_properties({"title": clean(title), "author": clean(author)})
    formats = _formats(book)
    for table in tables:
        _write(book.add_worksheet(table.name), table, formats)
    book.close()
    return into.getvalue()


def _paper_table(document: Document) -> Table:
    lines: list[tuple[Cell, ...]] = [(document.title, "", "", "", "")]
    open_rows = set()
    for block in document.blocks:
        for section in block.sections:
            title = "" if section.is_title else section.title
            for place, row in enumerate(section.rows or (Row(value=""),)):
                if row.is_open:
                    open_rows.add(len(lines))
                first = title if place == 0 else ""
                lines.append((first, row.label, row.moment, row.kind, row.value))
            if section.remark:
                lines.append(("", "", "", "", section.remark))
    heads = tuple(
        t(f"handoff.sheet.{key}") for key in ("section", "label", "when", "kind", "words")
    )
    name = t(f"paper.name.{document.name}")
    return Table(name, heads, tuple(lines), _PAPER_WIDTHS, frozenset(open_rows))


def _formats(book: Workbook) -> Mapping[str, Format]:
    base = {"text_wrap": True, "valign": "top", "border": 1, "border_color": "#999999"}
    return {
        "head": book.add_format({**base, "bold": True, "bg_color": "#E6E6E6"}),
        "plain": book.add_format(base),
        # Editing such a cell does not make a formula of it either.
        "quoted": book.add_format({**base, "quote_prefix": True}),
        "open": book.add_format({**base, "bold": True, "font_color": "#B00020"}),
        "open_quoted": book.add_format(
            {**base, "bold": True, "font_color": "#B00020", "quote_prefix": True}
        ),
    }


def _write(sheet: Worksheet, table: Table, formats: Mapping[str, Format]) -> None:
    for column, width in enumerate(table.widths):
        sheet.set_column(column, column, width)
    for column, head in enumerate(table.heads):
        sheet.write_string(0, column, head, formats["head"])
    for number, row in enumerate(table.rows):
        for column, cell in enumerate(row):
            look = formats[_format_of(cell, is_open=number in table.open_rows)]
            _write_cell(sheet, (number + 1, column), cell, look)
    sheet.freeze_panes(1, 0)
    sheet.set_paper(_A4)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(0)


def _write_cell(sheet: Worksheet, place: tuple[int, int], cell: Cell, look: Format) -> None:
    if isinstance(cell, int):
        sheet.write_number(*place, cell, look)
    else:
        sheet.write_string(*place, clean(cell)[:_MOST_IN_A_CELL], look)


def _format_of(cell: Cell, *, is_open: bool) -> str:
    is_quoted = isinstance(cell, str) and cell.startswith(FORMULA_STARTS)
    if is_open:
        return "open_quoted" if is_quoted else "open"
    return "quoted" if is_quoted else "plain"
