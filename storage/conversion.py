"""All files of a folder brought into the form that is wanted, however often it was interrupted.

Each file is whole in one form or the other at every moment, and opens in either: so this is not a
procedure with steps that can break off, but a look at what is still in the other form.
"""

from __future__ import annotations

import logging
import re
import sqlite3
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from msgspec import structs

from storage import key_store, recovery, troubles
from storage.connection import storage_errors
from storage.key_record import (
    ENCRYPTED,
    KeyRecord,
    read_record,
    record_near,
    record_path,
    write_record,
)
from storage.key_store import KeyStoreShutError
from storage.keys import Key, is_plain, is_under, key_for, key_of
from storage.leftovers import being_made
from storage.rewriting import CONVERTING, SEALED, Progress, convert, remove
from storage.swapping import LONG_WORK
from storage.troubles import StorageError

# By its time: without one it waits to be saved from, and is nobody else's meanwhile.
_SET_ASIDE, _WAITING = re.compile(r"\.damaged-\d{8}T\d+Z"), ".damaged"
_BACKUPS = "backups"

_log = logging.getLogger(__name__)


def is_to_convert(database: Path) -> bool:
    """Whether a file of the folder still stands in the form that is not wanted."""
    record = read_record(database.parent)
    if record is None:
        return False
    return not record.is_settled or next(_in_other_form(database, record), None) is not None


def convert_all(
    database: Path, busy_seconds: float, on_progress: Progress = lambda done: None
) -> None:
    """Convert what is left to convert: the database first, then what stands beside it.

    For whoever alone may write. ``on_progress`` hears from 0 to 1. One file that cannot be
    converted now does not keep the others from it.

    Raises:
        StorageError: no key, no room, somebody reads: of the first file that was left.
    """
    record = read_record(database.parent)
    if record is not None:
        with LONG_WORK:
            _convert_files(database, record, busy_seconds, on_progress)


def _convert_files(
    database: Path, record: KeyRecord, busy_seconds: float, on_progress: Progress
) -> None:
    with storage_errors(database):
        _remove_unfinished(database)
        files = list(_in_other_form(database, record))
        if not files and not any(being_made(_folders(database))):
            _settle(database, record)  # a crash may have come when the key was taken away already
            return
        key = key_of(record, database)
        sizes = [max(1, path.stat().st_size) for path in files]
    failures = []
    for place, path in enumerate(files):
        tell = _part_of(on_progress, sum(sizes[:place]) / sum(sizes), sizes[place] / sum(sizes))
        try:
            with storage_errors(path):
                _convert(path, key, record, busy_seconds, tell)
        except StorageError as error:
            _log.warning("a file could not be converted: %s", error.kind)
            failures.append(error)
    if failures:
        raise failures[0]
    with storage_errors(database):
        came = set(_in_other_form(database, record)) - set(files)
        if came or any(being_made(_folders(database))):
            raise StorageError(troubles.LOCKED, database, "a copy came meanwhile")
        _settle(database, record)


def convert_one(path: Path, busy_seconds: float) -> None:
    """Bring a file that is about to become the database's content into the form that is wanted.

    Raises:
        StorageError: no key, no room, damaged.
    """
    record = record_near(path)
    with storage_errors(path):
        before = key_for(path)
        after = key_of(record, path) if record is not None and record.wanted == ENCRYPTED else None
        if before != after:
            convert(path, before, after, busy_seconds, lambda done: None)


def _part_of(on_progress: Progress, done: float, share: float) -> Progress:
    return lambda part: on_progress(done + part * share)


def _convert(path: Path, key: Key, record: KeyRecord, busy_seconds: float, tell: Progress) -> None:
    from storage.sealing import seal, unseal

    is_encrypting = record.wanted == ENCRYPTED
    if path.name.endswith(SEALED):
        unseal(path, key)
    elif is_encrypting and _is_set_aside(path):
        seal(path, key)
    else:
        before, after = (None, key) if is_encrypting else (key, None)
        try:
            convert(path, before, after, busy_seconds, tell)
        except (sqlite3.DatabaseError, StorageError) as error:
            if path.parent.name != _BACKUPS or not _is_damage(error):
                raise
            if is_encrypting:  # a damaged backup; encrypted, it stays as it is, and so does its key
                seal(path, key)


def _is_damage(error: sqlite3.DatabaseError | StorageError) -> bool:
    if isinstance(error, StorageError):
        return error.kind == troubles.UNEXPECTED  # the copy would not be the same
    return error.sqlite_errorname.startswith(("SQLITE_CORRUPT", "SQLITE_NOTADB"))


def _in_other_form(database: Path, record: KeyRecord) -> Iterator[Path]:
    """The database first: it is what matters most. Not what somebody else is just making."""
    others = set(being_made(_folders(database)))
    if _is_in_other_form(database, record):
        yield database
    for path in _files(database):
        if path != database and path not in others and _is_in_other_form(path, record):
            yield path


def _folders(database: Path) -> tuple[Path, Path]:
    return database.parent, database.parent / _BACKUPS


def _files(database: Path) -> Iterator[Path]:
    for folder in _folders(database):
        with suppress(FileNotFoundError):
            yield from sorted(path for path in folder.iterdir() if path.is_file())


def _is_in_other_form(path: Path, record: KeyRecord) -> bool:
    is_encrypted = is_under(path, record.key_id)
    if _WAITING in path.name and not _SET_ASIDE.search(path.name):
        return False
    if record.wanted == ENCRYPTED:
        return not is_encrypted and (is_plain(path) or _is_set_aside(path))
    # What was damaged when it was encrypted cannot be read, and stays.
    return is_encrypted and (path.name.endswith(SEALED) or not _is_set_aside(path))


def _is_set_aside(path: Path) -> bool:
    """Whether it, or the database that it belongs to, was moved away as unusable."""
    return _SET_ASIDE.search(path.name) is not None and path.stat().st_size > 0


def _remove_unfinished(database: Path) -> None:
    for path in list(_files(database)):
        if path.name.endswith(CONVERTING):
            remove(path)


def _settle(database: Path, record: KeyRecord) -> None:
    """Say that it is done; where nothing is encrypted any more, take the keys away."""
    folder = database.parent
    is_key_needed = record.wanted == ENCRYPTED or any(
        is_under(path, record.key_id) for path in _files(database)
    )
    if is_key_needed:
        write_record(folder, structs.replace(record, is_settled=True))
        return
    recovery.remove(folder)
    with suppress(KeyStoreShutError):  # a key that opens nothing is no danger
        key_store.forget(record.key_id)
    record_path(folder).unlink()
