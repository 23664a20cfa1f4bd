"""One window per data folder: a lock, and a door at which a second start knocks."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QLockFile

from desktop.door import door_of, knock
from desktop.paths import is_systems_own

if TYPE_CHECKING:
    from desktop.door_keeper import DoorKeeper, Porter

# So long a first window may take from its lock to its door.
_STARTING_SECONDS = 5.0
_PAUSE_SECONDS = 0.05


class SingleInstance:
    """The lock first, the door only for who holds it.

    Where the folder cannot be written there is no lock: the window opens, says so, and works in
    memory, without a door.
    """

    def __init__(self, folder: Path, lock_path: Path) -> None:
        self._folder = folder
        self._lock = _made_lock(lock_path)
        self._keeper: DoorKeeper | None = None

    def is_first(self) -> bool:
        """Take the lock, or have it already; False where another program has it."""
        if self._lock.isLocked() or self._lock.tryLock(0):
            return True
        return self._lock.error() is not QLockFile.LockError.LockFailedError

    def ask(
        self, line: bytes, *, or_lock: bool = False, seconds: float | None = None
    ) -> bytes | None:
        """Say one line to the first window and bring its answer; None where there is none.

        Its frame is shown before its door is open: who is in a hurry waits for that, at most so many
        ``seconds``. With ``or_lock`` only until the lock can be taken: whoever had it was no window.
        """
        deadline = time.monotonic() + (_STARTING_SECONDS if seconds is None else seconds)
        while True:
            try:
                return knock(self._door(), line)
            except (FileNotFoundError, ConnectionRefusedError):
                if time.monotonic() > deadline or (or_lock and self.is_first()):
                    return None
                time.sleep(_PAUSE_SECONDS)
            except OSError:
                return None

    def listen(self, porter: Porter) -> bool:
        """Open the door. Without one a second start still finds the lock."""
        from desktop.door_keeper import DoorKeeper

        if not self._lock.isLocked():
            return False
        try:
            self._keeper = DoorKeeper(self._door(), porter)
        except OSError:
            return False
        return self._keeper.listen()

    def release(self) -> None:
        """Close the door and give the lock back."""
        if self._keeper is not None:
            self._keeper.close()
        self._lock.unlock()

    def _door(self) -> str:
        return door_of(None if is_systems_own(self._folder) else str(self._folder))


def _made_lock(path: Path) -> QLockFile:
    with contextlib.suppress(OSError):  # the journal will say it
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    return lock
