"""Numbers that must never be stored: payment cards, マイナンバー, codes beside a word (暗証番号).

A run of ten or more digits is held back until it is judged (rules.md 2.8, D5). Digits count in
every width and script; blanks, hyphens and dots between them do not end a run. Where a card and
something harmless cannot be told apart, it is held back: the agent can allow it with one key.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from itertools import dropwhile

from msgspec import Struct

from call.check_digits import MY_NUMBER_DIGITS, is_my_number, passes_luhn

MASK = "＊"
_KEPT_DIGITS = 4
_LONG_RUN = 10
_CARD_LENGTHS = range(13, 20)

# All patterns read the text as _plain gives it: digits are ASCII, widths are folded.
_SEPARATOR = r"[\s\-‐-―−─~ー・·•._\u00ad\u200b-\u200f\u2060\ufeff]"
_RUN = re.compile(rf"[0-9](?:{_SEPARATOR}{{0,3}}[0-9])*")
# Groups of four, as on a card, also count where something else parts them: 4111/1111/1111/1111.
_IN_FOURS = re.compile(
    r"(?<![0-9])[0-9]{4}(?P<by>\s?[^\w\s]{1,2}\s?)[0-9]{4,6}(?P=by)[0-9]{1,5}"
    r"(?:(?P=by)[0-9]{1,4}){0,2}(?![0-9])"
)
_WORD = re.compile(r"[^\s・·•]+")
_PHONE = (
    rf"(?:0[1-9][0-9]{{8,9}}|(?=(?:[0-9]{_SEPARATOR}?){{10,11}}(?![0-9]))"
    rf"0[1-9][0-9]{{0,3}}{_SEPARATOR}[0-9]{{1,4}}{_SEPARATOR}[0-9]{{3,4}})(?![0-9])"
)
_IS_PHONE = re.compile(_PHONE)
_A_PHONE = re.compile(rf"(?<![0-9]){_PHONE}")

_CODE_WORD = (
    r"(?:セキュリティー?[・\s]?(?:コー(?:ド|ト\u3099)|番号)|security\s?(?:code|number)"
    r"|暗証(?:番号|コー(?:ド|ト\u3099))?|(?:パス|ハ\u309aス|確認|ピン|ヒ\u309aン)コー(?:ド|ト\u3099)"
    r"|(?<![a-z])(?:cvv2?|cvc2?|csc|pin)(?![a-z]))"
)
# Between the word and its code may stand a short count: 暗証番号を3回、…
_GAP = r"(?:[^0-9\n]{0,12}[0-9]{1,2}[回度桁番])?[^0-9]{0,12}"
_COUNTED = r"(?![円年回件])"
_DIGITS_OF_CODE = rf"(?:[0-9]{_SEPARATOR}?){{2,7}}[0-9]"
_CODE_AFTER = re.compile(
    rf"({_CODE_WORD}{_GAP})(?!{_PHONE})({_DIGITS_OF_CODE})(?![0-9]){_COUNTED}", re.I
)
_CODE_BEFORE = re.compile(
    rf"(?<![0-9])()({_DIGITS_OF_CODE}){_COUNTED}[^0-9]{{0,6}}{_CODE_WORD}", re.I
)
# Twelve digits beside its name: alone, they are as likely the number of a parcel.
_MY_NUMBER = re.compile(
    r"(?:マイナンバー(?:カード)?|個人番号|my\s?number)[^0-9]{0,12}"
    rf"((?:[0-9]{_SEPARATOR}{{0,3}}){{11}}[0-9])(?![0-9])",
    re.I,
)
_CODE_BEING_TYPED = re.compile(rf"({_CODE_WORD}{_GAP})((?:[0-9]{_SEPARATOR}?)*[0-9])", re.I)

Span = tuple[int, int]


class Screened(Struct, frozen=True):
    """A text fit to be written, and the digits (ASCII, bare) that were withheld from it."""

    text: str
    withheld: tuple[str, ...]


class _Word(Struct, frozen=True):
    """Digits of a run with no blank between them, and where they stand."""

    start: int
    end: int
    digits: str
    is_phone: bool


def screen_final(text: str, allowed: Iterable[str] = ()) -> Screened:
    """Judge a finished text: cards, マイナンバー and codes are masked, all other numbers stay.

    Numbers in ``allowed`` (bare digits that the agent called a slip or part number) stay too.
    """
    return _screen(text, frozenset(allowed), being_typed=False)


def screen_draft(text: str, allowed: Iterable[str] = ()) -> Screened:
    """Judge a text that is still being typed: long runs that may yet become a card wait too.

    Only what reads as a telephone number is let through before the note is finished.
    """
    return _screen(text, frozenset(allowed), being_typed=True)


def sound(text: str) -> str:
    """The text with halves of surrogate pairs replaced: no file could hold them."""
    return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def looks_like_card(digits: str) -> bool:
    """Whether some 13 to 19 digits in a row pass the Luhn check."""
    return any(
        passes_luhn(digits[start : start + length])
        for length in _CARD_LENGTHS
        for start in range(len(digits) - length + 1)
    )


def _screen(text: str, allowed: frozenset[str], *, being_typed: bool) -> Screened:
    plain = _without_allowed(_plain(text), allowed)
    hidden: set[int] = set()
    withheld: list[str] = []
    for start, end in _codes(plain, being_typed=being_typed):
        if _bare(plain[start:end]) not in allowed:
            withheld.append(_bare(plain[start:end]))
            hidden |= _places(plain, start, end, 0)
    for start, end in _long_runs(plain, being_typed=being_typed):
        digits = _bare(plain[start:end])
        withheld.append(digits)
        shows_end = looks_like_card(digits) and not being_typed
        hidden |= _places(plain, start, end, _KEPT_DIGITS if shows_end else 0)
    if not hidden:
        return Screened(text, ())
    masked = "".join(MASK if place in hidden else char for place, char in enumerate(text))
    return Screened(masked, tuple(dict.fromkeys(withheld)))


def _without_allowed(plain: str, allowed: frozenset[str]) -> str:
    """The same text with allowed long numbers made into something that is no number.

    A short one is honoured only as a code: as part of a card it must not break the card up.
    """
    for number in allowed:
        if len(number) >= _LONG_RUN:
            digits = rf"{_SEPARATOR}{{0,3}}".join(number)
            pattern = rf"(?<![0-9]){digits}(?![0-9])"
            plain = re.sub(pattern, lambda found: "x" * len(found[0]), plain)
    return plain


def _codes(plain: str, *, being_typed: bool) -> list[Span]:
    after = _CODE_BEING_TYPED if being_typed else _CODE_AFTER
    found = [match.span(2) for match in after.finditer(plain)]
    found += [match.span(1) for match in _MY_NUMBER.finditer(plain)]
    phones = [match.span() for match in _A_PHONE.finditer(plain)]
    for match in _CODE_BEFORE.finditer(plain):
        start, end = match.span(2)
        if not any(first < end and start < last for first, last in phones):
            found.append((start, end))
    return found


def _long_runs(plain: str, *, being_typed: bool) -> Iterator[Span]:
    for pattern in (_RUN, _IN_FOURS):
        for match in pattern.finditer(plain):
            if len(_bare(match.group())) >= _LONG_RUN:
                words = _words(plain, *match.span())
                is_foreign = plain[match.start() - 1 : match.start()] == "+"
                yield from (
                    _unfinished(words) if being_typed else _finished(words, is_foreign=is_foreign)
                )


def _words(plain: str, start: int, end: int) -> list[_Word]:
    if _IS_PHONE.fullmatch(plain, start, end):
        return [_Word(start, end, _bare(plain[start:end]), is_phone=True)]
    return [
        _Word(
            *word.span(),
            _bare(word.group()),
            is_phone=bool(_IS_PHONE.fullmatch(plain, *word.span())),
        )
        for word in _WORD.finditer(plain, start, end)
    ]


def _unfinished(words: Sequence[_Word]) -> Iterator[Span]:
    """What of a run waits until the note is finished.

    Telephone numbers at its head do not: no card begins with 0.
    """
    rest = list(dropwhile(lambda word: word.is_phone, words))
    if len(_digits(rest)) >= _LONG_RUN:
        yield _span(rest)


def _finished(words: Sequence[_Word], *, is_foreign: bool) -> Iterator[Span]:
    """What a finished run must not keep.

    Behind a plus stands a telephone number (+81…), which may be twelve digits long, too.
    """
    cards = tuple(_cards(words))
    yield from cards
    if not is_foreign:
        yield from _my_numbers(words, cards)


def _cards(words: Sequence[_Word]) -> Iterator[Span]:
    """The cards in a finished run, telephone numbers beside them left out."""
    group: list[_Word] = []
    for place, word in enumerate(words):
        if not word.is_phone:
            group.append(word)
            yield from _cards_from(words, place)
        if group and (word.is_phone or place == len(words) - 1):
            if looks_like_card(_digits(group)):
                yield _span(group)
            group = []


def _cards_from(words: Sequence[_Word], first: int) -> Iterator[Span]:
    """A card whose odd blanks make some of its digits look like a telephone number."""
    digits = ""
    for place in range(first, len(words)):
        digits += words[place].digits
        if len(digits) > _CARD_LENGTHS[-1]:
            return
        part = words[first : place + 1]
        if any(word.is_phone for word in part) and _is_card(digits):
            yield _span(part)


def _my_numbers(words: Sequence[_Word], cards: Sequence[Span]) -> Iterator[Span]:
    """What can be somebody's マイナンバー, in one piece or parted by blanks; no part of a card."""
    for first in range(len(words)):
        digits = ""
        for word in words[first:]:
            digits += word.digits
            if word.is_phone or len(digits) > MY_NUMBER_DIGITS or _is_in(word, cards):
                break
            if is_my_number(digits):
                yield words[first].start, word.end


def _is_in(word: _Word, spans: Iterable[Span]) -> bool:
    return any(start <= word.start and word.end <= end for start, end in spans)


def _is_card(digits: str) -> bool:
    """Whether these digits together pass the Luhn check and are as many as a card has."""
    return len(digits) in _CARD_LENGTHS and passes_luhn(digits)


def _digits(words: Iterable[_Word]) -> str:
    return "".join(word.digits for word in words)


def _span(words: Sequence[_Word]) -> Span:
    return words[0].start, words[-1].end


def _places(plain: str, start: int, end: int, keep: int) -> set[int]:
    """Where the digits to hide stand: all but the last ``keep``."""
    places = [place for place in range(start, end) if plain[place] in "0123456789"]
    return set(places[: len(places) - keep])


def _plain(text: str) -> str:
    """The same text, character for character, with digits in ASCII and widths folded."""
    return text if text.isascii() else "".join(_plain_char(char) for char in text)


def _plain_char(char: str) -> str:
    if char.isascii():
        return char
    value = unicodedata.digit(char, None)
    if value is not None:
        return str(value)
    folded = unicodedata.normalize("NFKC", char)
    return folded if len(folded) == 1 else char


def _bare(text: str) -> str:
    return "".join(char for char in text if char in "0123456789")
