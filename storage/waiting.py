"""The hand-over between whoever appends and the writer thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TYPE_CHECKING

from storage.batch import Batch

if TYPE_CHECKING:
    from storage.journal_file import JournalFile

Job = Callable[["JournalFile"], None]


class Waiting:
    """What is not on the disk yet. Thread-safe; adding never waits for the disk.

    The writer takes a batch in hand and settles it when it is committed; until then taking
    again returns the same batch with what came since.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._queue = Batch()
        self._in_hand = Batch()
        self._jobs: list[Job] = []
        self._added = self._taken = self._settled = 0
        self._is_hurried = self._is_closing = False

    def add(self, batch: Batch) -> None:
        """Queue a batch.

        Raises:
            RuntimeError: nothing is written any more.
        """
        with self._changed:
            if self._is_closing:
                raise RuntimeError("the journal is closed")
            self._queue.absorb(batch)
            self._added += 1
            self._changed.notify_all()

    def ask(self, job: Job) -> None:
        """Queue a job of the writer thread: done between two commits, when all is on the disk.

        Raises:
            RuntimeError: nothing is written any more.
        """
        with self._changed:
            if self._is_closing:
                raise RuntimeError("the journal is closed")
            self._jobs.append(job)
            self._is_hurried = True
            self._changed.notify_all()

    def take_jobs(self) -> list[Job]:
        """The jobs that wait, once each."""
        with self._changed:
            jobs, self._jobs = self._jobs, []
            return jobs

    def await_work(self, pause_seconds: float | None) -> bool:
        """Wait for something to write, or, given a pause, for its end; False: it was the last.

        Whoever is in a hurry ends either.
        """
        with self._changed:
            if pause_seconds is None:
                self._changed.wait_for(lambda: self._queue or self._is_hurried)
            else:
                self._changed.wait_for(lambda: self._is_hurried, pause_seconds)
            self._is_hurried = False
            return not self._is_closing

    def take(self) -> Batch:
        """All that waits, in the hand of the writer."""
        with self._changed:
            self._in_hand.absorb(self._queue)
            self._queue = Batch()
            self._taken = self._added
            return self._in_hand

    def settle(self) -> None:
        """What is in hand is on the disk."""
        with self._changed:
            self._in_hand = Batch()
            self._settled = self._taken
            self._changed.notify_all()

    def since(self) -> float | None:
        """The ``time.monotonic()`` of the oldest append that waits."""
        with self._changed:
            return self._queue.since if self._in_hand.since is None else self._in_hand.since

    def hurry(self, timeout_seconds: float) -> bool:
        """Try at once, and wait until all that was added so far is on the disk."""
        with self._changed:
            target = self._added
            if self._settled < target:
                self._is_hurried = True
                self._changed.notify_all()
            return self._changed.wait_for(lambda: self._settled >= target, timeout_seconds)

    def wake(self) -> None:
        """Let the writer look at once, though nothing is to be written."""
        with self._changed:
            self._is_hurried = True
            self._changed.notify_all()

    def close(self) -> None:
        """Take nothing more; the writer tries once more and ends."""
        with self._changed:
            self._is_closing = self._is_hurried = True
            self._changed.notify_all()

    def is_empty(self) -> bool:
        """Whether all is on the disk."""
        with self._changed:
            return self._settled == self._added
