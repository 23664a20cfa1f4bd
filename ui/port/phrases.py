"""Phrases: as shown, as found, and the agent's own wording of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Protocol

from msgspec import Struct

from scripts_ja.model import Audience
from scripts_ja.placeholders import Segment


class PhraseKey(Struct, frozen=True):
    """Which phrase: its stage or card, its shipped text, and whether the own wording is meant.

    A first phrase of one's own has no shipped text.
    """

    place: str
    text: str
    is_own: bool = False


class PhraseView(Struct, frozen=True):
    """A phrase as it reads now; ``plain`` is what the copy key copies.

    ``mark`` says whose wording it is, where it is not the shipped one.
    """

    segments: tuple[Segment, ...]
    plain: str
    audience: Audience
    condition: str
    mark: str = ""
    key: PhraseKey | None = None


class FoundPhrase(Struct, frozen=True):
    """A phrase that was searched for: how it reads now, what it is for, and where it stands."""

    key: PhraseKey
    phrase: PhraseView
    category: str
    place: str
    is_here: bool = False


class WordingView(Struct, frozen=True):
    """What is needed to write a wording of one's own, or (no ``original``) a first phrase.

    ``original`` and ``text`` hold placeholders; ``fields`` are the ones of the original, with
    their names.
    """

    key: PhraseKey
    original: str
    text: str
    place: str
    fields: tuple[tuple[str, str], ...] = ()


class PhrasesPort(Protocol):
    """Finding phrases, and the agent's own."""

    def find(self, query: str) -> tuple[FoundPhrase, ...]:
        """Every phrase that the words of ``query`` lead to, the nearest to the stage first."""
        ...

    def filled(self, key: PhraseKey) -> FoundPhrase | None:
        """That phrase as it reads now; None where it is gone."""
        ...

    def wording(self, key: PhraseKey) -> WordingView:
        """What the agent has written of that phrase, to write on."""
        ...

    def remarks(self, key: PhraseKey, text: str) -> tuple[str, ...]:
        """What could be better in an own wording; it is kept all the same."""
        ...

    def keep(self, key: PhraseKey, text: str) -> None:
        """Keep a wording of one's own (or a first phrase); an empty text removes it."""
        ...

    def first_phrase(self) -> WordingView | None:
        """The first phrase of this stage, else of the next one that has a place for it."""
        ...

    def pin(self, key: PhraseKey) -> WordingView | None:
        """Say that phrase first from now on, or no longer; None where no stage has a place."""
        ...


class OwnPhrasesPort(Protocol):
    """The agent's own phrases."""

    def listen(self, listener: Callable[[], None]) -> None:
        """Hear that own phrases were read or changed."""
        ...
