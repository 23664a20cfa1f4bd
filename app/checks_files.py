"""Looking at folders and files: there, writable, private, roomy, tidy."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from desktop.disk import free_bytes, is_on_network, is_open_to_others
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.texts import t
from storage.leftovers import leftovers, sweep

_LEAST_FREE_BYTES = 200_000_000
_MEGABYTE = 1_000_000

Told = Iterator[tuple[str, str]]


def check_folder(where: Places) -> Told:
    """The data folder, and whose disk it is on."""
    if not where.data.exists():
        yield "warn", t("doctor.folder.missing", path=where.data)
        return
    if not os.access(where.data, os.W_OK | os.X_OK):
        yield "bad", t("doctor.folder.unwritable", path=where.data)
    elif is_on_network(where.data.resolve()):
        yield "warn", t("doctor.folder.network", path=where.data)
    else:
        yield "ok", t("doctor.folder.ok", path=where.data)


def check_disk(where: Places) -> Told:
    """Room for the records, their backups, and a restore."""
    folder = where.data if where.data.exists() else where.data.parent
    free = free_bytes(folder)
    size = where.database.stat().st_size if where.database.exists() else 0
    needed = max(_LEAST_FREE_BYTES, 3 * size)
    if free is None:
        return
    level, key = ("ok", "ok") if free >= needed else ("warn", "little")
    values = {"free": free // _MEGABYTE, "needed": needed // _MEGABYTE}
    yield level, t(f"doctor.disk.{key}", **values)


def check_rights(where: Places) -> Told:
    """Nobody else may read what customers said."""
    files = (where.database, where.reflections, where.own_phrases, where.logs, where.inbox)
    paths = [where.data, where.backups, where.handoffs, *files, *_inside(where)]
    open_ones = [path for path in paths if path.exists() and is_open_to_others(path)]
    # Inside a folder that nobody may enter, a file's own rights say little.
    if not where.data.exists() or not open_ones or not is_open_to_others(where.data):
        yield "ok", t("doctor.rights.ok")
        return
    for path in open_ones:
        yield "bad", t("doctor.rights.open", path=path)


def check_leftovers(where: Places) -> Told:
    """What a crash left half-made is cleared away here; by an open sidebar, where there is one."""
    gone = _swept(where)
    if gone:
        names = t("list.comma").join(path.name for path in gone)
        yield "ok", t("doctor.leftovers.swept", count=len(gone), names=names)
    else:
        yield "ok", t("doctor.leftovers.ok")


def _swept(where: Places) -> list[Path]:
    """Removed, in one's turn: nobody else then works on any of them."""
    if next(leftovers(where.with_half_made_files), None) is None:
        return []
    instance = SingleInstance(where.data, where.lock)
    if not instance.is_first():
        return []
    try:
        return sweep(where.with_half_made_files)
    finally:
        instance.release()


def _inside(where: Places) -> list[Path]:
    return [*where.backups.glob("*.db"), *where.handoffs.glob("*")]
