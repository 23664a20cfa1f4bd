"""The screen's edge under X11, for real: what others leave free, who has the focus, who is above.

With two window managers, because all of it is theirs to grant.
"""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from Xlib.display import Display
from Xlib.ext import randr

from tests.e2e.desktop import Desktop, Program, wait_until
from tests.e2e.test_hotkeys import Terminal, grabbed_by_other, in_call, managed  # noqa: F401 - a fixture

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_SCREEN = 1100
_WIDE, _NARROW = 340, 128
_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n[view]\n{view}\n'


class Crm(Terminal):
    """What the agent works in."""

    def maximise(self) -> None:
        self._wmctrl("add,maximized_vert,maximized_horz")

    def width(self) -> int:
        return int(self._geometry()["WIDTH"])

    def left(self) -> int:
        return int(self._geometry()["X"])

    def fills(self, left: int, width: int) -> bool:
        """Whether it has that room; a terminal, or its frame, may leave a few pixels."""
        return abs(self.left() - left) < 16 and abs(self.width() - width) < 16

    def _geometry(self) -> dict[str, str]:
        said = self._desktop.xdotool("getwindowgeometry", "--shell", self.window)
        return dict(line.split("=", 1) for line in said.splitlines())

    def _wmctrl(self, change: str) -> None:
        command = ["wmctrl", "-i", "-r", self.window, "-b", change]
        subprocess.run(command, env=self._desktop.environment, check=True)


def opened(desktop: Desktop, view: str = "", name: str = "data") -> Program:
    data = desktop.folder / name
    data.mkdir(exist_ok=True)
    if not (data / "settings.toml").exists():
        (data / "settings.toml").write_text(_SETTINGS.format(view=view), encoding="utf-8")
    program = Program(desktop, data)
    program.wait_painted()
    # Asked with another key each time: one that is asked for at the same moment is lost.
    letters = iter("oqvyzaceu" * 100)
    wait_until(lambda: grabbed_by_other(desktop, next(letters)), "the keys are asked for")
    return program


def test_a_maximised_window_ends_at_the_strip_and_gets_it_back(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    crm.maximise()
    wait_until(lambda: crm.fills(0, _SCREEN), "it has the screen")
    program = opened(managed)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "it ends at the sidebar")
    assert crm.has_focus()
    program.take_focus()
    managed.key("alt+F4")
    assert program.wait_gone() == 0
    wait_until(lambda: crm.fills(0, _SCREEN), "it has the screen again")


def test_a_killed_program_leaves_no_strip_and_the_next_has_one(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    crm.maximise()
    program = opened(managed)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "one strip")
    program.kill()
    program.wait_gone()
    wait_until(lambda: crm.fills(0, _SCREEN), "no strip")
    opened(managed)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "one strip, not two")


