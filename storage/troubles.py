"""What the world can do to the journal: named troubles, and the one error of this room.

A trouble is an id; the words for it stand in resources.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from msgspec import Struct

DISK_FULL = "disk_full"
IO_ERROR = "io_error"
LOCKED = "locked"
READ_ONLY = "read_only"
UNWRITABLE = "unwritable"
NEWER_VERSION = "newer_version"
OLDER_VERSION = "older_version"
MISSING = "missing"
DAMAGED = "damaged"
NOT_OURS = "not_ours"
INTERRUPTED = "interrupted"
KEY_MISSING = "key_missing"  # the key store has no key for this file
KEY_WRONG = "key_wrong"  # it has one that is not the file's
KEY_STORE_SHUT = "key_store_shut"  # it cannot be asked
CIPHER_MISSING = "cipher_missing"  # SQLCipher is not installed here
UNEXPECTED = "unexpected"
SALVAGING = "salvaging"
VANISHED = "vanished"  # the file was gone; a new one was made of the newest backup
TAKEN_AWAY = "taken_away"  # the file was removed while it was open; all of it was written again
REPLACED = "replaced"  # the same, and another file stood in its place

# These pass while the file stays open.
PASSING = frozenset({DISK_FULL, LOCKED})

# An encrypted file that cannot be opened for now; it is left as it is.
LOCKED_AWAY = frozenset({KEY_MISSING, KEY_WRONG, KEY_STORE_SHUT, CIPHER_MISSING})

# A file with one of these is moved aside, never written to; the journal goes on in a new one.
SET_ASIDE = frozenset({DAMAGED, NOT_OURS})

# Told of a new database that is written to already.
BEGUN_ANEW = SET_ASIDE | {VANISHED, TAKEN_AWAY, REPLACED}


class Rescue(Struct, frozen=True):
    """What became of a file that could not be used.

    ``aside`` is the name that it has now, ``backup`` the name of the backup that was taken as the
    beginning, if any. ``cases`` and ``events`` are what there is now; of the events, ``saved`` came
    out of the damaged file and are in no backup. At most ``missing`` could not be read;
    ``is_all_known`` is False where nobody can tell what else there was.
    """

    at: datetime
    aside: str
    backup: str = ""
    cases: int = 0
    events: int = 0
    saved: int = 0
    missing: int = 0
    is_all_known: bool = True


class Trouble(Struct, frozen=True):
    """Something that keeps the journal from being written, or a file that had to be moved.

    ``path`` is the database, or, where ``kind`` is ``damaged``, ``not_ours`` or ``replaced``, the
    place that the other file was moved to. Those three, ``vanished`` and ``taken_away``, are
    notices: writing goes on in a new database, and ``rescue`` says what it begins with. ``salvaging`` comes before, where that
    takes a while.
    """

    kind: str
    path: Path
    rescue: Rescue | None = None


class StorageError(Exception):
    """The database could not be read or written; ``kind`` is one of the ids of this module."""

    def __init__(self, kind: str, path: Path, detail: str = "") -> None:
        super().__init__(f"{kind}: {path}" + (f" ({detail})" if detail else ""))
        self.kind = kind
        self.path = path
