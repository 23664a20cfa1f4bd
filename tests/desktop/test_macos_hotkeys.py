"""Carbon against a recording fake: it has never run on macOS (docs/PLATFORMS.md)."""

import ctypes
from types import SimpleNamespace

import pytest

from desktop.hotkeys import macos
from desktop.hotkeys.backend import Outcome, Unavailable
from desktop.hotkeys.chord import KEYS, parse_chord
from desktop.hotkeys.macos import KEY_CODES, EventType, HotkeyId, MacHotkeys, declare

N = parse_chord("Ctrl+Alt+N")
TARGET = 77


class Carbon:
    """Says yes (0), unless told otherwise; fills in what is asked for."""

    def __init__(self):
        self.calls = []
        self.install_status = self.register_status = self.parameter_status = 0
        self.unregister_status = 0
        self.event_id = HotkeyId()
        self.handler = None

    def GetApplicationEventTarget(self):  # noqa: N802
        return TARGET

    def InstallEventHandler(self, target, handler, count, types, data, out):  # noqa: N802
        wanted = types._obj
        self.calls.append(("install", target, count, wanted.eventClass, wanted.eventKind, data))
        self.handler = handler
        out._obj.value = 500
        return self.install_status

    def RegisterEventHotKey(self, code, held, hotkey_id, target, options, out):  # noqa: N802
        self.calls.append(("register", code, held, hotkey_id.signature, hotkey_id.id, options))
        out._obj.value = 900 + hotkey_id.id
        return self.register_status

    def UnregisterEventHotKey(self, reference):  # noqa: N802
        self.calls.append(("unregister", reference.value))
        return self.unregister_status

    def RemoveEventHandler(self, reference):  # noqa: N802
        self.calls.append(("remove", reference.value))
        return 0

    def GetEventParameter(self, event, name, kind, _kind, size, _size, out):  # noqa: N802
        self.calls.append(("parameter", event, name, kind, size))
        ctypes.pointer(out._obj)[0] = self.event_id
        return self.parameter_status

    def press(self, number, signature=0x59525349):
        self.event_id = HotkeyId(signature, number)
        return self.handler(None, 4242, None)


@pytest.fixture
def carbon():
    return Carbon()


@pytest.fixture
def keys(ear, carbon):
    return MacHotkeys(ear.relay, carbon)


def test_sizes_and_codes_are_those_of_the_headers():
    assert (ctypes.sizeof(HotkeyId), ctypes.sizeof(EventType)) == (8, 8)
    assert set(KEY_CODES) == KEYS
    assert len(set(KEY_CODES.values())) == len(KEYS)
    known = {"A": 0, "V": 9, "B": 11, "T": 17, "5": 23, "-": 27, ";": 41, "N": 45, ".": 47}
    assert {key: KEY_CODES[key] for key in known} == known


def test_the_handler_is_installed_before_any_key(keys, carbon):
    keys.register("next", N)
    assert carbon.calls == [
        ("install", TARGET, 1, 0x6B657962, 5, None),
        ("register", 45, 0x1000 | 0x0800, 0x59525349, 1, 0),
    ]


def test_a_press_comes_by_the_loop(ear, keys, carbon):
    keys.register("next", N)
    assert carbon.press(1) == 0
    assert carbon.calls[-1] == ("parameter", 4242, 0x2D2D2D2D, 0x686B6964, 8)
    assert ear.pressed == []
    ear.settle()
    assert ear.pressed == ["next"]


def test_events_of_others_are_left_to_them(ear, keys, carbon):
    keys.register("next", N)
    assert carbon.press(2) == -9874
    assert carbon.press(1, signature=0x41414141) == -9874
    carbon.parameter_status = -9870
    assert carbon.press(1) == -9874
    ear.settle()
    assert ear.pressed == []


@pytest.mark.parametrize(
    ("status", "outcome"),
    [(-9878, Outcome.TAKEN), (-9868, Outcome.REFUSED), (-50, Outcome.REFUSED)],
)
def test_refusals(keys, carbon, status, outcome):
    carbon.register_status = status
    assert keys.register("next", N) is outcome
    keys.unregister_all()
    assert "unregister" not in [call[0] for call in carbon.calls]


def test_keys_are_given_back_before_the_handler(ear, keys, carbon):
    keys.register("next", N)
    keys.register("back", parse_chord("Ctrl+Alt+B"))
    carbon.press(1)
    keys.close()
    assert carbon.calls[-3:] == [("unregister", 901), ("unregister", 902), ("remove", 500)]
    ear.settle()
    assert ear.pressed == []


def test_a_handler_that_is_refused_makes_it_unavailable(ear, carbon):
    carbon.install_status = -1
    with pytest.raises(Unavailable, match="macos_refused"):
        MacHotkeys(ear.relay, carbon)


def test_elsewhere_it_is_unavailable(ear):
    with pytest.raises(Unavailable, match="other_system"):
        MacHotkeys(ear.relay)


def test_pointers_are_declared_as_wide_as_they_are():
    class Function:
        argtypes = restype = None

    class Library:
        def __getattr__(self, name):
            setattr(self, name, Function())
            return getattr(self, name)

    declared = declare(Library())
    pointer = ctypes.sizeof(ctypes.c_void_p)
    assert ctypes.sizeof(declared.GetApplicationEventTarget.restype) == pointer
    sizes = [ctypes.sizeof(kind) for kind in declared.RegisterEventHotKey.argtypes]
    assert sizes == [4, 4, 8, pointer, 4, pointer]


def test_a_key_that_no_keyboard_of_theirs_has(keys, carbon):
    assert keys.register("x", N._replace(key="F12")) is Outcome.ABSENT
    assert [call[0] for call in carbon.calls] == ["install"]


def test_a_key_that_the_system_does_not_take_back_is_forgotten_all_the_same(ear, keys, carbon):
    carbon.unregister_status = -50
    keys.register("next", N)
    keys.unregister("next")
    assert carbon.press(1) == -9874
    keys.unregister("next")
    assert [call[0] for call in carbon.calls].count("unregister") == 1
    assert keys.register("next", N) is Outcome.ACTIVE
    assert carbon.press(2) == 0  # a number is never used twice


@pytest.mark.parametrize("missing", ["", "RegisterEventHotKey", "the framework"])
def test_the_framework_is_loaded_there_or_is_a_reason(ear, monkeypatch, missing):
    class Library(Carbon):
        def __getattribute__(self, name):
            if name == missing:
                raise AttributeError(name)
            found = super().__getattribute__(name)
            if name[0].isupper():
                return self.__dict__.setdefault(f"_{name}", FunctionOf(found))
            return found

    class FunctionOf:
        def __init__(self, does):
            self._does, self.argtypes, self.restype = does, None, None

        def __call__(self, *arguments):
            return self._does(*arguments)

    asked = []

    def load(path):
        asked.append(path)
        if missing == "the framework":
            raise OSError(path)
        return Library()

    monkeypatch.setattr(macos, "sys", SimpleNamespace(platform="darwin"))
    monkeypatch.setattr(ctypes, "CDLL", load)
    if missing:
        with pytest.raises(Unavailable, match="macos_refused"):
            MacHotkeys(ear.relay)
    else:
        assert MacHotkeys(ear.relay).register("next", N) is Outcome.ACTIVE
    assert asked == ["/System/Library/Frameworks/Carbon.framework/Carbon"]
