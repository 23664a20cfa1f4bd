"""What a department shares: its folder, read with suspicion.

A share may be slow or hang for ever, so this is called beside the window only.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path

from msgspec import Struct

from app.department_desks import read_desks
from app.department_limits import read_locks
from handoff.desk_keys import is_sound
from scripts_ja.card_file import parse_cards
from scripts_ja.flow_file import parse_flow
from scripts_ja.flow_problem import FlowProblem
from scripts_ja.texts import t
from scripts_ja.toml_file import MAX_FILE_BYTES
from scripts_ja.toml_folder import MAX_FILES, is_toml_name

FLOWS, CARDS, LIMITS, DESKS = "flows", "cards", "limits.toml", "desks.toml"
_PARSERS: Mapping[str, Callable[[Path, bytes], object]] = {
    FLOWS: parse_flow,
    CARDS: parse_cards,
    LIMITS: read_locks,
}


class Shared(Struct, frozen=True):
    """The good files of a folder by place (``flows/own.toml``), and what is wrong with others.

    ``doubtful`` are the places of files that are there and cannot be used: whoever has an
    earlier good version of one keeps it.
    """

    files: Mapping[str, bytes]
    doubtful: frozenset[str]
    problems: tuple[FlowProblem, ...]


def is_department_folder(folder: Path) -> bool:
    """Whether a folder is laid out as a department's, not as a person's own."""
    return (folder / FLOWS).is_dir() or any((folder / name).exists() for name in (LIMITS, DESKS))


def read_shared(folder: Path, known_desks: bytes = b"") -> Shared:
    """Read and check every file of the folder that the program knows what to do with.

    ``known_desks`` is a ``desks.toml`` whose keys were found good before: libsodium is not brought
    in for them again.

    Raises:
        OSError: the folder is out of reach. An empty one counts as that: it is what is left
            where a share is not mounted.
    """
    root = _resolved(folder)
    files: dict[str, bytes] = {}
    doubtful: set[str] = set()
    problems: list[FlowProblem] = []
    for place, path in _places(folder, problems):
        parse = _PARSERS.get(place.partition("/")[0]) or partial(_desks, known_desks)
        content = _checked(root, path, parse)
        if isinstance(content, bytes):
            files[place] = content
        else:
            doubtful.add(place)
            problems += content
    return Shared(files, frozenset(doubtful), tuple(problems))


def _desks(known: bytes, path: Path, content: bytes) -> object:
    if content == known:
        return read_desks(path, content)
    return read_desks(path, content, is_sound)


def _resolved(folder: Path) -> Path:
    try:
        return folder.resolve(strict=True)
    except RuntimeError:  # links that lead in a circle, before Python 3.13
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(folder)) from None


def _places(folder: Path, problems: list[FlowProblem]) -> list[tuple[str, Path]]:
    """Every file to look at.

    Raises:
        FileNotFoundError: there is nothing of ours at all.
    """
    found: list[tuple[str, Path]] = []
    parts = [name for name in (FLOWS, CARDS) if _is_there(folder / name)]
    for name in parts:
        paths = sorted(path for path in (folder / name).iterdir() if is_toml_name(path.name))
        if len(paths) > MAX_FILES:
            message = t("flows.too_many_files", limit=MAX_FILES)
            problems.append(FlowProblem(folder / name, None, message))
        found += [(f"{name}/{path.name}", path) for path in paths[:MAX_FILES]]
    alone = [name for name in (LIMITS, DESKS) if _is_there(folder / name)]
    if not parts and not alone:
        raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), str(folder))
    return [*found, *((name, folder / name) for name in alone)]


def _is_there(path: Path) -> bool:
    """Whether there is a file or folder.

    Raises:
        OSError: nobody may look, which says nothing about what is there.
    """
    try:
        path.stat()
    except FileNotFoundError:
        return path.is_symlink()
    return True


def _checked(
    root: Path, path: Path, parse: Callable[[Path, bytes], object]
) -> bytes | tuple[FlowProblem, ...]:
    """The bytes of a good file, or why it is none."""
    try:
        if not _resolved(path).is_relative_to(root):
            return (FlowProblem(path, None, t("department.outside")),)
        # Only a regular file: opening a pipe would wait for ever.
        if not path.is_file():
            return (FlowProblem(path, None, t("flows.not_a_file")),)
        before = path.stat()
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
        after = path.stat()
    except OSError:
        return (FlowProblem(path, None, t("flows.unreadable")),)
    if (before.st_size, before.st_mtime_ns) != (after.st_size, after.st_mtime_ns):
        return (FlowProblem(path, None, t("department.changing")),)
    parsed = parse(path, content)
    return parsed if isinstance(parsed, tuple) else content
