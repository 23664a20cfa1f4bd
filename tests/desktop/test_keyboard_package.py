"""The ``keyboard`` package in all its ways of failing, each of them seen in the wild."""

import warnings

import pytest

from desktop.hotkeys.backend import Outcome, Unavailable
from desktop.hotkeys.chord import parse_chord
from desktop.hotkeys.keyboard_package import KeyboardHotkeys

N = parse_chord("Ctrl+Alt+N")


class Keyboard:
    """Says yes, unless told what to raise."""

    def __init__(self):
        self.hotkeys = {}
        self.error = None
        self.is_hooked = True

    def add_hotkey(self, hotkey, callback, args=(), suppress=False):
        assert not suppress
        if isinstance(self.error, Warning):
            warnings.warn(self.error, stacklevel=1)
        elif self.error:
            raise self.error
        self.hotkeys[hotkey] = (callback, args)
        return hotkey

    def remove_hotkey(self, handle):
        del self.hotkeys[handle]

    def unhook_all(self):
        self.is_hooked = False


@pytest.fixture
def package():
    return Keyboard()


@pytest.fixture
def keys(ear, package):
    return KeyboardHotkeys(ear.relay, lambda: package, "linux")


def test_a_press_in_its_thread_comes_by_the_loop(ear, keys, package):
    assert keys.register("next", N) is Outcome.ACTIVE
    callback, args = package.hotkeys["ctrl+alt+n"]
    callback(*args)
    assert ear.pressed == []
    ear.settle()
    assert ear.pressed == ["next"]


@pytest.mark.parametrize(
    ("text", "spelled"),
    [
        ("Ctrl+Alt+,", "ctrl+alt+comma"),
        ("Ctrl+Alt+.", "ctrl+alt+."),
        ("Alt+Shift+F5", "alt+shift+f5"),
    ],
)
def test_its_own_spelling(keys, package, text, spelled):
    keys.register("x", parse_chord(text))
    assert list(package.hotkeys) == [spelled]


@pytest.mark.parametrize(
    ("error", "outcome"),
    [
        (AssertionError(""), Outcome.REFUSED),
        (ImportError("You must be root to use this library on linux."), Outcome.REFUSED),
        (OSError("no such device"), Outcome.REFUSED),
        (UserWarning("Failed to create a device file using `uinput`"), Outcome.REFUSED),
        (ValueError("Key 'x' is not mapped to any known key."), Outcome.ABSENT),
    ],
)
def test_every_way_of_failing_is_an_answer(keys, package, error, outcome):
    package.error = error
    assert keys.register("next", N) is outcome
    keys.unregister_all()


@pytest.mark.parametrize("error", [ImportError("no such module"), OSError("no device")])
def test_a_package_that_cannot_be_imported(ear, error):
    def load():
        raise error

    with pytest.raises(Unavailable, match="keyboard_missing"):
        KeyboardHotkeys(ear.relay, load, "win32")


def test_on_macos_it_is_not_even_imported(ear):
    """There importing it can end the process."""

    def load():
        raise AssertionError("imported")

    with pytest.raises(Unavailable, match="keyboard_on_mac"):
        KeyboardHotkeys(ear.relay, load, "darwin")


def test_leaving_takes_the_hook_away_whatever_is_left(ear, keys, package):
    keys.register("next", N)
    callback, args = package.hotkeys.pop("ctrl+alt+n")  # its own table has lost it
    keys.close()
    assert not package.is_hooked
    callback(*args)
    ear.settle()
    assert ear.pressed == []
