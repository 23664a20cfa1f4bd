"""Global hotkeys under X11, for real: another window has the focus, and only xdotool touches keys.

With two window managers, because who gets the focus is theirs to say.
"""

from __future__ import annotations

import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from Xlib import XK, X
from Xlib.display import Display

from tests.e2e.desktop import Desktop, Program, Terminal, wait_until
from tests.e2e.japanese import japanese  # noqa: F401 - a fixture

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]

_SETTINGS = '[desk]\nname = "Suzuki"\ncompany = "Hidamari"\n'


class XfceDesktop(Desktop):
    """The same with another window manager."""

    def open(self) -> None:
        self.environment["DISPLAY"] = self._start_server()
        bus = f"unix:path={self.folder / 'xfce-bus'}"  # xfwm4 asks there for its settings
        self.run(["dbus-daemon", "--session", "--nofork", "--nopidfile", f"--address={bus}"])
        wait_until((self.folder / "xfce-bus").exists, "the message bus")
        own = {**self.environment, "DBUS_SESSION_BUS_ADDRESS": bus}
        self.run(["xfwm4", "--compositor=off"], env=own)
        wait_until(self._is_managed, "xfwm4 manages the screen")


@pytest.fixture(params=[Desktop, XfceDesktop], ids=["openbox", "xfwm4"])
def managed(request: pytest.FixtureRequest) -> Iterator[Desktop]:
    with tempfile.TemporaryDirectory(prefix="yorisoi-", ignore_cleanup_errors=True) as folder:
        desktop = request.param(Path(folder))
        try:
            desktop.open()
            yield desktop
        finally:
            desktop.close()


def started(desktop: Desktop, settings: str = _SETTINGS) -> Program:
    data = desktop.folder / "data"
    data.mkdir(exist_ok=True)
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    program = Program(desktop, data)
    program.wait_shown()
    wait_until(lambda: grabbed_by_other(desktop, "o"), "the keys are asked for")
    return program


def grabbed_by_other(desktop: Desktop, letter: str) -> bool:
    """Whether somebody has Ctrl+Alt+letter: asked as another program would."""
    with_us = Grab(desktop, letter)
    with_us.close()
    return with_us.was_refused


class Grab:
    """Another program that takes Ctrl+Alt+letter."""

    def __init__(self, desktop: Desktop, letter: str) -> None:
        self._display = Display(desktop.environment["DISPLAY"])
        self.was_refused = False
        self._display.set_error_handler(self._on_error)
        code = self._display.keysym_to_keycode(XK.string_to_keysym(letter))
        held = X.ControlMask | X.Mod1Mask
        root = self._display.screen().root
        root.grab_key(code, held, False, X.GrabModeAsync, X.GrabModeAsync)
        self._display.sync()

    def close(self) -> None:
        self._display.close()

    def _on_error(self, *_: object) -> None:
        self.was_refused = True


def in_call(desktop: Desktop, program: Program) -> None:
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "a call")


def at_stage(program: Program, stage: str) -> None:
    program.wait(lambda p: p.state.stage == stage, f"stage {stage}")


def test_a_key_acts_while_another_window_has_the_focus(managed: Desktop) -> None:
    program = started(managed)
    terminal = Terminal(managed)
    in_call(managed, program)
    managed.key("ctrl+alt+n")
    at_stage(program, "F1-S2")
    managed.key("ctrl+alt+4")
    program.wait(lambda p: p.state.temperature == 4, "the temperature")
    assert terminal.has_focus()
    managed.type("crm")
    wait_until(lambda: terminal.typed() == b"crm", "the xterm has what was typed, and no more")
    managed.key("ctrl+alt+g")  # a list to choose from wants keys
    program.wait(lambda p: p.sheet == "ChoiceSheet" and p.has_focus(), "the list has the focus")
    managed.key("Escape")
    program.wait(lambda p: p.sheet == "", "it is closed")
    terminal.focus()
    managed.key("ctrl+alt+x")
    program.wait(lambda p: p.has_focus(), "the note field has the focus")
    managed.type("memo")
    program.wait(lambda p: p.field == "memo", "and gets what is typed")
    assert terminal.typed() == b"crm"


def test_one_press_is_one_action_in_the_window_itself(managed: Desktop) -> None:
    program = started(managed)
    in_call(managed, program)
    assert program.has_focus()
    for number in (2, 3, 4):
        managed.key("ctrl+alt+n")
        at_stage(program, f"F1-S{number}")
    assert program.state.stage == "F1-S4"
    managed.key("ctrl+alt+b")
    at_stage(program, "F1-S3")


def test_lock_keys_make_no_difference(managed: Desktop) -> None:
    """CapsLock alone, both, NumLock alone, none: each is another state for the server."""
    program = started(managed)
    terminal = Terminal(managed)
    in_call(managed, program)
    caps, num = X.LockMask, X.Mod2Mask
    steps = (("Caps_Lock", caps), ("Num_Lock", caps | num), ("Caps_Lock", num), ("Num_Lock", 0))
    for number, (lock, state) in enumerate(steps, start=2):
        managed.key(lock)
        assert locks_on(managed) == state
        managed.key("ctrl+alt+n")
        at_stage(program, f"F1-S{number}")
        assert terminal.has_focus()
    assert terminal.typed() == b""


