"""A sheet over the notes when the notes fold: it goes on over the stage, as where it opens low."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QStackedWidget


class SheetRoom(QObject):
    """Watches the place of the notes, whose first page they are; any other is a sheet."""

    def __init__(self, notes: QStackedWidget, stage: QStackedWidget) -> None:
        super().__init__(notes)
        self._notes = notes
        self._stage = stage
        notes.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Folding tries what fits: only what is folded when it is done counts."""
        if event.type() == QEvent.Type.HideToParent and self._notes.currentIndex() > 0:
            QTimer.singleShot(0, self, self._move)
        return False

    def _move(self) -> None:
        sheet = self._notes.widget(self._notes.currentIndex())
        if sheet is None or not self._notes.isHidden() or self._notes.currentIndex() < 1:
            return
        typed_in = sheet.focusWidget()  # Qt has taken the keyboard from what was folded
        self._stage.addWidget(sheet)
        self._stage.setCurrentWidget(sheet)
        self._notes.setCurrentIndex(0)
        typed_in.setFocus()
