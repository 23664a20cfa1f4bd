"""The user guide followed by somebody who knows nothing else, with the keyboard alone.

Nobody clicks: the window at the edge has the keyboard only where the guide says how to get it.
"""

from __future__ import annotations

import re
import tomllib
from contextlib import suppress
from pathlib import Path

import pytest

from tests.e2e.desktop import Desktop, Program, wait_until

GUIDE = Path(__file__).parents[2] / "docs" / "USER_GUIDE.ja.md"
pytestmark = [pytest.mark.e2e, pytest.mark.timeout(120)]


@pytest.fixture
def data(desktop: Desktop) -> Path:
    return desktop.folder / "data"


@pytest.fixture
def program(desktop: Desktop, data: Path) -> Program:
    """Just started for the first time."""
    found = Program(desktop, data)
    found.wait_painted()
    found.wait(lambda p: p.sheet == "WelcomeSheet", "it asks who one is")
    return found


def call_for_the_keyboard(desktop: Desktop, program: Program) -> None:
    """Pressed until it is heard: keys for all windows are asked for beside the first frame."""

    def is_given() -> bool:
        desktop.key("ctrl+alt+x")
        with suppress(AssertionError):
            wait_until(lambda: program.report.latest["typing"] == "1", "the keyboard", 0.5)
        return program.report.latest["typing"] == "1"

    program.wait(lambda p: is_given(), "the key gives the keyboard")


def say_who_one_is(desktop: Desktop, program: Program, data: Path) -> None:
    call_for_the_keyboard(desktop, program)
    for text in ("Suzuki", "Hidamari"):
        desktop.type(text)
        desktop.key("Return")
    wait_until(lambda: desk_of(data).get("company") == "Hidamari", "both are kept")
    assert desk_of(data)["name"] == "Suzuki"
    desktop.key("Escape")
    program.wait(lambda p: p.sheet == "", "Esc closes it")


def desk_of(data: Path) -> dict[str, str]:
    try:
        return tomllib.loads((data / "settings.toml").read_text(encoding="utf-8"))["desk"]
    except (OSError, KeyError, tomllib.TOMLDecodeError):
        return {}


def take_the_call(desktop: Desktop, program: Program) -> None:
    desktop.key("ctrl+alt+s")
    program.wait(lambda p: p.state.phase == "talking", "the call runs")
    desktop.key("ctrl+alt+3", "ctrl+alt+n")
    program.wait(lambda p: p.state.stage == "F1-S2", "the next stage")
    desktop.key("ctrl+alt+x", "Tab")  # what the stage still asks for
    desktop.type("leaking washer")
    desktop.key("Tab")
    desktop.type("since Monday")
    desktop.key("Return")
    desktop.type("it leaks")
    desktop.key("Return")
    program.wait(lambda p: p.state.notes == 1, "a note")


def edit_a_phrase(desktop: Desktop, program: Program, data: Path) -> None:
    desktop.key("ctrl+alt+semicolon")
    program.wait(lambda p: p.sheet == "ChoiceSheet", "which phrase")
    desktop.key("1")
    program.wait(lambda p: p.sheet == "WordingSheet", "the phrase to be written")
    desktop.key("ctrl+a")
    desktop.type("This is {agent}.")
    desktop.key("Return")
    own = data / "own_phrases.toml"
    wait_until(lambda: own.exists() and "This is {agent}." in own.read_text(), "it is kept")
    program.wait(lambda p: p.sheet == "", "back at the stage")


def hand_over(desktop: Desktop, program: Program, data: Path) -> None:
    desktop.key("ctrl+alt+k")
    program.wait(lambda p: p.state.phase == "wrap_up", "after the call")
    for wanted in ("held back by what lacks", "let go as unconfirmed"):
        said = program.notice
        desktop.key("ctrl+alt+e")
        program.wait(lambda p, said=said: p.notice != said, wanted)
    wait_until(lambda: any((data / "handoffs").glob("*.txt")), "the note as a file")
    (note,) = (data / "handoffs").glob("*.txt")
    assert "leaking washer" in note.read_text(encoding="utf-8")
    assert "since Monday" in note.read_text(encoding="utf-8")
    assert desktop.clipboard() == note.read_text(encoding="utf-8")
    desktop.key("ctrl+alt+k")
    program.wait(lambda p: p.state.phase == "closed", "the work is over")


