"""Type, lines and measures of a printed page. One unit is a tenth of a point.

Units that small make the widths of characters the same on every device, so that a preview breaks
its lines where the paper does. Nothing is said by colour: it has to print in black and white.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPageSize, QPen, QTextLayout, QTextOption

from handoff.document import PageSize
from handoff.typed_text import clean

UNITS_PER_INCH = 720
MILLIMETRE = UNITS_PER_INCH / 25.4
POINT = 10.0

BODY, SMALL, HEADING, TITLE = 10.0, 8.5, 11.5, 13.0
INK, GREY, RULE, GROUND = QColor("#000000"), QColor("#404040"), QColor("#9a9a9a"), QColor("#dddddd")
_FAMILIES = (
    "Yu Gothic",
    "Meiryo",
    "Hiragino Sans",
    "Noto Sans CJK JP",
    "IPAexGothic",
    "IPAGothic",
    "VL PGothic",
)
_SHEETS = {
    PageSize.A4: QPageSize.PageSizeId.A4,
    PageSize.A5: QPageSize.PageSizeId.A5,
    PageSize.A6: QPageSize.PageSizeId.A6,
}
_LINE_HEIGHT = 1.5


def sheet_of(page: PageSize) -> QPageSize:
    """The sheet as Qt names it."""
    return QPageSize(_SHEETS[page])


def size_of(page: PageSize) -> QSizeF:
    """Width and height of a sheet in units."""
    return sheet_of(page).size(QPageSize.Unit.Point) * POINT


def font(points: float, *, bold: bool = False, underline: bool = False) -> QFont:
    """A font that has Japanese on every system we know of."""
    found = QFont()
    found.setFamilies(_FAMILIES)
    found.setPixelSize(round(points * POINT))
    found.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    found.setBold(bold)
    found.setUnderline(underline)
    return found


def pen(color: QColor, points: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
    """A pen of that width."""
    return QPen(color, points * POINT, style)


def set_text(text: str, how: QFont, width: float) -> QTextLayout:
    """``text`` broken into lines of that width, as Japanese breaks them; they are ``height`` apart.

    The first line stands at the layout's own origin.
    """
    layout = QTextLayout(clean(text).replace("\n", "\u2028"), how)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    option.setUseDesignMetrics(True)
    layout.setTextOption(option)
    layout.setCacheEnabled(True)
    step = line_height(how)
    layout.beginLayout()
    y = 0.0
    while (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        line.setPosition(QPointF(0, y))
        y += step
    layout.endLayout()
    return layout


def line_height(how: QFont) -> float:
    """From one line to the next."""
    return how.pixelSize() * _LINE_HEIGHT
