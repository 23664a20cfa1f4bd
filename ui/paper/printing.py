"""The printer. Imported when something is printed: it asks the system for its printers."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo
from PySide6.QtWidgets import QWidget

from ui.port.paper_shelf import PaperView


def ask_and_print(view: PaperView, parent: QWidget, then: Callable[[], None]) -> bool:
    """Ask which printer, over the window of papers alone, and print; False without a printer."""
    if not QPrinterInfo.availablePrinterNames():
        return False
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setDocName(view.title)
    dialog = QPrintDialog(printer, parent)
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.accepted.connect(lambda: print_on(view, printer, then))
    dialog.setWindowModality(Qt.WindowModality.WindowModal)
    dialog.show()
    return True


def print_on(view: PaperView, printer: QPrinter, then: Callable[[], None]) -> None:
    """Print all pages, then say so."""
    view.pages.paint_all(printer)
    then()
