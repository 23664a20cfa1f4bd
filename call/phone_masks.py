"""Telephone numbers in what was typed: all digits but the last four are hidden."""

from __future__ import annotations

import re
import unicodedata

from call.screening import MASK

_KEPT = 4
_BETWEEN = r"[\s\-‐-―−─~ー・·.()/]{0,3}"
# Domestic from the 0 on, or with + and a country; digits of all widths are read as ASCII first.
_NUMBER = re.compile(
    rf"(?<![0-9])(?:\+{_BETWEEN}[1-9](?:{_BETWEEN}[0-9]){{7,13}}|0(?:{_BETWEEN}[0-9]){{8,10}})(?![0-9])"
)


def mask_numbers(text: str) -> str:
    """``text`` with each telephone number in it masked; all else as it was typed."""
    plain = _plain(text)
    parts, end = [], 0
    for match in _NUMBER.finditer(plain):
        parts += [text[end : match.start()], mask_all_digits(text[match.start() : match.end()])]
        end = match.end()
    return "".join((*parts, text[end:]))


def mask_all_digits(text: str, mask: str = MASK) -> str:
    """``text`` with every digit masked but the last four; of so short a number, all."""
    places = [place for place, char in enumerate(_plain(text)) if char in "0123456789"]
    hidden = set(places[:-_KEPT] if len(places) > 2 * _KEPT else places)
    return "".join(mask if place in hidden else char for place, char in enumerate(text))


def _plain(text: str) -> str:
    """The same text, character for character, widths folded and digits in ASCII."""
    return text if text.isascii() else "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    value = unicodedata.digit(char, None)
    if value is not None:
        return str(value)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char
