"""What stands beside the database about its encryption: which key, which form is wanted.

No secret: the key itself is in the system's key store, and, under the recovery key, in a file of
its own (:mod:`storage.recovery`).
"""

from __future__ import annotations

import os
from contextlib import suppress
from pathlib import Path
from typing import Literal

import msgspec
from msgspec import Struct

Form = Literal["plain", "encrypted"]
PLAIN: Form = "plain"
ENCRYPTED: Form = "encrypted"

_NAME, _RECOVERY = "encryption.json", "recovery.db"


class KeyRecord(Struct, frozen=True):
    """One folder's encryption.

    ``key_id`` is 32 hex digits: the first 16 bytes of every file under that key, and the name
    under which the key store keeps it. ``fingerprint`` tells the right key from a wrong one.
    While ``is_settled`` is False, files of the folder may stand in the other form: the next
    start goes on with them.
    """

    key_id: str
    fingerprint: str
    wanted: Form
    is_settled: bool
    version: int = 1


def record_path(folder: Path) -> Path:
    """Where the record of a folder stands."""
    return folder / _NAME


def recovery_path(folder: Path) -> Path:
    """Where the key stands under the recovery key (:mod:`storage.recovery`)."""
    return folder / _RECOVERY


def has_recovery(folder: Path) -> bool:
    """Whether there is a recovery key that was proved."""
    return recovery_path(folder).exists()


def has_recovery_near(path: Path) -> bool:
    """The same for a database: beside it, or, for a backup, in the folder above."""
    return has_recovery(path.parent) or has_recovery(path.parent.parent)


def has_record(folder: Path) -> bool:
    """Whether anything was ever encrypted here; looks, and reads nothing."""
    return record_path(folder).exists()


def read_record(folder: Path) -> KeyRecord | None:
    """The record of a folder; None where nothing was ever encrypted, or it cannot be read."""
    with suppress(OSError, msgspec.DecodeError):
        return msgspec.json.decode(record_path(folder).read_bytes(), type=KeyRecord)
    return None


def record_near(path: Path) -> KeyRecord | None:
    """The record for a database: beside it, or, for a backup, in the folder above."""
    return read_record(path.parent) or read_record(path.parent.parent)


def write_record(folder: Path, record: KeyRecord) -> None:
    """Write it whole, and so that it outlasts a power cut.

    Raises:
        OSError: it could not be written; the former one stands.
    """
    write_durably(record_path(folder), msgspec.json.encode(record) + b"\n")


def write_durably(path: Path, content: bytes) -> None:
    """Replace a small file: afterwards it is the old one or the new one, never half."""
    beside = path.with_name(f"{path.name}.tmp")
    beside.unlink(missing_ok=True)
    descriptor = os.open(beside, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make names themselves outlast a power cut; Windows does so by itself."""
    if os.name != "posix":
        return
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
