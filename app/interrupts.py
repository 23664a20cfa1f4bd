"""The interrupt cards: what can come up in any stage, with its phrases filled from the case."""

from __future__ import annotations

from app.own_phrases import OwnPhrases
from app.own_settings import OwnSettings
from app.phrase_views import Values, card_phrases, values_now
from app.session import Session
from call.commands import OpenCard
from scripts_ja.model import CardBook, InterruptCard
from ui.port.stage import CardView


class Interrupts:
    """Shows the cards; opening one is kept in the case."""

    def __init__(
        self, book: CardBook, session: Session, settings: OwnSettings, own: OwnPhrases
    ) -> None:
        self._book = book
        self._session = session
        self._settings = settings
        self._own = own

    @property
    def book(self) -> CardBook:
        """The cards in force."""
        return self._book

    def adopt(self, book: CardBook) -> None:
        """Offer other cards from now on."""
        self._book = book

    def all(self) -> tuple[CardView, ...]:
        """Every card, in the order they are offered."""
        values = self._values()
        return tuple(self._view(card, values) for card in self._book.cards)

    def open(self, card_id: str) -> CardView | None:
        """The card of that id; that it was opened is kept."""
        card = self._book.card(card_id)
        if card is None:
            return None
        self._session.do(
            OpenCard(card.id, card.version, card.title, card.suspends_limits, card.pause_cue)
        )
        return self._view(card, self._values())

    def _values(self) -> Values:
        return values_now(self._session, self._settings.current)

    def _view(self, card: InterruptCard, values: Values) -> CardView:
        phrases = card_phrases(card, self._own, values)
        return CardView(card.id, card.code, card.title, card.when, card.must, phrases)
