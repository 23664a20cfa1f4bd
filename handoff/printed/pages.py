"""A paper on its pages: what stands on which, and painting one of them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from msgspec import Struct
from PySide6.QtCore import QMarginsF, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFontMetricsF, QPagedPaintDevice, QPageLayout, QPainter

from handoff.document import Document, PageSize
from handoff.printed import ink
from handoff.printed.boxes import Box, paint_frame
from handoff.printed.setting import boxes_of
from handoff.typed_text import one_line
from scripts_ja.texts import t

_MARGINS = {PageSize.A4: 16.0, PageSize.A5: 15.0, PageSize.A6: 12.0}
_FOOT = 14 * ink.POINT
_FRAME = 3 * ink.POINT


class Placed(Struct, frozen=True):
    """A box with its top at ``y``."""

    y: float
    box: Box


class Pages:
    """All pages of one paper. Painting needs no event loop and may be done in any thread."""

    def __init__(self, document: Document) -> None:
        self._document = document
        self._margin = _MARGINS[document.page] * ink.MILLIMETRE
        size = ink.size_of(document.page)
        self._width = size.width() - 2 * self._margin
        foot = 0.0 if document.is_letter else _FOOT
        self._height = size.height() - 2 * self._margin - foot
        self._pages = list(paginated(boxes_of(document, self._width), self._height))

    @property
    def document(self) -> Document:
        """What stands on them."""
        return self._document

    @property
    def count(self) -> int:
        """How many pages there are: one at least."""
        return len(self._pages)

    @property
    def size(self) -> QSizeF:
        """Of a sheet, in units of :mod:`handoff.printed.ink`."""
        return ink.size_of(self._document.page)

    def paint(self, painter: QPainter, page: int) -> None:
        """Paint a page (from 0), its corner at the painter's origin, in units."""
        painter.save()
        painter.translate(self._margin, self._margin)
        placed = self._pages[page]
        for each in placed:
            each.box.paint(painter, each.y)
        framed = [each for each in placed if each.box.is_framed]
        if framed:
            top, end = framed[0].y, framed[-1].y + framed[-1].box.height
            paint_frame(painter, QRectF(0, top - _FRAME, self._width, end - top + 2 * _FRAME))
        if not self._document.is_letter:
            self._paint_foot(painter, page)
        painter.restore()

    def paint_all(self, device: QPagedPaintDevice) -> None:
        """Paint every page on a device with pages: a file or a printer."""
        layout = QPageLayout(
            ink.sheet_of(self._document.page), QPageLayout.Orientation.Portrait, QMarginsF()
        )
        layout.setMode(QPageLayout.Mode.FullPageMode)
        device.setPageLayout(layout)
        painter = QPainter(device)
        scale = device.logicalDpiX() / ink.UNITS_PER_INCH
        painter.scale(scale, scale)
        for number in range(self.count):
            if number:
                device.newPage()
            self.paint(painter, number)
        painter.end()

    def _paint_foot(self, painter: QPainter, page: int) -> None:
        """The case number and the page: sheets get out of order."""
        how = ink.font(ink.SMALL)
        painter.setFont(how)
        painter.setPen(ink.GREY)
        base = self._height + _FOOT
        number = one_line(self._document.case_no)
        case_no = t("paper.case_no", case_no=number) if number else self._document.title
        metrics = QFontMetricsF(how)
        place = t("paper.page", page=page + 1, pages=self.count)
        aside = self._width - metrics.horizontalAdvance(place)
        room = aside - 10 * ink.POINT
        shown = metrics.elidedText(case_no, Qt.TextElideMode.ElideRight, room)
        painter.drawText(QPointF(0, base), shown)
        painter.drawText(QPointF(aside, base), place)


def paginated(boxes: Iterable[Box], height: float) -> Iterator[list[Placed]]:
    """Fill page after page; what must not be parted goes to the next one together."""
    filling = _Filling(height)
    for chain in chains(boxes):
        if filling.y + sum(box.height for box in chain) > height:
            yield from filling.turn()
        for box in chain:
            yield from filling.put(box)
    yield filling.page


class _Filling:
    """The page that is being filled."""

    def __init__(self, height: float) -> None:
        self._height = height
        self.page: list[Placed] = []
        self.y = 0.0

    def turn(self) -> Iterator[list[Placed]]:
        """A new page, where this one has anything on it."""
        if self.page:
            yield self.page
            self.page, self.y = [], 0.0

    def put(self, box: Box) -> Iterator[list[Placed]]:
        """Only what is higher than a page is cut; what cannot be stands out below."""
        if self.y + box.height > self._height >= box.height:
            yield from self.turn()
        while self.y + box.height > self._height:
            parts = box.split(self._height - self.y)
            if parts is None:
                if not self.page:
                    break
                yield from self.turn()
                continue
            self._place(parts[0])
            yield from self.turn()
            box = parts[1]
        self._place(box)

    def _place(self, box: Box) -> None:
        self.page.append(Placed(self.y, box))
        self.y += box.height


def chains(boxes: Iterable[Box]) -> Iterator[list[Box]]:
    """Boxes with all that must stand on the same page after them."""
    chain: list[Box] = []
    for box in boxes:
        chain.append(box)
        if not box.keeps_next:
            yield chain
            chain = []
    if chain:
        yield chain
