"""Sentences that stand above rows and are never folded nor scrolled away."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ui.theme import Look
from ui.wrapped_label import WrappedLabel

# A sentence and the token of its colour.
Standing = Sequence[tuple[str, str]]


class StandingWords(QWidget):
    """Paints them one below the other, broken where a reader would."""

    def __init__(self, standing: Standing, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._texts = [text for text, _ in standing if text]
        self.labels = [WrappedLabel(token) for text, token in standing if text]
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(2)
        for label in self.labels:
            column.addWidget(label)

    def show_look(self, look: Look) -> None:
        """Change theme or text size."""
        for label, text in zip(self.labels, self._texts, strict=True):
            label.show_text("", text, look)
