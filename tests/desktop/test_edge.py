"""Which back end for the edge, what a strut says, and through what Qt reaches the screen."""

import sys

import pytest
from Xlib.error import DisplayConnectionError

from desktop.edge import x11
from desktop.edge.backend import Rect, Relay, Strip, Unavailable
from desktop.edge.chooser import open_edge
from desktop.edge.x11 import _strut
from desktop.screen import prefer_xwayland


@pytest.mark.parametrize(
    ("platform", "reason"),
    [
        ("cocoa", "macos"),
        ("wayland", "wayland"),
        ("wayland-egl", "wayland"),
        ("offscreen", "no_screen"),
        ("vnc", "other_system"),
        ("windows", "other_system"),  # on this system its libraries are missing
    ],
)
def test_where_there_is_none_the_reason_is_named(qapp, platform, reason):
    opened = open_edge(Relay(lambda: None), platform)
    assert (opened.name, opened.reason) == ("none", reason)
    with pytest.raises(Unavailable) as refused:
        opened.backend.reserve(1, Strip("right", Rect(0, 0, 1, 1), Rect(0, 0, 1, 1)))
    assert refused.value.reason == reason
    assert (opened.backend.front_window(), opened.backend.bring_front(1)) == (0, False)
    opened.backend.release()
    opened.backend.close()


def test_a_library_that_is_not_installed_is_a_reason(qapp, monkeypatch):
    monkeypatch.delitem(sys.modules, "desktop.edge.x11")
    monkeypatch.setitem(sys.modules, "Xlib", None)
    opened = open_edge(Relay(lambda: None), "xcb")
    assert (opened.name, opened.reason) == ("none", "x11_missing")


def test_a_server_that_is_not_there_is_a_reason(qapp, monkeypatch):
    monkeypatch.setattr(x11, "PlainDisplay", _refuse)
    monkeypatch.setitem(sys.modules, "desktop.edge.x11", x11)
    opened = open_edge(Relay(lambda: None), "xcb")
    assert (opened.name, opened.reason) == ("none", "x11_no_server")


def _refuse(_name):
    raise DisplayConnectionError(":9", b"no")


def test_a_server_that_does_not_answer_is_a_reason(monkeypatch):
    monkeypatch.setattr(x11, "PlainDisplay", _refuse)
    with pytest.raises(Unavailable) as refused:
        x11.X11Edge()
    assert refused.value.reason == "x11_no_server"


def test_a_strut_is_counted_from_the_edge_of_the_whole_desktop():
    # Two monitors one above the other; the lower one is narrower.
    monitor = Rect(0, 1080, 1600, 900)
    taken, values = _strut(Strip("right", Rect(1260, 1080, 340, 900), monitor), 1920)
    assert values == [0, 660, 0, 0, 0, 0, 1080, 1979, 0, 0, 0, 0]
    assert taken == Rect(1260, 1080, 660, 900)
    taken, values = _strut(Strip("left", Rect(0, 1080, 340, 900), monitor), 1920)
    assert values == [340, 0, 0, 0, 1080, 1979, 0, 0, 0, 0, 0, 0]
    assert taken == Rect(0, 1080, 340, 900)


def test_rectangles_meet_only_where_they_share_a_pixel():
    one = Rect(0, 0, 100, 100)
    assert one.meets(Rect(99, 99, 5, 5))
    assert not one.meets(Rect(100, 0, 5, 5))
    assert not one.meets(Rect(0, 100, 5, 5))
    assert not one.meets(Rect(50, 50, 0, 5))


@pytest.mark.parametrize(
    ("environ", "platform"),
    [
        ({"WAYLAND_DISPLAY": "wayland-0", "DISPLAY": ":0"}, "xcb;wayland"),
        ({"WAYLAND_DISPLAY": "wayland-0"}, None),
        ({"DISPLAY": ":0"}, None),
        ({"WAYLAND_DISPLAY": "w", "DISPLAY": ":0", "QT_QPA_PLATFORM": "wayland"}, "wayland"),
        ({}, None),
    ],
)
def test_through_xwayland_where_there_is_one(environ, platform):
    prefer_xwayland(environ)
    assert environ.get("QT_QPA_PLATFORM") == platform
