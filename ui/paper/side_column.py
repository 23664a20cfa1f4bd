"""Beside the paper: what it lacks, each one key from its place, and which papers there are."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.broken_label import BrokenLabel
from ui.labels import PlainLabel, as_plain_tooltip
from ui.paper.choices import chip, turn
from ui.port.paper_shelf import Lack, PaperEntry, PaperView
from ui.sheet import scrolled

_MOST_ROWS = 6
_FEW_ROWS = 3
# One key per lack, as many as a handoff note can have; no key of the window is among them.
LACK_KEYS = "1234567890ABDEFGHIJKMRV"

THROUGH_KEY = "U"
# What keeps a paper here.
_GRAVE = frozenset({"", "stop", "required"})


def _words(lack: Lack, key: str) -> str:
    if not lack.level:
        return t("paper.window.lack", key=key, name=lack.name)
    level = t(f"handoff.level.{lack.level}")
    return t("paper.window.lack_level", key=key, level=level, name=lack.name)


class SideColumn(QWidget):
    """Papers above, lacks below: the list of papers never moves.

    Signals:
        chosen(str): another paper. mend_asked(str): the place of what lacks is wanted, by its id.
        pass_asked(): the note is to go with its gaps, or no more.
    """

    chosen = Signal(str)
    mend_asked = Signal(str)
    pass_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.papers = QListWidget()
        self.papers.setAccessibleName(t("paper.window.list"))
        self.papers.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.papers.currentItemChanged.connect(self._on_chosen)
        self.is_large = False
        self.missing = BrokenLabel(role="strong")
        self.gauge = PlainLabel(role="muted")
        self.passing = chip(t("paper.window.pass", key=THROUGH_KEY), t("paper.window.pass_name"))
        self.passing.clicked.connect(self.pass_asked)
        self.buttons: list[QPushButton] = []
        self._lacks: tuple[Lack, ...] = ()
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(0, 0, 4, 0)
        self._rows.setSpacing(4)
        self._rows.addStretch(1)
        self._area = scrolled(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.missing)
        column.addWidget(self._area, 1)
        column.addWidget(self.passing)
        column.addWidget(self.gauge)
        column.addWidget(PlainLabel(t("paper.window.list"), "strong"))
        column.addWidget(self.papers)
        # The window puts it among its buttons: at large text there is no room for it here.
        self.month = QPushButton(t("month.button"))
        self.month.setToolTip(as_plain_tooltip(t("month.tip")))
        self.month.setAccessibleDescription(t("month.tip"))

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
        rows = _FEW_ROWS if self.is_large else _MOST_ROWS
        self.papers.setFixedHeight(height * rows + 2 * self.papers.frameWidth() + 2)

    def show_lacks(self, lacks: tuple[Lack, ...], *, can_lack: bool = True) -> None:
        """List what the paper lacks; nothing is made anew where it is the same."""
        key = "paper.window.missing" if lacks else "paper.window.complete"
        self.missing.set_text(t(key, count=len(lacks)) if can_lack else "")
        is_grave = any(lack.level in _GRAVE for lack in lacks)
        self.missing.set_tone("danger" if is_grave else "")
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
        self.fit()

    def fit(self) -> None:
        """With large text all of the column scrolls, so that the lacks are as high as they are."""
        high = sum(button.sizeHint().height() + self._rows.spacing() for button in self.buttons)
        self._area.setMinimumHeight(high if self.is_large else 0)

    def show_barrier(self, view: PaperView, *, is_passed: bool) -> None:
        """How long the first block is, and whether its gaps can be let through, or are."""
        self.gauge.set_text(view.gauge)
        self.gauge.setVisible(bool(view.gauge))
        self.passing.setVisible(view.is_passable)
        turn(self.passing, is_on=is_passed)

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
        button = QPushButton(_words(lack, key))
        button.setProperty("lack", "true")
        told = lack.advice or t("paper.window.mend", name=lack.name)
        button.setToolTip(as_plain_tooltip(told))
        button.setAccessibleDescription(told)
        button.clicked.connect(partial(self._mend, lack.id))
        return button

    def _mend(self, lack_id: str, _is_checked: bool = False) -> None:  # noqa: FBT001, FBT002 - Qt's
        self.mend_asked.emit(lack_id)

    def _on_chosen(self, item: QListWidgetItem | None) -> None:
        if item is not None:
            self.chosen.emit(str(item.data(Qt.ItemDataRole.UserRole)))
