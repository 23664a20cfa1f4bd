"""A paper as PDF: real text in an embedded font."""

from __future__ import annotations

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QGuiApplication, QPdfWriter

from handoff.document import Document
from handoff.printed import ink
from handoff.printed.pages import Pages


def as_pdf(document: Document) -> bytes:
    """The file. Its title is the paper's, its author who wrote it; both are masked as it is.

    Works without a window; where nothing of Qt runs yet, it is started without a screen.
    """
    ensure_fonts()
    pages = Pages(document)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setTitle(document.title)
    writer.setCreator("Yorisoi")
    if hasattr(writer, "setAuthor"):  # since Qt 6.9
        writer.setAuthor(document.author)
    writer.setResolution(ink.UNITS_PER_INCH)
    pages.paint_all(writer)
    return bytes(buffer.data().data())


def ensure_fonts() -> None:
    """Qt reads fonts only where an application is."""
    if QGuiApplication.instance() is None:
        _kept.append(QGuiApplication(["yorisoi", "-platform", "offscreen"]))


_kept: list[QGuiApplication] = []