def test_by_the_guide_from_the_first_start_to_the_note(
    desktop: Desktop, program: Program, data: Path, pictures: Path
) -> None:
    say_who_one_is(desktop, program, data)
    take_the_call(desktop, program)
    desktop.picture(pictures / "newcomer-call.png")
    edit_a_phrase(desktop, program, data)
    hand_over(desktop, program, data)
    desktop.picture(pictures / "newcomer-note.png")


# -- the call to practise on --------------------------------------------------------------------


class Hand:
    """Presses keys as the guide writes them, and remembers which."""

    def __init__(self, desktop: Desktop) -> None:
        self._desktop = desktop
        self.pressed: list[str] = []

    def press(self, *keys: str) -> None:
        for key in keys:
            self.pressed.append(key)
            *modifiers, last = key.split("+")
            self._desktop.key(
                "+".join([*map(str.lower, modifiers), last.lower() if modifiers else last])
            )

    def write(self, *texts: str) -> None:
        """Each with Enter; the one and only key that the table leaves without stars."""
        for text in texts:
            self._desktop.type(text)
            self._desktop.key("Return")


def keys_of_the_practice() -> list[str]:
    table = GUIDE.read_text(encoding="utf-8").partition("### 練習")[2].partition("途中で")[0]
    rows = [line.split("|")[2] for line in table.splitlines() if line.startswith("|")]
    return re.findall(r"\*\*([^*]+)\*\*", "\n".join(rows))


def practise(desktop: Desktop, program: Program) -> list[str]:
    hand = Hand(desktop)
    hand.press("Ctrl+Alt+S", "Ctrl+Alt+X")
    hand.write("責任者を出せ")
    program.wait(lambda p: p.state.notes == 1, "the customer's words")
    hand.press("Ctrl+Alt+3", "Ctrl+Alt+N")
    hand.write("水が漏れる")
    program.wait(lambda p: p.state.notes == 2, "what happened")
    hand.press("Tab")
    desktop.type("洗濯機の水漏れ")
    hand.press("Tab")
    hand.write("11月14日")
    hand.press("Ctrl+Alt+O", "Ctrl+Alt+4", "Ctrl+Alt+N", "Ctrl+Alt+Q", "Ctrl+Alt+V")
    hand.write("水が出ている")
    hand.press("Tab")
    hand.write("本日中の修理")
    hand.press("Ctrl+Alt+N", "Alt+2", "Ctrl+Alt+N", "Ctrl+Alt+W")
    program.wait(lambda p: p.state.phase == "on_hold", "the announced hold")
    hand.press("Ctrl+Alt+C")
    program.wait(lambda p: p.sheet == "ConsultSheet", "the card")
    hand.write("修理", "5", "田中", "", "", "+40")
    program.wait(lambda p: p.sheet == "", "the card is done")
    hand.press("Ctrl+Alt+W", "Ctrl+Alt+N", "Ctrl+Alt+A")
    program.wait(lambda p: p.sheet == "ChoiceSheet", "what the customer answered")
    hand.press("1", "Ctrl+Alt+N", "Ctrl+Alt+U")
    program.wait(lambda p: p.sheet == "CustomerSheet", "the customer's line")
    hand.write("山田", "ヤマダ", "03-0000-1234")
    desktop.key("Escape")
    hand.press("Ctrl+Alt+N", "Ctrl+Alt+2", "Ctrl+Alt+K")
    program.wait(lambda p: p.state.phase == "wrap_up", "after the call")
    return hand.pressed


def test_the_call_to_practise_on_goes_as_the_guide_says(
    desktop: Desktop, program: Program, data: Path, pictures: Path
) -> None:
    say_who_one_is(desktop, program, data)
    desktop.add_keys(
        "責任者を出せ水が漏れる洗濯機の水漏れ11月14日水が出ている本日中の修理田中山ヤマダ"
    )
    pressed = practise(desktop, program)
    desktop.picture(pictures / "newcomer-practice.png")
    desktop.key("ctrl+alt+e")
    wait_until(lambda: any((data / "handoffs").glob("*.txt")), "the note as a file")
    (note,) = (data / "handoffs").glob("*.txt")
    text = note.read_text(encoding="utf-8")
    for told in (
        "洗濯機の水漏れ",
        "本日中の修理",
        "田中",
        "03-0000-1234",
        "ご承諾",
        "開始3→最高4→現在2",
    ):
        assert told in text
    desktop.key("ctrl+alt+k")
    program.wait(lambda p: p.state.phase == "closed", "the work is over")
    assert [*pressed, "Ctrl+Alt+E", "Ctrl+Alt+K"] == keys_of_the_practice()
