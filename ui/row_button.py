"""A button that is a row of labels, as high as they are at any text size."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget


class RowButton(QPushButton):
    """Add labels with :meth:`add`; a click on any of them is a click on the button."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(8, 4, 8, 4)
        self._row.setSpacing(8)

    def add(self, label: QWidget, stretch: int = 0) -> None:
        """Put a label at the end of the row."""
        label.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._row.addWidget(label, stretch)

    def sizeHint(self) -> QSize:
        """The height of its labels."""
        return QSize(super().sizeHint().width(), self._row.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Narrower than its labels where they end in an ellipsis, but never lower."""
        return QSize(self._row.minimumSize().width(), self._row.sizeHint().height())
