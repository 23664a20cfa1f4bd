"""What the notice bar should say, from whoever finds it out."""

from __future__ import annotations

from collections.abc import Callable

from ui.port.notices import Notice


class NoticeBoard:
    """Passes notices on, in the window's thread."""

    def __init__(self) -> None:
        self._listeners: list[Callable[[Notice], None]] = []

    def listen(self, listener: Callable[[Notice], None]) -> None:
        """Hear of every notice."""
        self._listeners.append(listener)

    def say(self, key: str, text: str, level: str = "info") -> None:
        """Say a sentence; an empty one says that ``key`` is over."""
        for listener in self._listeners:
            listener(Notice(key, text, level))
