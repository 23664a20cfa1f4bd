"""Writing the settings with a comment on every line, keeping what a person wrote there."""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping
from contextlib import suppress
from pathlib import Path

import tomlkit
from tomlkit.exceptions import TOMLKitError
from tomlkit.items import Table

from app.settings import TABLE, Value
from scripts_ja.texts import t

BROKEN_SUFFIX = ".broken.toml"
"""Of a file that is no TOML, which is kept when a new one is written."""


def save(
    path: Path, changes: Mapping[str, Value], in_force: Mapping[str, Value] | None = None
) -> Path | None:
    """Write changed values into the file; a file that is no TOML is kept aside first.

    A file that is made anew holds all that is ``in_force`` besides. Returns where the one that is
    no TOML lies now, if there was one.

    Raises:
        OSError: the folder cannot be written.
    """
    is_new = not path.exists()
    document, broken = _existing(path)
    if is_new or broken is not None:
        _put(document, in_force or {})
    _put(document, changes)
    _write(path, tomlkit.dumps(document))
    return broken


def _put(document: tomlkit.TOMLDocument, values: Mapping[str, Value]) -> None:
    for name, value in values.items():
        section, key = name.split(".", 1)
        table = document.get(section)
        if not isinstance(table, MutableMapping):
            table = tomlkit.table()
            document[section] = table
        table[key] = value


def ensure(path: Path, in_force: Mapping[str, Value] | None = None) -> None:
    """Make the commented file where there is none, for a person to edit.

    Raises:
        OSError: the folder cannot be written.
    """
    if not path.exists():
        save(path, {}, in_force)


def _existing(path: Path) -> tuple[tomlkit.TOMLDocument, Path | None]:
    try:
        return tomlkit.parse(path.read_text(encoding="utf-8-sig")), None
    except FileNotFoundError:
        return _fresh(), None
    except (TOMLKitError, ValueError, RecursionError):
        return _fresh(), path.replace(path.with_suffix(BROKEN_SUFFIX))


def _fresh() -> tomlkit.TOMLDocument:
    """All settings with their defaults and what they mean."""
    document = tomlkit.document()
    document.add(tomlkit.comment(t("settings.file_head")))
    for setting in TABLE:
        if setting.section not in document:
            document[setting.section] = tomlkit.table()
        table = document[setting.section]
        assert isinstance(table, Table)  # noqa: S101 - made one line above
        table.add(tomlkit.comment(t(f"settings.label.{setting.name}")))
        table.add(setting.key, setting.default)
    return document


def _write(path: Path, text: str) -> None:
    """Write beside and replace: a crash leaves the old file or the new one. This user's alone."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_suffix(".tmp")
    try:
        beside.touch(mode=0o600)
        beside.write_text(text, encoding="utf-8")
        beside.replace(path)
    except OSError:
        with suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
