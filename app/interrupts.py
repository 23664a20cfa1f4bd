"""The interrupt cards: what can come up in any stage, with its phrases filled from the case."""

from __future__ import annotations

from app.own_settings import OwnSettings
from app.session import Session
from app.stage_view import phrase_view
from app.values import values_for
from call.commands import OpenCard
from scripts_ja.model import Audience, CardBook, InterruptCard
from ui.port import CardView, PhraseView


class Interrupts:
    """Shows the cards; opening one is kept in the case."""

    def __init__(self, book: CardBook, session: Session, settings: OwnSettings) -> None:
        self._book = book
        self._session = session
        self._settings = settings

    def adopt(self, book: CardBook) -> None:
        """Offer other cards from now on."""
        self._book = book

    def all(self) -> tuple[CardView, ...]:
        """Every card, in the order they are offered."""
        return tuple(self._view(card) for card in self._book.cards)

    def open(self, card_id: str) -> CardView | None:
        """The card of that id; that it was opened is kept."""
        card = self._book.card(card_id)
        if card is None:
            return None
        self._session.do(
            OpenCard(card.id, card.version, card.title, card.suspends_limits, card.pause_cue)
        )
        return self._view(card)

    def _view(self, card: InterruptCard) -> CardView:
        return CardView(card.id, card.code, card.title, card.when, card.must, self._phrases(card))

    def _phrases(self, card: InterruptCard) -> tuple[PhraseView, ...]:
        situation = self._session.situation()
        if situation is None:
            return tuple(phrase_view(phrase, {}) for phrase in card.phrases)
        settings = self._settings.current
        values = {who: values_for(situation, settings, who) for who in Audience}
        return tuple(phrase_view(phrase, values[phrase.audience]) for phrase in card.phrases)
