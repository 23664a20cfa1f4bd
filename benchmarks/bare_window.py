"""What the sidebar is measured against: PySide6, one window, one label.

Usage: python benchmarks/bare_window.py [seconds]   a label that changes once a second: ticking

Tells on the descriptor in YORISOI_PAINT_FD when it was painted first, as the sidebar does.
"""

import os
import sys
import time

from PySide6.QtCore import QEvent, QTimer
from PySide6.QtWidgets import QApplication, QLabel, QVBoxLayout, QWidget


class Window(QWidget):
    """Says once that it has been painted."""

    def __init__(self) -> None:
        super().__init__()
        self.label = QLabel("0")
        QVBoxLayout(self).addWidget(self.label)
        self._seconds = 0
        self._is_told = False

    def tick(self) -> None:
        """Another second."""
        self._seconds += 1
        self.label.setText(str(self._seconds))

    def event(self, event: QEvent) -> bool:
        """Qt paints all of a window on one request."""
        handled = super().event(event)
        if event.type() == QEvent.Type.UpdateRequest and not self._is_told:
            self._is_told = True
            line = f"state {time.monotonic():.6f} idle\n"
            os.write(int(os.environ["YORISOI_PAINT_FD"]), line.encode("ascii"))
        return handled


application = QApplication(sys.argv)
window = Window()
window.resize(340, 820)
window.show()
if "ticking" in sys.argv:
    timer = QTimer(window)
    timer.timeout.connect(window.tick)
    timer.start(1000)
sys.exit(application.exec())
