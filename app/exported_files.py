"""Exported notes and bundles in our own folders: which of them tell of a case."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from pathlib import Path

from desktop.paths import Places

_LARGEST = 20_000_000  # bytes; what is larger was not written by us

_log = logging.getLogger(__name__)


def files_of(where: Places, words: Sequence[str]) -> tuple[Path, ...]:
    """Files in handoffs and inbox whose name or content has one of these numbers or ids."""
    return tuple(path for path in _files(where) if _tells_of(path, [w for w in words if w]))


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
