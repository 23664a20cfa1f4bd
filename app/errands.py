"""Jobs that may never come back, such as reading a share whose server is gone."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable
from typing import TypeVar

from app.background import Post

V = TypeVar("V")

PATIENCE_SECONDS = 10.0

_log = logging.getLogger(__name__)


def nothing() -> None:
    """Where nobody needs to hear of it."""


class Errands:
    """Runs each job in a thread of its own that nobody waits for, not even at the end.

    The one thread of :class:`~app.background.Background` would be stuck with such a job, and
    with it every list and every note that is to be written.
    """

    def __init__(self, post: Post, patience_seconds: float = PATIENCE_SECONDS) -> None:
        self._post = post
        self._patience_seconds = patience_seconds
        self._is_closed = False

    def run(
        self,
        job: Callable[[], V],
        then: Callable[[V], None],
        late: Callable[[], None] = nothing,
        failed: Callable[[], None] = nothing,
    ) -> None:
        """Do ``job`` aside, then ``then`` with its result in the window's thread.

        Where that takes longer than one is patient, ``late`` is called meanwhile, there too. What
        the job raises is a mistake of ours: it is logged, and ``failed`` is called instead of
        ``then``, so that nobody waits for ever.
        """
        came = threading.Event()

        def work() -> None:
            try:
                result = job()
            except Exception:  # noqa: BLE001 - whatever it is, who asked goes on
                _log.exception("a mistake of ours")
                came.set()
                self.bring(failed)
                return
            came.set()
            self.bring(lambda: then(result))

        def watch() -> None:
            if not came.wait(self._patience_seconds):
                self.bring(lambda: None if came.is_set() else late())

        for name, part in (("errand", work), ("errand watch", watch)):
            threading.Thread(target=part, name=name, daemon=True).start()

    def bring(self, call: Callable[[], None]) -> None:
        """Do something in the window's thread, as long as anybody waits for news."""
        if not self._is_closed:
            self._post(lambda: None if self._is_closed else call())

    def close(self) -> None:
        """Whatever comes from now on comes to nobody."""
        self._is_closed = True
