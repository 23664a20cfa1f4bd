"""The window at the edge: where it stands, what is reserved, and whose the keyboard is.

The system is a recording one; with real window managers: tests/e2e/test_edge.py.
"""

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from desktop.edge.chooser import Opened
from desktop.edge.null import NullEdge
from ui.docking import Docking

REFUSES_FOCUS = Qt.WindowType.WindowDoesNotAcceptFocus
FRAMELESS = Qt.WindowType.FramelessWindowHint
ABOVE = Qt.WindowType.WindowStaysOnTopHint
CRM = 77


class System:
    """Grants everything and remembers it."""

    def __init__(self, crm):
        self.crm = crm
        self.strips = []
        self.has_strip = False
        self.front = CRM
        self.brought = []
        self.gone = set()

    def reserve(self, window, strip):
        self.strips.append(strip)
        self.has_strip = True
        return strip.place

    def release(self):
        self.has_strip = False

    def front_window(self):
        return self.front

    def bring_front(self, window):
        if window in self.gone:
            return False
        self.brought.append(window)
        self.crm.activateWindow()
        return True

    def close(self):
        self.release()

    @property
    def widths(self):
        return [strip.place.width for strip in self.strips]


class Place:
    def __init__(self, seat, name="x11"):
        self.seat, self.window, self.crm = seat, seat.window, QWidget()
        self.crm.show()
        self.crm.activateWindow()
        seat.settle()
        self.system = System(self.crm)
        backend = self.system if name != "none" else NullEdge("wayland")
        seat.work.edge.begin(lambda relay: Opened(name, backend))
        self.docking = Docking(seat.work, seat.window)
        self.docking.show()
        seat.settle()

    def set(self, **values):
        self.seat.work.settings.change({f"view.{k}": v for k, v in values.items()})
        self.seat.settle()

    @property
    def flags(self):
        return self.window.windowHandle().flags()

    @property
    def place(self):
        return self.window.geometry()

    def click(self, widget):
        """As the system brings it: to the window, which finds the widget."""
        spot = widget.mapTo(self.window, widget.rect().center())
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
        self.seat.settle()

    def click_frame(self, field):
        """Beside the text, on the frame around it."""
        spot = field.mapTo(self.window, field.rect().bottomRight()) - QPoint(12, 2)
        QTest.mouseClick(self.window.windowHandle(), Qt.MouseButton.LeftButton, pos=spot)
        self.seat.settle()

    def wait_width(self, width):
        self.seat.wait_until(lambda: self.place.width() == width)


@pytest.fixture
def make_place(talk):
    places = []

    def make(name="x11"):
        places.append(Place(talk, name))
        return places[-1]

    yield make
    for place in places:
        place.crm.close()


@pytest.fixture
def docked(make_place):
    return make_place()


@pytest.fixture
def screen(qapp):
    return qapp.primaryScreen().geometry()


def test_it_opens_at_the_right_edge_above_others_and_refuses_the_focus(docked, screen):
    assert docked.place == screen.adjusted(screen.width() - 340, 0, 0, 0)
    assert all(docked.flags & flag for flag in (REFUSES_FOCUS, FRAMELESS, ABOVE))
    assert docked.window.testAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    assert docked.window.testAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock)
    assert docked.window.header.controls.isVisible()
    (strip,) = docked.system.strips
    assert (strip.side, strip.place.left, strip.place.width) == ("right", screen.width() - 340, 340)


def test_the_setting_moves_it_at_once(docked, screen):
    docked.set(dock="left")
    assert docked.place == screen.adjusted(0, 0, 340 - screen.width(), 0)
    assert docked.system.strips[-1].side == "left"
    docked.set(dock="floating")
    assert not docked.system.has_strip
    assert not docked.flags & FRAMELESS
    assert docked.flags & REFUSES_FOCUS
    assert not docked.window.testAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock)
    assert not docked.window.header.controls.isVisible()
    assert screen.contains(docked.place)
    assert docked.window.isVisible()
    docked.set(dock="right")
    assert docked.system.has_strip
    assert docked.flags & FRAMELESS
    assert docked.place.right() == screen.right()


