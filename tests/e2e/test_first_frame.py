"""From the first frame on, what the agent does counts: the same window takes it once it is whole."""

from __future__ import annotations

import pytest

from tests.e2e.desktop import Desktop, Program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]
NAME = "よりそい"


def on_its_first_frame(desktop: Desktop, settings: str = "") -> Program:
    data = desktop.folder / "data"
    data.mkdir()
    (data / "settings.toml").write_text(f'[desk]\nname = "田中"\n{settings}', encoding="utf-8")
    program = Program(desktop, data)
    program.wait(lambda p: "first" in p.report.latest, "the first frame")
    return program


def window_of(desktop: Desktop) -> str:
    """The window manager takes a moment to give it its frame; meanwhile it is not found."""
    wait_until(lambda: bool(desktop.windows(NAME)), "the window")
    (window,) = desktop.windows(NAME)
    return window


def place_of(desktop: Desktop, window: str) -> tuple[int, int, int, int]:
    said = desktop.xdotool("getwindowgeometry", "--shell", window).split()
    place = dict(line.split("=") for line in said)
    return tuple(int(place[key]) for key in ("X", "Y", "WIDTH", "HEIGHT"))


def click_in(desktop: Desktop, window: str, x: int, y: int) -> None:
    desktop.xdotool("mousemove", "--window", window, x, y, "click", 1)


def test_what_is_done_on_the_first_frame_counts(desktop: Desktop) -> None:
    program = on_its_first_frame(desktop, '[view]\ndock = "floating"\n')
    window = window_of(desktop)
    before = _, _, width, height = place_of(desktop, window)
    # The button that says it: the upper one of two rows at the foot.
    click_in(desktop, window, width // 2, height - 64)
    program.wait(lambda p: p.state.phase == "talking", "the call")
    assert desktop.windows(NAME) == [window]
    assert place_of(desktop, window) == before
    words = [line.word for line in program.report.lines]
    assert (words[0], words.count("first")) == ("first", 1)


def test_a_window_that_is_closed_on_its_first_frame_is_closed(desktop: Desktop) -> None:
    program = on_its_first_frame(desktop)
    window = window_of(desktop)
    click_in(desktop, window, place_of(desktop, window)[2] - 22, 18)
    assert program.wait_gone() == 0


def test_a_second_start_meanwhile_waits_for_the_first(desktop: Desktop) -> None:
    first = on_its_first_frame(desktop)
    second = Program(desktop, desktop.folder / "data")
    assert second.wait_gone() == 0
    assert "すでに動いています" in second.said.read_text(encoding="utf-8")
    first.wait_painted()
    assert len(desktop.windows(NAME)) == 1


def test_a_call_that_was_on_when_the_program_was_killed_goes_on_under_the_same_button(
    desktop: Desktop,
) -> None:
    program = on_its_first_frame(desktop)
    _, _, width, height = place_of(desktop, window_of(desktop))
    click_in(desktop, window_of(desktop), width // 2, height - 64)
    program.wait(lambda p: p.state.phase == "talking", "the call")
    stage = program.state.stage
    wait_until(lambda: (desktop.folder / "data" / "in_hand").exists(), "the mark")
    program.kill()
    program.wait_gone()
    again = Program(desktop, desktop.folder / "data")
    again.wait(lambda p: "first" in p.report.latest, "the first frame")
    click_in(desktop, window_of(desktop), width * 3 // 4, height - 64)  # on 次へ
    again.wait(lambda p: p.state.phase == "talking" and p.state.stage != stage, "the next stage")
