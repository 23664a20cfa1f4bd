"""The window at the edge of the screen: what it is to the system, how wide, and where.

A window that is docked has no frame, lies above ordinary ones and takes the keyboard only when
it is asked to (ui/keyboard_loan.py). Flags of a window that is shown are changed through its
handle: QWidget would take the window away and make another.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

from ui.composition import keep_composition
from ui.dock_geometry import (
    FLOATING,
    FLOATING_HEIGHT,
    WIDEST_PANEL,
    docked_place,
    floating_place,
    kept_inside,
    to_device,
    to_logical,
    width_of,
)
from ui.first_frame import flags_of
from ui.keyboard_loan import KeyboardLoan
from ui.port.box import Box
from ui.port.workplace import Workplace
from ui.screen_watch import ScreenWatch
from ui.sidebar import MINIMUM, Sidebar

_KIND = (
    Qt.WindowType.WindowDoesNotAcceptFocus
    | Qt.WindowType.FramelessWindowHint
    | Qt.WindowType.WindowStaysOnTopHint
)
_STRIP_HEIGHT = 300  # a hold that is too long, and a notice


class Docking(QObject):
    """Places one window by the settings and by the screens there are."""

    def __init__(self, workplace: Workplace, window: Sidebar) -> None:
        super().__init__(window)
        self._settings = workplace.settings
        self._edge = workplace.edge
        self._window = window
        # Where the system has no say about edges and keyboards, the window is an ordinary one.
        self._is_own = self._edge.name != "none"
        self._side = self._settings.get("view.dock")
        self._are_keys_here = False
        self._was_strip = self._is_strip()
        self._is_away = False
        self._panels: dict[tuple[str, str], int] = {}
        self._floating: QRect | None = None
        self.loan = KeyboardLoan(workplace, window) if self._is_own else None

    def show(self) -> None:
        """Show the window for the first time; the focus stays where it is."""
        window = self._window
        window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        # Not where the window happens to lie: nobody has placed it yet.
        self._screen = QGuiApplication.primaryScreen()
        window.show_compact(self._wants_strip())
        if not window.isVisible():
            window.setWindowFlags(self._flags())
            self._dress()
        elif window.windowFlags() & _KIND != self._flags() & _KIND:
            self._change_kind()  # the first frame took the system or the settings for others
        if window.isVisible() and self._side == FLOATING:
            self._remember_floating()  # nobody sees it move by the width of a frame
        else:
            self.place()
        window.show()
        self._connect()
        if self.loan is not None:
            self.loan.begin()

    def place(self) -> None:
        """Put the window where it belongs now, and have that kept free."""
        if self._is_away:
            return
        if self._screen not in QGuiApplication.screens():
            self._screen = QGuiApplication.primaryScreen()
        if self._side == FLOATING:
            self._float()
        else:
            self._dock()

    def put_away(self) -> None:
        """Hide the window and give back its strip; whoever shows it brings all of it back."""
        keep_composition()
        if self.loan is not None:
            self.loan.give_back()
        self._is_away = True
        QGuiApplication.setQuitOnLastWindowClosed(False)  # another window may be closed meanwhile
        self._window.hide()
        self._edge.release()

    def _come_back(self) -> None:
        self._is_away = False
        QGuiApplication.setQuitOnLastWindowClosed(True)
        self.place()

    # -- what it is to the system -------------------------------------------------------------

    def _flags(self) -> Qt.WindowType:
        takes_keys = self._are_keys_here and self._window.isVisible()
        return flags_of(is_own=self._is_own, is_bare=self._is_bare(), takes_keys=takes_keys)

    def _is_bare(self) -> bool:
        return self._is_own and self._side != FLOATING

    def _dress(self) -> None:
        dock = Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock
        self._window.setAttribute(dock, self._is_bare())
        self._window.header.controls.setVisible(self._is_bare())

    def _change_kind(self) -> None:
        """From docked to floating or back: a window manager looks at that when it maps a window."""
        window = self._window
        keep_composition()
        if self._side == FLOATING:
            self._edge.release()
        self._are_keys_here = False
        window.hide()
        flags = self._flags()
        window.overrideWindowFlags(flags)
        window.windowHandle().setFlags(flags)
        self._dress()
        window.show()

    # -- where it stands ----------------------------------------------------------------------

    def _dock(self) -> None:
        screen = self._screen
        wanted = docked_place(self._free(), self._side, self._width(is_strip=self._is_strip()))
        placed = self._reserve(wanted, screen)
        if placed is None:
            placed = docked_place(screen.availableGeometry(), self._side, wanted.width())
        shown = self._width(is_strip=self._window.is_compact)
        if shown != placed.width():  # wider for a moment: nobody else has to move for that
            outer = placed.left() if self._side == "left" else placed.right() - shown + 1
            placed = QRect(outer, placed.top(), shown, placed.height())
        self._move(kept_inside(placed, screen.geometry()))

    def _reserve(self, place: QRect, screen: QScreen) -> QRect | None:
        if not self._is_own:
            return None
        others = [_device(other) for other in QGuiApplication.screens() if other is not screen]
        whole, ratio = screen.geometry(), screen.devicePixelRatio()
        box = self._edge.reserve(
            self._window.winId(),
            self._side,
            to_device(place, whole, ratio),
            _device(screen),
            others,
        )
        return to_logical(box, whole, ratio) if box is not None else None

    def _float(self) -> None:
        window, look = self._window, self._window.look
        free = self._room_in_frame()
        width = self._width(is_strip=window.is_compact)
        if self._floating is None:
            self._floating = floating_place(free, QSize(width, FLOATING_HEIGHT))
        whole = self._floating
        size = QSize(max(width, whole.width()), whole.height())
        if window.is_compact:
            size = QSize(width, look.px(_STRIP_HEIGHT))
        corner = QPoint(whole.right() - size.width() + 1, whole.top())
        self._move(kept_inside(QRect(corner, size), free))

    def _room_in_frame(self) -> QRect:
        """What is free on the screen, less the frame that the system puts around the window."""
        free, window = self._screen.availableGeometry(), self._window
        if not window.isVisible():
            return free
        frame, inner = window.frameGeometry(), window.geometry()
        return free.adjusted(
            inner.left() - frame.left(),
            inner.top() - frame.top(),
            inner.right() - frame.right(),
            inner.bottom() - frame.bottom(),
        )

    def _remember_floating(self) -> None:
        """Where a hand has put it; of the strip only the upper right corner."""
        place = self._window.geometry()
        if place.width() >= MINIMUM.width() or self._floating is None:
            self._floating = place
        else:
            self._floating.moveTopRight(place.topRight())

    def _move(self, place: QRect) -> None:
        window = self._window
        window.setMinimumSize(MINIMUM.boundedTo(place.size()))
        if window.geometry() != place:
            window.setGeometry(place)

    def _free(self) -> QRect:
        """What the strip may take; sideways the system counts our own strip as taken too."""
        whole, free = self._screen.geometry(), self._screen.availableGeometry()
        place = QRect(whole.left(), free.top(), whole.width(), free.height())
        panel = self._panel()
        is_left = self._side == "left"
        return place.adjusted(panel if is_left else 0, 0, 0 if is_left else -panel, 0)

    def _panel(self) -> int:
        """How much of this side somebody else has: only seen before we have it ourselves.

        On a monitor that comes later our own strip may be counted as taken already, for a moment
        or for good; what is wider than a panel is that.
        """
        whole, free = self._screen.geometry(), self._screen.availableGeometry()
        taken = free.left() - whole.left() if self._side == "left" else whole.right() - free.right()
        if self._panels and taken > WIDEST_PANEL:
            taken = 0
        return self._panels.setdefault((self._screen.name(), self._side), taken)

    def _width(self, *, is_strip: bool) -> int:
        return width_of(self._window.look.percent, is_strip=is_strip)

    # -- strip or everything ------------------------------------------------------------------

    def _is_strip(self) -> bool:
        return self._settings.get("view.compact") == "on"

    def _wants_strip(self) -> bool:
        """A sheet or somebody who types needs the room; afterwards the strip comes back."""
        return self._is_strip() and self._window.sheet is None and not self._are_keys_here

    def _fit_form(self) -> None:
        if self._window.is_compact != self._wants_strip():
            self._window.show_compact(self._wants_strip())
            self.place()

    def _on_keys(self) -> None:
        self._are_keys_here = True
        self._fit_form()

    def _on_keys_gone(self) -> None:
        self._are_keys_here = False
        QTimer.singleShot(0, self._fit_form)  # a sheet may follow the one that has closed

    # -- what changes -------------------------------------------------------------------------

    def _connect(self) -> None:
        window, application = self._window, QGuiApplication.instance()
        assert isinstance(application, QGuiApplication)  # noqa: S101 - a window is shown
        screens = ScreenWatch(application, self)
        screens.changed.connect(self.place)
        self._settings.listen(self._on_settings)
        self._edge.listen(self.place)
        window.look_changed.connect(screens.note)
        window.keyboard_wanted.connect(self._on_keys)
        window.sheet_opened.connect(self._fit_form)
        window.sheet_closed.connect(lambda: QTimer.singleShot(0, self._fit_form))
        window.strip_opened.connect(lambda: self._settings.change({"view.compact": "off"}))
        window.header.controls.narrowed.connect(
            lambda: self._settings.change({"view.compact": "on"})
        )
        window.header.controls.closed.connect(window.close)
        window.closing.connect(self._end)
        window.installEventFilter(self)
        if self.loan is not None:
            self.loan.returned.connect(self._on_keys_gone)

    def _end(self) -> None:
        """Give back and watch no more: a filter in Python must not see a window that is destroyed."""
        self._edge.release()
        self._window.removeEventFilter(self)
        if self.loan is not None:
            self.loan.end()

    def _on_settings(self) -> None:
        side, before = self._settings.get("view.dock"), self._side
        if side != before:
            if before == FLOATING:
                self._screen = _screen_of(self._window)
            self._side = side
            if FLOATING in (side, before):
                self._change_kind()
        was_strip, self._was_strip = self._was_strip, self._is_strip()
        if side != before or self._was_strip != was_strip:
            self._change_form(is_narrowed=self._was_strip and not was_strip)

    def _change_form(self, *, is_narrowed: bool) -> None:
        """Somebody asked for it: at once, even in the middle of a note."""
        if is_narrowed:
            self._window.close_sheet()
            if self.loan is not None:
                self.loan.give_back()
            self._are_keys_here = False
        self._window.show_compact(self._wants_strip())
        self.place()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keys that went elsewhere; a floating window moved by hand; one that was put away and is back."""
        if event.type() == QEvent.Type.Show and self._is_away:
            self._come_back()
        elif event.type() == QEvent.Type.WindowDeactivate and self.loan is None:
            self._on_keys_gone()
        elif event.type() in (QEvent.Type.Move, QEvent.Type.Resize) and self._side == FLOATING:
            self._remember_floating()
        return super().eventFilter(watched, event)


def _device(screen: QScreen) -> Box:
    whole = screen.geometry()
    return to_device(whole, whole, screen.devicePixelRatio())


def _screen_of(window: QWidget) -> QScreen:
    """The screen on which the middle of the window lies.

    The application is asked, not the window: a window's own answer, once Python has held it,
    brings PySide6 6.11 down when the window is destroyed.
    """
    return QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
