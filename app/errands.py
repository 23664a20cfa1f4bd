"""Jobs that may never come back, such as reading a share whose server is gone."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar

from app.background import Post

V = TypeVar("V")

PATIENCE_SECONDS = 10.0


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
        self, job: Callable[[], V], then: Callable[[V], None], late: Callable[[], None]
    ) -> None:
        """Do ``job`` aside, then ``then`` with its result in the window's thread.

        Where that takes longer than one is patient, ``late`` is called meanwhile, there too.
        """
        came = threading.Event()

        def work() -> None:
            result = job()
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
