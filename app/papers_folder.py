"""Where papers are written: the folder that the settings name, else our own.

A folder that a person has chosen may be a share whose server is gone, so it is written by an errand
(``app/errands.py``); what is written there is remembered, so that an erasure finds it.
"""

from __future__ import annotations

import threading
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from app.background import Background
from app.errands import Errands
from app.own_settings import OwnSettings
from desktop.paths import Places

NAME = "folders.handoffs"
V = TypeVar("V")


class PapersFolder:
    """Knows where it is now, and runs what writes there."""

    def __init__(
        self, where: Places, settings: OwnSettings, background: Background, errands: Errands
    ) -> None:
        self._where = where
        self._settings = settings
        self._background = background
        self._errands = errands
        self._under_way = 0
        self._changed = threading.Condition()

    @property
    def path(self) -> Path:
        """The folder in force now."""
        chosen = self._settings.get(NAME)
        return Path(chosen).expanduser() if chosen else self._where.handoffs

    def write(
        self,
        job: Callable[[], Path],
        then: Callable[[Path], None],
        failed: Callable[[OSError], None],
        case_no: str = "",
    ) -> None:
        """Write a paper beside the window; ``job`` brings its path."""
        if self.path == self._where.handoffs:
            self._background.run(job, then, failed)
            return

        def written() -> Path | OSError:
            try:
                path = job()
            except OSError as error:
                return error
            if case_no:
                from app.exported_files import keep_exported

                keep_exported(self._where, case_no, path)
            return path

        def on_written(result: Path | OSError) -> None:
            if isinstance(result, OSError):
                failed(result)
            else:
                then(result)

        self._begin()
        late = TimeoutError()
        self._errands.run(
            lambda: self._counted(written),
            on_written,
            late=lambda: failed(late),
            failed=lambda: failed(OSError()),
        )

    def lay(self, job: Callable[[Path], Path], case_no: str) -> None:
        """Write something there from beside the window, where nobody hears whether it worked."""
        folder = self.path
        if folder == self._where.handoffs:
            job(folder)
        else:
            self.write(lambda: job(folder), lambda _: None, lambda _: None, case_no)

    def finish(self, seconds: float) -> None:
        """Wait a moment for what is being written: the program ends."""
        with self._changed:
            self._changed.wait_for(lambda: not self._under_way, seconds)

    def _begin(self) -> None:
        with self._changed:
            self._under_way += 1

    def _counted(self, job: Callable[[], V]) -> V:
        try:
            return job()
        finally:
            with self._changed:
                self._under_way -= 1
                self._changed.notify_all()
