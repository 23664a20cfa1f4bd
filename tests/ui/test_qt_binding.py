"""The binding itself: a release of PySide6 that loses references ends the process in mid-call."""

import sys

from PySide6.QtWidgets import QLabel

CALLS = 200
# Other code takes and gives back a few references meanwhile; a loss per call would be CALLS.
TOLERANCE = CALLS // 4


def test_calls_that_return_nothing_keep_their_reference_to_none(qtbot):
    """PySide6 6.12.0 on Python 3.11 loses one per call; from 3.12 on None cannot be lost."""
    label = QLabel()
    qtbot.addWidget(label)
    texts = [str(number) for number in range(CALLS)]
    before = sys.getrefcount(None)
    for text in texts:
        label.setText(text)
    assert abs(sys.getrefcount(None) - before) < TOLERANCE
