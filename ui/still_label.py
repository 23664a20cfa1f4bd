"""A label whose words change each second, in a window that is not laid out anew for it."""

from __future__ import annotations

from PySide6.QtCore import QEvent

from ui.labels import PlainLabel


class StillLabel(PlainLabel):
    """As large as its words need; only where that changes does anything else move.

    Qt asks for a new layout of the whole window with each new text of a label, unless its size is
    fixed: so it is fixed, to what the words need.
    """

    def set_text(self, text: str) -> None:
        """Set the text."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another type size, another need."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def _fit(self) -> None:
        needed = self.sizeHint()
        if needed != self.minimumSize() or needed != self.maximumSize():
            self.setFixedSize(needed)
