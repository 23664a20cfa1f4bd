"""What the sidebar is measured against: PySide6, one window, one label.

Usage: python benchmarks/bare_window.py [ticking] [japanese]

``ticking``: the label changes once a second; ``japanese``: what it says is Japanese.

Tells on the descriptor in YORISOI_PAINT_FD when it was painted first, and what it cost until then,
in the same way as the sidebar: the system has asked for a picture, and has it.
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
        self.label = QLabel("待機中" if "japanese" in sys.argv else "0")
        QVBoxLayout(self).addWidget(self.label)
        self._seconds = 0
        self._is_told = False

    def tick(self) -> None:
        """Another second."""
        self._seconds += 1
        self.label.setText(str(self._seconds))

    def event(self, event: QEvent) -> bool:
        """What is asked for in one turn of the loop is on the screen in the next."""
        handled = super().event(event)
        if event.type() == QEvent.Type.Paint and not self._is_told:
            self._is_told = True
            QTimer.singleShot(0, self._tell)
        return handled

    def _tell(self) -> None:
        application.sync()
        line = f"first {time.monotonic():.6f} {time.process_time():.6f}\n"
        os.write(int(os.environ["YORISOI_PAINT_FD"]), line.encode("ascii"))


application = QApplication(sys.argv)
window = Window()
window.resize(340, 820)
window.show()
if "ticking" in sys.argv:
    timer = QTimer(window)
    timer.timeout.connect(window.tick)
    timer.start(1000)
sys.exit(application.exec())
