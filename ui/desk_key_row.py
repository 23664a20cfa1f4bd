"""The desk's key among the settings: made by one button, and copied by it from then on."""

from __future__ import annotations

from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from scripts_ja.texts import t
from ui.clipboard import copy_text
from ui.port.desk_key import DeskKeyPort
from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class DeskKeyRow(QWidget):
    """A row that is no setting. It is there where a department is named, or a key is."""

    def __init__(self, port: DeskKeyPort, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._port = port
        self._said = ""
        self._name, self.sentence = WrappedLabel("ink"), WrappedLabel("muted")
        self.button = QPushButton(t("seal.make"))
        self.button.clicked.connect(self._on_pressed)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(3)
        for widget in (self._name, self.sentence, self.button):
            column.addWidget(widget)
        self.setFocusProxy(self.button)

    def show_view(self, look: Look) -> None:
        """Say how it stands."""
        view = self._port.view
        self.setVisible(view.is_wanted)
        self._name.show_text(t("seal.label"), "", look)
        has_key = t("seal.has_key", spoken=view.spoken) if view.public else t("seal.about")
        self.sentence.show_text("", view.remark or self._said or has_key, look)
        self.button.setText(t("seal.copy" if view.public else "seal.make"))
        self.button.setEnabled(not view.is_busy)
        self._look = look

    def _on_pressed(self) -> None:
        view = self._port.view
        if view.public:
            copy_text(view.public)
            self._said = t("seal.copied", spoken=view.spoken)
            self.show_view(self._look)
        else:
            self._port.make()
