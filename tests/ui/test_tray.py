"""The icon in the tray: what it shows, what its menu does, and what it never does.

Whose the focus is when the window comes back: tests/e2e/test_tray.py, with real window managers.
"""

from datetime import timedelta

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon

from call import commands as c
from call.fold_times import CallPhase
from scripts_ja.texts import t
from tests.ui.test_window_at_the_edge import Place
from ui.reminder_alert import ReminderAlert
from ui.tray import Tray
from ui.tray_icon import tray_icon


class Hall:
    """A docked window with its icon."""

    def __init__(self, seat):
        self.place = Place(seat)
        self.seat, self.window = seat, seat.window
        self.opened = []
        self.tray = Tray(
            seat.work,
            seat.window,
            self.place.docking.put_away,
            seat.controller.trigger,
            self.opened.append,
        )
        self.told = []
        self.tray.tell = lambda *words: self.told.append(words)
        self.alert = ReminderAlert(seat.work, seat.window, self.tray)

    def choose(self, text: str) -> None:
        found = [action for action in self.tray.menu.actions() if action.text() == text]
        found[0].trigger()
        self.seat.settle()

    def put_away(self) -> None:
        self.choose(t("tray.hide"))
        assert not self.window.isVisible()


@pytest.fixture
def hall(seat):
    yield (hall := Hall(seat))
    QGuiApplication.setQuitOnLastWindowClosed(True)
    hall.place.crm.close()


def test_it_shows_what_the_line_does_in_words_and_shape(hall):
    icons = set()

    def state():
        hall.seat.settle()
        icons.add(hall.tray.icon.icon().cacheKey())
        return hall.tray.icon.toolTip()

    assert state() == t("tray.state", phase="待機")
    hall.seat.work.do(c.Ring("0312345678"))
    assert state() == t("tray.state", phase="呼出中")
    hall.seat.work.do(c.StartCall("0312345678"))
    hall.seat.work.do(c.FillField("customer", "山田"))
    assert state() == t("tray.state", phase="通話中")
    hall.seat.work.do(c.Hold())
    assert state() == t("tray.state", phase="保留中")
    hall.seat.work.do(c.EndCall())
    assert state() == t("tray.state", phase="後処理中")
    assert len(icons) == 5


def test_the_marks_differ_without_colour(qapp):
    phases = (CallPhase.IDLE, CallPhase.RINGING, CallPhase.TALKING, CallPhase.ON_HOLD)
    pictures = [tray_icon(p).pixmap(32, 32).toImage() for p in (*phases, CallPhase.WRAP_UP)]
    grey = [
        [p.pixelColor(x, y).lightness() for x in range(32) for y in range(32)] for p in pictures
    ]
    for place, one in enumerate(grey):
        for other in grey[place + 1 :]:
            assert sum(abs(a - b) > 60 for a, b in zip(one, other, strict=True)) > 30


def test_put_away_gives_back_the_strip_and_the_keyboard_and_shown_takes_it_again(hall):
    system = hall.place.system
    assert system.has_strip
    hall.window.take_keyboard()
    hall.seat.type("途中")
    hall.put_away()
    assert not system.has_strip
    assert hall.place.crm.isActiveWindow()
    assert hall.tray.icon.toolTip() == t("tray.state_hidden", phase="待機")
    hall.choose(t("tray.show"))
    assert hall.window.isVisible()
    assert system.has_strip
    assert hall.seat.edit.toPlainText() == "途中"


def test_other_screens_and_settings_reserve_nothing_while_it_is_away(hall):
    hall.put_away()
    hall.place.docking.place()
    hall.seat.work.settings.change({"view.compact": "on"})
    hall.seat.settle()
    assert not hall.place.system.has_strip
    assert not hall.window.isVisible()


@pytest.mark.parametrize("command", [c.Ring(), c.StartCall()])
def test_a_call_brings_it_back(hall, command):
    hall.put_away()
    hall.seat.work.do(command)
    hall.seat.settle()
    assert hall.window.isVisible()
    assert hall.place.system.has_strip


def test_a_key_that_opens_something_brings_it_back(hall):
    hall.seat.begin_call()
    hall.put_away()
    hall.seat.controller.keys._on_hotkey("focus_note")
    hall.seat.settle()
    assert hall.window.isVisible()


