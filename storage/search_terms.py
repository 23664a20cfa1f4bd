"""Searchable text as tokens of the index, and what is sought as an expression over them.

Each position of a text has one token. In a run of letters and digits it is the character and the
next one; at a digit it is four digits, or all up to the end of the number; at the end of a run it
is what is left. Any other character, a blank too, is a token of its own. So every piece of a text
is a phrase of tokens, and the index alone says truly where it is. (Of pairs of digits, most would
be in most notes.)

Behind the text stand marks: that it is there at all, its kind, its day, month and year.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import product

from msgspec import Struct

from storage.rows import digits_of, whole
from storage.search_text import searchable

# Raise it when tokens or what is searchable change: the index is then made anew.
TOKENS_VERSION = 2

_DIGITS = 4
_TOKEN = re.compile(rf"(?=([0-9]{{1,{_DIGITS}}}|[^\W_]{{1,2}}|.))", re.DOTALL)
_ASCII_DIGITS = "0123456789"
_LETTER = re.compile(r"[^\W_]")
# Stands before all that is no text. A text that has it has it alone, as a token of one character.
_MARK = "\ue000"
_BREAK = _MARK + "b"
_THERE = _MARK + "a"
_HANGING_HYPHENS = re.compile("(?<=[0-9])-+$")
# A telephone number as far as it is typed, perhaps with the code of the country: 「(03」, 「+81-3」.
_TELEPHONE = re.compile(r"(?:\+81|\(?0)[-()0-9]*")


class Terms(Struct, frozen=True):
    """Searchable words: a note has all of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def term_of(word: str) -> str:
    """A word as it is sought; a number that is still being typed may end in a hyphen."""
    term = searchable(whole(word))
    if _TELEPHONE.fullmatch(term):
        return digits_of(term)
    return _HANGING_HYPHENS.sub("", term)


def document(body: str, fields: str, kind: str, at: str) -> str:
    """The tokens of a note, of the fields of its case (one a line), and the marks.

    ``at`` is its moment in UTC, as ISO 8601 writes it.
    """
    tokens = list(_tokens(searchable(body)))
    for field in fields.split("\n"):
        tokens += [_BREAK, *_tokens(searchable(field))]
    return " ".join([*tokens, _BREAK, _THERE, kind_mark(kind), *day_marks(at[:10])])


def kind_mark(kind: str) -> str:
    """What marks the notes of a kind; empty are the cases themselves."""
    return f"{_MARK}k{kind}"


def day_marks(day: str) -> tuple[str, str, str]:
    """What marks the notes of a day (``2026-04-01``), of its month and of its year."""
    year, month, date = day.split("-")
    return f"{_MARK}y{year}", f"{_MARK}m{year}{month}", f"{_MARK}d{year}{month}{date}"


def expression(terms: Terms, *one_of: Sequence[str]) -> str:
    """What the index is asked for: all that has the terms, and a mark out of each ``one_of``."""
    parts = [_phrase(term) for term in terms.wanted]
    parts += [_any_of(_quoted([mark]) for mark in marks) for marks in one_of]
    nots = [f" NOT {_phrase(term)}" for term in terms.unwanted]
    return "(" + " AND ".join(parts or [_quoted([_THERE])]) + ")" + "".join(nots)


def _tokens(text: str) -> Iterator[str]:
    return map(_written, _TOKEN.findall(text))


def _written(token: str) -> str:
    """A token as the index may hold it: to its tokenizer, ASCII without letters is no word."""
    is_word = token.isalnum() or not token.isascii()
    return token if is_word else f"{_MARK}x{ord(token):02x}"


def _phrase(term: str) -> str:
    """A term as a phrase, or as several of which one must be there.

    What goes on behind a term is not known: the token of its last letter may be longer, and those
    of its last digits, too. They are left out where the tokens before them have these characters.
    """
    tokens = list(_tokens(term))
    if not _is_letter(term[-1]):
        return _quoted(tokens)
    digits = len(term) - len(term.rstrip(_ASCII_DIGITS))
    if digits >= _DIGITS:
        return _quoted(tokens[: 1 - _DIGITS])
    first = len(term) - (digits or 1)
    if digits > 1:
        return _any_of(_quoted([*tokens[:first], number]) for number in _numbers(term[first:]))
    if _is_of_a_pair(term[first - 1 : first]):
        return _quoted(tokens[:first])
    return _quoted(tokens) + " *"


def _numbers(beginning: str) -> Iterator[str]:
    """All tokens of a number that begins so."""
    for more in range(_DIGITS - len(beginning) + 1):
        yield from (beginning + "".join(rest) for rest in product(_ASCII_DIGITS, repeat=more))


def _is_of_a_pair(char: str) -> bool:
    """Whether the token of a character has the next one, too, where that is a letter or digit."""
    return _is_letter(char) and char not in _ASCII_DIGITS


def _is_letter(char: str) -> bool:
    return _LETTER.fullmatch(char) is not None


def _quoted(tokens: Iterable[str]) -> str:
    return '"' + " ".join(tokens).replace('"', '""') + '"'


def _any_of(phrases: Iterable[str]) -> str:
    return "(" + " OR ".join(phrases) + ")"
