"""The Japanese words of the program, by dotted key.

Every ``*.toml`` in ``scripts_ja/texts/`` is merged into one table on first use:
``t("flows.at_line", file=name, line=3)``. Code holds keys, never sentences.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).with_name("texts")


def t(key: str, /, **values: object) -> str:
    """The text of ``key`` with ``values`` put in.

    A value is inserted as it is: braces inside it are never formatted again.

    Raises:
        KeyError: no such key, or the text names a value that was not given.
    """
    text = _first_texts().get(key) or _texts()[key]
    try:
        return text.format_map(values)
    except KeyError as missing:
        raise KeyError(f"{key}: value {missing} not given") from None


def all_keys() -> frozenset[str]:
    """Every key that :func:`t` knows."""
    return frozenset(_texts())


def template(key: str) -> str:
    """The text of ``key`` with its fields unfilled, for checks.

    Raises:
        KeyError: no such key.
    """
    return _texts()[key]


@cache
def _first_texts() -> Mapping[str, str]:
    """What the first frame says: read alone, so that nobody waits for the other 150 kB."""
    return dict(_flat(tomllib.loads((_FOLDER / "first_frame.toml").read_text("utf-8"))))


@cache
def _texts() -> Mapping[str, str]:
    """All texts, merged.

    Raises:
        ValueError: two files give the same key.
        TypeError: a value is not a text. Both are mistakes in what we ship, so they are loud
            here and seen by the tests.
    """
    merged: dict[str, str] = {}
    for resource in sorted(_FOLDER.glob("*.toml")):
        for key, text in _flat(tomllib.loads(resource.read_text("utf-8"))):
            if key in merged:
                raise ValueError(f"{resource.name}: text {key} is given twice")
            merged[key] = text
    return merged


def _flat(table: Mapping[str, object], prefix: str = "") -> Iterator[tuple[str, str]]:
    """The texts of a table with their dotted keys.

    Raises:
        TypeError: a value is neither a text nor a table.
    """
    for name, value in table.items():
        key = f"{prefix}{name}"
        if isinstance(value, str):
            yield key, value
        elif isinstance(value, dict):
            yield from _flat(value, f"{key}.")
        else:
            raise TypeError(f"{key} is not a text")
