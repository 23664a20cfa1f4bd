"""One thread for what reads or writes files, and the way back into the thread of the window."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

V = TypeVar("V")
Post = Callable[[Callable[[], None]], None]

_log = logging.getLogger(__name__)


class Background:
    """Runs jobs one after the other beside the window.

    ``post`` brings a call into the window's thread; results and failures come back by it.
    """

    def __init__(self, post: Post) -> None:
        self._post = post
        self._pending = 0
        self._is_closed = False
        self._pool = ThreadPoolExecutor(max_workers=1, thread_name_prefix="background")

    def run(
        self,
        job: Callable[[], V],
        then: Callable[[V], None],
        failed: Callable[[OSError], None] | None = None,
    ) -> None:
        """Do ``job`` beside the window, then ``then`` with its result in the window's thread.

        An :class:`OSError` goes to ``failed``; anything else is a mistake of ours and logged.
        After the end nothing is begun any more: what comes late (a restore that is just done) asks
        for a window that is gone.
        """
        if self._is_closed:
            return
        self._pending += 1
        future = self._pool.submit(job)
        future.add_done_callback(lambda done: self._post(lambda: self._on_done(done, then, failed)))

    @property
    def is_quiet(self) -> bool:
        """Whether everything that was begun has come back."""
        return not self._pending

    def _on_done(
        self,
        done: Future[V],
        then: Callable[[V], None],
        failed: Callable[[OSError], None] | None,
    ) -> None:
        self._pending -= 1
        _finish(done, then, failed)

    def post(self, call: Callable[[], None]) -> None:
        """Bring a call into the window's thread."""
        self._post(call)

    def close(self) -> None:
        """Finish what was begun."""
        self._is_closed = True
        self._pool.shutdown(wait=True)


def _finish(
    done: Future[V], then: Callable[[V], None], failed: Callable[[OSError], None] | None
) -> None:
    error = done.exception()
    if error is None:
        then(done.result())
    elif isinstance(error, OSError) and failed is not None:
        failed(error)
    else:
        _log.error("a job beside the window failed", exc_info=error)
