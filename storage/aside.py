"""Where a file lies that could not be used: until something was saved from it, and for good."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from storage.backup_names import RESTORE
from storage.copying import COMPANIONS

if TYPE_CHECKING:
    from storage.backup_names import Backup

LARGE_BYTES = 4_000_000
"""From here on saving takes so long that the call should go on in memory meanwhile."""


def set_aside(path: Path) -> Path:
    """Move a file that cannot be used, with its log, to where it waits to be saved from."""
    waiting = waiting_of(path)
    # Called again after a crash in between, it moves the rest. (A log that was left alone would be
    # played into the next database of that name.)
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            path.with_name(path.name + suffix).replace(waiting.with_name(waiting.name + suffix))
    return waiting


def waiting_of(path: Path) -> Path:
    """Where a file lies that was moved aside and that nothing was saved from yet."""
    return path.with_name(f"{path.name}.damaged")


def is_waiting(path: Path) -> bool:
    """Whether something lies aside that nothing was saved from yet; its log alone counts too."""
    waiting = waiting_of(path)
    return any(waiting.with_name(waiting.name + suffix).exists() for suffix in COMPANIONS)


def keep_for_good(path: Path) -> Path:
    """Give what lies aside a name that nothing takes again; returns it."""
    waiting, aside = waiting_of(path), name_for_good(path)
    for suffix in reversed(COMPANIONS):
        with suppress(FileNotFoundError):
            waiting.with_name(waiting.name + suffix).rename(aside.with_name(aside.name + suffix))
    return aside


def name_for_good(path: Path) -> Path:
    """A name for what is moved aside now; erasing, converting and ``doctor`` know it."""
    stamp = datetime.now(UTC).strftime("%Y%m%dT%H%M%S%fZ")
    return path.with_name(f"{path.name}.damaged-{stamp}")


def bases_of(path: Path) -> list[Backup]:
    """The backups that a database may be made of, the newest first; none from before a restore."""
    from storage.backups import Backups  # here: most files are neither made nor gone

    return [backup for backup in Backups(path).all() if backup.kind != RESTORE]
