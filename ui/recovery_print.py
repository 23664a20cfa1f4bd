"""The recovery key on paper. It goes to the printer only: into no file of ours."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtPrintSupport import QPrintDialog, QPrinter
from PySide6.QtWidgets import QWidget

from scripts_ja.texts import t

_MARGIN, _TITLE, _BODY, _GROUP = 15.0, 18, 11, 24  # millimetres, points
_COLUMNS = 2


def print_recovery(groups: tuple[str, ...], parent: QWidget) -> QPrintDialog:
    """Ask which printer, in a dialog that stops nothing, and print."""
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    dialog = QPrintDialog(printer, parent)
    dialog.setModal(False)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: draw_recovery(groups, printer))
    dialog.show()
    return dialog


def draw_recovery(groups: tuple[str, ...], printer: QPrinter) -> None:
    """Draw the one page."""
    painter = QPainter(printer)
    millimetre = printer.resolution() / 25.4
    page = QRectF(printer.pageLayout().paintRectPixels(printer.resolution()))
    page = QRectF(0, 0, page.width(), page.height()).adjusted(
        _MARGIN * millimetre, _MARGIN * millimetre, -_MARGIN * millimetre, 0
    )
    y = _write(painter, page, page.top(), t("encryption.print_title"), _TITLE)
    y = _write(painter, page, y, t("encryption.print_about"), _BODY) + 8 * millimetre
    width = page.width() / _COLUMNS
    for place, group in enumerate(groups):
        row, column = divmod(place, _COLUMNS)
        cell = QRectF(page.left() + column * width, y + row * 16 * millimetre, width, page.height())
        _write(painter, cell, cell.top(), f"{place + 1}.  {group}", _GROUP)
    painter.end()


def _write(painter: QPainter, page: QRectF, y: float, text: str, points: int) -> float:
    """Write it at that height; returns where the next begins."""
    font = QFont(painter.font())
    font.setPointSize(points)
    painter.setFont(font)
    room = QRectF(page.left(), y, page.width(), page.height())
    flags = Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere
    drawn = painter.boundingRect(room, int(flags), text)
    painter.drawText(room, int(flags), text)
    return drawn.bottom() + painter.fontMetrics().height() / 2
