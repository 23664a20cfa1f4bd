"""What a second costs while somebody talks: digits are painted, nothing is laid out anew."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QObject

from app import present_stage
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
    seat.wait_until(lambda: seat.work.is_quiet)  # a slow disk is told of, and that is laid out
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


@pytest.fixture
def views(monkeypatch):
    """One entry for each time that the view of the stage was made."""
    made = []
    make = present_stage.stage_view
    monkeypatch.setattr(present_stage, "stage_view", lambda *of: made.append(1) or make(*of))
    return made


def test_a_second_makes_no_stage_anew(make_seat, views):
    seat = make_seat().start()
    seat.act("start")
    seat.clock.advance(2)
    seat.window.tick()
    views.clear()
    for _ in range(50):
        seat.clock.advance(1)
        seat.window.tick()
    assert views == []


@pytest.mark.parametrize(
    "happen",
    [
        lambda seat: seat.note("水が漏れる"),
        lambda seat: seat.act("undo"),
        lambda seat: seat.clock.advance(60),
        lambda seat: seat.work.settings.change({"desk.name": "佐藤"}),
        lambda seat: seat.work.own_phrases.keep_first(
            seat.work.case.stages.current.stage_id, "はい"
        ),
    ],
    ids=["event", "taken back", "minute", "setting", "own phrase"],
)
def test_what_the_stage_is_made_of_makes_it_anew(make_seat, views, happen):
    seat = make_seat().start()
    seat.act("start")
    seat.work.stage()
    views.clear()
    happen(seat)
    seat.work.stage()
    assert views


def test_a_prompt_is_looked_for_every_five_seconds_and_with_every_change(make_seat, monkeypatch):
    seat = make_seat().start()
    seat.act("start")
    seat.window.tick()
    asked = []
    advise = type(seat.work).advice
    monkeypatch.setattr(type(seat.work), "advice", lambda self: asked.append(1) or advise(self))
    for _ in range(10):
        seat.clock.advance(1)
        seat.window.tick()
    assert len(asked) == 2
    seat.act("same_talk")
    assert len(asked) > 2


def test_a_prompt_that_counts_does_so_each_second(make_seat):
    seat = make_seat().start()
    seat.act("start")
    seat.act("hold")
    seat.clock.advance(200)
    seat.window.tick()
    title = seat.window.advice.title.text()
    assert "秒" in title
    seat.clock.advance(1)
    seat.window.tick()
    assert seat.window.advice.title.text() != title
