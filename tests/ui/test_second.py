"""What a second costs while somebody talks: digits are painted, nothing is laid out anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject

from ui import japanese_lines


class Layouts(QObject):
    """Counts the layouts that are asked for in a window."""

    def __init__(self, window) -> None:
        super().__init__()
        self.count = 0
        self.painted = 0
        window.painted.connect(self._on_painted)
        for widget in [window, *window.findChildren(QObject)]:
            widget.installEventFilter(self)

    def _on_painted(self) -> None:
        self.painted += 1

    def eventFilter(self, watched, event) -> bool:
        self.count += event.type() == QEvent.Type.LayoutRequest
        return False


@pytest.mark.parametrize("is_held", [False, True])
def test_a_second_of_a_call_lays_nothing_out(make_seat, monkeypatch, is_held):
    seat = make_seat().start()
    seat.act("start")
    if is_held:
        seat.act("hold")
    seat.clock.advance(12)  # both clocks have their digits
    seat.window.tick()
    seat.settle()
    layouts = Layouts(seat.window)
    broken = []
    monkeypatch.setattr(japanese_lines, "_fill", lambda *_: broken.append(_))
    before = seat.window.clock.time.text()
    for _ in range(5):
        seat.clock.advance(1)
        seat.window.tick()
        seat.settle()
    assert seat.window.clock.time.text() != before
    assert layouts.painted >= 5
    assert (layouts.count, broken) == (0, [])


def test_a_clock_is_as_wide_as_its_digits(make_seat):
    seat = make_seat().start()
    seat.act("start")
    time = seat.window.clock.time
    for seconds in (0, 700, 3600, 36_000):
        seat.clock.advance(seconds)
        seat.window.tick()
        seat.settle()
        assert time.width() == time.sizeHint().width()
        assert time.fontMetrics().horizontalAdvance(time.text()) <= time.width()
    seat.act("text_size")
    seat.settle()
    assert time.size() == time.sizeHint()
