"""RegisterHotKey against a recording fake: it has never run on Windows (docs/PLATFORMS.md)."""

import ctypes
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray

from desktop import windows_messages
from desktop.hotkeys import windows
from desktop.hotkeys.backend import Outcome, Unavailable
from desktop.hotkeys.chord import parse_chord
from desktop.hotkeys.windows import WindowsHotkeys, declare
from desktop.windows_messages import Msg, Point

N = parse_chord("Ctrl+Alt+N")
CTRL_ALT = 0x2 | 0x1 | 0x4000


class User32:
    """Says yes, unless told otherwise; symbols are where the US layout has them."""

    def __init__(self):
        self.calls = []
        self.error = 0
        self.keeps = False
        self.layout = {".": 0xBE, ",": 0xBC, "-": 0xBD, "/": 0xBF, ";": 0xBA}

    def RegisterHotKey(self, *arguments):  # noqa: N802
        self.calls.append(("register", *arguments))
        return 0 if self.error else 1

    def UnregisterHotKey(self, *arguments):  # noqa: N802
        self.calls.append(("unregister", *arguments))
        return 0 if self.keeps else 1

    def VkKeyScanW(self, key):  # noqa: N802
        return self.layout.get(key, -1)


@pytest.fixture
def user32():
    return User32()


@pytest.fixture
def keys(ear, user32):
    backend = WindowsHotkeys(ear.relay, user32, lambda: user32.error)
    yield backend
    backend.close()


def hotkey_message(number, message=0x0312):
    return Msg(message=message, wParam=number)


def test_sizes_are_those_of_the_headers():
    assert ctypes.sizeof(Msg) == 48
    assert (Msg.message.offset, Msg.wParam.offset, Msg.lParam.offset) == (8, 16, 24)
    assert (Msg.time.offset, Msg.pt.offset, ctypes.sizeof(Point)) == (32, 36, 8)


def test_arguments_are_declared():
    class Function:
        argtypes = restype = None

    class Library:
        RegisterHotKey = Function()
        UnregisterHotKey = Function()
        VkKeyScanW = Function()

    declared = declare(Library())
    sizes = [ctypes.sizeof(kind) for kind in declared.RegisterHotKey.argtypes]
    assert sizes == [ctypes.sizeof(ctypes.c_void_p), 4, 4, 4]
    assert ctypes.sizeof(declared.VkKeyScanW.restype) == 2


def test_a_key_is_asked_for_in_this_thread_and_does_not_repeat(keys, user32):
    assert keys.register("next", N) is Outcome.ACTIVE
    assert user32.calls == [("register", None, 1, CTRL_ALT, ord("N"))]


@pytest.mark.parametrize(
    ("text", "modifiers", "code"),
    [
        ("Ctrl+Alt+5", CTRL_ALT, 0x35),
        ("Ctrl+Alt+.", CTRL_ALT, 0xBE),
        ("Ctrl+Alt+;", CTRL_ALT, 0xBA),
        ("Alt+Shift+F5", 0x1 | 0x4 | 0x4000, 0x74),
        ("Ctrl+Shift+F11", 0x2 | 0x4 | 0x4000, 0x7A),
    ],
)
def test_codes(keys, user32, text, modifiers, code):
    keys.register("x", parse_chord(text))
    assert user32.calls[-1][3:] == (modifiers, code)


def test_a_semicolon_is_elsewhere_on_the_japanese_keyboard(keys, user32):
    user32.layout[";"] = 0xBB
    keys.register("x", parse_chord("Ctrl+Alt+;"))
    assert user32.calls[-1][4] == 0xBB


@pytest.mark.parametrize("answer", [-1, 0x0100 | 0xBA])
def test_a_symbol_that_the_layout_lacks_or_shifts(keys, user32, answer):
    user32.layout = {";": answer, ".": answer}
    assert keys.register("x", parse_chord("Ctrl+Alt+;")) is Outcome.ABSENT
    assert user32.calls == []
    assert keys.register("y", parse_chord("Ctrl+Alt+.")) is Outcome.ACTIVE


@pytest.mark.parametrize(
    ("error", "outcome"), [(1409, Outcome.TAKEN), (87, Outcome.REFUSED), (5, Outcome.REFUSED)]
)
def test_refusals(keys, user32, error, outcome):
    user32.error = error
    assert keys.register("next", N) is outcome
    user32.error = 0
    assert keys.register("back", parse_chord("Ctrl+Alt+B")) is Outcome.ACTIVE
    keys.unregister_all()
    assert [call[0] for call in user32.calls] == ["register", "register", "unregister"]


