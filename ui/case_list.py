"""The cases that were found: one row each, what was sought marked in it."""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QTextCharFormat, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

from call.case import CaseSummary
from call.phone_masks import mask_numbers
from scripts_ja.dates import echo_due
from scripts_ja.texts import t
from ui.concession_mark import marked
from ui.labels import as_plain_tooltip
from ui.painted_list import Index, Ink, PaintedList, RowDelegate, RowModel, line_height
from ui.port.cases import FoundCase
from ui.theme import Look

# From one character up to another.
Places = tuple[tuple[int, int], ...]


def who(case: CaseSummary) -> str:
    """Whose case it is, as lists say it."""
    name = t("header.customer", name=case.customer) if case.customer else t("header.no_name")
    return marked(case.concession, name)


def about(row: FoundCase) -> str:
    """What stands muted beside the name: its number, its day, what it owes."""
    case = row.case
    day = f"{row.at.astimezone():%Y/%m/%d}"
    due = t("case_search.dues", due=echo_due(case.dues[0].at.astimezone())) if case.dues else ""
    return t("list.joint").join(part for part in (case.case_no, day, due) if part)


def below(row: FoundCase) -> tuple[str, int]:
    """The second line, and how many characters stand in it before the text that was found."""
    if row.text:
        kind = t("list.joint").join([row.kind, ""])
        return kind + row.text, len(kind)
    if row.answered:
        return t("case_search.answered", text=" ".join(row.answered.split())), 0
    return mask_numbers(row.case.issue) or row.case.stage_title, 0


class CaseModel(RowModel[FoundCase]):
    """What was found, in its order."""

    def said(self, row: FoundCase) -> str:
        """Whose case, which one, and what was found in it."""
        return f"{who(row.case)} {about(row)} {below(row)[0]}"

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """What is cut or masked in the row stands whole in its tooltip."""
        if role != Qt.ItemDataRole.ToolTipRole:
            return super().data(index, role)
        row = self.rows[index.row()]
        whole = [row.case.number, row.whole or row.case.issue]
        return as_plain_tooltip("\n".join(filter(None, whole)))


class CaseDelegate(RowDelegate[FoundCase]):
    """Paints who it was, and below it the piece of the note with the words marked."""

    sizes = (13, 11, 12)

    def paint_row(self, ink: Ink, rect: QRectF, row: FoundCase) -> None:
        """Who, which case, what was found."""
        who_size, about_size, found_size = self.sizes
        name = who(row.case)
        offset = max(0, name.find(row.case.customer))
        paint_marked(ink, rect, who_size, "ink", name, _moved(row.in_name, offset))
        rect = ink.below(rect, who_size)
        paint_marked(ink, rect, about_size, "muted", about(row), row.in_number)
        text, before = below(row)
        token = "ink" if row.text else "muted"
        places = _moved(row.places, before)
        paint_marked(ink, ink.below(rect, about_size), found_size, token, text, places)


class CaseList(PaintedList[FoundCase]):
    """The list. The keyboard stays in the search field, which moves through it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(CaseModel(), CaseDelegate(), t("case_search.list"), parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)


def paint_marked(ink: Ink, rect: QRectF, size: int, token: str, text: str, places: Places) -> None:
    """Paint a line of text, cut to the width, with what was sought marked in it."""
    font = ink.look.font(size)
    shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, rect.width())
    layout = QTextLayout(shown, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.NoWrap)
    layout.setTextOption(option)
    layout.setFormats(_marks(ink.look, text, places, len(_utf16(shown)) // 2))
    layout.beginLayout()
    line = layout.createLine()
    line.setLineWidth(rect.width())
    layout.endLayout()
    ink.painter.setPen(ink.look.color(token))
    top = rect.y() + (line_height(ink.look, size) - line.height()) / 2
    layout.draw(ink.painter, QPointF(rect.x(), top))


def _moved(places: Places, by: int) -> Places:
    return tuple((start + by, end + by) for start, end in places)


def _marks(look: Look, text: str, places: Places, most: int) -> list[QTextLayout.FormatRange]:
    """The places of the sought words, in Qt's counting; ``most`` is how much of it is shown."""
    mark = QTextCharFormat()
    mark.setBackground(look.color("warn_bg"))
    mark.setForeground(look.color("warn"))
    mark.setFontUnderline(True)
    ranges = []
    for start, end in places:
        span = QTextLayout.FormatRange()
        span.start = len(_utf16(text[:start])) // 2
        span.length = min(len(_utf16(text[:end])) // 2, most) - span.start
        span.format = mark
        if span.length > 0:
            ranges.append(span)
    return ranges


def _utf16(text: str) -> bytes:
    """Qt counts in UTF-16 units."""
    return text.encode("utf-16-le", "surrogatepass")
