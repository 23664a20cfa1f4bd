"""The one line in which everything of the desk is typed, with what is understood below it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.composition import ComposingLineEdit, keep_composition
from ui.labels import ElidedLabel
from ui.rows.row import Ask


class AskLine(QWidget):
    """A question, the line for the answer, its echo.

    Signals:
        closed(): it was answered to the end, or left with Esc.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ask: Ask | None = None
        self.label = ElidedLabel(role="strong")
        self.entry = ComposingLineEdit()
        self.echo = ElidedLabel(role="muted")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self.label, self.entry, self.echo):
            column.addWidget(widget)
        self.entry.entered.connect(self._on_entered)
        self.entry.left.connect(self.close_ask)
        self.entry.textChanged.connect(self._on_text)

    @property
    def is_open(self) -> bool:
        """Whether a question waits."""
        return self._ask is not None

    def open_ask(self, ask: Ask) -> None:
        """Put a question, and type at once."""
        keep_composition()
        self._ask = ask
        self.label.set_text(ask.label)
        self.entry.setAccessibleName(ask.label)
        self.entry.setText(ask.value)
        self.entry.selectAll()
        self._on_text(ask.value)
        self.entry.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def close_ask(self) -> None:
        """Leave the question; what was typed is not kept."""
        if self._ask is not None:
            self._ask = None
            self.entry.clear()
            self.closed.emit()

    def _on_text(self, text: str) -> None:
        ask = self._ask
        if ask is None:
            return
        echo = ask.echo(text) if ask.echo and text.strip() else ""
        self.echo.set_text(echo or ask.hint or t("second.ask.keys"))
        self.echo.set_tone("")

    def _on_entered(self) -> None:
        ask = self._ask
        if ask is None:
            return
        answer = ask.accept(self.entry.text())
        if isinstance(answer, Ask):
            self.open_ask(answer)
        elif answer:
            # Taking an answer may have put the next question already.
            if self._ask is ask:
                self.close_ask()
        else:
            self.echo.set_tone("warn")
            self.entry.selectAll()
