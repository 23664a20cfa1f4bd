"""A paper set as boxes: title, sections, rows in columns, the drawn calls after the first block."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from msgspec import structs
from PySide6.QtGui import QFont, QFontMetricsF

from handoff.call_picture import CallPicture
from handoff.document import Block, Document, PageSize, Section, layout_of, table_heads
from handoff.document import Row as SaidRow
from handoff.picture_shapes import picture_caption, stage_legend
from handoff.printed import ink
from handoff.printed.boxes import Box, Cell, Row
from handoff.printed.drawn_call import DrawnCall, LegendLine
from scripts_ja.texts import t

_GAP = 8 * ink.POINT
_PAD = 2.0 * ink.POINT
_INSET = 7 * ink.POINT
_MOST_OF_LABEL = 0.32
_MOST_OF_MOMENT = 0.3
_LETTER = {PageSize.A4: 12.0, PageSize.A5: 11.0, PageSize.A6: 9.0}


def boxes_of(document: Document, width: float) -> Iterator[Box]:
    """All of the paper in a column of that width, in units."""
    if document.is_letter:
        yield from _letter(document, width)
        return
    yield _line(document.title, ink.font(ink.TITLE, bold=True), width, below=8)
    first, *others = document.blocks
    yield from _block(first, width)
    for picture in document.pictures:
        yield from _figure(picture, width)
    for block in others:
        yield from _block(block, width)


def _letter(document: Document, width: float) -> Iterator[Box]:
    how = ink.font(_LETTER[document.page])
    for block in document.blocks:
        for section in block.sections:
            for row in section.rows:
                yield _line(row.value, how, width, below=10, keeps_next=False)


def _block(block: Block, width: float) -> Iterator[Box]:
    column = _Column(_INSET, width - 2 * _INSET, is_framed=True)
    if block.id != "a":
        column = _Column(0, width, is_framed=False)
    for section in block.sections:
        yield from column.section(section)


def _line(text: str, how: QFont, width: float, *, below: float, keeps_next: bool = True) -> Row:
    return Row(cells=[Cell.of(text, how, 0, width)], below=below * ink.POINT, keeps_next=keeps_next)


class _Column:
    """Sets sections into a column from ``x`` on."""

    def __init__(self, x: float, width: float, *, is_framed: bool) -> None:
        self._x = x
        self._width = width
        self._is_framed = is_framed

    def section(self, section: Section) -> Iterator[Box]:
        """Heading and rows; rows of one layout share their columns.

        Under the paper's own title the frame is the first rule.
        """
        rows = self._rows(section)
        if section.is_title and self._is_framed:
            first = next(rows, None)
            yield from () if first is None else [structs.replace(first, ruled=0.0)]
        elif not section.is_title:
            yield self._heading(section)
        yield from rows

    def _rows(self, section: Section) -> Iterator[Row]:
        for layout, group in groupby(section.rows, key=layout_of):
            rows = list(group)
            if layout == "table":
                yield from self._table(rows, section)
            elif layout == "pairs":
                yield from self._pairs(rows)
            else:
                yield from self._list(rows)

    def _heading(self, section: Section) -> Row:
        big, small = ink.font(ink.HEADING, bold=True), ink.font(ink.SMALL)
        width = min(QFontMetricsF(big).horizontalAdvance(section.title), self._width)
        cells = [Cell.of(section.title, big, self._x, self._width)]
        beside = width + _GAP
        if section.remark and beside < self._width:
            x = self._x + beside
            cells.append(Cell.of(section.remark, small, x, self._width - beside, ink.GREY))
        above = (2 if self._is_framed else 9) * ink.POINT
        return self._row(cells, above=above, is_ruled=False, keeps_next=True)

    def _pairs(self, rows: Sequence[SaidRow]) -> Iterator[Row]:
        how = ink.font(ink.BODY, bold=self._is_framed)
        labels = [row.label for row in rows]
        column = _widest(labels, how, self._width * _MOST_OF_LABEL)
        for row in rows:
            label = Cell.of(row.label, how, self._x, column, ink.INK)
            yield self._row([label, self._value(row.value, row, column + _GAP)])

    def _list(self, rows: Sequence[SaidRow]) -> Iterator[Row]:
        how = ink.font(ink.BODY)
        moments = [row.moment for row in rows if row.moment]
        column = _widest(moments, how, self._width * _MOST_OF_MOMENT)
        for row in rows:
            said = row.value
            if row.label:
                said = t("handoff.row.labelled", label=row.label, value=row.value)
            aside = column + _GAP if row.moment else 0.0
            cells = [self._value(said, row, aside)]
            if row.moment:
                cells.insert(0, Cell.of(row.moment, how, self._x, column, ink.GREY))
            yield self._row(cells)

    def _table(self, rows: Sequence[SaidRow], section: Section) -> Iterator[Row]:
        how = ink.font(ink.BODY)
        heads = table_heads(section)
        moments = _widest(
            [heads[0], *(row.moment for row in rows)], how, self._width * _MOST_OF_MOMENT
        )
        kinds = _widest([heads[1], *(row.kind for row in rows)], how, self._width * _MOST_OF_MOMENT)
        places = (0.0, moments + _GAP, moments + kinds + 2 * _GAP)
        widths = (moments, kinds, self._width - places[2])
        small = ink.font(ink.SMALL)
        columns = list(zip(places, widths, strict=True))
        cells = [
            Cell.of(head, small, self._x + x, width, ink.GREY)
            for head, (x, width) in zip(heads, columns, strict=True)
        ]
        yield self._row(cells, keeps_next=True)
        for row in rows:
            (x1, w1), (x2, w2), (x3, _) = columns
            yield self._row(
                [
                    Cell.of(row.moment, how, self._x + x1, w1),
                    Cell.of(row.kind, how, self._x + x2, w2),
                    self._value(row.value, row, x3),
                ]
            )

    def _value(self, text: str, row: SaidRow, aside: float) -> Cell:
        """What is not known is bold and underlined: red would be grey on paper."""
        how = ink.font(ink.BODY, bold=row.is_open, underline=row.is_open)
        return Cell.of(text, how, self._x + aside, self._width - aside)

    def _row(
        self,
        cells: Sequence[Cell],
        *,
        above: float = _PAD,
        is_ruled: bool = True,
        keeps_next: bool = False,
    ) -> Row:
        return Row(
            cells=cells,
            x=self._x,
            ruled=self._width if is_ruled else 0.0,
            above=above,
            below=_PAD,
            keeps_next=keeps_next,
            is_framed=self._is_framed,
        )


def _figure(picture: CallPicture, width: float) -> Iterator[Box]:
    small = ink.font(ink.SMALL)
    caption = Cell.of(picture_caption(picture), small, 0, width, ink.GREY)
    yield Row(cells=[caption], above=10 * ink.POINT, keeps_next=True)
    yield DrawnCall(picture, 0, width)
    stages = stage_legend(picture)
    yield LegendLine(picture, ink.line_height(small), keeps_next=bool(stages))
    half = (width - _GAP) / 2
    for place in range(0, len(stages), 2):
        beside = enumerate(stages[place : place + 2])
        cells = [Cell.of(stage, small, number * (half + _GAP), half) for number, stage in beside]
        yield Row(cells=cells, keeps_next=place + 2 < len(stages))


def _widest(texts: Sequence[str], how: QFont, most: float) -> float:
    """The width of a column for these texts, at most ``most``."""
    metrics = QFontMetricsF(how)
    # Two units more than the sum of the characters: a line that is just full is broken else.
    return min(max((metrics.horizontalAdvance(text) for text in texts), default=0.0) + 2, most)
