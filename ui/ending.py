"""The end of the program, whoever asks for it."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication

from ui.sidebar import Sidebar


def end_program(window: Sidebar) -> None:
    """Close the window as its own button does, which keeps what is typed, and leave the loop."""
    window.close()
    QTimer.singleShot(0, QGuiApplication.exit)  # a window that is put away does not end it
