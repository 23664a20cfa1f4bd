"""The AppBar against a recording fake: it has never run on Windows (docs/PLATFORMS.md)."""

import ctypes
from types import SimpleNamespace

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication

from desktop import windows_messages
from desktop.edge import windows as w
from desktop.edge.backend import Rect, Relay, Strip, Unavailable
from desktop.edge.chooser import open_edge

MONITOR = Rect(0, 0, 1920, 1080)
RIGHT = Strip("right", Rect(1580, 0, 340, 1080), MONITOR)
LEFT = Strip("left", Rect(0, 0, 340, 1080), MONITOR)
WINDOW = 0x7FFF_1234_5678  # a handle of 64 bits
TASKBAR_CREATED = 0xC0DE


class Shell32:
    """Leaves what `answer` makes of the asked rectangle."""

    def __init__(self):
        self.calls = []
        self.refuses = False
        self.answer = lambda left, top, right, bottom: (left, top, right, bottom)

    def SHAppBarMessage(self, message, pointer):  # noqa: N802
        data = pointer._obj
        assert data.cbSize == 48
        asked = (data.rc.left, data.rc.top, data.rc.right, data.rc.bottom)
        self.calls.append((message, data.hWnd, data.uCallbackMessage, data.uEdge, asked))
        if message == w.ABM_QUERYPOS:
            data.rc = w.WinRect(*self.answer(*asked))
        return 0 if self.refuses else 1

    def messages(self):
        return [call[0] for call in self.calls]


class User32:
    """A foreground, and windows that are gone."""

    def __init__(self):
        self.front, self.gone, self.calls = 77, set(), []
        self.is_locked = False
        self.taskbar_created = TASKBAR_CREATED

    def RegisterWindowMessageW(self, name):  # noqa: N802
        assert name == "TaskbarCreated"
        return self.taskbar_created

    def GetForegroundWindow(self):  # noqa: N802
        return self.front

    def SetForegroundWindow(self, window):  # noqa: N802
        if self.is_locked:
            return 0
        self.front = window
        return 1

    def IsWindow(self, window):  # noqa: N802
        return int(window not in self.gone)

    def SetWindowPos(self, *arguments):  # noqa: N802
        self.calls.append(arguments)
        return 1


class Place:
    def __init__(self, user32=None):
        self.shell32, self.user32, self.moved = Shell32(), user32 or User32(), []
        relay = Relay(lambda: self.moved.append(1))
        self.edge = w.WindowsEdge(relay, self.shell32, self.user32)

    def hear(self, message, wparam=0, lparam=0, window=WINDOW):
        msg = w.Msg(window, message, wparam, lparam)
        kind = QByteArray(b"windows_generic_MSG")
        assert self.edge.nativeEventFilter(kind, ctypes.addressof(msg)) == (False, 0)
        QCoreApplication.processEvents()


@pytest.fixture
def place(qapp):
    place = Place()
    yield place
    place.edge.close()


def test_sizes_are_those_of_the_headers():
    data = w.AppBarData
    assert ctypes.sizeof(data) == 48
    offsets = (data.hWnd.offset, data.uCallbackMessage.offset, data.uEdge.offset)
    assert (*offsets, data.rc.offset, data.lParam.offset) == (8, 16, 20, 24, 40)
    assert (w.Msg.message.offset, w.Msg.wParam.offset, w.Msg.lParam.offset) == (8, 16, 24)


def test_arguments_are_declared():
    class Function:
        argtypes = restype = None

    class Library:
        def __getattr__(self, name):
            setattr(self, name, Function())
            return getattr(self, name)

    shell32, user32 = Library(), Library()
    w.declare(shell32, user32)
    assert shell32.SHAppBarMessage.restype is ctypes.c_size_t
    assert user32.GetForegroundWindow.restype is ctypes.c_void_p
    assert len(user32.SetWindowPos.argtypes) == 7


@pytest.mark.parametrize(("strip", "edge"), [(RIGHT, w.ABE_RIGHT), (LEFT, w.ABE_LEFT)])
def test_new_then_query_then_set(place, strip, edge):
    assert place.edge.reserve(WINDOW, strip) == strip.place
    assert place.shell32.messages() == [w.ABM_NEW, w.ABM_QUERYPOS, w.ABM_SETPOS]
    assert all(call[1:3] == (WINDOW, w.CALLBACK) for call in place.shell32.calls)
    asked = (strip.place.left, 0, strip.place.right, 1080)
    assert [call[3:] for call in place.shell32.calls[1:]] == [(edge, asked)] * 2


def test_the_width_is_put_back_into_the_answer(place):
    """Another bar at the same edge leaves a rectangle of no width (seen under wine)."""
    place.shell32.answer = lambda left, top, right, bottom: (1500, top, 1500, 1040)
    assert place.edge.reserve(WINDOW, RIGHT) == Rect(1160, 0, 340, 1040)
    assert place.shell32.calls[-1][4] == (1160, 0, 1500, 1040)
    place.shell32.answer = lambda left, top, right, bottom: (80, top, 80, bottom)
    assert place.edge.reserve(WINDOW, LEFT) == Rect(80, 0, 340, 1080)


def test_one_bar_however_often_it_is_asked_for(place):
    for strip in (RIGHT, RIGHT, LEFT):
        place.edge.reserve(WINDOW, strip)
    assert place.shell32.messages().count(w.ABM_NEW) == 1
    place.edge.reserve(WINDOW + 8, RIGHT)  # another window: the old bar goes first
    assert place.shell32.messages()[-4:-2] == [w.ABM_REMOVE, w.ABM_NEW]


