"""A real Japanese input method in the note field: which keys it has for itself, and what it is spared.

What the field does with compositions in every detail is tested in tests/ui with events of Qt;
this shows that a real one sends them so. What is kept when something ends: test_composition_kept.py.
"""

from __future__ import annotations

from urllib.parse import unquote

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QImage

from tests.e2e.desktop import Desktop, Program, wait_until
from tests.e2e.japanese import (
    DESK,
    SCREEN_RECT,
    WINDOW_KEYS_ONLY,
    Candidates,
    Steps,
    compose,
    in_call,
    is_composing,
    japanese,  # noqa: F401 - a fixture
    kept,
    steps,  # noqa: F401 - a fixture
)

pytestmark = [pytest.mark.e2e, pytest.mark.timeout(60)]


@pytest.fixture
def program(japanese: Desktop) -> Program:  # noqa: F811
    """The program in a call."""
    return in_call(japanese, WINDOW_KEYS_ONLY)


def test_enter_saves_only_outside_a_composition(
    japanese: Desktop,  # noqa: F811
    program: Program,
    steps: Steps,  # noqa: F811
) -> None:
    compose(japanese, program, "nihongo")
    steps.take("typed")
    japanese.key("space")
    program.wait(is_composing, "still composed")
    steps.take("space")
    japanese.key("Return")
    program.wait(lambda p: p.field == "日本語", "the word is in the field")
    steps.take("enter")
    assert program.state.notes == 0
    japanese.key("Return")
    program.wait(lambda p: p.state.notes == 1 and p.field == "", "the note is saved")
    steps.take("enter-again")
    notes = "SELECT payload ->> 'text' FROM events WHERE kind = 'NoteTaken'"
    assert kept(japanese, notes) == ["日本語"]


def test_keys_of_a_composition_leave_the_sidebar_alone(
    japanese: Desktop,  # noqa: F811
    program: Program,
    steps: Steps,  # noqa: F811
) -> None:
    compose(japanese, program, "nihongo")
    events, state = program.report.ids("painted"), program.state
    for key in ("F6", "F7", "F8", "F9", "F10", "ctrl+alt+n", "ctrl+alt+k", "Escape"):
        japanese.key(key)
        steps.take(key.replace("+", "-"))
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "日本語", "the word is in the field")
    steps.take("space-enter")
    assert program.report.ids("painted") == events
    assert (program.state, program.sheet) == (state, "")
    japanese.key("ctrl+alt+n")
    program.wait(lambda p: p.state.stage == "F1-S2", "and outside a composition it is a key")
    steps.take("outside")


def test_marking_a_word_leaves_the_composition_alone(
    japanese: Desktop,  # noqa: F811
    program: Program,
    steps: Steps,  # noqa: F811
) -> None:
    japanese.key("ctrl+2")  # what the customer says is never marked: another kind of note
    compose(japanese, program, "yakuza")
    japanese.key("Return")
    program.wait(lambda p: p.field == "やくざ", "the word is in the field")
    compose(japanese, program, "nihongo")
    program.wait(lambda p: unquote(p.report.latest["marked"]) == "やくざ", "it is underlined")
    steps.take("marked")
    assert (program.field, program.report.latest["composing"]) == ("やくざ", "1")
    japanese.key("space", "Return")
    program.wait(lambda p: p.field == "やくざ日本語", "what was composed is there, once")
    japanese.key("ctrl+4", "Return")  # the word is selected, to write it anew
    compose(japanese, program, "kaiwa")
    steps.take("written-anew")
    japanese.key("Return")
    program.wait(lambda p: p.field == "かいわ日本語", "another word is in its place")
    program.wait(lambda p: p.report.latest["marked"] == "", "and the line is gone")
    steps.take("done")
    assert program.state.notes == 0


def test_candidates_stand_by_the_word_and_are_seen(
    japanese: Desktop,  # noqa: F811
    program: Program,
    steps: Steps,  # noqa: F811
) -> None:
    """The list of the input method is on the screen, above the sidebar, and off the line typed."""
    (window,) = japanese.windows("よりそい")
    lefts = []
    for before in ("", "kyouhaiitenkidesu"):
        if before:
            compose(japanese, program, before)
            japanese.key("Return")
            program.wait(lambda p: p.field != "", "a text before it")
        candidates = Candidates(japanese)
        compose(japanese, program, "nihongo")
        japanese.key("space", "space")
        candidates.wait()
        steps.take("after-text" if before else "alone")
        assert candidates.is_above(window), "it is covered"
        assert _stands_by(candidates.place, program)
        lefts.append(candidates.place.x())
        # Given up, not taken: anthy learns, in the home of whoever runs the tests.
        japanese.key("Escape", "Escape")
        program.wait(lambda p: not is_composing(p), "the word is given up")
    assert lefts[1] > lefts[0], "it goes with the word"


def test_what_happens_meanwhile_leaves_the_candidates_where_they_are(
    japanese: Desktop,  # noqa: F811
    steps: Steps,  # noqa: F811
) -> None:
    """Another stage, a mark, hold, seconds of the clock: none of it is seen where one types."""
    program = in_call(japanese, DESK)
    candidates = Candidates(japanese)
    compose(japanese, program, "nihongo")
    japanese.key("space", "space")
    candidates.wait()
    place = candidates.place
    steps.take("candidates")
    for key, name, happened in (
        ("ctrl+alt+n", "stage", lambda p: p.state.stage == "F1-S2"),
        ("ctrl+alt+5", "temperature", lambda p: p.state.temperature == 5),
        ("ctrl+alt+w", "hold", lambda p: p.state.phase == "on_hold"),
        ("ctrl+alt+w", "resumed", lambda p: p.state.phase == "talking"),
    ):
        japanese.key(key)
        program.wait(happened, name)
        steps.take(name)
        assert (is_composing(program), candidates.place) == (True, place), name
    for _ in range(2):
        shown = _clock(japanese)
        wait_until(lambda shown=shown: _clock(japanese) != shown, "a second of the clock")
    steps.take("seconds-later")
    assert (is_composing(program), candidates.place) == (True, place)
    assert _stands_by(place, program)
    japanese.key("Escape", "Escape", "Escape")
    program.wait(lambda p: not is_composing(p), "the word is given up")
    steps.take("given-up")


def _clock(desktop: Desktop) -> QImage:
    """The head of the sidebar as it is on the screen, with the time of the call."""
    path = desktop.folder / "clock.png"
    desktop.picture(path)
    return QImage(str(path)).copy(SCREEN_RECT.adjusted(SCREEN_RECT.width() - 340, 0, 0, -660))


def _stands_by(place: QRect, program: Program) -> bool:
    """On the screen, near the line that is typed and off it."""
    _, line = map(int, program.report.latest["entry"].split(","))
    is_off_it = place.y() >= line or place.bottom() <= line
    return is_off_it and abs(place.center().y() - line) < 250 and SCREEN_RECT.contains(place)
