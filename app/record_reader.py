"""How cases that are not in hand are read from the disk: beside the window only."""

from __future__ import annotations

import logging
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from call.events import Envelope
from storage.archive import Archive
from storage.journal import Journal
from storage.troubles import INTERRUPTED, MISSING, StorageError

# A list without what was just done would be wrong; a list that waits for a sick disk, useless.
_FLUSH_SECONDS = 1.0
# Nothing was recorded yet, or nobody waits for the answer any more.
_QUIET = (MISSING, INTERRUPTED)

V = TypeVar("V")
N = TypeVar("N")

_log = logging.getLogger(__name__)


class RecordReader:
    """Lets what waits be written, then reads. Blocks: for jobs of a thread of their own.

    ``flush_seconds`` is how long it waits for the writing at the most.
    """

    def __init__(
        self, journal: Journal, database: Path, flush_seconds: float = _FLUSH_SECONDS
    ) -> None:
        self._journal = journal
        self._database = database
        self._flush_seconds = flush_seconds

    def read(self, look: Callable[[Archive], V], unread: N, trouble: str) -> V | N:
        """What ``look`` finds; ``unread`` where nothing can be read.

        ``trouble`` is what the log says then, in front of the kind of trouble.
        """
        self._journal.flush(self._flush_seconds)
        try:
            return self._look(look)
        except StorageError as error:
            if error.kind not in _QUIET:
                _log.warning("%s: %s", trouble, error.kind)
            return unread

    def history(self, case_id: str, *, must_be_whole: bool = False) -> tuple[Envelope, ...]:
        """The events of a case; empty where it cannot be read.

        ``must_be_whole`` asks for nothing rather than for less than was recorded.
        """
        is_whole = self._journal.flush(self._flush_seconds)
        if must_be_whole and not is_whole:
            return ()
        try:
            return self._look(lambda archive: archive.events_of(case_id))
        except StorageError as error:
            _log.warning("a case cannot be read: %s", error.kind)
            return ()

    def _look(self, look: Callable[[Archive], V]) -> V:
        with Archive(self._database) as archive:
            return look(archive)
