"""Where the window stands: at an edge, in what the system keeps free for it, or floating."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QWidget

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
from ui.port.box import Box
from ui.port.surroundings import EdgePort
from ui.sidebar import MINIMUM, Sidebar

_STRIP_HEIGHT = 300  # a hold that is too long, and a notice


class DockPlace:
    """One window's place on one screen. ``side`` is that of the settings: left, right or floating."""

    def __init__(self, window: Sidebar, edge: EdgePort, side: str) -> None:
        self._window = window
        self._edge = edge
        self._is_own = edge.name != "none"
        self.side = side
        # Not where the window happens to lie: nobody has placed it yet.
        self._screen = QGuiApplication.primaryScreen()
        self._panels: dict[tuple[str, str], int] = {}
        self._floating: QRect | None = None

    @property
    def is_floating(self) -> bool:
        """Whether it stands at no edge."""
        return self.side == FLOATING

    def turn_to(self, side: str) -> None:
        """Stand there from the next time on; from where it floats, on the screen it floats on."""
        if self.is_floating:
            self._screen = _screen_of(self._window)
        self.side = side

    def put(self, *, is_strip: bool) -> None:
        """Put the window where it belongs now, and have that kept free."""
        if self._screen not in QGuiApplication.screens():
            self._screen = QGuiApplication.primaryScreen()
        if self.is_floating:
            self._float()
        else:
            self._dock(is_strip=is_strip)

    def _dock(self, *, is_strip: bool) -> None:
        screen = self._screen
        wanted = docked_place(self._free(), self.side, self._width(is_strip=is_strip))
        placed = self._reserve(wanted, screen)
        if placed is None:
            placed = docked_place(screen.availableGeometry(), self.side, wanted.width())
        shown = self._width(is_strip=self._window.is_compact)
        if shown != placed.width():  # wider for a moment: nobody else has to move for that
            outer = placed.left() if self.side == "left" else placed.right() - shown + 1
            placed = QRect(outer, placed.top(), shown, placed.height())
        self._move(kept_inside(placed, screen.geometry()))

    def _reserve(self, place: QRect, screen: QScreen) -> QRect | None:
        if not self._is_own:
            return None
        others = [_device(other) for other in QGuiApplication.screens() if other is not screen]
        whole, ratio = screen.geometry(), screen.devicePixelRatio()
        box = self._edge.reserve(
            self._window.winId(),
            self.side,
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

    def remember(self) -> None:
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
        is_left = self.side == "left"
        return place.adjusted(panel if is_left else 0, 0, 0 if is_left else -panel, 0)

    def _panel(self) -> int:
        """How much of this side somebody else has: only seen before we have it ourselves.

        On a monitor that comes later our own strip may be counted as taken already, for a moment
        or for good; what is wider than a panel is that.
        """
        whole, free = self._screen.geometry(), self._screen.availableGeometry()
        taken = free.left() - whole.left() if self.side == "left" else whole.right() - free.right()
        if self._panels and taken > WIDEST_PANEL:
            taken = 0
        return self._panels.setdefault((self._screen.name(), self.side), taken)

    def _width(self, *, is_strip: bool) -> int:
        return width_of(self._window.look.percent, is_strip=is_strip)


def _device(screen: QScreen) -> Box:
    whole = screen.geometry()
    return to_device(whole, whole, screen.devicePixelRatio())


def _screen_of(window: QWidget) -> QScreen:
    """The screen on which the middle of the window lies.

    The application is asked, not the window: a window's own answer, once Python has held it,
    brings PySide6 6.11 down when the window is destroyed.
    """
    return QGuiApplication.screenAt(window.geometry().center()) or QGuiApplication.primaryScreen()
