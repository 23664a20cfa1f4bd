"""Several monitors, as X sees them (RandR 1.5): the strip follows its own and is never off-screen."""

from __future__ import annotations

import pytest
from Xlib.display import Display
from Xlib.protocol import rq

from tests.e2e.desktop import Desktop, Program, wait_until
from tests.e2e.test_edge import _SCREEN, _WIDE, Crm, opened, places

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_HEIGHT = 760
LEFT, RIGHT = (0, 600), (600, 500)  # left edge and width


class SetMonitor(rq.Request):
    """As RandR 1.5 has it; the one of python-xlib cannot be packed."""

    _request = rq.Struct(
        rq.Card8("opcode"),
        rq.Opcode(43),
        rq.RequestLength(),
        rq.Window("window"),
        rq.Card32("name"),
        rq.Bool("primary"),
        rq.Bool("automatic"),
        rq.LengthOf("outputs", 2),
        rq.Int16("x"),
        rq.Int16("y"),
        rq.Card16("width"),
        rq.Card16("height"),
        rq.Card32("width_millimeters"),
        rq.Card32("height_millimeters"),
        rq.List("outputs", rq.Card32Obj),
    )


def put_up(desktop: Desktop, *monitors: tuple[int, int]) -> None:
    """Have these monitors side by side, the first one the main one, and no others."""
    display = Display(desktop.environment["DISPLAY"])
    root = display.screen().root
    output = root.xrandr_get_screen_resources().outputs[0]
    known = [found.name for found in root.xrandr_get_monitors().monitors if not found.automatic]
    for name in known:
        root.xrandr_delete_monitor(name)
    named = [display.intern_atom(f"at-{left}-{width}") for left, width in monitors]
    for place, (left, width) in enumerate(monitors):
        SetMonitor(
            display=display.display,
            opcode=display.display.get_extension_major("RANDR"),
            window=root,
            name=named[place],
            primary=not place,
            automatic=False,
            x=left,
            y=0,
            width=width,
            height=_HEIGHT,
            width_millimeters=width // 4,
            height_millimeters=_HEIGHT // 4,
            outputs=[] if place else [output],
        )
    display.sync()
    display.close()


def stands_at(desktop: Desktop, left: int) -> None:
    wait_until(lambda: places(desktop) == [(left, 0, _WIDE, _HEIGHT)], f"whole, at {left}")


def test_on_the_main_monitor_with_its_edge_kept_free(desktop: Desktop) -> None:
    put_up(desktop, RIGHT, LEFT)
    crm = Crm(desktop)
    crm.maximise()
    opened(desktop)
    stands_at(desktop, _SCREEN - _WIDE)
    wait_until(lambda: crm.left() + crm.width() <= _SCREEN - _WIDE + 16, "others end beside it")


def test_at_an_inner_edge_it_says_that_nothing_is_kept_free(desktop: Desktop) -> None:
    put_up(desktop, LEFT, RIGHT)
    program = opened(desktop)
    stands_at(desktop, 600 - _WIDE)
    program.wait(lambda p: p.notice[0] == "edge", "and says it")


def test_it_follows_its_monitor_when_that_grows_or_goes(desktop: Desktop) -> None:
    put_up(desktop, LEFT, RIGHT)
    program = opened(desktop, 'dock = "left"')
    stands_at(desktop, 0)
    put_up(desktop, (0, 700), (700, 400))
    take_keys(desktop, program)
    desktop.key("F11")
    wait_until(lambda: [place[3] < _HEIGHT for place in places(desktop)] == [True], "floating")
    take_keys(desktop, program)
    desktop.key("F11")  # right
    stands_at(desktop, 700 - _WIDE)
    put_up(desktop, (0, _SCREEN))
    stands_at(desktop, _SCREEN - _WIDE)


def test_when_its_monitor_is_unplugged_it_comes_to_the_one_that_is_left(desktop: Desktop) -> None:
    put_up(desktop, RIGHT, LEFT)
    program = opened(desktop)
    stands_at(desktop, _SCREEN - _WIDE)
    put_up(desktop, LEFT)
    stands_at(desktop, 600 - _WIDE)
    is_usable(desktop, program)


def test_moved_by_hand_to_another_monitor_it_docks_there(desktop: Desktop) -> None:
    put_up(desktop, LEFT, RIGHT)
    program = opened(desktop, 'dock = "floating"')
    take_keys(desktop, program)
    window = desktop.windows("よりそい")[0]
    desktop.xdotool("windowmove", "--sync", window, 700, 60)
    take_keys(desktop, program)
    desktop.key("F11")  # right
    stands_at(desktop, _SCREEN - _WIDE)
    is_usable(desktop, program)


def take_keys(desktop: Desktop, program: Program) -> None:
    """By the key: a window that was only moved has not said anew where its field is."""
    desktop.key("ctrl+alt+x")
    program.wait(lambda p: p.has_focus(), "the sidebar has the keys")


def is_usable(desktop: Desktop, program: Program) -> None:
    """It hears its keys and shows what they do."""
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")
