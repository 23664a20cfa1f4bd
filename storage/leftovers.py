"""Files that a crash left behind: half-made databases and notes, never anything with a name."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

OLD_SECONDS = 3600.0
"""Whoever makes one is done with it long before."""

_NAME = re.compile(r".+\.(new-\d+(-[a-z]+)?(-wal|-shm|-journal)?|tmp)")


def leftovers(folders: Iterable[Path], now: float | None = None) -> Iterator[Path]:
    """Those in these folders that nobody works on any more; ``now`` is ``time.time()``."""
    moment = time.time() if now is None else now
    for folder in folders:
        try:
            names = sorted(folder.iterdir())
        except OSError:
            continue
        yield from (path for path in names if _NAME.fullmatch(path.name) and _is_old(path, moment))


def sweep(folders: Iterable[Path], now: float | None = None) -> list[Path]:
    """Remove them; what cannot be removed is left. Returns what went."""
    gone = []
    for path in leftovers(folders, now):
        with suppress(OSError):
            path.unlink()
            gone.append(path)
    return gone


def _is_old(path: Path, moment: float) -> bool:
    try:
        return path.is_file() and moment - path.stat().st_mtime > OLD_SECONDS
    except OSError:
        return False
