"""No strip and no say about the keyboard; why, the chooser knows."""

from __future__ import annotations

from desktop.edge.backend import Rect, Strip, Unavailable


class NullEdge:
    """Leaves everything to the system: the window is an ordinary one."""

    def __init__(self, reason: str) -> None:
        self._reason = reason

    def reserve(self, window: int, strip: Strip) -> Rect:
        """Never.

        Raises:
            Unavailable: always.
        """
        del window, strip
        raise Unavailable(self._reason)

    def release(self) -> None:
        """There is nothing to give back."""

    def front_window(self) -> int:
        """Nobody can say."""
        return 0

    def bring_front(self, window: int) -> bool:
        """Nobody can."""
        del window
        return False

    def close(self) -> None:
        """There is nothing to let go of."""
