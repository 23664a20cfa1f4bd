"""The key once more, in a file that the recovery key opens: for when the key store has lost it.

The file is a small SQLCipher database under the recovery key as its words; SQLCipher derives the
key of that file by itself (PBKDF2, 256,000 rounds), so nothing here does cryptography.
"""

from __future__ import annotations

from pathlib import Path

_NAME = "recovery.db"


def recovery_path(folder: Path) -> Path:
    """Where the file of a folder stands."""
    return folder / _NAME


def has_recovery(folder: Path) -> bool:
    """Whether there is a recovery key that was proved."""
    return recovery_path(folder).exists()
