"""From the key to the painted window: another stage, the flow aside, the cards.

Measured in rounds that hold one of each, so that a busy moment of the machine meets them all. A
call is begun anew now and then: no call has thousands of stages. By processor time: on a busy machine
the clock makes what takes long longer than what is short.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from results import Samples, ratio_table
from seat import Seat

TITLE = "Switching a stage, opening a card: key to painted"
_ROUNDS_PER_CALL = 20
# Each call goes to and fro from one of these: short and long phrases, gaps, a gate, a self-check.
_STAGES = ("F1-S1", "F1-S4", "F2-S3", "F3-S1", "F4-S2", "F5-S1", "F6-S4", "F7-S2", "F8-S1")


def measure(rounds: int) -> list[str]:
    """The lines of the section.

    Raises:
        TimeoutError: the window was not painted after a key.
    """
    seat = Seat(timer=time.thread_time)
    repaint = Samples("empty repaint")
    told: dict[str, Samples] = {}
    try:
        for number in range(rounds):
            if number % _ROUNDS_PER_CALL == 0:
                seat.begin_call(_STAGES[number // _ROUNDS_PER_CALL % len(_STAGES)])
            repaint.seconds.append(seat.time_repaint())
            for name, do in _one_round(seat):
                told.setdefault(name, Samples(name)).seconds.append(do())
    finally:
        seat.close()
    width, height = seat.window.width(), seat.window.height()
    return [
        f"1.00 is the median of painting the whole window ({width}×{height}) once more with nothing",
        "changed, in the same run. Processor time of the window's thread: it waits for nothing here,",
        'and other programs do not count. The clock on the wall stands in "Key to painted stage".',
        "",
        *ratio_table([repaint, *told.values()], repaint),
    ]


def _one_round(seat: Seat) -> list[tuple[str, Callable[[], float]]]:
    """One of each; after it the stage is the one that it was."""
    return [
        ("next stage", lambda: seat.time_action("next")),
        ("stage before", lambda: seat.time_action("back")),
        ("flow aside", lambda: seat.time_action("aside")),
        ("back from aside", lambda: seat.time_action("aside")),
        ("list of cards", lambda: seat.time_action("cards")),
        ("a card", lambda: seat.time_key(Qt.Key.Key_1)),
        ("card closed", lambda: seat.time_key(Qt.Key.Key_Escape)),
    ]
