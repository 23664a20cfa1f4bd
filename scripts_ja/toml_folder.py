"""Reading the files of a folder that may be missing, unreadable, overfull or hostile."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from scripts_ja.flow_problem import FlowProblem
from scripts_ja.texts import t
from scripts_ja.toml_file import MAX_FILE_BYTES

MAX_FILES = 100

_File = TypeVar("_File")
Parse = Callable[[Path, bytes], _File | tuple[FlowProblem, ...]]


def read_folder(folder: Path, parse: Parse[_File]) -> tuple[list[_File], list[FlowProblem]]:
    """What ``parse`` makes of the TOML files of ``folder``, by name, and every problem."""
    try:
        paths = sorted(path for path in folder.iterdir() if is_toml_name(path.name))
    except OSError:
        return [], [FlowProblem(folder, None, t("flows.unreadable_folder"))]
    problems: list[FlowProblem] = []
    if len(paths) > MAX_FILES:
        problems.append(FlowProblem(folder, None, t("flows.too_many_files", limit=MAX_FILES)))
    found: list[_File] = []
    for path in paths[:MAX_FILES]:
        parsed = _read_file(path, parse)
        if isinstance(parsed, tuple):
            problems.extend(parsed)
        else:
            found.append(parsed)
    return found, problems


def is_toml_name(name: str) -> bool:
    """Editors and macOS leave hidden companions (``._x.toml``, ``.#x.toml``) beside a file."""
    return name.lower().endswith(".toml") and not name.startswith(".")


def exists(folder: Path) -> bool:
    """Whether something is there; what may not be looked at counts, so that reading tells why."""
    try:
        return folder.exists()
    except OSError:
        return True


def _read_file(path: Path, parse: Parse[_File]) -> _File | tuple[FlowProblem, ...]:
    try:
        # Only a regular file: opening a pipe would wait for ever.
        if not path.is_file():
            return (FlowProblem(path, None, t("flows.not_a_file")),)
        with path.open("rb") as stream:
            content = stream.read(MAX_FILE_BYTES + 1)
    except OSError:
        return (FlowProblem(path, None, t("flows.unreadable")),)
    return parse(path, content)
