"""Where the second line's desk stands: in place of the stage, or beside it where there is room."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from ui.composition import keep_composition
from ui.theme import Look

if TYPE_CHECKING:
    from ui.port.workplace import Workplace
    from ui.second.desk import SecondDesk

# From this width of the window on, the desk stands beside the stage (pixels at 100 %).
BESIDE = 620


class DeskPlace(QWidget):
    """The middle of the window: what stands in the centre, and the desk beside it.

    The window never changes its width for the desk: where the agent makes it wider, the desk
    moves beside the stage, with what is being typed on it.

    Signals:
        made(): the desk is there now.
    """

    made = Signal()

    def __init__(self, center: QStackedWidget, workplace: Workplace, look: Look) -> None:
        super().__init__()
        self._workplace = workplace
        self._look = look
        self._desk: SecondDesk | None = None
        self.is_open = False
        self._center = center
        self._side = QWidget()
        self._side_layout = QVBoxLayout(self._side)
        self._side_layout.setContentsMargins(0, 0, 0, 0)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(12)
        row.addWidget(center, 1)
        row.addWidget(self._side, 1)
        self._side.hide()

    @property
    def desk(self) -> SecondDesk:
        """The desk; made, and its pages imported, when it is first asked for."""
        if self._desk is None:
            from ui.second.desk import SecondDesk

            self._desk = SecondDesk(self._workplace, self._look)
            self._desk.hide()
            self.made.emit()
        return self._desk

    @property
    def is_made(self) -> bool:
        """Whether anybody has asked for the desk yet."""
        return self._desk is not None

    @property
    def page(self) -> QWidget | None:
        """The desk where it stands in place of the stage, else None."""
        return self.desk if self.is_open and self._side.isHidden() else None

    def open(self, width: int, look: Look) -> None:
        """Show it where it fits."""
        self.is_open = True
        self.fit(width, look)
        self.desk.refresh()

    def close_desk(self) -> None:
        """Take it away; page and line are there again when it is opened."""
        keep_composition()
        self.is_open = False
        self._take_out()
        self.desk.hide()
        self._side.hide()

    def refresh(self) -> None:
        """Show the case as it is now, where anybody sees it."""
        if self.is_open:
            self.desk.refresh()

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        self._look = look
        if self._desk is not None:
            self._desk.show_look(look)

    def fit(self, width: int, look: Look) -> None:
        """Put it where it belongs at that width of the window, the focus where it was."""
        is_beside = width >= look.px(BESIDE)
        is_there = self._side_layout if is_beside else self._center
        if not self.is_open or is_there.indexOf(self.desk) >= 0:
            return
        had_keys = self.desk.has_keys()
        keep_composition()
        self._take_out()
        if is_beside:
            self._side_layout.addWidget(self.desk)
        else:
            from ui.sheet import Sheet  # which the desk has brought

            self._center.addWidget(self.desk)
            if not isinstance(self._center.currentWidget(), Sheet):
                self._center.setCurrentWidget(self.desk)
        self._side.setVisible(is_beside)
        if is_beside or self._center.currentWidget() is self.desk:
            self.desk.show()
        if had_keys:
            self.desk.begin()

    def _take_out(self) -> None:
        self._center.removeWidget(self.desk)
        self._side_layout.removeWidget(self.desk)
