"""A sheet over the notes when the notes fold: it goes on over the stage, as where it opens low."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QApplication, QStackedWidget, QWidget

from ui.sheet import Sheet


class SheetRoom(QObject):
    """Watches the place of the notes, whose first page they are; any other is a sheet."""

    def __init__(self, notes: QStackedWidget, stage: QStackedWidget) -> None:
        super().__init__(notes)
        self._notes = notes
        self._stage = stage
        self._has_lost_keys = False
        notes.installEventFilter(self)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Folding tries what fits: only what is folded when it is done counts."""
        if event.type() == QEvent.Type.HideToParent and self._notes.currentIndex() > 0:
            QTimer.singleShot(0, self, self._mend)
        return False

    def _on_focus(self, old: QWidget | None, _: QWidget | None) -> None:
        """Qt takes the keyboard from what is folded, if only to try."""
        if old is not None and self._notes.isHidden() and self._notes.isAncestorOf(old):
            self._has_lost_keys = True

    def _mend(self) -> None:
        has_lost_keys, self._has_lost_keys = self._has_lost_keys, False
        sheet = self._notes.widget(self._notes.currentIndex())
        if not isinstance(sheet, Sheet):
            return
        if self._notes.isHidden():
            self._stage.addWidget(sheet)
            self._stage.setCurrentWidget(sheet)
            self._notes.setCurrentIndex(0)
        if has_lost_keys:
            sheet.begin()
