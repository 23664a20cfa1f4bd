"""Searching cases in a thread of its own: a newer search ends the one before it."""

from __future__ import annotations

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from pathlib import Path

from app.background import Post
from app.found_cases import found_cases, shown_case
from app.record_reader import RecordReader
from app.search_words import read_words
from call.clock import Reading
from storage.archive import Archive
from storage.journal import Journal
from storage.search_wanted import Shelf
from ui.port.cases import FoundCase, FoundCases

_MOST = 50
_MOST_EARLIER = 20
# Nobody who types waits longer for a sick disk.
_FLUSH_SECONDS = 0.3
_TROUBLE = "cases cannot be searched"


class CaseSearch:
    """Reads beside the window, on a connection that can be interrupted."""

    def __init__(
        self, journal: Journal, database: Path, post: Post, now: Callable[[], Reading]
    ) -> None:
        self._reader = RecordReader(journal, database, _FLUSH_SECONDS)
        self._post = post
        self._now = now
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="search")
        self._lock = threading.Lock()
        self._newest = 0
        self._running: Archive | None = None

    def find(self, query: str, shelf: str, then: Callable[[FoundCases], None]) -> None:
        """Look for what was typed; brings nothing where something newer is sought meanwhile."""
        now = self._now().wall.astimezone()
        with self._lock:
            self._newest += 1
            number = self._newest
            if self._running is not None:
                self._running.interrupt()

        def job() -> None:
            found = self._find(query, shelf, now, number) if number == self._newest else None
            if found is not None:
                self._post(lambda: then(found) if number == self._newest else None)

        self._pool.submit(job)

    def earlier_of(
        self, number: str, name: str, then: Callable[[tuple[FoundCase, ...]], None]
    ) -> None:
        """Look up the cases of that telephone number, or of that name, the last one first."""

        def job() -> None:
            found = self._reader.read(lambda archive: _earlier(archive, number, name), (), _TROUBLE)
            self._post(lambda: then(found))

        self._pool.submit(job)

    def close(self) -> None:
        """Wait for no search any more."""
        with self._lock:
            self._newest += 1
            if self._running is not None:
                self._running.interrupt()
        self._pool.shutdown(wait=True, cancel_futures=True)

    def _find(self, query: str, shelf: str, now: datetime, number: int) -> FoundCases | None:
        asked = read_words(query, now, Shelf(shelf))

        def look(archive: Archive) -> FoundCases | None:
            if not self._may_run(archive, number):
                return None
            try:
                return found_cases(archive.find(asked.wanted, _MOST), asked.unread)
            finally:
                with self._lock:
                    self._running = None

        unread = FoundCases(unread=asked.unread, is_read=False)
        return self._reader.read(look, unread, _TROUBLE)

    def _may_run(self, archive: Archive, number: int) -> bool:
        """Let a newer search interrupt this one, unless there is a newer one already."""
        with self._lock:
            self._running = archive if number == self._newest else None
            return number == self._newest


def _earlier(archive: Archive, number: str, name: str) -> tuple[FoundCase, ...]:
    found = archive.of_customer(name, _MOST_EARLIER) if name else archive.of_number(number)
    return tuple(map(shown_case, found))