def test_it_is_removed_once(place):
    place.edge.release()
    place.edge.reserve(WINDOW, RIGHT)
    place.edge.release()
    place.edge.close()
    assert place.shell32.messages().count(w.ABM_REMOVE) == 1
    assert place.shell32.calls[-1][:2] == (w.ABM_REMOVE, WINDOW)


def test_a_refusal_is_told(place):
    place.shell32.refuses = True
    with pytest.raises(Unavailable) as refused:
        place.edge.reserve(WINDOW, RIGHT)
    assert refused.value.reason == "windows_refused"
    place.edge.release()
    assert w.ABM_REMOVE not in place.shell32.messages()


def test_a_moved_task_bar_is_told_by_the_loop(place):
    place.edge.reserve(WINDOW, RIGHT)
    place.hear(w.CALLBACK, w.ABN_POSCHANGED, window=WINDOW + 8)
    assert place.moved == []
    place.hear(w.CALLBACK, w.ABN_POSCHANGED)
    assert place.moved == [1]


def test_a_new_task_bar_knows_no_bars(place):
    place.edge.reserve(WINDOW, RIGHT)
    place.hear(TASKBAR_CREATED)
    assert place.moved == [1]
    place.edge.reserve(WINDOW, RIGHT)
    assert place.shell32.messages().count(w.ABM_NEW) == 2


def test_a_full_screen_is_left_alone_and_afterwards_it_is_above_again(place):
    place.edge.reserve(WINDOW, RIGHT)
    place.hear(w.CALLBACK, w.ABN_FULLSCREENAPP, 1)
    place.hear(w.CALLBACK, w.ABN_FULLSCREENAPP, 0)
    assert [call[:2] for call in place.user32.calls] == [
        (WINDOW, w.HWND_BOTTOM),
        (WINDOW, w.HWND_TOPMOST),
    ]
    assert {call[6] for call in place.user32.calls} == {0x13}


def test_the_shell_is_told_what_it_wants_to_know(place):
    place.edge.reserve(WINDOW, RIGHT)
    place.hear(w.WM_ACTIVATE)
    place.hear(w.WM_WINDOWPOSCHANGED)
    assert place.shell32.messages()[-2:] == [w.ABM_ACTIVATE, w.ABM_WINDOWPOSCHANGED]


def test_the_keyboard_goes_back_to_what_is_still_there(place):
    assert place.edge.front_window() == 77
    assert place.edge.bring_front(88)
    assert place.user32.front == 88
    place.user32.gone.add(99)
    assert not place.edge.bring_front(99)
    place.user32.front = None
    assert place.edge.front_window() == 0


def test_nothing_is_heard_after_the_end(place):
    place.edge.reserve(WINDOW, RIGHT)
    place.edge.close()
    place.hear(w.CALLBACK, w.ABN_POSCHANGED)
    assert place.moved == []


def test_the_foreground_that_the_system_does_not_give_away(place):
    """ForegroundLockTimeout, or a window of an administrator: the keyboard stays ours, and is used."""
    place.user32.is_locked = True
    assert not place.edge.bring_front(88)
    assert place.user32.front == 77


def test_without_a_name_for_it_nothing_is_a_new_task_bar(qapp):
    """0 is also the message by which others ask whether a window lives."""
    user32 = User32()
    user32.taskbar_created = 0
    place = Place(user32)
    place.edge.reserve(WINDOW, RIGHT)
    place.hear(0)
    assert place.moved == []
    place.edge.close()
    assert place.shell32.messages()[-1] == w.ABM_REMOVE


def test_a_new_task_bar_that_takes_no_bar_is_told(place):
    place.edge.reserve(WINDOW, RIGHT)
    place.hear(TASKBAR_CREATED)
    place.shell32.refuses = True
    with pytest.raises(Unavailable) as refused:
        place.edge.reserve(WINDOW, RIGHT)
    assert refused.value.reason == "windows_refused"
    place.edge.release()
    assert w.ABM_REMOVE not in place.shell32.messages()


def test_other_messages_and_notices_of_the_shell_change_nothing(place):
    place.edge.reserve(WINDOW, RIGHT)
    before = list(place.shell32.calls)
    place.hear(w.CALLBACK, 0)  # ABN_STATECHANGE
    place.hear(w.CALLBACK, 3)  # ABN_WINDOWARRANGE
    place.hear(0x0113)  # WM_TIMER
    assert (place.moved, place.user32.calls, place.shell32.calls) == ([], [], before)


def test_an_end_without_a_close_gives_the_strip_back(qapp, monkeypatch):
    at_the_end = []
    monkeypatch.setattr(w.atexit, "register", at_the_end.append)
    place = Place()
    place.edge.reserve(WINDOW, RIGHT)
    for each in at_the_end:
        each()
    assert place.shell32.messages()[-1] == w.ABM_REMOVE
    place.edge.close()
    assert place.shell32.messages().count(w.ABM_REMOVE) == 1


def test_without_a_loop_there_is_nobody_to_hear(monkeypatch):
    monkeypatch.setattr(windows_messages.QCoreApplication, "instance", lambda: None)
    with pytest.raises(Unavailable, match="no_screen"):
        Place()


@pytest.mark.parametrize("library", [OSError("no such library"), SimpleNamespace()])
def test_a_library_that_is_another_makes_it_unavailable(qapp, monkeypatch, library):
    def dll(_name):
        if isinstance(library, Exception):
            raise library
        return library

    monkeypatch.setattr(w, "sys", SimpleNamespace(platform="win32"))
    monkeypatch.setattr(ctypes, "WinDLL", dll, raising=False)
    opened = open_edge(Relay(lambda: None), "windows")
    assert (opened.name, opened.reason) == ("none", "windows_refused")
