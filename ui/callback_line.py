"""One line on the stages of the callback: what is still missing of it, and the key of its sheet."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import ElidedLabel


class CallbackLine(ElidedLabel):
    """Above the phrases, where it moves none of them: it is there for the whole stage.

    Signals:
        clicked(): its sheet is wanted.
    """

    clicked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(role="muted", parent=parent)
        self.set_tone("present")
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def show_standing(self, said: str) -> None:
        """Say how the callback stands; an empty text gives the place back."""
        line = t("callback.standing.line", said=said, key=key_of("callback"))
        self.set_text(line if said else "")
        self.setAccessibleName(line if said else "")
        self.setVisible(bool(said))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click opens the sheet."""
        self.clicked.emit()
        super().mousePressEvent(event)
