"""The first two lines while nobody calls: the first frame has them, and the page that follows it."""

from __future__ import annotations

from PySide6.QtWidgets import QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import PlainLabel


class WaitingHead(QWidget):
    """That the program waits, and the key that begins a call."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.headline = PlainLabel(t("waiting.title"), "title")
        self.hint = PlainLabel(role="goal")
        self.hint.setWordWrap(True)
        self.show_key()
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(8)
        column.addWidget(self.headline)
        column.addWidget(self.hint)

    def say_resuming(self) -> None:
        """What was in hand when the program ended is being read."""
        self.headline.set_text(t("resuming.title"))
        self.hint.hide()

    def say_waiting(self) -> None:
        """Nothing was, or it is there."""
        self.headline.set_text(t("waiting.title"))
        self.hint.show()

    def show_key(self) -> None:
        """Say the key that is in force now."""
        self.hint.set_text(t("waiting.hint", key=key_of("start")))
