"""One page of the settings: rows that scroll, the one with the focus always in sight."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ui.scrolled import scrolled


class SettingsPage(QWidget):
    """Rows one below the other."""

    def __init__(self) -> None:
        super().__init__()
        body = QWidget()
        self._rows = QVBoxLayout(body)
        self._rows.setContentsMargins(0, 0, 8, 0)
        self._rows.setSpacing(12)
        self._rows.addStretch(1)
        self._body = body
        self._area = scrolled(body)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._area)
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._on_focus)

    def add_row(self, row: QWidget) -> None:
        """Add a row at the end."""
        self._rows.insertWidget(self._rows.count() - 1, row)

    def begin(self) -> None:
        """Go to the first field that can be changed."""
        for place in range(self._rows.count() - 1):
            item = self._rows.itemAt(place)
            row = item.widget() if item else None
            field = row.focusProxy() if row else None
            if field is not None and field.isEnabled():
                field.setFocus(Qt.FocusReason.OtherFocusReason)
                return

    def _on_focus(self, _before: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self._body.isAncestorOf(now):
            self._area.ensureWidgetVisible(now, 0, 40)
