"""Key combinations: one neutral form, and what may be a global key at all."""

import pytest

from desktop.hotkeys.chord import KEYS, Chord, neutral_form, parse_chord
from ui.actions import TABLE


def test_every_global_key_of_the_table_is_one():
    for action in TABLE:
        if action.is_global:
            assert neutral_form(action.key) == action.key, action


@pytest.mark.parametrize(
    ("text", "neutral"),
    [
        ("ctrl+ALT+n", "Ctrl+Alt+N"),
        (" Alt + Ctrl + . ", "Ctrl+Alt+."),
        ("Shift+Alt+Ctrl+f5", "Ctrl+Alt+Shift+F5"),
        ("Ctrl+Alt+-", "Ctrl+Alt+-"),
    ],
)
def test_a_combination_is_read_however_it_is_written(text, neutral):
    assert str(parse_chord(text)) == neutral_form(text) == neutral


@pytest.mark.parametrize(
    "text",
    [
        *("", "N", "F5", "Ctrl+N", "Alt+1", "Shift+N", "Meta+Alt+N", "Ctrl+Ctrl+N", "Ctrl+Alt+"),
        *("Ctrl+Alt+Return", "Ctrl+Alt+Esc", "Ctrl+Alt+F7", "Ctrl+Alt+F12", "Ctrl+Alt++"),
        *("Ctrl+Alt+あ", "Ctrl+Alt+N+M", "Ctrl Alt N"),
    ],
)
def test_what_would_take_keys_from_others_is_none(text):
    with pytest.raises(ValueError, match=r"no such|too few"):
        parse_chord(text)
    assert neutral_form(text) == ""


def test_the_neutral_form_can_be_read_again():
    for key in KEYS:
        chord = Chord(True, True, False, key)
        assert parse_chord(str(chord)) == chord
