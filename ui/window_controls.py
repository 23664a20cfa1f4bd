"""What the title bar has elsewhere: a docked window has none."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from scripts_ja.texts import t
from ui.actions import key_of
from ui.labels import as_plain_tooltip


class WindowControls(QWidget):
    """Narrow it, or close it; neither ever has the focus by a click.

    Signals:
        narrowed(), closed(): which was pressed.
    """

    narrowed = Signal()
    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.narrow = _chip(t("edge.narrow_mark"))
        self.close_button = _chip(t("edge.close_mark"))
        self.narrow.clicked.connect(self.narrowed)
        self.close_button.clicked.connect(self.closed)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(4)
        row.addWidget(self.narrow)
        row.addWidget(self.close_button)
        self.show_keys()
        self.hide()

    def show_keys(self) -> None:
        """Name the key that is in force."""
        self.narrow.setAccessibleName(t("edge.narrow"))
        named = t("tooltip.key", name=t("edge.narrow"), key=key_of("compact"))
        self.narrow.setToolTip(as_plain_tooltip(named))
        self.close_button.setAccessibleName(t("edge.close"))
        self.close_button.setToolTip(as_plain_tooltip(t("edge.close")))


def _chip(mark: str) -> QPushButton:
    button = QPushButton(mark)
    button.setProperty("chip", "true")
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button
