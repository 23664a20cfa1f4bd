"""The window never lies about the disk: what is not committed in time is marked 未保存."""

from __future__ import annotations

from PySide6.QtCore import QObject, QTimer

from scripts_ja.texts import t
from ui.port.change import Change
from ui.port.notices import Notice
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

# Real time, not the call's: what was painted must be on the disk by then, or be marked.
UNSAVED_MILLISECONDS = 250


class TrustMark(QObject):
    """Looks again only while something waits for the disk."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._work = workplace
        self._window = window
        self._timer = QTimer(self)
        self._timer.setInterval(UNSAVED_MILLISECONDS)
        self._timer.timeout.connect(self._look)
        workplace.listen(self._on_change)

    def _on_change(self, change: Change) -> None:
        if change.events and not self._timer.isActive():
            self._timer.start()

    def _look(self) -> None:
        waited = self._work.unsaved_seconds()
        is_late = waited * 1000 >= UNSAVED_MILLISECONDS
        text = t("unsaved.mark") if is_late else ""
        self._window.notice.say(Notice("unsaved", text, "danger"))
        if not waited:
            self._timer.stop()
