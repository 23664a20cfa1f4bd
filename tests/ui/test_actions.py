"""The table of actions: keys that nobody else owns, none twice, each on its button."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence

from call import commands as c
from scripts_ja.texts import t
from ui import actions
from ui.key_button import KeyButton

# Enter, F6-F10 and, while composing, Esc are the input method's.
FORBIDDEN = {
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Escape,
    *(Qt.Key(Qt.Key.Key_F6.value + n) for n in range(5)),
}
# Bound by desktops and input methods (docs/KEYS.md).
TAKEN = {f"Ctrl+Alt+{letter}" for letter in "DFLTHJPIMR"} | {"Ctrl+Space", "Alt+F4", "Ctrl+Return"}


def sequence(action):
    return QKeySequence(action.key)


def test_no_two_actions_share_a_key_or_an_id():
    keys = [sequence(action).toString() for action in actions.TABLE]
    assert len(set(keys)) == len(keys)
    assert len({action.id for action in actions.TABLE}) == len(keys)


@pytest.mark.parametrize("action", actions.TABLE, ids=lambda action: action.id)
def test_a_key_is_one_chord_that_belongs_to_nobody_else(action):
    chord = sequence(action)
    assert chord.count() == 1
    assert chord[0].key() not in FORBIDDEN
    assert action.key not in TAKEN
    assert "Meta" not in action.key


@pytest.mark.parametrize("action", actions.TABLE, ids=lambda action: action.id)
def test_an_action_has_a_name_in_the_resources(action):
    assert t(f"action.{action.family}")


def test_keys_in_the_document_are_those_of_the_table():
    """docs/KEYS.md is what the check of other programs' keys was made for."""
    text = (Path(__file__).parents[2] / "docs" / "KEYS.md").read_text(encoding="utf-8")
    for action in actions.TABLE:
        if not action.argument and action.key not in ("F4", "F5"):
            assert action.key in text, action


def test_a_short_key_is_the_last_part_of_the_key():
    for action in actions.TABLE:
        assert action.key.endswith(actions.short_key_of(action.id))


def test_each_button_of_a_call_shows_its_key_and_says_it_in_full(talk):
    talk.work.do(c.SetTemperature(4))
    talk.wait(11 * 60)
    buttons = talk.window.findChildren(KeyButton)
    assert {b.action_id for b in buttons} >= {
        *("start", "next", "back", "hold", "end", "handoff", "follow_advice", "parked")
    }
    for button in buttons:
        key = actions.key_of(button.action_id)
        shown = button.key.text()
        assert shown
        assert key.endswith(shown)
        assert key in button.toolTip()
        assert button.accessibleName() == button.word.text()


def test_marks_and_kinds_show_their_keys(talk):
    marks = talk.window.marks
    assert marks.same.text().strip().endswith(actions.short_key_of("same_talk"))
    assert marks.news.text().strip().endswith(actions.short_key_of("new_fact"))
    assert actions.key_of("safety") in marks.safety.toolTip()
    for number, chip in enumerate(talk.window.kind_chips, start=1):
        assert chip.text().strip().startswith(str(number))
        assert actions.key_of(f"kind{number}") in chip.toolTip()


def test_the_list_of_keys_has_every_action(talk):
    talk.act("keys_help")
    shown = " ".join(
        label.text() for label in talk.window.sheet.findChildren(type(talk.window.header.phase))
    )
    for action in actions.TABLE:
        if action.argument <= 1:
            assert t(f"action.{action.family}") in shown
            assert actions.key_of(action.id) in shown
