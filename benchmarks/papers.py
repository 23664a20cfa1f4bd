"""From the case to its papers: the text, the first page seen in the window, the PDF.

What it is measured against is made in the same rounds: an empty window that is built, shown and
painted, and a PDF with one empty page.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtGui import QPainter, QPdfWriter
from PySide6.QtWidgets import QApplication, QWidget
from results import Samples, in_turns, ratio_table

from app.opening import open_workplace
from app.scenario import load_scenario
from app.scenario_rows import with_ids
from app.workplace import Workplace
from call.clock import SimulatedClock
from desktop.paths import Places
from handoff.layout import HANDOFF
from handoff.printed.pdf import as_pdf
from ui.application import Application
from ui.look_keys import current_look
from ui.paper.window import PaperWindow
from ui.port.paper_shelf import LeaveOut

TITLE = "Papers of the sample call: text, preview, PDF"
_MOST_ROUNDS = 100


def measure(rounds: int) -> list[str]:
    """The lines of the section."""
    application = Application(["yorisoi"])
    scenario = load_scenario("washing_machine")
    clock = SimulatedClock(scenario.starts_at)
    with tempfile.TemporaryDirectory() as folder:
        work, _ = open_workplace(Places(Path(folder)), clock, application.post, {})
        work.start()
        while not work.session.is_open:
            QApplication.processEvents()
        passed = 0
        for step in scenario.steps:
            clock.advance(step.at_seconds - passed)
            passed = step.at_seconds
            work.do(with_ids(step.command, work.case))
        window, text, preview, empty, pdf = _measured(work, min(rounds, _MOST_ROUNDS))
        work.close()
    return [
        "1.00 is the median of building, showing and painting an empty window of the same size.",
        "",
        *ratio_table([window, text, preview], window),
        "",
        "1.00 is the median of a PDF with one empty page.",
        "",
        *ratio_table([empty, pdf], empty),
    ]


def _measured(work: Workplace, rounds: int) -> list[Samples]:
    """Empty window, text, preview, empty PDF, PDF."""
    shelf = work.paper_shelf
    return in_turns(
        {
            "empty window": _empty_window,
            "text": work.papers.hand_over,
            "preview": lambda: _preview(work),
            "empty PDF": _empty_pdf,
            "PDF": lambda: as_pdf(shelf.document(HANDOFF, LeaveOut())),
        },
        rounds,
    )


def _empty_window() -> None:
    window = QWidget()
    window.resize(860, 860)
    _shown(window)


def _preview(work: Workplace) -> None:
    window = PaperWindow(work.paper_shelf, current_look(work))
    window.show_paper(HANDOFF)
    window.resize(860, 860)
    _shown(window)


def _shown(window: QWidget) -> None:
    window.show()
    window.repaint()
    QApplication.processEvents()
    window.close()
    window.deleteLater()


def _empty_pdf() -> None:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    painter = QPainter(writer)
    painter.end()
