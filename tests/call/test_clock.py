"""How long something lasted, whatever happens to the clocks."""

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from call.clock import Reading, SimulatedClock, as_utc, elapsed_seconds, later_of

START = datetime(2026, 11, 21, 1, 0, tzinfo=UTC)
readings = st.builds(
    Reading,
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),
    st.floats(-1e5, 1e7),
    st.sampled_from(["boot 1", "boot 2"]),
)


@pytest.fixture
def clock():
    return SimulatedClock(START, "boot 1")


def test_time_passes(clock):
    begin = clock.now()
    clock.advance(12.5)
    assert elapsed_seconds(begin, clock.now()) == 12.5


def test_a_suspended_machine_has_slept_for_as_long_as_both_clocks_say(clock):
    begin = clock.now()
    clock.advance(3600)
    assert elapsed_seconds(begin, clock.now()) == 3600
    assert clock.now().wall - begin.wall == timedelta(hours=1)


@pytest.mark.parametrize("seconds", [-7200, -1, 1, 7200])
def test_a_corrected_wall_is_not_time(clock, seconds):
    begin = clock.now()
    clock.advance(30)
    clock.correct_wall(seconds)
    assert elapsed_seconds(begin, clock.now()) == 30
    assert clock.now().wall - begin.wall == timedelta(seconds=30 + seconds)


def test_across_a_restart_the_walls_count(clock):
    begin = clock.now()
    clock.advance(10)
    clock.reboot("boot 2", 90)
    clock.advance(5)
    assert elapsed_seconds(begin, clock.now()) == 105


def test_a_wall_set_back_over_a_restart_is_no_negative_time(clock):
    begin = clock.now()
    clock.reboot("boot 2", -600)
    assert elapsed_seconds(begin, clock.now()) == 0


@given(readings, readings)
def test_never_negative_and_never_both_ways(first, second):
    there, back = elapsed_seconds(first, second), elapsed_seconds(second, first)
    assert there >= 0
    assert back >= 0
    assert min(there, back) == 0


@given(readings, readings)
def test_the_later_of_two(first, second):
    later = later_of(first, second)
    assert later in (first, second)
    if first.boot_id == second.boot_id:
        assert later.boot_seconds == max(first.boot_seconds, second.boot_seconds)
    else:
        assert later is second


def test_a_moment_is_stored_in_utc():
    local = datetime(2026, 11, 21, 15, 30, tzinfo=timezone(timedelta(hours=9)))
    assert as_utc(local).isoformat() == "2026-11-21T06:30:00+00:00"
    assert as_utc(datetime(2026, 11, 21, 15, 30)).tzinfo is UTC
