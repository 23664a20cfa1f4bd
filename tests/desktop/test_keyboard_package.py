"""The ``keyboard`` package in all its ways of failing, each of them seen in the wild."""

import sys
import warnings

import pytest

from desktop.hotkeys.backend import Outcome, Unavailable
from desktop.hotkeys.chooser import Surroundings, choose
from desktop.hotkeys.chord import parse_chord
from desktop.hotkeys.keyboard_package import KeyboardHotkeys

N = parse_chord("Ctrl+Alt+N")


class Keyboard:
    """Says yes, unless told what to raise."""

    def __init__(self):
        self.hotkeys = {}
        self.error = None
        self.warning = ""
        self.asked = 0
        self.is_hooked = True

    def add_hotkey(self, hotkey, callback, args=(), suppress=False):
        assert not suppress
        self.asked += 1
        if self.warning:
            warnings.warn(self.warning, stacklevel=1)
        if self.error:
            raise self.error
        self.hotkeys[hotkey] = (callback, args)
        return hotkey

    def remove_hotkey(self, handle):
        del self.hotkeys[handle]

    def unhook_all(self):
        if not self.is_hooked:
            raise KeyError("no hook")
        self.is_hooked = False


@pytest.fixture
def package():
    return Keyboard()


@pytest.fixture
def devices(tmp_path):
    """Where Linux has its keyboards; this one can be read."""
    folder = tmp_path / "input"
    folder.mkdir()
    (folder / "event0").touch()
    return folder


@pytest.fixture
def keys(ear, package, devices):
    return KeyboardHotkeys(ear.relay, lambda: package, "linux", devices)


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
    "error",
    [
        AssertionError(""),
        ImportError("You must be root to use this library on linux."),
        OSError("no such device"),
    ],
)
def test_a_listener_that_does_not_start_is_told_once(ear, keys, package, error):
    """Every key would fail alike: the first one says it, and none is asked for again."""
    package.error = error
    assert keys.register("next", N) is Outcome.REFUSED
    assert keys.register("back", parse_chord("Ctrl+Alt+B")) is Outcome.REFUSED
    assert package.asked == 1
    assert ear.lost == []
    ear.settle()
    assert ear.lost == ["keyboard_refused"]
    keys.unregister_all()


def test_a_key_that_it_does_not_know_is_no_failure_of_all(ear, keys, package):
    package.error = ValueError("Key 'x' is not mapped to any known key.")
    assert keys.register("next", N) is Outcome.ABSENT
    package.error = None
    assert keys.register("back", parse_chord("Ctrl+Alt+B")) is Outcome.ACTIVE
    ear.settle()
    assert ear.lost == []


def test_that_it_cannot_send_keys_is_nothing_to_us(ear, keys, package, recwarn):
    package.warning = "Failed to create a device file using `uinput` module."
    assert keys.register("next", N) is Outcome.ACTIVE
    assert list(recwarn) == []


@pytest.mark.parametrize("has_folder", [True, False])
def test_keyboards_that_cannot_be_read_are_a_reason(ear, package, tmp_path, has_folder):
    """The package would say yes to every key, and its thread would end without a word."""
    folder = tmp_path / "input"
    if has_folder:
        folder.mkdir()
        (folder / "mice").touch()
        (folder / "event0").symlink_to(tmp_path / "unplugged")
    with pytest.raises(Unavailable, match="keyboard_refused"):
        KeyboardHotkeys(ear.relay, lambda: package, "linux", folder)
    KeyboardHotkeys(ear.relay, lambda: package, "win32", folder).close()


def test_an_id_asked_for_again_lets_its_old_key_go(keys, package):
    keys.register("next", N)
    keys.register("next", parse_chord("Ctrl+Alt+M"))
    assert list(package.hotkeys) == ["ctrl+alt+m"]


@pytest.mark.parametrize(
    "error", [ImportError("no module"), OSError("no device"), AttributeError()]
)
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


def test_leaving_where_there_is_no_hook(keys, package):
    package.is_hooked = False
    keys.close()


def test_it_is_not_there_unless_it_was_installed(ear, monkeypatch):
    """As for everybody who did not ask for the extra (pyproject.toml)."""
    monkeypatch.setitem(sys.modules, "keyboard", None)
    (candidate,) = choose("keyboard", around=Surroundings("linux", "xcb", False, True)).candidates
    with pytest.raises(Unavailable, match="keyboard_missing"):
        candidate.open(ear.listener)
