"""What stands below rows: the keys of this moment, or a question and the line to answer it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

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
        self, rows: RowList, ask: AskLine | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._rows = rows
        self._asked_of = ""
        self.hint = HintStrip()
        self.ask = ask or AskLine()
        self.addWidget(self.hint)
        self.addWidget(self.ask)
        self.ask.closed.connect(self._on_closed)

    def show_look(self, look: Look) -> None:
        """Change the text size."""
        self.setFixedHeight(look.px(_HEIGHT))

    def put(self, ask: Ask, of: str) -> None:
        """Put a question of the case of that id; of nobody's where it is empty."""
        self._asked_of = of
        self.setCurrentWidget(self.ask)
        self.ask.open_ask(ask)
        self._rows.set_lit(is_lit=True)

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
        self.setCurrentWidget(self.hint)
        self._rows.set_lit(is_lit=False)
        if had_focus:
            self._rows.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.freed.emit()
