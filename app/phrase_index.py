"""All phrases of the desk, ready to be searched by what they say and how that is read."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import IntEnum

from msgspec import Struct

from app.own_phrases import OwnPhrases
from scripts_ja.model import CardBook, FlowBook, Phrase, PhraseCategory
from scripts_ja.readings import fold, readings_of, unfilled
from scripts_ja.texts import t
from ui.port.phrases import PhraseKey


class Match(IntEnum):
    """How a phrase was found; what it says counts more than where it stands."""

    CONTENT = 0
    PLACE = 1


class Entry(Struct, frozen=True):
    """A phrase and what it is found by.

    ``flow_id`` is empty for a card; ``place`` is its stage or card in words. ``words`` are the
    forms of what it says and is for, ``place_words`` those of where it stands, all folded.
    ``text`` is what is said: the shipped phrase, or the agent's own words for it.
    """

    key: PhraseKey
    phrase: Phrase
    text: str
    flow_id: str
    place: str
    words: tuple[str, ...]
    place_words: tuple[str, ...]
    is_left_over: bool = False

    def match(self, terms: Sequence[Sequence[str]]) -> Match | None:
        """How all of ``terms`` lead here, each by one of its forms; None where one does not."""
        if all(_is_in(self.words, term) for term in terms):
            return Match.CONTENT
        if all(_is_in(self.words, term) or _is_in(self.place_words, term) for term in terms):
            return Match.PLACE
        return None


def terms_of(query: str) -> list[tuple[str, ...]]:
    """The words of a query, each as it is written and as it is read."""
    folded = [(fold(word), *readings_of(word)) for word in query.split()]
    return [tuple(dict.fromkeys(forms)) for forms in folded if forms[0]]


def shipped_entries(book: FlowBook, cards: CardBook) -> Iterator[Entry]:
    """Every phrase of every stage, then of every card, as they are offered."""
    for flow in book.flows:
        for stage in flow.stages:
            place = t("phrase_search.stage", code=flow.code, title=stage.title)
            place_words = _forms(flow.title, stage.title)
            for phrase in stage.phrases:
                yield _entry(PhraseKey(stage.id, phrase.text), phrase, flow.id, place, place_words)
    for card in cards.cards:
        place = t("phrase_search.card", code=card.code, title=card.title)
        place_words = _forms(card.title, *card.when)
        for phrase in card.phrases:
            yield _entry(PhraseKey(card.id, phrase.text), phrase, "", place, place_words)


def with_own(shipped: Sequence[Entry], book: FlowBook, own: OwnPhrases) -> Iterator[Entry]:
    """The shipped entries with own wordings behind theirs; at the end what is left over."""
    known = {(entry.key.place, entry.key.text) for entry in shipped}
    yield from _first_phrases(book, own)
    for entry in shipped:
        yield entry
        text = own.wording(entry.key.place, entry.key.text)
        if text:
            yield _own_entry(entry, text)
    for wording in own.wordings:
        if (wording.place, wording.original) not in known:
            yield _left_over(book, wording.place, wording.original, wording.text)


def _own_entry(entry: Entry, text: str) -> Entry:
    key = PhraseKey(entry.key.place, entry.key.text, is_own=True)
    return _entry(key, entry.phrase, entry.flow_id, entry.place, entry.place_words, text)


def _first_phrases(book: FlowBook, own: OwnPhrases) -> Iterator[Entry]:
    for flow in book.flows:
        for stage in flow.stages:
            text = own.first_phrase(stage.id) if stage.pinned_phrase else ""
            if text:
                key = PhraseKey(stage.id, "", is_own=True)
                phrase = Phrase(text, category=PhraseCategory.OPENING)
                place = t("phrase_search.stage", code=flow.code, title=stage.title)
                yield _entry(key, phrase, flow.id, place, _forms(flow.title, stage.title))


def _left_over(book: FlowBook, place_id: str, original: str, text: str) -> Entry:
    """A wording whose phrase, or whose stage, is no longer there."""
    found = book.find_stage(place_id)
    key = PhraseKey(place_id, original, is_own=True)
    if found is None:
        return _entry(key, Phrase(text), "", t("phrase_search.no_place"), (), is_left_over=True)
    flow, stage = found
    place = t("phrase_search.stage", code=flow.code, title=stage.title)
    place_words = _forms(flow.title, stage.title)
    return _entry(key, Phrase(text), flow.id, place, place_words, is_left_over=True)


def _entry(
    key: PhraseKey,
    phrase: Phrase,
    flow_id: str,
    place: str,
    place_words: tuple[str, ...],
    text: str = "",
    *,
    is_left_over: bool = False,
) -> Entry:
    said = text or phrase.text
    words = _forms(said, t(f"phrase_category.{phrase.category}"))
    return Entry(key, phrase, said, flow_id, place, words, place_words, is_left_over)


def _forms(*texts: str) -> tuple[str, ...]:
    """Each text as it is written and as it is read."""
    forms = [form for text in texts for form in (fold(unfilled(text)), *readings_of(text))]
    return tuple(dict.fromkeys(forms))


def _is_in(words: Sequence[str], term: Sequence[str]) -> bool:
    return any(form in word for form in term for word in words)