def locks_on(desktop: Desktop) -> int:
    """The state of the lock keys, as the server has it."""
    display = Display(desktop.environment["DISPLAY"])
    mask = display.screen().root.query_pointer().mask
    display.close()
    return int(mask & (X.LockMask | X.Mod2Mask))


def test_a_taken_key_is_named_and_one_key_accepts_the_offer(managed: Desktop) -> None:
    others = [Grab(managed, letter) for letter in "nm"]
    program = started(managed)
    program.wait(lambda p: p.notice == ("hotkeys", _TAKEN), "the notice")
    terminal = Terminal(managed)
    in_call(managed, program)
    managed.key("ctrl+alt+n")
    managed.key("ctrl+alt+2")
    program.wait(lambda p: p.state.temperature == 2, "the others work")
    assert (program.state.stage, terminal.typed(), terminal.has_focus()) == ("F1-S1", b"", True)
    managed.key("ctrl+alt+x", "F1")
    program.wait(lambda p: p.sheet == "KeysSheet", "the keys")
    managed.key("1")
    program.wait(lambda p: p.sheet == "" and p.notice[0] != "hotkeys", "it is accepted")
    terminal.focus()
    managed.key("ctrl+alt+i")
    at_stage(program, "F1-S2")
    kept = (managed.folder / "data" / "settings.toml").read_text(encoding="utf-8")
    assert 'next = "Ctrl+Alt+I"' in kept
    for other in others:
        other.close()


_TAKEN = "Ctrl Alt N は使用中。F1 で Ctrl Alt I に変更"


def test_a_held_key_is_one_press(desktop: Desktop) -> None:
    program = started(desktop)
    Terminal(desktop)
    in_call(desktop, program)
    desktop.xdotool("keydown", "ctrl", "keydown", "alt", "keydown", "n", "sleep", "1.2")
    desktop.xdotool("keyup", "n", "keyup", "alt", "keyup", "ctrl")
    desktop.key("ctrl+alt+3")  # a second press comes after all of the first
    program.wait(lambda p: p.state.temperature == 3, "a later key")
    assert program.state.stage == "F1-S2"


@pytest.mark.parametrize("layout", ["jp", "us -variant dvorak", "fr"])
def test_keys_follow_the_layout(desktop: Desktop, layout: str) -> None:
    program = started(desktop)
    terminal = Terminal(desktop)
    before = key_codes(desktop, "n")
    _lay_out(desktop, layout)
    in_call(desktop, program)
    desktop.key("ctrl+alt+n")
    at_stage(program, "F1-S2")
    assert layout != "us -variant dvorak" or key_codes(desktop, "n") != before
    _lay_out(desktop, "us")
    desktop.key("ctrl+alt+n")
    at_stage(program, "F1-S3")
    assert terminal.typed() == b""


def _lay_out(desktop: Desktop, layout: str) -> None:
    command = ["setxkbmap", *layout.split()]
    subprocess.run(command, env=desktop.environment, check=True)
    wait_until(lambda: grabbed_by_other(desktop, "o"), "the keys are asked for again")


def key_codes(desktop: Desktop, letter: str) -> list[int]:
    display = Display(desktop.environment["DISPLAY"])
    found = [code for code, _ in display.keysym_to_keycodes(XK.string_to_keysym(letter))]
    display.close()
    return found


def test_a_state_key_leaves_a_composition_untouched(japanese: Desktop) -> None:  # noqa: F811
    program = started(japanese)
    in_call(japanese, program)
    japanese.type("nihongo", 30)
    program.wait(lambda p: p.report.latest["composing"] == "1", "a composition")
    japanese.key("ctrl+alt+n")
    at_stage(program, "F1-S2")
    japanese.key("ctrl+alt+4")
    program.wait(lambda p: p.state.temperature == 4, "a second one")
    assert (program.report.latest["composing"], program.field) == ("1", "")
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "日本語", "the word goes on as if nothing had been")


def test_a_key_that_moves_the_focus_keeps_a_composition(japanese: Desktop) -> None:  # noqa: F811
    program = started(japanese)
    in_call(japanese, program)
    japanese.type("nihongo", 30)
    program.wait(lambda p: p.report.latest["composing"] == "1", "a composition")
    japanese.key("ctrl+alt+g")
    program.wait(lambda p: p.sheet == "ChoiceSheet", "the list")
    program.wait(lambda p: p.field == "にほんご", "what was composed is kept, once")
    japanese.key("Escape")
    program.wait(lambda p: p.sheet == "", "closed")
    assert program.field == "にほんご"


def test_none_leaves_the_keys_to_others(desktop: Desktop) -> None:
    data = desktop.folder / "data"
    data.mkdir()
    settings = f'{_SETTINGS}[hotkeys]\nbackend = "none"\n'
    (data / "settings.toml").write_text(settings, encoding="utf-8")
    program = Program(desktop, data)
    program.wait_shown()
    in_call(desktop, program)
    assert not grabbed_by_other(desktop, "n")
    desktop.key("ctrl+alt+n")
    at_stage(program, "F1-S2")
