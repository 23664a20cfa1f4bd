"""The look that somebody chose, in the colours and the light that the system has now."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication

from ui.theme import Look, look_for


def system_look(theme: str, percent: int) -> Look:
    """The look for the settings ``view.theme`` and ``view.text_percent``."""
    if theme == "contrast":
        from ui.contrast import high_contrast  # few want it

        return Look(high_contrast(QGuiApplication.palette()), percent)
    scheme = QGuiApplication.styleHints().colorScheme()
    return look_for(theme, percent, system_is_dark=scheme is Qt.ColorScheme.Dark)
