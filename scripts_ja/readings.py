"""How Japanese words are read, so that a phrase is found by typing its kana: かくにん finds 確認.

The readings of all that is shipped are data (``readings.toml``), made at development time by
tools/readings.py and read over by eye; nothing is analysed while a call runs. A text that nobody
has read over, such as an agent's own wording, is read by the words of the shipped ones; what they
do not know stays as it is written and is found by its kanji.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path

import msgspec
from msgspec import Struct

from scripts_ja.model import CardBook, FlowBook, PhraseCategory
from scripts_ja.placeholders import definitions, segments
from scripts_ja.texts import t

_KANJI = "[一-鿿々〆ヶ]"
_RUBY = re.compile(rf"({_KANJI}+)\[([ぁ-ゖー/]+)\]")
_BETWEEN = "/"
# Katakana that has a hiragana of the same sound, and what to take off for it.
_KATAKANA = re.compile("[ァ-ヶ]")
_TO_HIRAGANA = ord("ァ") - ord("ぁ")


class _ReadingFile(Struct, frozen=True, forbid_unknown_fields=True):
    """What ``readings.toml`` holds."""

    lines: tuple[str, ...]


def fold(text: str) -> str:
    """``text`` as it is compared: one width, one kana, no case, no blanks and no punctuation."""
    normal = unicodedata.normalize("NFKC", text).casefold()
    hiragana = _KATAKANA.sub(lambda kana: chr(ord(kana[0]) - _TO_HIRAGANA), normal)
    return "".join(char for char in hiragana if char.isalnum())


def unfilled(text: str) -> str:
    """``text`` as it is shown while nothing is known: names of placeholders in their places."""
    return "".join(segment.text for segment in segments(text, {}))


def readings_of(text: str) -> tuple[str, ...]:
    """How ``text`` may be read, folded: one reading, or two where a word has two."""
    pieces = [_annotated(piece) for piece in _cut(text)]
    return tuple(dict.fromkeys(fold(_read("".join(pieces), place)) for place in (0, -1)))


def texts_to_read(book: FlowBook, cards: CardBook) -> Iterator[str]:
    """All texts that phrases are found by, each as ``readings.toml`` has to hold it."""
    for flow in book.flows:
        yield flow.title
        for stage in flow.stages:
            yield stage.title
            yield from (phrase.text for phrase in stage.phrases)
    for card in cards.cards:
        yield card.title
        yield from card.when
        yield from (phrase.text for phrase in card.phrases)
    yield from (t(f"phrase_category.{category}") for category in PhraseCategory)
    for definition in definitions().values():
        yield definition.label
        if definition.fallback:
            yield definition.fallback


def bare(line: str) -> str:
    """A line of ``readings.toml`` without its readings."""
    return _RUBY.sub(r"\1", line)


def unread(line: str) -> tuple[str, ...]:
    """The kanji of a line that have no reading beside them."""
    return tuple(re.findall(rf"{_KANJI}+", _RUBY.sub("", line)))


@cache
def lines() -> Mapping[str, str]:
    """The lines of ``readings.toml`` by the text that they are the reading of."""
    source = Path(__file__).with_name("readings.toml").read_text("utf-8")
    found = msgspec.convert(tomllib.loads(source), _ReadingFile)
    return {bare(line): line for line in found.lines}


def _cut(text: str) -> Iterator[str]:
    """Its literals, annotated where they are known, and the names of its placeholders."""
    yield from (segment.text for segment in segments(lines().get(text, text), {}))


def _annotated(piece: str) -> str:
    """``piece`` with readings beside its kanji, as far as they are known."""
    if "[" in piece:
        return piece
    return lines().get(piece) or _longest(piece)


def _longest(piece: str) -> str:
    """Reads by the longest known words; of several readings the one that the next sign agrees to."""
    words, at, out = _words(), 0, []
    while at < len(piece):
        run = re.compile(f"{_KANJI}+").match(piece, at)
        end = next((end for end in _ends(at, run) if piece[at:end] in words), 0)
        if not end:
            out.append(piece[at])
            at += 1
            continue
        word = piece[at:end]
        reading = words.get((word, piece[end : end + 1])) or words[word]
        out.append(f"{word}[{reading}]")
        at = end
    return "".join(out)


def _ends(start: int, run: re.Match[str] | None) -> Iterable[int]:
    return range(run.end(), start, -1) if run else ()


@cache
def _words() -> Mapping[str | tuple[str, str], str]:
    """Each word of the shipped texts with its commonest reading, alone and before its next sign."""
    found: dict[str | tuple[str, str], Counter[str]] = {}
    for line in lines().values():
        for ruby in _RUBY.finditer(line):
            word, following = ruby[1], line[ruby.end() : ruby.end() + 1]
            for key in (word, (word, following)):
                found.setdefault(key, Counter())[ruby[2]] += 1
    return {word: counted.most_common(1)[0][0] for word, counted in found.items()}


def _read(line: str, place: int) -> str:
    """The line in kana; of two readings the one at ``place``."""
    return _RUBY.sub(lambda ruby: ruby[2].split(_BETWEEN)[place], line)
