"""The journal: what happens goes in without waiting, one thread commits it as soon as it comes."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from call.case import CaseSummary
from call.events import Envelope
from storage import troubles
from storage.batch import Batch
from storage.listening import JournalListener, Opening
from storage.rows import Draft, DraftKey
from storage.troubles import StorageError, Trouble
from storage.waiting import Waiting
from storage.writer import Reopening, Writer

if TYPE_CHECKING:
    from storage.journal_file import JournalFile

__all__ = [
    "Draft",
    "DraftKey",
    "Journal",
    "JournalListener",
    "Opening",
    "StorageError",
    "Trouble",
]


class Journal:
    """The events of this desk, on their way to the disk. Thread-safe; adding never blocks.

    Each append is written whole or not at all, together with whatever else waits, in the order
    it came. While the file cannot be written (no space, no right, locked, from a newer version)
    everything waits in memory; it is tried again every ``retry_seconds``, and written when that
    works. What still waits when the process ends is lost: ask :meth:`unsaved_since`.

    A file of a newer version is left as it is, and nothing is written for as long as it is there.
    A damaged, empty or foreign one is moved to ``<name>.damaged-<UTC time>`` with its log, and
    the journal goes on in a new one. That one knows nothing of a call that was running: append
    its events again; an event whose id is there already is not written twice.

    ``busy_seconds`` is how long one try waits for another process to let go of the file;
    ``wall`` tells the time of day (aware), which decides what the last three days are.
    """

    def __init__(
        self,
        path: Path,
        listener: JournalListener,
        *,
        retry_seconds: float = 2.0,
        busy_seconds: float = 2.0,
        wall: Callable[[], datetime] = lambda: datetime.now(UTC),
    ) -> None:
        def make_file(on_set_aside: Callable[[Trouble], None]) -> JournalFile:
            # Here, not above: what this imports takes 0.1 s, and the window is being shown.
            from storage.journal_file import JournalFile

            return JournalFile(path, busy_seconds, wall, on_set_aside)

        self._waiting = Waiting()
        self._writer = writer = Writer(self._waiting, listener, retry_seconds, make_file)
        # A daemon: a disk that hangs must not keep the program from ending.
        self._thread = threading.Thread(target=writer.run, name="journal", daemon=True)

    def start(self) -> None:
        """Begin to open and write; what was added before is written first."""
        self._thread.start()

    def append(
        self,
        envelopes: Sequence[Envelope],
        summaries: Sequence[CaseSummary],
        cleared_drafts: Sequence[DraftKey] = (),
    ) -> None:
        """Write one step: events, the case lines as they are after it, drafts that it used up.

        Raises:
            UnicodeEncodeError: a text has half a surrogate pair; nothing was added.
            RuntimeError: the journal is closed.
        """
        step = Batch.of_append(envelopes, summaries, cleared_drafts, time.monotonic())
        if step:
            self._waiting.add(step)

    def save_draft(self, draft: Draft) -> None:
        """Keep a text as far as it was typed; replaces the draft of the same case and field.

        Raises:
            RuntimeError: the journal is closed.
        """
        self._waiting.add(Batch.of_draft(draft))

    def unsaved_since(self) -> float | None:
        """The ``time.monotonic()`` of the oldest append that is not committed, or None."""
        return self._waiting.since()

    def flush(self, timeout_seconds: float) -> bool:
        """Try at once and wait; whether all that was added until now is on the disk.

        From the writer thread, that is in a listener, nothing can be waited for.
        """
        is_writer = threading.current_thread() is self._thread
        return self._waiting.hurry(0 if is_writer else timeout_seconds)

    def reopen(
        self,
        on_progress: Callable[[float], None] = lambda done: None,
        then: Callable[[Trouble | None], None] = lambda trouble: None,
    ) -> None:
        """Bring all files into the form that is wanted (storage.encryption), between two commits.

        What is appended meanwhile waits in memory. Both are called on the writer thread:
        ``on_progress`` with 0 to 1, ``then`` with what kept a file from it, or None.
        """
        self._writer.reopen(Reopening(on_progress, then))

    def adopt(self, prepared: Path, done: Callable[[StorageError | None], None]) -> None:
        """Put what was prepared in place of what is there, between two commits.

        Then ``done`` hears ON THE WRITER THREAD whether that failed (nothing was changed), and the
        listener hears ``on_opened`` again, with what there is now.

        Raises:
            RuntimeError: the journal is closed.
        """

        def job(file: JournalFile) -> None:
            if self.unsaved_since() is not None:
                raise StorageError(troubles.LOCKED, prepared, "not all is written")
            file.adopt(prepared)

        self._waiting.ask(_saying(job, done))

    def save_from_damage(self, done: Callable[[StorageError | None], None]) -> None:
        """Damage was found by a reader: go on in a new database with all that can be saved.

        The listener hears of the file that was set aside; ``done`` as in :meth:`adopt`.

        Raises:
            RuntimeError: the journal is closed.
        """
        self._waiting.ask(_saying(lambda file: file.save_from_damage(), done))

    def close(self, timeout_seconds: float) -> bool:
        """Try once more, let go of the file, end the thread; whether all is on the disk.

        Waits at most ``timeout_seconds``. May be called again.
        """
        self._waiting.close()
        if self._thread.is_alive():
            self._thread.join(timeout_seconds)
        return self._waiting.is_empty() and not self._thread.is_alive()


def _saying(
    job: Callable[[JournalFile], None], done: Callable[[StorageError | None], None]
) -> Callable[[JournalFile], None]:
    """The job, and what became of it."""

    def do(file: JournalFile) -> None:
        try:
            job(file)
        except StorageError as error:
            done(error)
        else:
            done(None)

    return do