def test_an_id_asked_for_again_gives_its_old_key_back_first(keys, user32):
    keys.register("next", N)
    keys.register("next", parse_chord("Ctrl+Alt+M"))
    assert [(call[0], call[2]) for call in user32.calls] == [
        *(("register", 1), ("unregister", 1), ("register", 2)),
    ]


@pytest.mark.parametrize("name", [b"windows_generic_MSG", b"windows_dispatcher_MSG"])
@pytest.mark.parametrize("kind", [bytes, QByteArray])
def test_a_press_is_taken_out_of_the_stream_and_comes_by_the_loop(ear, keys, name, kind):
    keys.register("next", N)
    message = hotkey_message(1)
    assert keys.nativeEventFilter(kind(name), ctypes.addressof(message)) == (True, 0)
    assert ear.pressed == []
    ear.settle()
    assert ear.pressed == ["next"]


def test_other_messages_are_left_alone(ear, keys):
    keys.register("next", N)
    for message, name in [
        (hotkey_message(2), b"windows_generic_MSG"),  # of a library in this process
        (hotkey_message(1, 0x0100), b"windows_generic_MSG"),
        (hotkey_message(1), b"xcb_generic_event_t"),
    ]:
        assert keys.nativeEventFilter(name, ctypes.addressof(message)) == (False, 0)
    ear.settle()
    assert ear.pressed == []


def test_a_press_that_was_on_its_way_when_the_key_was_given_back(ear, keys):
    keys.register("next", N)
    message = hotkey_message(1)
    keys.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message))
    keys.close()
    ear.settle()
    assert ear.pressed == []


def test_elsewhere_it_is_unavailable(ear):
    with pytest.raises(Unavailable, match="other_system"):
        WindowsHotkeys(ear.relay)


def test_without_a_loop_there_is_nobody_to_hear(ear, user32, monkeypatch):
    monkeypatch.setattr(windows_messages.QCoreApplication, "instance", lambda: None)
    with pytest.raises(Unavailable, match="no_screen"):
        WindowsHotkeys(ear.relay, user32, lambda: 0)
    assert user32.calls == []


def test_a_key_that_the_system_does_not_take_back_is_forgotten_all_the_same(ear, keys, user32):
    user32.keeps = True
    keys.register("next", N)
    keys.unregister("next")
    message = hotkey_message(1)
    assert keys.nativeEventFilter(b"windows_generic_MSG", ctypes.addressof(message)) == (False, 0)
    keys.unregister("next")
    assert [call[0] for call in user32.calls] == ["register", "unregister"]


class Loaded:
    """What ctypes is on Windows: names of functions, as many as there are."""

    def __init__(self, missing=""):
        self._missing = missing

    def __getattr__(self, name):
        if name == self._missing:
            raise AttributeError(name)
        function = SimpleNamespace(argtypes=None, restype=None)
        setattr(self, name, function)
        return function


@pytest.fixture
def on_windows(monkeypatch):
    """As if it ran there; what is loaded can be another."""
    asked = []
    monkeypatch.setattr(windows, "sys", SimpleNamespace(platform="win32"))

    def load(library):
        def dll(name, **options):
            asked.append((name, options))
            if isinstance(library, Exception):
                raise library
            return library

        monkeypatch.setattr(ctypes, "WinDLL", dll, raising=False)
        return asked

    monkeypatch.setattr(ctypes, "get_last_error", lambda: 1409, raising=False)
    return load


def test_the_library_is_loaded_so_that_its_errors_can_be_read(ear, on_windows):
    library = Loaded()
    asked = on_windows(library)
    keys = WindowsHotkeys(ear.relay)
    assert asked == [("user32", {"use_last_error": True})]
    assert library.RegisterHotKey.restype is ctypes.c_int32
    library.RegisterHotKey = lambda *_: 0
    assert keys.register("next", N) is Outcome.TAKEN  # by the error of the thread
    keys.close()


@pytest.mark.parametrize("library", [OSError("no such library"), Loaded("RegisterHotKey")])
def test_a_library_that_is_another_makes_it_unavailable(ear, on_windows, library):
    on_windows(library)
    with pytest.raises(Unavailable, match="windows_refused"):
        WindowsHotkeys(ear.relay)
