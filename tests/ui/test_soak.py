"""What a call leaves behind is gone when it is over: the soak of `make soak`, a few calls of it."""

from collections import Counter
from pathlib import Path

import pytest

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"


@pytest.fixture
def soak(monkeypatch, application):
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    import soak

    return soak


@pytest.fixture
def soaked(soak):
    made = soak.Soak()
    yield made
    made.close()


def test_a_call_leaves_no_handle_timer_thread_or_object(soak, soaked):
    # As many as the waiting panel shows of the last cases.
    for _ in range(5):
        soaked.seat.begin_call("F1-S1")
        soaked.seat.press("end")
        soaked.seat.finish()
    soaked.a_call(1, 60)
    before = soak.counts()
    soaked.a_call(1, 60)
    assert soak.grown(before, soak.counts()) == {}


def test_every_sheet_of_it_is_really_opened(soak, soaked):
    shown = Counter()
    seat = soaked.seat
    seat.window.sheet_opened.connect(lambda: shown.update([type(seat.window.sheet).__name__]))
    soaked.a_call(1, 60)
    assert len(shown) >= 10, shown


def test_the_slope_is_that_of_the_line(soak):
    assert soak.slope([(1.0, 5.0), (2.0, 7.0), (3.0, 9.0)]) == pytest.approx(2.0)
    assert soak.slope([(1.0, 4.0), (2.0, 4.0)]) == 0.0
    assert soak.slope([(1.0, 4.0)]) == 0.0


def test_what_is_more_is_named(soak):
    before = soak.Counts(5, 3, 6, 600, 40)
    assert soak.grown(before, soak.Counts(5, 3, 7, 590, 40)) == {"timers": (6, 7)}
