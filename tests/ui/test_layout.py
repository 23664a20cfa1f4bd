"""At every size that is common, what matters is in the window, whole, apart, and keeps its place."""

import itertools

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QWidget

from call import commands as c
from ui.dock_geometry import docked_place
from ui.sidebar import WIDTHS

STAGES = [f"F1-S{n}" for n in range(1, 9)] + [f"F2-S{n}" for n in range(1, 8)]
SIZES = [(340, 680, 100), (320, 680, 100), (480, 900, 100)]
LARGE = [(380, 820, 125), (440, 900, 150), (560, 1000, 200)]


@pytest.fixture
def long_call(make_seat):
    """A call of eleven minutes in circles, at a size."""

    def begin(width, height, percent):
        seat = make_seat(size=(width, height), view__text_percent=percent).start()
        seat.begin_call("0312345678")
        seat.work.do(c.FillField("customer", "長宗我部 右衛門左衛門"))
        seat.clock.advance(11 * 60)
        seat.window.input.focus()
        return seat

    return begin


def enter(seat, stage):
    assert seat.work.do(c.EnterStage(stage)).refusal is None
    seat.settle()


def place_of(seat, widget: QWidget) -> QRect:
    """Where a widget is in the window, as far as its scrolled place lets it be seen."""
    rect = QRect(widget.mapTo(seat.window, QPoint(0, 0)), widget.size())
    area = seat.window.stage_area.viewport()
    if area.isAncestorOf(widget):
        rect &= QRect(area.mapTo(seat.window, QPoint(0, 0)), area.size())
    return rect


def first_phrase(seat) -> QWidget:
    return seat.window.stage.card.labels[0]


def what_matters(seat) -> dict[str, QWidget]:
    window = seat.window
    named = {
        "time": window.clock.time,
        "hold": window.clock.hold,
        "hold note": window.clock.hold_note,
        "title": window.stage.title,
        "phrase": first_phrase(seat),
        "notice": window.notice,
        "input": window.input,
        "advice": window.advice,
    }
    buttons = window.buttons
    pressed = (buttons.back, buttons.next, buttons.hold, buttons.handoff, buttons.end)
    return named | {button.action_id: button for button in pressed}


def assert_all_well(seat, stage, *, is_whole=True):
    window = seat.window
    assert window.advice.isVisible(), stage
    places = {name: place_of(seat, widget) for name, widget in what_matters(seat).items()}
    for name, rect in places.items():
        assert rect.isValid(), (stage, name, "not in sight")
        assert window.rect().contains(rect), (stage, name, rect)
    for (name, rect), (other, other_rect) in itertools.combinations(places.items(), 2):
        assert not rect.intersects(other_rect), (stage, name, rect, other, other_rect)
    if is_whole:
        phrase = first_phrase(seat)
        assert places["phrase"].size() == phrase.size(), (stage, "the first phrase is cut")
        assert phrase.height() >= phrase.heightForWidth(phrase.width()), (stage, "lines are cut")


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_every_stage_fits_with_advice(long_call, size):
    seat = long_call(*size)
    for stage in STAGES:
        enter(seat, stage)
        assert_all_well(seat, stage)


@pytest.mark.parametrize("size", LARGE, ids=str)
def test_every_stage_fits_with_large_text(long_call, size):
    """What is whole at 100 % may scroll here; nothing lies on anything else."""
    seat = long_call(*size)
    for stage in STAGES:
        enter(seat, stage)
        assert_all_well(seat, stage, is_whole=False)
        assert place_of(seat, first_phrase(seat)).height() >= seat.window.look.px(17) * 1.7


