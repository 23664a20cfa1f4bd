"""Beside the paper: what it lacks, each one key from its place, and which papers there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.labels import PlainLabel, as_plain_tooltip
from ui.port.paper_shelf import Lack, PaperEntry
from ui.sheet import scrolled

_MOST_ROWS = 6
# One key per lack, as many as a handoff note can have; no key of the window is among them.
LACK_KEYS = "1234567890ABDEF"


class SideColumn(QWidget):
    """Papers above, lacks below: the list of papers never moves.

    Signals:
        chosen(str): another paper. mend_asked(str): the place of what lacks is wanted, by its id.
    """

    chosen = Signal(str)
    mend_asked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.papers = QListWidget()
        self.papers.setAccessibleName(t("paper.window.list"))
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.currentItemChanged.connect(self._on_chosen)
        self.missing = PlainLabel(role="strong")
        self.missing.setWordWrap(True)
        self.buttons: list[QPushButton] = []
        self._lacks: tuple[Lack, ...] = ()
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(4)
        self._rows.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.missing)
        column.addWidget(scrolled(body), 1)
        column.addWidget(PlainLabel(t("paper.window.list"), "strong"))
        column.addWidget(self.papers)

    def show_papers(self, entries: Sequence[PaperEntry], current: str) -> None:
        """List the papers, with how much each lacks."""
        self.papers.blockSignals(True)  # noqa: FBT003 - Qt's
        self.papers.clear()
        for entry in entries:
            words = t("paper.window.entry", title=entry.title, count=entry.lacks)
            item = QListWidgetItem(words if entry.lacks else entry.title)
            item.setData(Qt.ItemDataRole.UserRole, entry.name)
            self.papers.addItem(item)
            if entry.name == current:
                self.papers.setCurrentItem(item)
        self.papers.blockSignals(False)  # noqa: FBT003 - Qt's
        height = self.papers.sizeHintForRow(0) if entries else 0
        self.papers.setFixedHeight(height * _MOST_ROWS + 2 * self.papers.frameWidth() + 2)

    def show_lacks(self, lacks: tuple[Lack, ...]) -> None:
        """List what the paper lacks; nothing is made anew where it is the same."""
        key = "paper.window.missing" if lacks else "paper.window.complete"
        self.missing.set_text(t(key, count=len(lacks)))
        self.missing.set_tone("danger" if lacks else "")
        if lacks == self._lacks:
            return
        self._lacks = lacks
        for button in self.buttons:
            self._rows.removeWidget(button)
            button.hide()
            button.deleteLater()
        self.buttons = [self._button(place, lack) for place, lack in enumerate(lacks)]
        for place, button in enumerate(self.buttons):
            self._rows.insertWidget(place, button)

    def mend(self, number: int) -> None:
        """Go to the place of the n-th lack, from 0."""
        if number < len(self._lacks):
            self.mend_asked.emit(self._lacks[number].id)

    def step(self, by: int) -> None:
        """Choose the next paper, or the one before."""
        row = self.papers.currentRow() + by
        if 0 <= row < self.papers.count():
            self.papers.setCurrentRow(row)

    def _button(self, place: int, lack: Lack) -> QPushButton:
        key = LACK_KEYS[place : place + 1]
        button = QPushButton(t("paper.window.lack", key=key, name=lack.name))
        button.setProperty("lack", "true")
        button.setToolTip(as_plain_tooltip(t("paper.window.mend", name=lack.name)))
        button.clicked.connect(partial(self._mend, lack.id))
        return button

    def _mend(self, lack_id: str, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.mend_asked.emit(lack_id)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
