"""A case, or something that it owes, as a button of two lines."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ui.labels import ElidedLabel, PlainLabel, set_style_property


class CaseButton(QPushButton):
    """A case in two lines, as high as they are: also when the text grows later."""

    def __init__(self, first: str, second: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.remark = PlainLabel()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(8, 8, 8, 8)
        self._column.setSpacing(1)
        head = QHBoxLayout()
        head.setSpacing(8)
        self._lines = (ElidedLabel(role="row"), ElidedLabel(role="key"))
        head.addWidget(self._lines[0], 1)
        head.addWidget(self.remark)
        self._column.addLayout(head)
        self._column.addWidget(self._lines[1])
        self.remark.hide()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.set_words(first, second)

    def set_words(self, first: str, second: str) -> None:
        """Say something else."""
        for line, text in zip(self._lines, (first, second), strict=True):
            line.set_text(text)
        self.setAccessibleName(f"{first} {second}")

    def show_remark(self, text: str, tone: str) -> None:
        """Say something short at the right of the first line, such as the time that is left."""
        self.remark.set_text(text)
        set_style_property(self.remark, "tone", tone)
        self.remark.show()

    def sizeHint(self) -> QSize:
        """The size of its lines."""
        return self._column.sizeHint()

    def minimumSizeHint(self) -> QSize:
        """Narrower than its lines, which end in an ellipsis, but never lower."""
        return self._column.minimumSize()
