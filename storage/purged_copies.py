"""What else holds cases beside the database: backups, files set aside, and half-made copies.

Whatever a copy is (older, encrypted, sealed, damaged), nothing of an erased case may stay in it.
One that cannot be cleaned and may hold something is removed; one that cannot be opened just now
is left, and tried again.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path

from storage.connection import connect_writer, make_private, transaction
from storage.copying import COMPANIONS
from storage.erasing import erase, holds_any, scrub
from storage.key_record import record_near
from storage.keys import is_under, key_for
from storage.leftovers import half_made, is_abandoned
from storage.rewriting import CONVERTING, SEALED
from storage.troubles import StorageError

BACKUPS = "backups"

_BUSY_SECONDS = 5.0
_PASSING = ("SQLITE_BUSY", "SQLITE_LOCKED", "SQLITE_READONLY", "SQLITE_FULL", "SQLITE_CANTOPEN")
_log = logging.getLogger(__name__)


def clear_half_made(database: Path) -> bool:
    """Remove half-made copies; whether none is left that somebody works on just now."""
    is_clean = True
    folders = (database.parent, database.parent / BACKUPS)
    for path in half_made(folders):
        if is_abandoned(path):
            path.unlink(missing_ok=True)
        else:
            is_clean = False
    # Whoever converts holds the lock that a purge holds now.
    for folder in folders:
        for path in folder.glob(f"*{CONVERTING}*"):
            if ".new-" not in path.name:
                path.unlink(missing_ok=True)
    return is_clean


def copies_of(database: Path) -> Iterator[Path]:
    """Backups, and unusable files that were moved aside; sealed ones too."""
    for ending in ("*.db", f"*{SEALED}"):
        yield from sorted((database.parent / BACKUPS).rglob(ending))
    for aside in sorted(database.parent.glob(f"{database.name}.damaged-*")):
        if not aside.name.endswith(COMPANIONS[1:]):
            yield aside


def clean_copy(copy: Path, case_ids: Sequence[str]) -> bool:
    """Take the cases out of a copy, or take it away; whether it holds nothing of them any more."""
    try:
        if copy.name.endswith(SEALED):
            return not _sealed_names_any(copy, case_ids) or _drop(copy)
        _erase_from(copy, case_ids)
        make_private(copy)
    except StorageError as error:  # encrypted, and there is no key
        _log.warning("a copy of the journal could not be opened: %s", error.kind)
        return False
    except sqlite3.DatabaseError as error:
        if _is_passing(error):
            _log.warning("a copy of the journal could not be cleaned: %s", error)
            return False
        return not (_is_encrypted(copy) or _names_any(copy, case_ids)) or _drop(copy)
    return not _names_any(copy, case_ids) or _drop(copy)


def _erase_from(copy: Path, case_ids: Sequence[str]) -> None:
    with closing(connect_writer(copy, _BUSY_SECONDS)) as connection:
        if not holds_any(connection, case_ids):
            return
        with transaction(connection):
            erase(connection, case_ids)
        if not scrub(connection):
            error = sqlite3.OperationalError("somebody reads it")
            error.sqlite_errorname = "SQLITE_BUSY"
            raise error


def _is_passing(error: sqlite3.DatabaseError) -> bool:
    return str(getattr(error, "sqlite_errorname", "")).startswith(_PASSING)


def _is_encrypted(copy: Path) -> bool:
    """Whether it is damaged where nobody can look: it may name them."""
    record = record_near(copy)
    return record is not None and is_under(copy, record.key_id)


def _sealed_names_any(copy: Path, case_ids: Sequence[str]) -> bool:
    key = key_for(copy)
    if key is None:
        return _names_any(copy, case_ids)
    from storage.sealing import sealed_content  # here: most machines have no SQLCipher

    return _has_any(sealed_content(copy, key), case_ids)


def _names_any(copy: Path, case_ids: Sequence[str]) -> bool:
    """Whether the bytes of a file, or of its log, hold the id of one of the cases."""
    for suffix in COMPANIONS:
        with suppress(FileNotFoundError):
            if _has_any(copy.with_name(copy.name + suffix).read_bytes(), case_ids):
                return True
    return False


def _has_any(content: bytes, case_ids: Sequence[str]) -> bool:
    return any(each.encode() in content for each in case_ids)


def _drop(copy: Path) -> bool:
    _log.warning("a copy of the journal that held erased cases was removed: %s", copy.name)
    try:
        for suffix in COMPANIONS:
            copy.with_name(copy.name + suffix).unlink(missing_ok=True)
    except OSError:
        return False
    return True
