"""Files that a crash left behind: half-made databases and notes, never anything with a name."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

OLD_SECONDS = 3600.0
"""Whoever makes one is done with it long before."""

_COPY = re.compile(r".+\.new-(\d+)(-[a-z]+)?(\.converting)?(-wal|-shm|-journal)?")
_NOTE = re.compile(r".+\.tmp")


def leftovers(folders: Iterable[Path], now: float | None = None) -> Iterator[Path]:
    """Those in these folders that nobody works on any more; ``now`` is ``time.time()``."""
    moment = time.time() if now is None else now
    for path in _files(folders):
        is_note = _NOTE.fullmatch(path.name) and _is_old(path, moment)
        if is_note or (_COPY.fullmatch(path.name) and is_abandoned(path, moment)):
            yield path


def half_made(folders: Iterable[Path]) -> Iterator[Path]:
    """Half-made databases in these folders, whether somebody works on them or not."""
    yield from (path for path in _files(folders) if _COPY.fullmatch(path.name))


def being_made(folders: Iterable[Path]) -> Iterator[Path]:
    """Those that another process works on: a window makes its last backup when its lock is free."""
    own = f".new-{os.getpid()}"
    yield from (
        path for path in half_made(folders) if own not in path.name and not is_abandoned(path)
    )


def is_abandoned(path: Path, now: float | None = None) -> bool:
    """Whether the process that made a database is gone; where nobody knows, whether it is old."""
    if _is_old(path, time.time() if now is None else now):
        return True
    maker = _COPY.fullmatch(path.name)
    if maker is None or os.name != "posix":  # elsewhere the same call would end the process
        return False
    try:
        os.kill(int(maker[1]), 0)
    except (ProcessLookupError, OverflowError):
        return True
    except OSError:  # somebody else's
        return False
    return False


def sweep(folders: Iterable[Path], now: float | None = None) -> list[Path]:
    """Remove them; what cannot be removed is left. Returns what went."""
    gone = []
    for path in leftovers(folders, now):
        with suppress(OSError):
            path.unlink()
            gone.append(path)
    return gone


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        with suppress(OSError):
            yield from sorted(folder.iterdir())


def _is_old(path: Path, moment: float) -> bool:
    try:
        return path.is_file() and moment - path.stat().st_mtime > OLD_SECONDS
    except OSError:
        return False
