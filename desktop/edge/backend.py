"""What a back end for the edge of the screen is, and what it says. All measures: device pixels."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, Qt, Signal


class Unavailable(Exception):  # noqa: N818 - it is no mistake, only an answer
    """Something cannot be had here; ``reason`` is an id."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


class Rect(NamedTuple):
    """A rectangle of the whole desktop, all monitors together."""

    left: int
    top: int
    width: int
    height: int

    @property
    def right(self) -> int:
        """The first column that is not part of it."""
        return self.left + self.width

    @property
    def bottom(self) -> int:
        """The first row that is not part of it."""
        return self.top + self.height

    def meets(self, other: Rect) -> bool:
        """Whether a pixel is part of both."""
        is_beside = self.right <= other.left or other.right <= self.left
        is_above = self.bottom <= other.top or other.bottom <= self.top
        return not is_beside and not is_above and min(*self[2:], *other[2:]) > 0


class Strip(NamedTuple):
    """What is to be kept free: ``place`` at the ``side`` (``right``, ``left``) of a monitor."""

    side: str
    place: Rect
    monitor: Rect
    other_monitors: tuple[Rect, ...] = ()


class EdgeBackend(Protocol):
    """Asks the system for the edge. Belongs to the thread of the window."""

    def reserve(self, window: int, strip: Strip) -> Rect:
        """Have others leave a strip free for a window of ours, in place of what was reserved.

        Returns where the window is to stand: some systems know better.

        Raises:
            Unavailable: nothing is reserved; the window may stand there all the same.
        """
        ...

    def release(self) -> None:
        """Give the strip back; nothing where there is none."""
        ...

    def front_window(self) -> int:
        """The window that has the keyboard; 0 where nobody can say."""
        ...

    def bring_front(self, window: int) -> bool:
        """Give the keyboard to a window of another program; False where it is gone."""
        ...

    def close(self) -> None:
        """Give everything back; nothing is heard afterwards."""
        ...


class Relay(QObject):
    """Tells by the event loop that the system wants the window elsewhere.

    Signals:
        moved(): the strip has to be asked for anew.
    """

    moved = Signal()

    def __init__(self, on_moved: Callable[[], None]) -> None:
        super().__init__()
        self._on_moved: Callable[[], None] | None = on_moved
        self.moved.connect(self._tell, Qt.ConnectionType.QueuedConnection)

    def mute(self) -> None:
        """What is still on its way is dropped."""
        self._on_moved = None

    def _tell(self) -> None:
        if self._on_moved is not None:
            self._on_moved()
