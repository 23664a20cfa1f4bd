"""Exported notes and bundles: those in our own folders, and where others were written to."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import msgspec
from msgspec import Struct

from desktop.paths import Places, make_private

_LARGEST = 20_000_000  # bytes; what is larger was not written by us

_log = logging.getLogger(__name__)


class _Exported(Struct, frozen=True):
    """A file in another folder, and the number of the case that it tells of."""

    case_no: str
    path: str


def keep_exported(where: Places, case_no: str, path: Path) -> None:
    """Remember a file that lies outside of our own folders, so that an erasure can name it."""
    line = msgspec.json.encode(_Exported(case_no, str(path.resolve()))) + b"\n"
    try:
        make_private(where.data)
        handle = os.open(where.exports, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
        with os.fdopen(handle, "ab") as file:
            file.write(line)
    except OSError as error:
        _log.warning("an exported file is not remembered: %s", error.strerror)


def files_of(where: Places, words: Sequence[str]) -> tuple[Path, ...]:
    """Files that tell of one of these numbers or ids, as far as they are still there.

    In handoffs and inbox by name and content, elsewhere those that ``export`` wrote.
    """
    sought = [word for word in words if word]
    own = [path for path in _files(where) if _tells_of(path, sought)]
    elsewhere = [Path(each.path) for each in _exported(where) if each.case_no in sought]
    return tuple(dict.fromkeys([*own, *(path for path in elsewhere if path.is_file())]))


def remove(paths: Iterable[Path]) -> bool:
    """Delete files; whether all are gone."""
    is_gone = True
    for path in paths:
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            _log.warning("an exported file could not be deleted: %s", error.strerror)
            is_gone = False
    return is_gone


def _exported(where: Places) -> Iterator[_Exported]:
    try:
        lines = where.exports.read_bytes().splitlines()
    except OSError:
        return
    for line in lines:
        with suppress(msgspec.DecodeError):  # half a line, after a crash
            yield msgspec.json.decode(line, type=_Exported)


def _files(where: Places) -> list[Path]:
    found = [path for folder in (where.handoffs, where.inbox) for path in folder.rglob("*")]
    return sorted(path for path in found if path.is_file())


def _tells_of(path: Path, words: Sequence[str]) -> bool:
    if any(word in path.name for word in words):
        return True
    try:
        if path.stat().st_size > _LARGEST:
            return False
        content = path.read_bytes()
    except OSError:
        return False
    return any(word.encode() in content for word in words)
