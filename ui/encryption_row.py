"""The encryption among the settings: how it stands in one sentence, and the way to its sheet."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.port.encryption import EncryptionPort, EncryptionState
from ui.theme import Look
from ui.wrapped_label import WrappedLabel

_SAID = {
    EncryptionState.UNKNOWN: "looking",
    EncryptionState.PLAIN: "about",
    EncryptionState.PROPOSED: "about",
    EncryptionState.ENCRYPTED: "encrypted",
    EncryptionState.LOCKED: "unlock_about",
}


class EncryptionRow(QWidget):
    """A row that is no setting: it is asked of the system, and takes a while.

    Signals:
        asked(): the sheet is wanted.
    """

    asked = Signal()

    def __init__(self, port: EncryptionPort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._name, self.sentence = WrappedLabel("ink"), WrappedLabel("muted")
        self.button = QPushButton(t("encryption.settings_open"))
        self.button.setAccessibleName(t("encryption.settings_label"))
        self.button.clicked.connect(self.asked)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self._name, self.sentence, self.button):
            column.addWidget(widget)
        self.setFocusProxy(self.button)

    def show_view(self, look: Look) -> None:
        """Say how it stands."""
        view = self._port.view
        converting = t("encryption.converting", percent=view.percent)
        key = _SAID.get(view.state)
        said = t(f"encryption.{key}") if key else view.remark or converting
        self._name.show_text(t("encryption.settings_label"), "", look)
        self.sentence.show_text("", said, look)