def test_a_floating_window_comes_back_to_where_it_was_put(docked, screen):
    docked.set(dock="floating")
    docked.window.setGeometry(100, 90, 400, 600)
    docked.seat.settle()
    docked.set(compact="on")
    assert docked.place.topRight() == QPoint(499, 90)
    docked.set(compact="off", dock="right")
    docked.set(dock="floating")
    assert docked.place == QRect(100, 90, 400, 600)


def test_one_key_for_the_strip_and_one_for_the_place(docked):
    docked.seat.act("compact")
    assert docked.window.is_compact
    assert docked.place.width() == docked.system.widths[-1] == 128
    docked.seat.controller.trigger("compact")
    docked.seat.settle()
    assert not docked.window.is_compact
    assert docked.place.width() == docked.system.widths[-1] == 340
    for place in ("left", "floating", "right"):
        docked.seat.controller.trigger("dock")
        docked.seat.settle()
        assert docked.seat.work.settings.get("view.dock") == place


def test_the_strip_says_what_matters(docked):
    docked.set(compact="on")
    strip, seat = docked.window.strip, docked.seat
    seat.wait(62)
    assert (strip.time.text(), strip.phase.text()) == ("01:02", docked.window.header.phase.text())
    seat.act("hold")
    seat.wait(50)
    assert strip.hold_time.text() == "0:50"
    assert strip.hold.property("tone") == docked.window.clock.hold.property("tone") != ""
    assert strip.advice.isVisible()
    assert strip.advice.property("tone") == "warn"
    assert strip.advice.accessibleName().startswith("▲")
    seat.wait(120)
    assert strip.advice.property("tone") == "danger"
    assert strip.advice.accessibleName().startswith("■")
    seat.act("hold")
    assert not strip.hold_time.isVisible()
    assert docked.window.stage_title in strip.stage.accessibleName()


def test_a_list_gets_room_and_nobody_else_has_to_move(docked, screen):
    docked.set(compact="on")
    reserved = docked.system.widths[-1]
    docked.seat.act("exits")
    docked.wait_width(340)
    assert docked.place.right() == screen.right()
    assert not docked.window.is_compact
    assert docked.system.widths[-1] == reserved
    docked.seat.press("Escape", docked.window.sheet)
    docked.wait_width(reserved)
    assert docked.window.is_compact


def test_another_setting_leaves_an_open_list_alone(docked):
    docked.set(compact="on")
    docked.seat.act("exits")
    docked.wait_width(340)
    docked.set(clock_words="12")
    assert docked.window.sheet is not None
    assert docked.place.width() == 340


def test_the_same_edge_again_is_the_same_place(docked, screen):
    """What the system calls free may still be without our own strip."""
    for _ in range(3):
        for place in ("left", "right"):
            docked.set(dock=place)
    assert docked.place.right() == screen.right()


def test_the_handoff_note_is_not_under_the_sidebar(docked):
    docked.set(dock="left")
    docked.seat.act("handoff")
    note = docked.seat.controller.papers.handoff
    assert note.geometry().left() > docked.place.right()


def test_a_click_on_the_strip_brings_everything(docked):
    docked.set(compact="on")
    docked.click(docked.window.strip.time)
    assert docked.seat.work.settings.get("view.compact") == "off"
    assert docked.place.width() == 340


def test_what_is_composed_survives_the_strip(docked):
    docked.window.take_keyboard()
    docked.seat.compose("にほんご")
    docked.set(compact="on")
    assert docked.window.input.text() == "にほんご"


def test_the_width_follows_the_text_both_ways(docked, screen):
    docked.set(text_percent=200)
    docked.seat.controller.looks.apply()
    docked.seat.wait_until(lambda: docked.system.widths[-1] == 560)
    assert docked.place.width() == 560
    assert docked.place.right() == screen.right()
    docked.set(text_percent=100)
    docked.seat.controller.looks.apply()
    docked.wait_width(340)


def test_a_button_leaves_the_keyboard_where_it_is(docked):
    before = docked.seat.work.stage().title
    docked.click(docked.window.buttons.next)
    assert docked.seat.work.stage().title != before
    assert docked.flags & REFUSES_FOCUS


def test_a_field_takes_it_and_a_saved_note_gives_it_back_where_that_is_wanted(docked):
    docked.set(after_note="back")
    docked.click(docked.window.input.edit)
    assert not docked.flags & REFUSES_FOCUS
    docked.seat.note("水が漏れる")
    assert docked.system.brought == [CRM]
    assert docked.flags & REFUSES_FOCUS


