"""Text as it is searched, and the way back to the places in the text as it was typed.

Width (NFKC), letter case, katakana and hiragana, small kana and large ones (キャノン, キヤノン),
variants of a kanji, variation selectors, and whatever stands between the digits of a telephone
number make no difference. The long vowel mark does, but behind an ASCII letter or digit, where it
can only be a hyphen (03ー1234).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence

from msgspec import Struct

from storage.search_variants import variants

_KATAKANA_TO_HIRAGANA = {code: code - 0x60 for code in (*range(0x30A1, 0x30F7), 0x30FD, 0x30FE)}
_SMALL, _LARGE = "ぁぃぅぇぉっゃゅょゎゕゖ", "あいうえおつやゆよわかけ"
_SMALL_HIRAGANA = dict(zip(map(ord, _SMALL), _LARGE, strict=True))
_SMALL_KATAKANA = {code + 0x60: large for code, large in _SMALL_HIRAGANA.items()}
_HYPHENS = dict.fromkeys(map(ord, "‐‑‒–—―−﹣－"), ord("-"))
_WAVES = {0x301C: ord("~"), 0x223C: ord("~")}
_NOTHING = dict.fromkeys(
    (*range(0xFE00, 0xFE10), *range(0xE0100, 0xE01F0), 0x200B, 0x200C, 0x200D, 0xFEFF, 0x00AD)
)
_TABLE: dict[int, int | str | None] = {
    **_KATAKANA_TO_HIRAGANA,
    **_SMALL_HIRAGANA,
    **_SMALL_KATAKANA,
    **_HYPHENS,
    **_WAVES,
    **_NOTHING,
    **{ord(variant): plain for variant, plain in variants().items()},
}

# Characters that NFKC never joins with the one before; all others are taken together with it.
_ALONE = (
    "\x00-\u00ff\u2010-\u2027\u2030-\u205e\u2190-\u23ff\u2460-\u27bf"
    "\u3000-\u3029\u3030-\u3096\u309b-\u30ff\u3190-\u319f\u3200-\ua48c\ue000-\uf8ff"
    "\uf900-\ufaff\ufe00-\ufe0f\uff01-\uff9d\uffe0-\uffe6"
    "\U0001f000-\U0001faff\U00020000-\U0003ffff\U000e0100-\U000e01ef"
)
_PIECE = re.compile(f".[^{_ALONE}]*", re.DOTALL)
_HAS_PIECES = re.compile(f"[^{_ALONE}]")
_LONG_AS_HYPHEN = re.compile("(?<=[0-9a-z])ー+")
# 03-1234-5678, 03(1234)5678, (03)1234-5678
_BETWEEN_DIGITS = re.compile(
    r"(?<=[0-9])(?:-+(?=[0-9])|-*\((?=[0-9]{1,4}\)-*[0-9]{3})|(?<=[0-9]{2})\)-*(?=[0-9]{3}))"
)

Gap = tuple[int, int]


class Span(Struct, frozen=True, order=True):
    """Characters of a text, from ``start`` up to ``end``."""

    start: int
    end: int


def searchable(text: str) -> str:
    """The text as it is searched; two texts that only look different become the same."""
    folded = _folded(_pieces(text))
    return _without(folded, _gaps(folded))


def places(text: str, terms: Iterable[str]) -> tuple[Span, ...]:
    """Where the searchable ``terms`` stand in ``text`` as it was typed, in order, none overlapping.

    A character that only belongs half to a place belongs to it.
    """
    pieces = _pieces(text)
    folded = _folded(pieces)
    gaps = _gaps(folded)
    whole = _without(folded, gaps)
    here = [term for term in terms if term and term in whole]
    if not here:  # as in most texts: the way back is not needed
        return ()
    starts, ends = _origins(text, pieces, gaps)
    found = [
        Span(starts[start], ends[start + len(term) - 1])
        for term in here
        for start in _starts(whole, term)
    ]
    return _merged(sorted(found))


class _Folding(dict[int, str]):
    """What single characters become, of which there are not many, by code: for ``translate``."""

    def __missing__(self, code: int) -> str:
        char = chr(code)
        self[code] = folded = _fold(char)
        if len(folded) != 1:
            _SHRUNK_OR_GROWN.add(char)
        return folded


_FOLDED = _Folding()
# Characters that become none or several, as far as they were met.
_SHRUNK_OR_GROWN: set[str] = set()


def _fold(piece: str) -> str:
    return unicodedata.normalize("NFKC", piece).translate(_TABLE).casefold()


def _folded_piece(piece: str) -> str:
    return _FOLDED[ord(piece)] if len(piece) == 1 else _fold(piece)


def _folded(pieces: Sequence[str]) -> str:
    """Each piece as it is searched; what stands between digits is still there."""
    if isinstance(pieces, str):
        folded = pieces.lower() if pieces.isascii() else pieces.translate(_FOLDED)
    else:
        folded = "".join(map(_folded_piece, pieces))
    if "ー" not in folded:
        return folded
    return _LONG_AS_HYPHEN.sub(lambda marks: "-" * len(marks[0]), folded)


def _pieces(text: str) -> Sequence[str]:
    """The text itself where each of its characters is a piece, as in most."""
    is_plain = text.isascii() or not _HAS_PIECES.search(text)
    return text if is_plain else _PIECE.findall(text)


def _gaps(folded: str) -> Sequence[Gap]:
    """What stands between digits and makes no difference; nothing in most texts."""
    if "-" not in folded and "(" not in folded and ")" not in folded:
        return ()
    return [match.span() for match in _BETWEEN_DIGITS.finditer(folded)]


def _origins(
    text: str, pieces: Sequence[str], gaps: Sequence[Gap]
) -> tuple[Sequence[int], Sequence[int]]:
    """Where in the text each character of the searchable one begins and ends."""
    starts: Sequence[int] = range(len(text))
    ends: Sequence[int] = range(1, len(text) + 1)
    if pieces is not text or not _SHRUNK_OR_GROWN.isdisjoint(text):
        starts, ends = _origins_of(pieces)
    return _origins_without(starts, gaps), _origins_without(ends, gaps)


def _origins_of(pieces: Sequence[str]) -> tuple[list[int], list[int]]:
    """The same for folded characters, if one does not become just one."""
    starts: list[int] = []
    ends: list[int] = []
    place = 0
    for piece in pieces:
        count = len(_folded_piece(piece))
        starts += [place] * count
        place += len(piece)
        ends += [place] * count
    return starts, ends


def _without(folded: str, gaps: Sequence[Gap]) -> str:
    if not gaps:
        return folded
    return "".join(folded[first:last] for first, last in _between(gaps))


def _origins_without(origins: Sequence[int], gaps: Sequence[Gap]) -> Sequence[int]:
    if not gaps:
        return origins
    return [origin for first, last in _between(gaps) for origin in origins[first:last]]


def _between(gaps: Sequence[Gap]) -> Iterable[tuple[int, int | None]]:
    return zip([0, *(end for _, end in gaps)], [*(start for start, _ in gaps), None], strict=True)


def _starts(text: str, term: str) -> Iterable[int]:
    start = text.find(term)
    while start >= 0:
        yield start
        start = text.find(term, start + 1)


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
