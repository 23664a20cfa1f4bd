"""The shipped interrupt cards are whole: the twelve of the domain description, with all parts."""

from __future__ import annotations

import pytest

from call.proposals import LAW_CARD, SAFETY_CARD
from scripts_ja.card_loader import load_cards
from scripts_ja.model import Audience, InterruptCard, PhraseCategory

# Id and number of phrases, in the order of the codes X1 to X12.
SHAPE = {
    "safety": 3,
    "money": 2,
    "exposure": 2,
    "written_apology": 1,
    "legal_action": 1,
    "accommodation": 2,
    "personal_attack": 2,
    "card_number": 2,
    "silence": 2,
    "correction": 1,
    "why_not_now": 2,
    "life": 4,
}
LIMITS = {"title": 12, "when": 12, "must": 24}

BOOK = load_cards(None).book
CARDS = [pytest.param(card, id=card.code) for card in BOOK.cards]


def test_shipped_cards_have_no_problem() -> None:
    assert load_cards(None).problems == ()


def test_the_twelve_cards_are_there_in_order() -> None:
    assert {card.id: len(card.phrases) for card in BOOK.cards} == SHAPE
    assert [card.id for card in BOOK.cards] == list(SHAPE)
    assert [card.code for card in BOOK.cards] == [f"X{number}" for number in range(1, 13)]


@pytest.mark.parametrize("card", CARDS)
def test_card_is_complete(card: InterruptCard) -> None:
    assert len(card.when) >= 2
    assert len(card.must) >= 2
    assert card.rules
    for phrase in card.phrases:
        assert phrase.audience is Audience.CUSTOMER
        assert phrase.category not in (PhraseCategory.OTHER, PhraseCategory.REPORT)


@pytest.mark.parametrize("card", CARDS)
def test_card_fits_a_narrow_sidebar(card: InterruptCard) -> None:
    shown = {"title": [card.title], "when": list(card.when), "must": list(card.must)}
    too_long = {
        field: text for field, texts in shown.items() for text in texts if len(text) > LIMITS[field]
    }
    assert too_long == {}


def test_only_words_about_ones_own_death_take_every_limit_away() -> None:
    assert [card.id for card in BOOK.cards if card.suspends_limits] == ["life"]
    card = BOOK.card("life")
    assert card is not None
    assert "電話を切らない・保留しない" in card.must


def test_a_card_is_found_by_its_id() -> None:
    assert BOOK.card("safety") is BOOK.cards[0]
    assert BOOK.card("nothing") is None


def test_the_cards_that_the_core_names_are_shipped() -> None:
    assert {c.id: c.code for c in BOOK.cards if c.id in (SAFETY_CARD, LAW_CARD)} == {
        SAFETY_CARD: "X1",
        LAW_CARD: "X5",
    }