def test_a_second_start_brings_it_back(hall):
    hall.put_away()
    hall.seat.desktop.raise_window()
    hall.seat.settle()
    assert hall.window.isVisible()
    assert hall.place.system.has_strip
    assert QGuiApplication.quitOnLastWindowClosed()
    assert hall.tray.toggle.text() == t("tray.hide")


def test_a_click_shows_it_and_never_hides_it(hall):
    trigger = QSystemTrayIcon.ActivationReason.Trigger
    hall.tray.icon.activated.emit(trigger)
    assert hall.window.isVisible()
    hall.put_away()
    hall.tray.icon.activated.emit(QSystemTrayIcon.ActivationReason.Context)
    assert not hall.window.isVisible()
    hall.tray.icon.activated.emit(trigger)
    assert hall.window.isVisible()


def test_settings_and_logs_open_while_it_is_away(hall):
    hall.put_away()
    hall.choose(t("tray.settings"))
    settings = hall.seat.controller.settings.window
    assert settings.isVisible()
    hall.choose(t("tray.logs"))
    assert hall.opened == ["logs"]
    settings.close()
    hall.seat.settle()
    assert not QGuiApplication.quitOnLastWindowClosed()
    assert not hall.window.isVisible()


def test_quit_closes_the_window_as_its_own_button_does(hall, monkeypatch):
    ended = []
    monkeypatch.setattr(QGuiApplication, "exit", lambda *_: ended.append(True))
    closed = []
    hall.window.closing.connect(lambda: closed.append(True))
    hall.put_away()
    hall.choose(t("tray.quit"))
    assert closed == [True]
    hall.seat.wait_until(lambda: ended)
    assert not hall.tray.icon.isVisible()


# -- reminders --------------------------------------------------------------------------------


@pytest.fixture
def remind(hall, monkeypatch):
    """Let a callback of another case come near; returns what was heard and told."""
    heard = []
    monkeypatch.setattr(QApplication, "beep", lambda *_: heard.append("beep"))
    seat = hall.seat

    def remind(sound="off", notice="hidden", is_talking=False, is_away=True):
        chosen = {"alerts.reminder_sound": sound, "alerts.reminder_notice": notice}
        seat.work.settings.change(chosen)
        seat.begin_call()
        # Read while it owes nothing yet: what is told later can only come from a later reading.
        seat.wait_until(lambda: seat.work.is_quiet)
        due = seat.work.now().wall + timedelta(minutes=60)
        seat.work.do(c.FillField("customer", "山田"))
        seat.work.do(c.CommitCallback("佐藤", due, "課長"))
        seat.work.do(c.EndCall())
        seat.work.do(c.RecordHandoff("text", "note.txt"))
        seat.work.do(c.FinishWrapUp())
        seat.save()
        seat.wait_until(lambda: seat.work.is_quiet)
        seat.wait(44 * 60)
        if is_talking:
            seat.begin_call()
        elif is_away:
            hall.put_away()
        seat.wait(2 * 60)
        # What other cases owe may still be on its way from the disk.
        seat.wait_until(lambda: seat.work.is_quiet)
        seat.wait(5)
        agenda = seat.work.reminders.agenda
        assert seat.window.advice.prompt is not None, agenda
        assert seat.window.advice.prompt.about is not None
        return heard, hall.told

    return remind


def test_a_reminder_is_told_once_while_nobody_sees_the_window(remind):
    heard, told = remind()
    assert heard == []
    assert told == [(t("tray.reminder_title"), t("tray.reminder"))]
    assert "山田" not in str(told)


def test_not_while_it_is_seen(remind):
    assert remind(is_away=False) == ([], [])


def test_unless_it_is_wanted_always(remind):
    assert len(remind(notice="always", is_away=False)[1]) == 1


def test_and_never_where_it_is_not_wanted(remind):
    assert remind(notice="off") == ([], [])


def test_a_sound_where_it_is_wanted(remind):
    assert remind(sound="on", notice="off")[0] == ["beep"]


def test_nothing_sounds_on_a_live_call(remind):
    assert remind(sound="on", notice="always", is_talking=True) == ([], [])
