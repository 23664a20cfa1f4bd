"""Writing to the journal without a sidebar: for a command that holds the lock."""

from __future__ import annotations

import threading
from pathlib import Path

from app.bundle_import import Arrival, taken_over
from app.failure import Failure
from call.desk import DeskIdentity
from scripts_ja.texts import t
from storage.journal import Journal, Opening, Trouble

_SECONDS = 10.0


class _Listener:
    """Hears the journal on its thread."""

    def __init__(self) -> None:
        self.has_news = threading.Event()
        self.opening: Opening | None = None
        self.trouble: Trouble | None = None

    def on_opened(self, opening: Opening) -> None:
        self.opening = opening
        self.has_news.set()

    def on_committed(self, event_ids: tuple[str, ...]) -> None:
        """The journal is asked when it is closed."""

    def on_trouble(self, trouble: Trouble) -> None:
        self.trouble = trouble
        self.has_news.set()

    def on_recovered(self) -> None:
        self.trouble = None


def write_alone(arrival: Arrival, database: Path) -> None:
    """Commit a case that came, all of it or nothing.

    Raises:
        Failure: it could not be written.
    """
    listener = _Listener()
    journal = Journal(database, listener)
    journal.start()
    listener.has_news.wait(_SECONDS)
    opening = listener.opening
    if opening is not None and listener.trouble is None:
        journal.append(*taken_over(arrival, DeskIdentity(opening.desk_id, opening.last_seq + 1)))
    is_written = journal.close(_SECONDS)
    if opening is None or not is_written or listener.trouble is not None:
        raise Failure(t("import.unwritten", path=database))
