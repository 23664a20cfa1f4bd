"""What the window is filled with after its first frame. Importing this takes most of the start."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QStackedWidget, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.bars import AdviceBar, NoticeBar
from ui.folding import Folding
from ui.gate_line import GateLine
from ui.labels import PlainLabel
from ui.note_input import NoteInput
from ui.note_list import NoteList
from ui.port.workplace import Workplace
from ui.second.place import DeskPlace
from ui.sheet import scrolled
from ui.sheet_room import SheetRoom
from ui.sidebar import Sidebar
from ui.stage_panel import StagePanel
from ui.waiting_panel import WaitingPanel


def fill(window: Sidebar, workplace: Workplace) -> None:
    """Make the panels that the frame does not have; the window lays them out."""
    window.gate = GateLine()
    window.stage = StagePanel()
    window.notes = NoteList()
    window.notes_title = PlainLabel(t("note.title"), "muted")
    window.kind_chips = [_kind_chip(window, number) for number in range(3)]
    window.advice = AdviceBar()
    window.notice = NoticeBar()
    window.input = NoteInput()
    window.waiting = WaitingPanel()
    window.pad = QStackedWidget()
    window.stage_area = scrolled(window.stage)
    window.folding = Folding(window.stage, window.stage_area, window.pad, window.advice)
    window.stage_page = _stage_page(window)
    window.center = QStackedWidget()
    window.center.addWidget(window.stage_page)
    window.center.addWidget(window.waiting)
    window.center.setCurrentWidget(window.waiting)
    SheetRoom(window.pad, window.center)
    window.middle = DeskPlace(window.center, workplace, window.look)


def _kind_chip(window: Sidebar, number: int) -> QPushButton:
    button = QPushButton()
    button.setProperty("chip", "true")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    button.clicked.connect(lambda: window.kind_asked.emit(number + 1))
    return button


def _stage_page(window: Sidebar) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(6)
    column.addWidget(window.stage_area)
    notes = QWidget()
    pad = QVBoxLayout(notes)
    pad.setContentsMargins(0, 0, 0, 0)
    pad.setSpacing(4)
    head = QHBoxLayout()
    head.setSpacing(6)
    head.addWidget(window.notes_title)
    head.addStretch(1)
    for button in window.kind_chips:
        head.addWidget(button)
    pad.addLayout(head)
    pad.addWidget(window.notes, 1)
    window.pad.addWidget(notes)
    column.addWidget(window.pad, 100)
    column.addStretch(1)  # takes the slack where the notes have folded too
    column.addWidget(window.advice)
    return page
