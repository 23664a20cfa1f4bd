"""A label whose words change each second, in a window that is not laid out anew for it."""

from __future__ import annotations

import re

from PySide6.QtCore import QEvent, QSize

from ui.labels import PlainLabel

_DIGIT = re.compile("[0-9]")


class StillLabel(PlainLabel):
    """As large as its words need; only where that changes does anything else move.

    Qt asks for a new layout of the whole window with each new text of a label, unless its size is
    fixed: so it is fixed, to what the words need. Other digits need no other room.
    """

    _needs: dict[str, QSize]

    def set_text(self, text: str) -> None:
        """Set the text."""
        if text != self.text():
            self.setText(text)
            self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """Another type size, another need."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._needs = {}
            self._fit()

    def _fit(self) -> None:
        needs, shape = self.__dict__.setdefault("_needs", {}), _DIGIT.sub("0", self.text())
        if shape not in needs:
            needs[shape] = self.sizeHint()
        needed = needs[shape]
        if needed != self.minimumSize() or needed != self.maximumSize():
            self.setFixedSize(needed)
