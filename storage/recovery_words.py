"""The recovery key as a person writes it down: groups of five, each with its own check character.

Of the alphabet whatever is taken for something else on paper is left out (0 O Q, 1 I L, 2 Z keeps
2, 5 S, 6 G keeps 6, 8 B keeps 8, U V). Its length is prime, so the weighted sum of a group notices
every single wrong character and every two that changed places; the number of the group is part of
the sum, so groups that changed places are noticed too.
"""

from __future__ import annotations

import re
import unicodedata

from msgspec import Struct

ALPHABET = "2346789ACDEFHJKMNPRTWXY"
GROUPS, GROUP_CHARACTERS = 8, 5  # 8 x 4 characters by chance: 144 bits

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212\u30fc\uff70_.,:、。・]+")


class MisreadError(Exception):
    """What was typed is no recovery key; ``group`` (from 1) is where, 0 for the whole."""

    def __init__(self, group: int) -> None:
        super().__init__(f"group {group}")
        self.group = group


class WrongRecoveryKeyError(Exception):
    """It is well written, and does not open this file."""


class RecoveryWords(Struct, frozen=True):
    """A recovery key in its one spelling: groups joined by hyphens."""

    text: str

    @property
    def groups(self) -> tuple[str, ...]:
        """The groups, as they are printed."""
        return tuple(self.text.split("-"))

    def __repr__(self) -> str:
        """Nothing of it stands in a log or a trace."""
        return "RecoveryWords(...)"


def new_words() -> RecoveryWords:
    """A recovery key by chance."""
    import secrets  # here: this module is imported before the window stands

    groups = []
    for number in range(GROUPS):
        chosen = "".join(secrets.choice(ALPHABET) for _ in range(GROUP_CHARACTERS - 1))
        groups.append(chosen + _check_of(number, chosen))
    return RecoveryWords("-".join(groups))


def read_words(typed: str) -> RecoveryWords:
    """What was typed, in any width, case and grouping.

    Raises:
        MisreadError: too short or long, or a group does not fit its check character.
    """
    pieces = _pieces(typed)
    for number, piece in enumerate(pieces[:GROUPS]):
        is_cut = len(piece) < GROUP_CHARACTERS and set(piece) <= set(ALPHABET)
        if not is_cut and not _is_right(number, piece):
            raise MisreadError(number + 1)
    if sum(map(len, pieces)) != GROUPS * GROUP_CHARACTERS:
        raise MisreadError(0)
    return RecoveryWords("-".join(pieces))


def right_groups(typed: str) -> int:
    """How many groups, from the first, fit their check characters so far."""
    count = 0
    for number, piece in enumerate(_pieces(typed)[:GROUPS]):
        if not _is_right(number, piece):
            break
        count += 1
    return count


def _pieces(typed: str) -> list[str]:
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed)).upper()
    starts = range(0, len(bare), GROUP_CHARACTERS)
    return [bare[start : start + GROUP_CHARACTERS] for start in starts]


def _is_right(number: int, piece: str) -> bool:
    is_whole = len(piece) == GROUP_CHARACTERS and set(piece) <= set(ALPHABET)
    return is_whole and piece[-1] == _check_of(number, piece[:-1])


def _check_of(number: int, chosen: str) -> str:
    total = number + sum(weight * ALPHABET.index(char) for weight, char in enumerate(chosen, 1))
    return ALPHABET[total % len(ALPHABET)]
