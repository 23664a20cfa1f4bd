"""One row, painted: a heading with the text behind it, and a smaller line below."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from ui.labels import set_style_property
from ui.rows.row import Row
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_SIZE, _LARGE, _SMALL = 13, 20, 12


class RowView(QFrame):
    """Shows one row after the other; made once and used again."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("offerRow")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.row = Row("")
        self._shown: tuple[object, ...] = ()
        self._text = WrappedLabel("ink")
        self._note = WrappedLabel("muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 2)
        column.setSpacing(0)
        column.addWidget(self._text)
        column.addWidget(self._note)

    def show_row(self, row: Row, look: Look, *, is_chosen: bool) -> None:
        """Show a row; the chosen one is framed."""
        self.row = row  # an equal row may do something else
        if (row, look, is_chosen) == self._shown:
            return
        self._shown = (row, look, is_chosen)
        size = _LARGE if row.is_large else _SIZE
        self._text.show_text(row.heading, row.text, look, row.tone, size)
        self._note.show_text("", row.note, look, row.note_tone, _SMALL)
        self._note.setVisible(bool(row.note))
        self.setAccessibleName(" ".join(p for p in (row.heading, row.text, row.note) if p))
        set_style_property(self, "on", "true" if is_chosen else "false")
