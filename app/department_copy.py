"""The copy of what the department shares, in the data folder: whole and good, or not there.

A copy is a folder named after its content, so that it shows when something of it was lost or
changed. ``copy.json`` says which one counts, of which shared folder it is and when that was last
seen so; it is replaced in one step, last.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta, Struct, structs

from app.department_folder import CARDS, DESKS, FLOWS, LIMITS

_LABEL = "copy.json"


class _Label(Struct, frozen=True):
    """What ``copy.json`` holds."""

    folder: str
    name: Annotated[str, Meta(pattern="^[0-9a-f]{16}$")]
    seen_at: datetime
    lacks_desks: bool = False


class Copy(Struct, frozen=True):
    """A copy of the shared folder ``folder``, as it was when that was last in reach.

    ``lacks_desks``: there was a ``desks.toml`` that could not be used, and none before it that
    could. ``is_whole``: its files are those that were written.
    """

    folder: str
    path: Path
    seen_at: datetime
    lacks_desks: bool = False
    is_whole: bool = True

    @property
    def flows(self) -> Path:
        """The flow files."""
        return self.path / FLOWS

    @property
    def cards(self) -> Path:
        """The card files."""
        return self.path / CARDS

    @property
    def limits(self) -> Path:
        """The locked settings."""
        return self.path / LIMITS

    @property
    def desks(self) -> Path:
        """The desks that cases go to and come from."""
        return self.path / DESKS

    def files(self) -> dict[str, bytes]:
        """Every file by its place; what cannot be read is left out."""
        found: dict[str, bytes] = {}
        for path in sorted(self.path.rglob("*.toml")):
            with contextlib.suppress(OSError):
                found[path.relative_to(self.path).as_posix()] = path.read_bytes()
        return found


def find_copy(where: Path, folder: str) -> Copy | None:
    """The copy of that shared folder, or None where there is none or it is spoilt."""
    try:
        label = msgspec.json.decode((where / _LABEL).read_bytes(), type=_Label)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return None
    path = where / label.name
    if label.folder != folder or label.seen_at.tzinfo is None or not path.is_dir():
        return None
    copy = Copy(folder, path, label.seen_at, label.lacks_desks)
    return structs.replace(copy, is_whole=_name_of(copy.files()) == label.name)


def write_copy(
    where: Path,
    folder: str,
    files: Mapping[str, bytes],
    seen_at: datetime,
    *,
    lacks_desks: bool = False,
) -> Copy:
    """Write these files as a copy of that shared folder; it does not count yet.

    Raises:
        OSError: the data folder cannot be written.
    """
    copy = Copy(folder, where / _name_of(files), seen_at, lacks_desks)
    if copy.files() != files or not copy.path.is_dir():  # a department may share nothing yet
        shutil.rmtree(copy.path, ignore_errors=True)
        copy.path.mkdir(parents=True, exist_ok=True)
        for place, content in files.items():
            _write(copy.path / place, content)
    return copy


def make_count(where: Path, copy: Copy) -> None:
    """Let this copy be the one that counts; a crash leaves the old one or this.

    Raises:
        OSError: the data folder cannot be written.
    """
    label = _Label(copy.folder, copy.path.name, copy.seen_at, copy.lacks_desks)
    _write(where / _LABEL, msgspec.json.encode(label))
    _remove_others(where, copy.path.name)


def _name_of(files: Mapping[str, bytes]) -> str:
    import hashlib  # here and not above: libcrypto comes with it, and few desks have such a folder

    sums = [f"{place} {hashlib.sha256(files[place]).hexdigest()}" for place in sorted(files)]
    return hashlib.sha256("\n".join(sums).encode("utf-8", "surrogateescape")).hexdigest()[:16]


def _write(path: Path, content: bytes) -> None:
    """Write beside and replace, on the disk before it counts."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(path.name + ".tmp")
    beside.touch(mode=0o600)
    with beside.open("wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    beside.replace(path)


def _remove_others(where: Path, name: str) -> None:
    """Earlier copies are of no use any more; what cannot be removed does no harm."""
    for path in where.iterdir():
        if path.is_dir() and path.name != name:
            shutil.rmtree(path, ignore_errors=True)
