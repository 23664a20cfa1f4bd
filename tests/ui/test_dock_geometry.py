"""Rectangles to rectangles: never off the screen, whatever the screen is."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRect, QSize

from ui.dock_geometry import docked_place, floating_place, kept_inside, to_device, to_logical
from ui.port.box import Box

PLACES = st.builds(
    QRect,
    st.integers(-4000, 4000),
    st.integers(-4000, 4000),
    st.integers(1, 4000),
    st.integers(1, 4000),
)


@given(PLACES, PLACES)
def test_whatever_is_kept_inside_is_seen_whole(place, free):
    kept = kept_inside(place, free)
    assert free.contains(kept)
    assert kept.width() == min(place.width(), free.width())
    assert free.contains(place) == (kept == place)


@given(PLACES, st.sampled_from(["right", "left"]), st.integers(1, 2000))
def test_a_docked_window_touches_its_edge(free, side, width):
    place = docked_place(free, side, width)
    assert free.contains(place)
    assert (place.top(), place.bottom()) == (free.top(), free.bottom())
    assert place.left() == free.left() if side == "left" else place.right() == free.right()


@given(PLACES)
def test_a_floating_window_is_seen_whole(free):
    if free.height() > 40:
        assert free.contains(floating_place(free, QSize(340, 820)))


@pytest.mark.parametrize("ratio", [1.0, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("corner", [(0, 0), (1920, -200)])
def test_a_scaled_screen_has_more_pixels(ratio, corner):
    """Qt leaves the corner of a screen where the system has it, and scales from there."""
    screen = QRect(*corner, 1280, 720)
    place = docked_place(screen, "right", 340)
    box = to_device(place, screen, ratio)
    assert box.left + box.width == corner[0] + round(1280 * ratio)
    assert box == Box(
        corner[0] + round(940 * ratio), corner[1], round(340 * ratio), round(720 * ratio)
    )
    assert to_logical(box, screen, ratio) == place
