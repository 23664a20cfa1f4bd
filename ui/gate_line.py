"""The gate of a flow (「正当な苦情は…」): in sight for as long as its call is in that flow.

It stands above the stage and above every sheet, outside of all that scrolls (rules.md L5). A sheet
that says it itself, with more beside it, says it alone.
"""

from __future__ import annotations

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ui.theme import Look
from ui.wrapped_label import WrappedLabel


class GateLine(WrappedLabel):
    """Never squeezed: it has the height of its words at any width."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("warn", parent)
        self.hide()

    def show_gate(self, gate: str, look: Look) -> None:
        """Show these words, or nothing."""
        self.show_text("", gate, look)
        self.setVisible(bool(gate))
        self._keep_height()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another width breaks the words elsewhere."""
        super().resizeEvent(event)
        self._keep_height()

    def _keep_height(self) -> None:
        if self.text:
            self.setMinimumHeight(self.heightForWidth(self.width()))
