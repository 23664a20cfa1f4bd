"""What goes on beside the window while its keys are timed: a backup, a disk that takes its time."""

from __future__ import annotations

import sqlite3
import threading
import time
from pathlib import Path

from storage.copying import STEP_PAGES, copy_database

SLOW_COMMIT_SECONDS = 0.1
"""Under the 250 ms after which the window would mark what is not saved: that would be painted too."""


class BackingUp:
    """Backs the database up again and again, in a thread and by steps as the program does."""

    def __init__(self, data: Path) -> None:
        self.pages = 0
        self._data = data
        self._is_over = False
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def end(self) -> None:
        """Stop within one step."""
        self._is_over = True
        self._thread.join()

    def _run(self) -> None:
        while not self._is_over:
            try:
                copy_database(self._data / "yorisoi.db", self._data / "copy.db", self._on_step)
            except InterruptedError:
                return

    def _on_step(self, _done: int, _total: int) -> None:
        self.pages += STEP_PAGES
        if self._is_over:
            raise InterruptedError


class SlowDisk:
    """From here on each commit of this process takes longer."""

    def __init__(self) -> None:
        self.commits = 0
        self._connect = sqlite3.connect
        sqlite3.connect = self._connect_slowly

    def _connect_slowly(self, *arguments: object, **options: object) -> sqlite3.Connection:
        disk = self

        class Slow(sqlite3.Connection):
            def execute(self, statement: str, *values: object) -> sqlite3.Cursor:
                if statement == "COMMIT":
                    disk.commits += 1
                    time.sleep(SLOW_COMMIT_SECONDS)
                return super().execute(statement, *values)

        return self._connect(*arguments, **{"factory": Slow, **options})
