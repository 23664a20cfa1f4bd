"""Where the window stands: rectangles to rectangles, in Qt's logical pixels unless said."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize

from ui.port.box import Box

FLOATING = "floating"
FLOATING_HEIGHT = 820
WIDEST_PANEL = 120
# How wide the window and its strip are at each text size, in pixels.
WIDTHS = {100: 340, 125: 380, 150: 440, 200: 560}
STRIP_WIDTHS = {100: 128, 125: 154, 150: 180, 200: 236}
_TITLE_BAR = 36


def width_of(percent: int, *, is_strip: bool) -> int:
    """How wide the window opens at a text size."""
    widths = STRIP_WIDTHS if is_strip else WIDTHS
    return next(wide for step, wide in widths.items() if step >= min(percent, max(widths)))


def docked_place(free: QRect, side: str, width: int) -> QRect:
    """The whole height at one side of what is free, never wider than that."""
    width = min(width, free.width())
    left = free.left() if side == "left" else free.right() - width + 1
    return QRect(left, free.top(), width, free.height())


def floating_place(free: QRect, size: QSize) -> QRect:
    """The upper right corner of what is free, with room for a title bar; never larger than that."""
    room = free.adjusted(0, _TITLE_BAR, 0, 0)
    size = size.boundedTo(room.size())
    return QRect(QPoint(room.right() - size.width() + 1, room.top()), size)


def kept_inside(place: QRect, free: QRect) -> QRect:
    """The same place, moved and made smaller as far as it must be to be seen whole."""
    size = place.size().boundedTo(free.size())
    left = min(max(place.left(), free.left()), free.right() - size.width() + 1)
    top = min(max(place.top(), free.top()), free.bottom() - size.height() + 1)
    return QRect(QPoint(left, top), size)


def to_device(place: QRect, screen: QRect, ratio: float) -> Box:
    """In device pixels; Qt leaves the corner of a screen where the system has it."""
    return Box(
        screen.left() + round((place.left() - screen.left()) * ratio),
        screen.top() + round((place.top() - screen.top()) * ratio),
        round(place.width() * ratio),
        round(place.height() * ratio),
    )


def to_logical(box: Box, screen: QRect, ratio: float) -> QRect:
    """Back again."""
    return QRect(
        screen.left() + round((box.left - screen.left()) / ratio),
        screen.top() + round((box.top - screen.top()) / ratio),
        round(box.width / ratio),
        round(box.height / ratio),
    )
