"""File names that Windows, macOS and Linux all take, and that give nothing away in a list."""

from __future__ import annotations

import re
import unicodedata
from datetime import datetime

from handoff.document import Document
from scripts_ja.texts import t

_MAX_UTF16_UNITS = 80
_MAX_UTF8_BYTES = 200
_FALLBACK = "noname"
# Not for names: controls, invisible formatting (it can turn a name around), halves of surrogate
# pairs, private and unassigned characters.
_DROPPED = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})
_FORBIDDEN = re.compile(r'[<>:"/\\|?*]')
_RESERVED = re.compile(
    r"(?:con|prn|aux|nul|clock\$|conin\$|conout\$|(?:com|lpt)[0-9¹²³])(?: *\..*)?", re.IGNORECASE
)


def paper_file_name(document: Document, at: datetime, extension: str) -> str:
    """The name of a paper's file, made at that local time: case number first, then what it is.

    Nobody's name stands in it: names in a folder's list tell everybody who complained.
    """
    parts = (document.case_no, t(f"paper.name.{document.name}"), at.strftime("%Y%m%d-%H%M%S"))
    return safe_name("_".join(parts), extension)


def safe_name(stem: str, extension: str) -> str:
    """``stem.extension`` as a file name that every system takes, at most 200 bytes long."""
    # NFC, not NFKC: that would turn a full-width slash into a real one.
    visible = "".join(char for char in stem if _is_kept(char))
    plain = _FORBIDDEN.sub("_", unicodedata.normalize("NFC", visible))
    trimmed = " ".join(plain.split()).lstrip(" .-~").rstrip(" .")
    suffix = f".{extension}"
    name = _cut(trimmed, len(suffix)).rstrip(" .") or _FALLBACK
    if _RESERVED.fullmatch(name):
        name = f"_{name}"
    return name + suffix


def _is_kept(char: str) -> bool:
    """Blanks of every kind stay here and become one blank later."""
    return char.isspace() or unicodedata.category(char) not in _DROPPED


def _cut(text: str, reserved: int) -> str:
    """As many whole characters as fit, ``reserved`` ASCII characters left free."""
    units = utf8 = reserved + 1  # one more for the mark before a reserved name
    for place, char in enumerate(text):
        units += 2 if ord(char) > 0xFFFF else 1
        utf8 += len(char.encode("utf-8"))
        if units > _MAX_UTF16_UNITS or utf8 > _MAX_UTF8_BYTES:
            return text[:place]
    return text