def test_a_click_on_the_frame_of_the_field_is_meant_for_the_text(docked):
    docked.click_frame(docked.window.input)
    assert not docked.flags & REFUSES_FOCUS
    docked.click(docked.window.input.kind_label)
    assert docked.window.focusWidget() is docked.window.input.edit


def test_enter_in_an_empty_field_is_no_saved_note(docked):
    docked.click(docked.window.input.edit)
    docked.seat.press("Return", docked.seat.edit)
    assert docked.system.brought == []


def test_it_stays_for_the_next_note(docked):
    docked.click(docked.window.input.edit)
    docked.seat.note("水が漏れる")
    assert docked.system.brought == []
    docked.seat.press("Escape", docked.seat.edit)
    assert docked.system.brought == [CRM]


def test_esc_takes_away_one_thing_at_a_time(docked):
    docked.seat.act("hold")
    docked.seat.wait(150)
    docked.click(docked.window.input.edit)
    prompts = []
    while docked.window.advice.prompt is not None:  # the milder one comes after the graver
        prompts.append(docked.window.advice.prompt.id)
        docked.seat.press("Escape", docked.seat.edit)
    assert prompts == list(dict.fromkeys(prompts)) != []
    assert docked.system.brought == []
    docked.seat.press("Escape", docked.seat.edit)
    assert docked.system.brought == [CRM]


def test_what_is_composed_is_kept_when_it_goes_back(docked):
    docked.click(docked.window.input.edit)
    docked.seat.compose("にほんご")
    docked.docking.loan.give_back()
    assert docked.window.input.text() == "にほんご"


def test_it_stays_where_nobody_is_left_to_have_it(docked):
    docked.click(docked.window.input.edit)
    docked.system.gone.add(CRM)
    docked.seat.press("Escape", docked.seat.edit)
    assert not docked.flags & REFUSES_FOCUS


def test_its_own_window_is_nobody_to_give_it_to(docked):
    docked.system.front = docked.window.winId()
    docked.click(docked.window.input.edit)
    docked.seat.press("Escape", docked.seat.edit)
    assert docked.system.brought == []


def test_another_window_that_is_clicked_ends_the_loan(docked):
    docked.click(docked.window.input.edit)
    assert docked.window.isActiveWindow()
    docked.crm.activateWindow()
    docked.seat.wait_until(lambda: docked.flags & REFUSES_FOCUS)
    assert docked.system.brought == []


def test_a_list_called_from_elsewhere_gives_it_back(docked):
    docked.seat.controller.keys._on_hotkey("exits")
    docked.seat.settle()
    assert not docked.flags & REFUSES_FOCUS
    docked.seat.press("Escape", docked.window.sheet)
    assert docked.system.brought == [CRM]
    assert docked.flags & REFUSES_FOCUS


def test_a_list_called_while_typing_does_not(docked):
    docked.click(docked.window.input.edit)
    docked.seat.act("exits")
    docked.seat.press("Escape", docked.window.sheet)
    assert docked.system.brought == []
    assert docked.seat.edit.hasFocus()


def test_a_form_that_a_click_opens_is_there_to_be_typed_into(docked):
    docked.click(docked.window.header.customer)
    assert docked.window.sheet is not None
    docked.seat.wait_until(lambda: not docked.flags & REFUSES_FOCUS)
    docked.seat.press("Escape")
    assert docked.system.brought == [CRM]


def test_the_strip_is_given_back_on_close(docked):
    docked.window.header.controls.close_button.click()
    assert not docked.system.has_strip
    assert not docked.window.isVisible()


def test_without_a_back_end_it_is_an_ordinary_window_that_stays_above(make_place, screen):
    place = make_place("none")
    assert not place.flags & (REFUSES_FOCUS | FRAMELESS)
    assert place.flags & ABOVE
    assert place.place.right() == screen.right()
    assert place.docking.loan is None
    place.set(compact="on")
    assert place.window.is_compact
    place.seat.controller.trigger("focus_note")
    place.seat.settle()
    assert not place.window.is_compact


def test_a_screen_that_is_too_small_shows_it_whole(docked, screen):
    docked.set(text_percent=200, compact="off")
    assert screen.contains(docked.place)
    assert docked.window.mapToGlobal(QPoint(0, 0)).x() >= 0
    assert docked.window.minimumHeight() <= screen.height()
