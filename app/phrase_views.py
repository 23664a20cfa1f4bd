"""Phrases as they read now: filled from the case, the agent's own wordings beside them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from msgspec import Struct

from app.own_phrases import OwnPhrases
from app.session import Session
from app.settings import Settings
from app.values import values_for
from scripts_ja.model import Audience, InterruptCard, Phrase, PhraseCategory, Stage
from scripts_ja.placeholders import plain, segments
from scripts_ja.texts import t
from ui.port.phrases import PhraseKey, PhraseView

Values = Mapping[Audience, Mapping[str, str]]


class StagePhrases(Struct, frozen=True):
    """The phrases of a stage: those that are always there, and solutions that may have to wait."""

    shown: tuple[PhraseView, ...]
    solutions: tuple[PhraseView, ...]


def values_now(session: Session, settings: Settings) -> Values:
    """Values for both audiences, as the case stands; nothing is known without one."""
    at = session.situation()
    return {who: values_for(at, settings, who) if at else {} for who in Audience}


def stage_phrases(stage: Stage, own: OwnPhrases, values: Values) -> StagePhrases:
    """The agent's first phrase, then the stage's phrases with own wordings under them.

    Solutions that fold come last, wherever the file has them: when they unfold, nothing that is
    being read out moves.
    """
    folds = [
        p for p in stage.phrases if stage.solution_folded and p.category is PhraseCategory.SOLUTION
    ]
    first = own.first_phrase(stage.id) if stage.pinned_phrase else ""
    others = [
        *_with_own(stage.id, [p for p in stage.phrases if p not in folds], own, values),
        *_left_over(stage, own, values),
    ]
    if first:
        pinned = first_phrase_view(stage.id, first, values)
        others = [pinned, *(view for view in others if view.segments != pinned.segments)]
    return StagePhrases(tuple(others), tuple(_with_own(stage.id, folds, own, values)))


def card_phrases(card: InterruptCard, own: OwnPhrases, values: Values) -> tuple[PhraseView, ...]:
    """The phrases of a card with own wordings under them."""
    return tuple(_with_own(card.id, card.phrases, own, values))


def phrase_view(
    phrase: Phrase, values: Values, key: PhraseKey, text: str = "", mark: str = ""
) -> PhraseView:
    """A phrase with its placeholders filled; ``text`` is said in place of its own."""
    pieces = segments(text or phrase.text, values[phrase.audience])
    return PhraseView(pieces, plain(pieces), phrase.audience, phrase.condition, mark, key)


def first_phrase_view(stage_id: str, text: str, values: Values) -> PhraseView:
    """The first phrase of the agent's own."""
    key = PhraseKey(stage_id, "", is_own=True)
    return phrase_view(Phrase(text), values, key, mark=t("own.first"))


def left_over_view(place: str, original: str, text: str, values: Values) -> PhraseView:
    """An own wording whose shipped phrase reads differently by now."""
    key = PhraseKey(place, original, is_own=True)
    return phrase_view(Phrase(text), values, key, mark=t("own.left_over"))


def _with_own(
    place: str, phrases: Sequence[Phrase], own: OwnPhrases, values: Values
) -> Iterator[PhraseView]:
    for phrase in phrases:
        yield phrase_view(phrase, values, PhraseKey(place, phrase.text))
        text = own.wording(place, phrase.text)
        if text:
            key = PhraseKey(place, phrase.text, is_own=True)
            yield phrase_view(phrase, values, key, text, t("own.wording"))


def _left_over(stage: Stage, own: OwnPhrases, values: Values) -> Iterator[PhraseView]:
    shipped = {phrase.text for phrase in stage.phrases}
    for wording in own.wordings:
        if wording.place == stage.id and wording.original not in shipped:
            yield left_over_view(stage.id, wording.original, wording.text, values)
