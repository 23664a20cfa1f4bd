"""The window as it is shown first: where it will stand, before anything else is imported.

What the whole settings and the edge of the screen say comes after the first paint (ui/docking.py);
nothing moves then, unless they say otherwise.
"""

from __future__ import annotations

from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication, QScreen

from ui.dock_geometry import (
    FLOATING,
    FLOATING_HEIGHT,
    docked_place,
    floating_place,
    kept_inside,
    width_of,
)
from ui.resuming import say_resuming
from ui.sidebar import MINIMUM, Sidebar
from ui.system_look import system_look

# Where a back end for the edge is expected (desktop/edge/chooser.py).
_WITH_EDGE = ("xcb", "windows")


class FirstChoices(NamedTuple):
    """What the settings say about the first frame; the defaults are those of the settings."""

    theme: str = "system"
    percent: int = 100
    side: str = "right"
    is_strip: bool = False
    is_resuming: bool = False


def show_first_frame(choices: FirstChoices) -> Sidebar:
    """Make the window and show it, the focus where it is."""
    is_own = QGuiApplication.platformName() in _WITH_EDGE
    is_bare = is_own and choices.side != FLOATING
    kind = flags_of(is_own=is_own, is_bare=is_bare, takes_keys=False)
    window = Sidebar(system_look(choices.theme, choices.percent), kind)
    window.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
    window.setAttribute(Qt.WidgetAttribute.WA_X11NetWmWindowTypeDock, is_bare)
    window.header.controls.setVisible(is_bare)
    window.is_resuming = choices.is_resuming
    if choices.is_resuming:
        say_resuming(window)
    window.show_compact(choices.is_strip)
    place = _place(choices, QGuiApplication.primaryScreen())
    window.setMinimumSize(MINIMUM.boundedTo(place.size()))
    window.setGeometry(place)
    window.show()
    return window


def flags_of(*, is_own: bool, is_bare: bool, takes_keys: bool) -> Qt.WindowType:
    """What the window is to the system; ``is_own``: edges and keyboards are ours to arrange."""
    flags = Qt.WindowType.Window | Qt.WindowType.WindowStaysOnTopHint
    if is_own and not takes_keys:
        flags |= Qt.WindowType.WindowDoesNotAcceptFocus
    if is_bare:
        flags |= Qt.WindowType.FramelessWindowHint
    return flags


def _place(choices: FirstChoices, screen: QScreen) -> QRect:
    whole, free = screen.geometry(), screen.availableGeometry()
    width = width_of(choices.percent, is_strip=choices.is_strip)
    if choices.side == FLOATING:
        return kept_inside(floating_place(free, QSize(width, FLOATING_HEIGHT)), free)
    return kept_inside(docked_place(free, choices.side, width), whole)
