"""A word under way in a real input method is on the disk, once, whatever ends it: a call, the focus, the program."""

from __future__ import annotations

import signal
from collections.abc import Callable

import pytest

from tests.e2e.desktop import Desktop, Program, Terminal, wait_until
from tests.e2e.japanese import (
    DESK,
    SCREEN,
    WINDOW_KEYS_ONLY,
    Steps,
    compose,
    in_call,
    is_composing,
    japanese,  # noqa: F401 - a fixture
    kept,
    steps,  # noqa: F401 - a fixture
)
from tests.e2e.test_tray import TrayHost, choose

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_NOTES = "SELECT payload ->> 'text' FROM events WHERE kind = 'NoteTaken'"
_DRAFTS = "SELECT body FROM drafts"
_CLOSE_BUTTON = (SCREEN - 17, 17)


def test_a_lost_focus_keeps_what_is_composed(
    japanese: Desktop,  # noqa: F811
    steps: Steps,  # noqa: F811
) -> None:
    """To another window by a click, to another field by a click: nothing is lost or there twice."""
    program = in_call(japanese, WINDOW_KEYS_ONLY)
    crm = Terminal(japanese)
    program.take_focus()
    compose(japanese, program, "nihongo")
    steps.take("composing")
    japanese.xdotool("mousemove", "--window", crm.window, 40, 40, "click", 1)
    wait_until(crm.has_focus, "the other window has the focus")
    program.wait(lambda p: p.field == "にほんご", "the word stands in the field")
    steps.take("other-window")
    program.take_focus()
    compose(japanese, program, "kaiwa")
    steps.take("composing-again")
    japanese.click(SCREEN - 300, 33)  # the customer's line
    program.wait(lambda p: p.sheet == "CustomerSheet", "a form has the place")
    program.wait(lambda p: p.field == "にほんごかいわ", "and the word is kept, once")
    steps.take("other-field")
    assert crm.typed() == b""
    assert program.state.notes == 0


def test_the_end_of_a_call_and_the_next_one(
    japanese: Desktop,  # noqa: F811
    steps: Steps,  # noqa: F811
) -> None:
    """The end of the call leaves it alone; the end of the work, and the next call, save it as a note."""
    program = in_call(japanese, DESK)
    compose(japanese, program, "nihongo")
    japanese.key("ctrl+alt+k")
    program.wait(lambda p: p.state.phase == "wrap_up", "the call is over")
    assert (is_composing(program), program.field) == (True, "")
    steps.take("call-ended")
    japanese.key("ctrl+alt+k")
    program.wait(lambda p: p.state.phase == "closed", "the work is over")
    steps.take("work-ended")
    wait_until(lambda: kept(japanese, _NOTES) == ["にほんご"], "the word is a note")
    assert (is_composing(program), program.field) == (False, "")
    japanese.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a second call")
    japanese.key("ctrl+alt+k")
    program.wait(lambda p: p.state.phase == "wrap_up", "it is over")
    compose(japanese, program, "kaiwa")
    steps.take("second-case")
    second = program.state.case_no
    japanese.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking" and p.state.case_no != second, "a third one")
    steps.take("third-case")
    wait_until(lambda: kept(japanese, _NOTES) == ["にほんご", "かいわ"], "the word is a note")
    assert (is_composing(program), program.field, program.state.notes) == (False, "", 0)


def by_the_window_manager(desktop: Desktop, _program: Program) -> None:
    desktop.key("alt+F4")


def by_its_button(desktop: Desktop, _program: Program) -> None:
    desktop.click(*_CLOSE_BUTTON)


def by_a_signal(_desktop: Desktop, program: Program) -> None:
    program.process.send_signal(signal.SIGTERM)


def by_the_tray(desktop: Desktop, _program: Program) -> None:
    choose(desktop, 4)


_ENDS: dict[str, Callable[[Desktop, Program], None]] = {
    "window-manager": by_the_window_manager,
    "button": by_its_button,
    "signal": by_a_signal,
    "tray": by_the_tray,
}


def test_the_end_of_the_program(
    japanese: Desktop,  # noqa: F811
    steps: Steps,  # noqa: F811
) -> None:
    """However it ends: the word is on the disk, and in the field when it is started again."""
    host = TrayHost(japanese)
    program = in_call(japanese, WINDOW_KEYS_ONLY)
    text = ""
    for way, end in _ENDS.items():
        wait_until(lambda: bool(host.icons), "the icon is in the tray")
        compose(japanese, program, "nihongo")
        text += "にほんご"
        steps.take(f"{way}-before")
        end(japanese, program)
        assert program.wait_gone() == 0, way
        assert kept(japanese, _DRAFTS) == [text], way
        host.icons.clear()
        program = Program(japanese, japanese.folder / "data")
        program.wait(lambda p, text=text: p.field == text, f"it is back after {way}")
        program.take_focus()
        steps.take(f"{way}-after")
    assert program.state.notes == 0


def test_a_kill_loses_only_the_composition(
    japanese: Desktop,  # noqa: F811
    steps: Steps,  # noqa: F811
) -> None:
    program = in_call(japanese, WINDOW_KEYS_ONLY)
    compose(japanese, program, "nihongo")
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "日本語", "the word is in the field")
    wait_until(lambda: kept(japanese, _DRAFTS) == ["日本語"], "it is kept", 1.0)
    compose(japanese, program, "kaiwa")
    steps.take("before")
    program.kill()
    program.wait_gone()
    again = Program(japanese, japanese.folder / "data")
    again.wait(lambda p: p.state.phase == "talking" and p.field == "日本語", "it is back")
    steps.take("after")
