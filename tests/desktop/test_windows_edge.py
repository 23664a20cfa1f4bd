"""The AppBar against a recording fake: it has never run on Windows (docs/PLATFORMS.md)."""

import ctypes

import pytest
from PySide6.QtCore import QByteArray, QCoreApplication

from desktop.edge import windows as w
from desktop.edge.backend import Rect, Relay, Strip, Unavailable

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

    def RegisterWindowMessageW(self, name):  # noqa: N802
        assert name == "TaskbarCreated"
        return TASKBAR_CREATED

    def GetForegroundWindow(self):  # noqa: N802
        return self.front

    def SetForegroundWindow(self, window):  # noqa: N802
        self.front = window
        return 1

    def IsWindow(self, window):  # noqa: N802
        return int(window not in self.gone)

    def SetWindowPos(self, *arguments):  # noqa: N802
        self.calls.append(arguments)
        return 1


class Place:
    def __init__(self):
        self.shell32, self.user32, self.moved = Shell32(), User32(), []
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