@pytest.mark.parametrize("size", SIZES + LARGE, ids=str)
def test_the_first_phrase_stays_when_advice_comes_and_goes_and_seconds_pass(make_seat, size):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    seat.begin_call()
    for stage in STAGES:
        enter(seat, stage)
        seat.work.do(c.MarkNewFact())
        seat.settle()
        assert seat.window.advice.isHidden()
        before = place_of(seat, first_phrase(seat))
        for _ in range(3):
            seat.wait(1)
        assert place_of(seat, first_phrase(seat)) == before
        seat.wait(11 * 60)
        assert seat.window.advice.isVisible()
        after = place_of(seat, first_phrase(seat))
        assert (after.topLeft(), after.width()) == (before.topLeft(), before.width()), stage
        if percent == 100:
            assert after == before, stage  # with large text less of it may be seen at once
        seat.work.do(c.Undo())  # of the new fact
        seat.work.do(c.EndCall())
        seat.work.do(c.FinishWrapUp())
        seat.begin_call()


@pytest.mark.parametrize("size", SIZES, ids=str)
def test_a_second_hold_fits_too(long_call, size):
    seat = long_call(*size)
    for step in (c.Hold(), c.Resume(), c.Hold()):
        seat.work.do(step)
    for stage in STAGES:
        enter(seat, stage)
        assert seat.window.advice.prompt.id == "second_hold"
        assert_all_well(seat, stage)


@pytest.mark.parametrize("size", SIZES + LARGE, ids=str)
def test_words_on_buttons_and_marks_are_not_cut(long_call, size):
    seat = long_call(*size)
    for _ in range(12):
        seat.work.do(c.MarkSameTalk())
    seat.work.do(c.MarkNewFact())
    seat.wait(25 * 60)
    for step in (lambda: None, lambda: seat.act("hold"), lambda: seat.act("end")):
        step()
        window = seat.window
        buttons = [b for b in what_matters(seat).values() if hasattr(b, "action_id")]
        for button in buttons:
            for label in (button.word, button.key):
                if not label.isHidden():
                    assert label.width() >= label.sizeHint().width(), (
                        button.action_id,
                        label.text(),
                    )
        marks = window.marks
        for chip in (marks.same, marks.news, marks.safety, *marks._levels):
            needed = chip.fontMetrics().horizontalAdvance(chip.text().strip())
            assert chip.width() >= needed, chip.text()
        for label in (window.clock.time, window.clock.hold, window.clock.hold_note):
            assert label.width() >= label.sizeHint().width(), label.text()


@pytest.mark.parametrize("size", SIZES + LARGE, ids=str)
def test_the_large_clock_does_not_move_the_rest_as_digits_change(long_call, size):
    seat = long_call(*size)
    widths = set()
    for _ in range(10):
        seat.wait(1)
        widths.add((seat.window.clock.time.width(), seat.window.clock.height()))
    assert len(widths) == 1


def test_a_sheet_over_the_stage_leaves_clock_input_and_buttons_in_place(long_call):
    seat = long_call(340, 680, 100)
    kept = ("time", "hold", "input", "next", "end")
    before = {name: place_of(seat, what_matters(seat)[name]) for name in kept}
    for action in ("consult", "customer", "kinds", "exits", "keys_help", "retime"):
        seat.controller.trigger(action)
        seat.settle()
        assert seat.window.sheet is not None
        after = {name: place_of(seat, what_matters(seat)[name]) for name in kept}
        assert after == before, action
        assert seat.window.rect().contains(place_of(seat, seat.window.sheet)), action
        seat.window.close_sheet()


@pytest.mark.parametrize("size", SIZES + LARGE, ids=str)
def test_waiting_for_a_call_fits(make_seat, size):
    width, height, percent = size
    seat = make_seat(size=(width, height), view__text_percent=percent).start()
    seat.wait_for_background()
    for widget in (seat.window.waiting.headline, seat.window.buttons.start, seat.window.input):
        assert seat.window.rect().contains(place_of(seat, widget))
    headline = seat.window.waiting.headline
    assert headline.width() >= headline.sizeHint().width()


def test_the_window_opens_at_the_right_edge_whole(qapp):
    screen = QRect(100, 40, 1266, 728)
    for width in WIDTHS.values():
        place = docked_place(screen, "right", width)
        assert place.right() == screen.right()
        assert (place.top(), place.height(), place.width()) == (40, 728, width)
