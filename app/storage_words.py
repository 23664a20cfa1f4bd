"""What a command says when the records cannot be read."""

from __future__ import annotations

from app.failure import Failure
from scripts_ja.texts import t
from storage.troubles import (
    DAMAGED,
    DISK_FULL,
    LOCKED,
    LOCKED_AWAY,
    MISSING,
    NEWER_VERSION,
    NOT_OURS,
    OLDER_VERSION,
    READ_ONLY,
    UNWRITABLE,
    StorageError,
)

# Nothing is written, moved or tried again here, so these are not the words of the journal.
_OWN_WORDS = {MISSING, DAMAGED, NOT_OURS, NEWER_VERSION, OLDER_VERSION, LOCKED} | LOCKED_AWAY


def unwritten(error: StorageError) -> Failure:
    """The same where something was to be written."""
    if error.kind == DISK_FULL:
        return Failure(t("cli.out_of_space", path=error.path))
    if error.kind in (READ_ONLY, UNWRITABLE):
        return Failure(t("cli.unwritable", path=error.path))
    return unread(error)


def unread(error: StorageError) -> Failure:
    """One sentence: what is wrong with which file, and what to do."""
    kind = error.kind if error.kind in _OWN_WORDS else "other"
    return Failure(t(f"cli.unread.{kind}", path=error.path))