def test_at_the_left_edge(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    crm.maximise()
    opened(managed, 'dock = "left"')
    wait_until(lambda: crm.fills(_WIDE, _SCREEN - _WIDE), "it begins beside the sidebar")


def test_it_stays_above_a_window_opened_later(managed: Desktop) -> None:  # noqa: F811
    program = opened(managed)
    command = ["xterm", "-T", "later", "-bg", "red", "-geometry", "120x50-0+0", "-e", "sleep 60"]
    managed.run(command)
    wait_until(lambda: bool(managed.windows("later")), "the window")
    later = managed.windows("later")[-1]
    managed.xdotool("windowactivate", "--sync", later, "windowmove", later, 500, 0)
    wait_until(lambda: _has_red(managed, 0, _SCREEN - _WIDE), "it is painted beside")
    assert not _has_red(managed, _SCREEN - _WIDE, _SCREEN)
    assert not program.has_focus()


def test_a_button_leaves_the_focus_and_a_field_takes_it(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    program = opened(managed, 'after_note = "back"')
    in_call(managed, program)
    assert crm.has_focus()
    managed.click(_SCREEN - 100, 697)  # next
    program.wait(lambda p: p.state.stage == "F1-S2", "the button works")
    assert crm.has_focus()
    managed.type("crm")
    wait_until(lambda: crm.typed() == b"crm", "the keys go where they went")
    program.take_focus()
    managed.type("memo")
    program.wait(lambda p: p.field == "memo", "the field has the keys")
    managed.key("Return")
    program.wait(lambda p: p.state.notes == 1, "the note is saved")
    wait_until(crm.has_focus, "and the focus is back")
    managed.type("back")
    wait_until(lambda: crm.typed() == b"crmback", "with the keys")
    program.take_focus()
    managed.type("draft")
    program.wait(lambda p: p.field == "draft", "again")
    managed.key("Escape")
    wait_until(crm.has_focus, "Esc gives it back too")
    assert program.field == "draft"
    managed.click(_SCREEN - 100, 697)
    program.wait(lambda p: p.state.stage == "F1-S3", "a button after that")
    assert crm.has_focus()


def test_a_list_that_a_key_called_gives_the_focus_back(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    program = opened(managed)
    in_call(managed, program)
    managed.key("ctrl+alt+g")
    program.wait(lambda p: p.sheet == "ChoiceSheet" and p.has_focus(), "the list has the focus")
    managed.key("Escape")
    wait_until(crm.has_focus, "it is back")
    managed.key("ctrl+alt+u")
    program.wait(lambda p: p.sheet == "CustomerSheet" and p.has_focus(), "a form")
    managed.type("abc")
    managed.key("Escape")
    wait_until(crm.has_focus, "it is back")
    assert crm.typed() == b""


def test_it_stays_for_the_next_note(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    program = opened(managed)
    in_call(managed, program)
    managed.key("ctrl+alt+x")
    program.wait(lambda p: p.has_focus(), "the note field")
    for note in ("one", "two"):
        managed.type(note)
        managed.key("Return")
    program.wait(lambda p: p.state.notes == 2, "two notes")
    assert program.has_focus()
    assert crm.typed() == b""


def test_the_narrow_strip(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    crm.maximise()
    program = opened(managed, 'after_note = "back"')
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "the sidebar")
    managed.key("ctrl+alt+shift+m")
    wait_until(lambda: crm.fills(0, _SCREEN - _NARROW), "the strip")
    assert crm.has_focus()
    in_call(managed, program)
    managed.key("ctrl+alt+x")
    program.wait(lambda p: p.has_focus(), "room to write")
    managed.type("memo")
    program.wait(lambda p: p.field == "memo", "written")
    assert crm.fills(0, _SCREEN - _NARROW), "for a moment nobody has to move"
    managed.key("Return")
    wait_until(crm.has_focus, "the focus is back")
    managed.click(_SCREEN - 60, 400)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "a click brings everything")
    assert crm.has_focus()


def test_floating_reserves_nothing(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    crm.maximise()
    program = opened(managed)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "the sidebar")
    program.take_focus()
    managed.key("F11", "F11")
    wait_until(lambda: crm.fills(0, _SCREEN), "left, then floating")
    managed.key("ctrl+alt+x")
    program.wait(lambda p: p.has_focus(), "it takes the focus all the same")
    managed.key("F11")
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "right again")


def test_a_smaller_screen_is_followed(managed: Desktop) -> None:  # noqa: F811
    crm = Crm(managed)
    crm.maximise()
    program = opened(managed)
    wait_until(lambda: crm.fills(0, _SCREEN - _WIDE), "the sidebar")
    shrink(managed, 800, 600)
    wait_until(lambda: crm.fills(0, 800 - _WIDE), "the strip is at the new edge")
    wait_until(lambda: places(managed) == [(800 - _WIDE, 0, _WIDE, 600)], "whole and at the edge")
    program.take_focus()


@pytest.mark.parametrize("scale", ["1.25", "1.5"])
def test_a_scaled_screen(managed: Desktop, scale: str) -> None:  # noqa: F811
    managed.environment["QT_SCALE_FACTOR"] = scale
    crm = Crm(managed)
    crm.maximise()
    opened(managed)
    width = round(_WIDE * float(scale))
    wait_until(lambda: places(managed) == [(_SCREEN - width, 0, width, 760)], "at the edge, whole")
    wait_until(lambda: crm.fills(0, _SCREEN - width), "and reserved")


def test_two_stand_side_by_side(managed: Desktop) -> None:  # noqa: F811
    first = opened(managed)
    opened(managed, name="other")
    left = _SCREEN - 2 * _WIDE
    both = [(left, 0, _WIDE, 760), (left + _WIDE, 0, _WIDE, 760)]
    wait_until(lambda: places(managed) == both, "one beside the other")
    first.kill()
    first.wait_gone()
    wait_until(lambda: places(managed) == both[:1], "one is left")


def test_it_is_on_every_desktop(managed: Desktop) -> None:  # noqa: F811
    opened(managed)
    managed.xdotool("set_num_desktops", 2)
    managed.xdotool("set_desktop", 1)
    wait_until(lambda: managed.xdotool("get_desktop") == "1", "another desktop")
    wait_until(lambda: places(managed) == [(_SCREEN - _WIDE, 0, _WIDE, 760)], "it is here")
    wait_until(lambda: workareas(managed) == {_SCREEN - _WIDE}, "and its strip too")


def places(desktop: Desktop) -> list[tuple[int, ...]]:
    """Left, top, width and height of the windows of ours that are shown."""
    found = [
        desktop.xdotool("getwindowgeometry", "--shell", w) for w in desktop.windows("よりそい")
    ]
    named = [dict(line.split("=", 1) for line in said.splitlines()) for said in found if said]
    return sorted(tuple(int(said[k]) for k in ("X", "Y", "WIDTH", "HEIGHT")) for said in named)


def workareas(desktop: Desktop) -> set[int]:
    """The widths of what is free, on all desktops."""
    display = Display(desktop.environment["DISPLAY"])
    areas = display.screen().root.get_full_property(display.get_atom("_NET_WORKAREA"), 0).value
    display.close()
    return set(areas[2::4])


def shrink(desktop: Desktop, width: int, height: int) -> None:
    """Give the screen another resolution, as a settings program does."""
    display = Display(desktop.environment["DISPLAY"])
    root = display.screen().root
    crtc, output = (getattr(root.xrandr_get_screen_resources(), k)[0] for k in ("crtcs", "outputs"))
    line = (width, width + 40, width + 168, width + 256)
    frame = (height, height + 1, height + 5, height + 28)
    timing = (0, width, height, 40_000_000, *line[1:], 0, *frame[1:], 4, 0)
    mode = root.xrandr_create_mode(timing, "tiny").mode
    display.xrandr_add_output_mode(output, mode)
    stamp = root.xrandr_get_screen_resources().config_timestamp
    display.xrandr_set_crtc_config(crtc, stamp, 0, 0, mode, randr.Rotate_0, [output])
    root.xrandr_set_screen_size(width, height, width // 4, height // 4)
    display.sync()
    display.close()


def _screen(desktop: Desktop) -> QImage:
    path = Path(desktop.folder) / "screen.png"
    desktop.picture(path)
    return QImage(str(path))


def _has_red(desktop: Desktop, left: int, right: int) -> bool:
    picture = _screen(desktop)
    points = ((x, y) for x in range(left, right, 8) for y in range(0, 700, 8))
    return any(picture.pixelColor(x, y).name() == "#ff0000" for x, y in points)
