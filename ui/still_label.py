"""A label whose words change each second, in a window that is not laid out anew for it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent

from ui.labels import PlainLabel

_DIGIT = re.compile("[0-9]")


class StillLabel(PlainLabel):
    """As large as its words need; only where that changes does anything else move.

    Qt asks for a new layout of the whole window with each new text of a label, unless its size is
    fixed: so it is fixed, to what the words need. Other digits need no other room.
    """

    _shape = ""

    def set_text(self, text: str) -> None:
        """Set the text."""
        if text == self.text():
            return
        shape = _DIGIT.sub("0", text)
        if shape == self._shape:
            self.setText(text)
            return
        self._shape = shape
        self._let_go()
        self.setText(text)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another type size, another need."""
        is_other_size = event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange)
        if is_other_size:
            self._let_go()
        super().changeEvent(event)
        if is_other_size:
            self._fit()

    def _let_go(self) -> None:
        """Before it is measured anew: Qt's hint is never below the least size that was set."""
        self.setMinimumSize(0, 0)

    def _fit(self) -> None:
        needed = self.sizeHint()
        if needed != self.minimumSize() or needed != self.maximumSize():
            self.setFixedSize(needed)
