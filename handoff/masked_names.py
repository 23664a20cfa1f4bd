"""The customer's name in what was typed, as far as it can be told from other words.

The whole name, its parts, and what begins or ends like it are hidden wherever they stand; what is
too short to be told from other words (one character, two of kana), only before an honorific.
Rather too much is hidden than too little.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator

from scripts_ja.texts import t

_HONORIFICS = ("さま", "さん", "様", "氏", "殿", "ちゃん", "くん", "君")
_LONGEST_NAME = 24
_KANA = re.compile(r"[ぁ-ゖァ-ヺー・]+")
_SHIFT = ord("ァ") - ord("ぁ")
_TO_KATAKANA = {code: code + _SHIFT for code in range(ord("ぁ"), ord("ゖ") + 1)}
_TO_HIRAGANA = {to: of for of, to in _TO_KATAKANA.items()}


def name_mask(names: Iterable[str]) -> Callable[[str], str]:
    """A function that hides these names in a text."""
    whole: set[str] = set()
    before_honorific: set[str] = set()
    for name in names:
        for part in _parts(name):
            for piece in _pieces(part):
                (whole if _is_telling(piece) else before_honorific).add(piece)
    patterns = [_any_of(whole)] if whole else []
    if before_honorific:
        patterns.append(_any_of(before_honorific) + rf"(?=\s?(?:{'|'.join(_HONORIFICS)}))")
    if not patterns:
        return lambda text: text
    pattern, hidden = re.compile("|".join(patterns), re.IGNORECASE), t("handoff.mask.name")
    return lambda text: pattern.sub(hidden, unicodedata.normalize("NFC", text))


def _parts(name: str) -> Iterator[str]:
    """The name in one piece and as it is parted by blanks, without an honorific."""
    bare = unicodedata.normalize("NFKC", name).strip()
    for honorific in _HONORIFICS:
        bare = bare.removesuffix(honorific).strip()
    yield from {"".join(bare.split()), *bare.split()} - {""}


def _pieces(part: str) -> Iterator[str]:
    """What begins or ends as the name does: a family name typed together with a given one."""
    yield from _spellings(part)
    if part.isascii() or len(part) > _LONGEST_NAME:
        return
    for place in range(1, len(part)):
        yield from _spellings(part[:place])
        yield from _spellings(part[place:])


def _spellings(piece: str) -> Iterator[str]:
    yield piece
    if _KANA.fullmatch(piece):
        yield piece.translate(_TO_HIRAGANA)
        yield piece.translate(_TO_KATAKANA)


def _is_telling(piece: str) -> bool:
    """Whether a piece is long enough to be hidden wherever it stands."""
    return len(piece) >= (3 if _KANA.fullmatch(piece) or piece.isascii() else 2)


def _any_of(pieces: set[str]) -> str:
    longest_first = sorted(pieces, key=lambda piece: (-len(piece), piece))
    return "(?:" + "|".join(_with_blanks(piece) for piece in longest_first) + ")"


def _with_blanks(piece: str) -> str:
    """A pattern for the piece, with or without blanks between its characters."""
    if len(piece) > _LONGEST_NAME:
        return re.escape(piece)
    return r"\s?".join(map(re.escape, piece))
