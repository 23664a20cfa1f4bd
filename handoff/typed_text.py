"""What people typed, made fit to stand inside a text: nothing is lost but control characters."""

from __future__ import annotations

import unicodedata

_INDENT = "　　"
_REPLACEMENT = "\ufffd"


def clean(text: str) -> str:
    """``text`` as typed, without control characters but line ends; a tab becomes a blank.

    Half of a surrogate pair, which no file can hold, becomes U+FFFD; whole emoji stay.
    """
    return "\n".join(_clean_line(line) for line in text.splitlines())


def indented(text: str) -> str:
    """``text`` as typed; every further line begins with two full-width blanks.

    So no line of a note can pass for a heading.
    """
    return f"\n{_INDENT}".join(clean(text).split("\n"))


def one_line(text: str) -> str:
    """``text`` as typed in one line, for a place where a second one would be lost."""
    return " ".join(clean(text).split("\n"))


def _clean_line(line: str) -> str:
    return "".join(_clean_char(char) for char in line)


def _clean_char(char: str) -> str:
    match unicodedata.category(char):
        case "Cc":
            return " " if char == "\t" else ""
        case "Cs":
            return _REPLACEMENT
        case _:
            return char
