"""Hears the journal on its thread and brings its news into the thread of the window."""

from __future__ import annotations

from collections.abc import Callable

from app.background import Background
from storage.journal import Opening, Trouble


class JournalWatch:
    """What the journal tells, made into calls of the window's thread."""

    def __init__(
        self,
        background: Background,
        on_opened: Callable[[Opening], None],
        on_trouble: Callable[[Trouble | None], None],
    ) -> None:
        self._background = background
        self._on_opened = on_opened
        self._on_trouble = on_trouble
        self._commit_listeners: list[Callable[[tuple[str, ...]], None]] = []

    def listen_committed(self, listener: Callable[[tuple[str, ...]], None]) -> None:
        """Hear which events are on the disk, in the window's thread."""
        self._commit_listeners.append(listener)

    def on_opened(self, opening: Opening) -> None:
        """The journal is open (writer thread)."""
        self._background.post(lambda: self._on_opened(opening))

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        """Events are on the disk (writer thread)."""
        self._background.post(lambda: self._tell_committed(event_ids))

    def on_trouble(self, trouble: Trouble) -> None:
        """Nothing can be written for now (writer thread)."""
        self._background.post(lambda: self._on_trouble(trouble))

    def on_recovered(self) -> None:
        """Writing works again (writer thread)."""
        self._background.post(lambda: self._on_trouble(None))

    def _tell_committed(self, event_ids: tuple[str, ...]) -> None:
        for listener in self._commit_listeners:
            listener(event_ids)
