"""A reminder that comes up while nobody talks is told outside the window too, as the settings say.

Never in a call: not a sound, not a notice. What is told names no customer.
"""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from scripts_ja.texts import t
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar
from ui.tray import Tray


class ReminderAlert:
    """Beeps, or has the tray say it: once for each reminder."""

    def __init__(self, workplace: Workplace, window: Sidebar, tray: Tray) -> None:
        self._work = workplace
        self._window = window
        self._tray = tray
        self._told: set[tuple[str, str]] = set()
        window.advice.turned.connect(self._on_turned)

    def _on_turned(self) -> None:
        prompt = self._window.advice.prompt
        if prompt is None or prompt.about is None or self._work.phase.is_live:
            return
        what = (prompt.id, prompt.target)
        if what in self._told:
            return
        self._told.add(what)
        settings = self._work.settings
        if settings.get("alerts.reminder_sound") == "on":
            QApplication.beep()
        wanted = settings.get("alerts.reminder_notice")
        if wanted == "always" or (wanted == "hidden" and self._tray.is_away):
            self._tray.tell(t("tray.reminder_title"), t("tray.reminder"))
