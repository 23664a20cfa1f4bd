"""The writer thread's work: commit what waits as soon as it comes, try again when it fails."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import TYPE_CHECKING, ParamSpec

from msgspec import Struct

from storage.listening import JournalListener
from storage.troubles import PASSING, UNEXPECTED, StorageError, Trouble
from storage.waiting import Waiting

if TYPE_CHECKING:
    from storage.journal_file import JournalFile

_log = logging.getLogger(__name__)
_P = ParamSpec("_P")


class Reopening(Struct, frozen=True):
    """To let go of the file and open it in the form that is wanted.

    Both are called on the writer thread: ``on_progress`` with 0 to 1 while files are converted,
    ``then`` once, with what kept one of them from it, or None.
    """

    on_progress: Callable[[float], None]
    then: Callable[[Trouble | None], None]


class Writer:
    """Runs in one thread, which alone touches the database."""

    def __init__(
        self,
        waiting: Waiting,
        listener: JournalListener,
        retry_seconds: float,
        make_file: Callable[[Callable[[Trouble], None]], JournalFile],
    ) -> None:
        self._waiting = waiting
        self._listener = listener
        self._retry_seconds = retry_seconds
        self._make_file = make_file
        self._trouble: Trouble | None = None
        self._was_opened = False
        self._has_more_to_index = False
        self._reopening: Reopening | None = None

    def reopen(self, reopening: Reopening) -> None:
        """Let go of the file before the next attempt (any thread)."""
        self._reopening = reopening
        self._waiting.wake()

    def run(self) -> None:
        """Work until the journal is closed."""
        file = self._make_file(self._tell_of_file_set_aside)
        is_going_on = True
        while is_going_on:
            self._attempt(file)
            is_going_on = self._waiting.await_work(self._pause())
        self._attempt(file)
        file.close()

    def _attempt(self, file: JournalFile) -> None:
        self._reopen(file)
        trouble = self._trouble_in(file.open, file)
        if trouble is None:
            trouble = self._trouble_in(lambda: self._write(file), file)
            self._do_jobs(file)
            # Even if nothing can be written: the call that was running must come back.
            trouble = self._trouble_in(lambda: self._read_opening(file), file) or trouble
        self._has_more_to_index = False
        if trouble is None:
            trouble = self._trouble_in(lambda: self._index(file), file)
        if trouble is not None and trouble.kind not in PASSING:
            file.close()  # opened without the right to write, it would stay read-only
        self._tell_of_trouble(trouble)

    def _reopen(self, file: JournalFile) -> None:
        reopening, self._reopening = self._reopening, None
        if reopening is not None:
            trouble = self._trouble_in(lambda: file.reopen(reopening.on_progress), file)
            self._tell(reopening.then, trouble)

    def _write(self, file: JournalFile) -> None:
        batch = self._waiting.take()
        if not batch:
            return
        file.write(batch)
        event_ids = tuple(event.id for event in batch.events)
        self._waiting.settle()
        if event_ids:
            self._tell(self._listener.on_committed, event_ids)

    def _pause(self) -> float | None:
        """What to wait for besides work: the next try, or, with notes to index, nothing."""
        if self._trouble is not None:
            return self._retry_seconds
        return 0.0 if self._has_more_to_index else None

    def _index(self, file: JournalFile) -> None:
        self._has_more_to_index = file.index_some()

    def _do_jobs(self, file: JournalFile) -> None:
        """Jobs say themselves what became of them; after each the opening is told again."""
        for job in self._waiting.take_jobs():
            self._tell(job, file)
            self._was_opened = False

    def _read_opening(self, file: JournalFile) -> None:
        if not self._was_opened:
            opening = file.read_opening()
            self._was_opened = True
            self._tell(self._listener.on_opened, opening)

    def _trouble_in(self, step: Callable[[], None], file: JournalFile) -> Trouble | None:
        try:
            step()
        except StorageError as error:
            if error.kind == UNEXPECTED:
                _log.exception("the journal met something it does not know, and will try again")
            return Trouble(error.kind, error.path)
        except Exception:  # noqa: BLE001 - a mistake of ours must not end the thread
            _log.exception("the journal failed, and will try again")
            return Trouble(UNEXPECTED, file.path)
        return None

    def _tell_of_trouble(self, trouble: Trouble | None) -> None:
        before, self._trouble = self._trouble, trouble
        if trouble is not None and trouble != before:
            self._tell(self._listener.on_trouble, trouble)
        elif trouble is None and before is not None:
            self._tell(self._listener.on_recovered)

    def _tell_of_file_set_aside(self, notice: Trouble) -> None:
        self._tell(self._listener.on_trouble, notice)

    def _tell(self, hear: Callable[_P, None], *args: _P.args, **kw: _P.kwargs) -> None:
        try:
            hear(*args, **kw)
        except Exception:  # noqa: BLE001 - nor may a mistake of the listener's
            _log.exception("a listener of the journal failed")
