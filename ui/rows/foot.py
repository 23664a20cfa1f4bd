"""What stands below rows: the keys of this moment, or a question and the line to answer it.

Above the keys there may be something about the chosen row.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from ui.rows.ask_line import AskLine
from ui.rows.hint_strip import HintStrip
from ui.rows.row import Ask
from ui.rows.row_list import RowList
from ui.theme import Look

# In pixels at 100 %: the same whether it says keys or asks something, so that nothing jumps.
_HEIGHT = 76


class Foot(QStackedWidget):
    """Belongs to the rows above it. A question is of one case, and goes with it.

    Signals:
        freed(): nothing is asked any more.
    """

    freed = Signal()

    def __init__(
        self, rows: QWidget, ask: AskLine | None = None, about: QWidget | None = None
    ) -> None:
        super().__init__()
        self._rows = rows
        self._asked_of = ""
        self.hint = HintStrip()
        self.ask = ask or AskLine()
        self.addWidget(_column(about, self.hint) if about else self.hint)
        self.addWidget(_column(self.ask, QWidget()) if about else self.ask)
        self.ask.closed.connect(self._on_closed)

    def show_look(self, look: Look, height: int = _HEIGHT) -> None:
        """Change the text size, to so many pixels at 100 %."""
        self.setFixedHeight(look.px(height))

    def put(self, ask: Ask, of: str) -> None:
        """Put a question of the case of that id; of nobody's where it is empty."""
        self._asked_of = of
        self.setCurrentIndex(1)
        self.ask.open_ask(ask)
        self._light(is_lit=True)

    def close_unless(self, of: str) -> None:
        """Ask no more where the question is of another case than that."""
        if self.ask.is_open and self._asked_of != of:
            self.ask.close_ask()

    def begin(self) -> None:
        """Take the focus: the line where something is asked, else the rows."""
        target: QWidget = self.ask.entry if self.ask.is_open else self._rows
        target.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _on_closed(self) -> None:
        had_focus = self.ask.entry.hasFocus()
        self.setCurrentIndex(0)
        self._light(is_lit=False)
        if had_focus:
            self._rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.freed.emit()

    def _light(self, *, is_lit: bool) -> None:
        """Frame the chosen row, where a list does not say by itself which it is."""
        if isinstance(self._rows, RowList):
            self._rows.set_lit(is_lit=is_lit)


def _column(upper: QWidget, lower: QWidget) -> QWidget:
    """One above the other, the upper one taking the room if it can use it."""
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(4)
    column.addWidget(upper)
    column.addWidget(lower)
    return page
