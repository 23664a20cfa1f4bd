"""Searchable text as tokens of the index, and what is sought as an expression over them.

Each position of a run of letters and digits has one token: the character and the next one, or,
where it is a digit, three digits or all up to the next letter; at the end of a run what is left.
So every piece of a run is a phrase of tokens, the last of which may be a beginning. Two digits
would be in most notes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from msgspec import Struct

from storage.search_text import searchable

# Raise it when tokens or what is searchable change: the index is then made anew.
TOKENS_VERSION = 1

_RUN = re.compile(r"[^\W_]+")
_TOKEN = re.compile("(?=([0-9]{3}|[0-9]{1,2}[^0-9]?|..?))", re.DOTALL)
_BEGINNING = re.compile("[0-9]{1,2}|.", re.DOTALL)
_HAS_DIGIT = re.compile("[0-9]")
# No letter and no digit, so that nobody can search for it: stands before the kind of a note.
_KIND_MARK = "\ue000"
_HANGING_HYPHENS = re.compile("(?<=[0-9])-+$")


class Terms(Struct, frozen=True):
    """Searchable words: a note has all of ``wanted`` and none of ``unwanted``."""

    wanted: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()


def term_of(word: str) -> str:
    """A word as it is sought; a number that is still being typed may end in a hyphen."""
    return _HANGING_HYPHENS.sub("", searchable(word))


def document(body: str, fields: str, kind: str) -> str:
    """The tokens of a note, of the fields of its case, and of its kind."""
    words = [*_tokens(searchable(body)), *_tokens(searchable(fields))]
    if kind:
        words.append(_KIND_MARK + kind)
    return " ".join(words)


def is_exact(term: str) -> bool:
    """Whether the index alone says truly where the term is: it is one run."""
    return _RUN.fullmatch(term) is not None


def expression(terms: Terms, kinds: Sequence[str]) -> str:
    """What the index is asked for; empty where it cannot help.

    It finds all that has the terms. Where not all are exact it may find more. Nothing of what
    was typed but letters and digits gets into it.
    """
    parts = [phrase for term in terms.wanted if (phrase := _phrase(term))]
    if kinds:
        parts.append("(" + " OR ".join(f'"{_KIND_MARK}{kind}"' for kind in kinds) + ")")
    if not parts:
        return ""
    nots = [f" NOT {_phrase(term)}" for term in terms.unwanted if is_exact(term)]
    return "(" + " AND ".join(parts) + ")" + "".join(nots)


def _tokens(text: str) -> Iterator[str]:
    for run in _RUN.findall(text):
        yield from _of_run(run)


def _of_run(run: str) -> list[str]:
    if _HAS_DIGIT.search(run):
        return _TOKEN.findall(run)
    return [*map(str.__add__, run, run[1:]), run[-1]]


def _phrase(term: str) -> str:
    """A term as a phrase; empty where it has no letter and no digit."""
    runs = _RUN.findall(term)
    if not runs:
        return ""
    *before, last = runs
    tokens = [token for run in before for token in _of_run(run)]
    ending, is_beginning = _ending(last)
    phrase = '"' + " ".join([*tokens, *ending]) + '"'
    return f"{phrase} *" if is_beginning else phrase


def _ending(run: str) -> tuple[list[str], bool]:
    """The tokens that reach the end of a run, and whether the last may be a longer one's."""
    tokens = _of_run(run)
    count = next(n for n, token in enumerate(tokens, 1) if n - 1 + len(token) == len(run))
    return tokens[:count], _BEGINNING.fullmatch(tokens[count - 1]) is not None
