"""A hold that turned red is told outside the window too: once per hold, as the settings say."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication

from call.clock import Reading
from ui.port.workplace import Workplace
from ui.sidebar import Sidebar

_OF_A_HOLD = ("hold_red", "second_hold")


class HoldAlert:
    """Flashes the task bar, or beeps; the window keeps its place and takes no focus."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        self._work = workplace
        self._window = window
        self._told: Reading | None = None
        window.advice.turned.connect(self._on_turned)

    def _on_turned(self) -> None:
        prompt, case = self._window.advice.prompt, self._work.case
        hold = case.call.hold if case and case.call else None
        if prompt is None or prompt.id not in _OF_A_HOLD or hold is None:
            return
        if hold.start == self._told:
            return
        self._told = hold.start
        if self._work.settings.get("alerts.hold_red_flash") == "on":
            QApplication.alert(self._window)
        if self._work.settings.get("alerts.hold_red_sound") == "on":
            QApplication.beep()
