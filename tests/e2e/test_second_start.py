"""Started a second time, the program brings the first window forward and leaves."""

from __future__ import annotations

import pytest

from tests.e2e.desktop import Desktop, Program, wait_until

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


def test_second_start_raises_the_first_window(desktop: Desktop) -> None:
    data = desktop.folder / "data"
    first = Program(desktop, data)
    first.wait_shown()
    window = desktop.active_window()
    desktop.run(["xterm", "-geometry", "60x20+0+0"])
    wait_until(lambda: not first.has_focus(), "the terminal has the focus")
    second = Program(desktop, data)
    assert second.wait_gone() == 0
    wait_until(lambda: desktop.active_window() == window, "the first window has the focus")
    assert "すでに動いています" in second.said.read_text(encoding="utf-8")
    assert second.errors.read_text() == ""
    assert second.report.lines == []
    desktop.key("ctrl+alt+s")
    first.wait(lambda p: p.state.phase == "talking", "keys go to the first")


def test_other_data_folder_opens_a_window_of_its_own(desktop: Desktop) -> None:
    first = Program(desktop, desktop.folder / "data")
    first.wait_shown()
    other = Program(desktop, desktop.folder / "other")
    other.wait_shown()
    assert first.process.poll() is None
