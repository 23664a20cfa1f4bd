"""The edge of the screen: the back end that this system has, and what is said where it has none."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from app.notice_board import NoticeBoard
from scripts_ja.texts import t
from ui.port.box import Box

if TYPE_CHECKING:
    from desktop.edge.backend import Relay
    from desktop.edge.chooser import Opened

# Nobody looks at such a screen.
_EXPECTED = "no_screen"


class Edge:
    """All of it belongs to the thread of the window."""

    def __init__(self, notices: NoticeBoard) -> None:
        self._notices = notices
        self._opened: Opened | None = None
        self._relay: Relay | None = None
        self._moved: list[Callable[[], None]] = []
        self._told: set[str] = set()

    @property
    def name(self) -> str:
        """The back end: ``x11``, ``windows`` or ``none``; opened when it is first asked for."""
        return self._open().name

    def reserve(
        self, window: int, side: str, place: Box, monitor: Box, other_monitors: Sequence[Box]
    ) -> Box | None:
        """Keep a strip free; see :class:`ui.port.surroundings.EdgePort`."""
        from desktop.edge.backend import Rect, Strip, Unavailable

        others = tuple(Rect(*other) for other in other_monitors)
        strip = Strip(side, Rect(*place), Rect(*monitor), others)
        try:
            return Box(*self._open().backend.reserve(window, strip))
        except Unavailable as error:
            self._tell(error.reason)
            return None

    def release(self) -> None:
        """Give the strip back."""
        if self._opened is not None:
            self._opened.backend.release()

    def front_window(self) -> int:
        """The window that has the keyboard; 0 where nobody can say."""
        return self._open().backend.front_window()

    def bring_front(self, window: int) -> bool:
        """Give the keyboard to another program's window; False where it is gone."""
        return self._open().backend.bring_front(window)

    def listen(self, moved: Callable[[], None]) -> None:
        """Hear that the strip has to be asked for anew."""
        self._moved.append(moved)

    def close(self) -> None:
        """Let go of everything."""
        if self._opened is not None:
            self._opened.backend.close()
        if self._relay is not None:
            self._relay.mute()  # and gone now: the collector may run in another thread
            self._relay = None
        self._moved.clear()

    def begin(self, open_edge: Callable[[Relay], Opened] | None = None) -> None:
        """Open the back end; the tests name theirs."""
        from desktop.edge import chooser
        from desktop.edge.backend import Relay

        self._relay = Relay(self._on_moved)
        self._opened = (open_edge or chooser.open_edge)(self._relay)

    def _open(self) -> Opened:
        if self._opened is None:
            self.begin()
        assert self._opened is not None  # noqa: S101 - begun
        return self._opened

    def _tell(self, reason: str) -> None:
        """Once per start: it changes nothing to hear it again."""
        if reason not in self._told and reason != _EXPECTED:
            self._told.add(reason)
            self._notices.say("edge", t(f"edge.without.{reason}"), "info")

    def _on_moved(self) -> None:
        for moved in self._moved:
            moved()
