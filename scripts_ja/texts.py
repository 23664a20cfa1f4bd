"""The Japanese words of the program, by dotted key.

Every ``*.toml`` in ``scripts_ja/texts/`` is part of one large table: ``t("flows.at_line",
file=name, line=3)``. Code holds keys, never sentences. What nobody has asked for is not parsed, and
not kept in memory (scripts_ja/text_tables.py).
"""

from __future__ import annotations

from pathlib import Path

from scripts_ja.text_tables import TextTables

_tables = TextTables(Path(__file__).with_name("texts"))


def t(key: str, /, **values: object) -> str:
    """The text of ``key`` with ``values`` put in.

    A value is inserted as it is: braces inside it are never formatted again.

    Raises:
        KeyError: no such key, or the text names a value that was not given.
    """
    text = _tables.text(key)
    try:
        return text.format_map(values)
    except KeyError as missing:
        raise KeyError(f"{key}: value {missing} not given") from None


def has_text(key: str) -> bool:
    """Whether there is such a text. To look for it among all keys would parse every file."""
    try:
        return bool(_tables.text(key))
    except KeyError:
        return False


def all_keys() -> frozenset[str]:
    """Every key that :func:`t` knows: for checks, as it brings all texts into memory."""
    return frozenset(_tables.all())


def template(key: str) -> str:
    """The text of ``key`` with its fields unfilled, for checks.

    Raises:
        KeyError: no such key.
    """
    return _tables.text(key)


def known() -> int:
    """How many texts are in memory."""
    return _tables.known
