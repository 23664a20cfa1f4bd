"""The interrupt cards of this desk: shipped ones, the department's over them, a person's own on top.

Loading never fails, as with the flows. A file may hold one card or many; one that cannot be read
is left out whole, a card that cannot join the others alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path

from msgspec import Struct

from scripts_ja.card_file import CardFile, parse_cards
from scripts_ja.flow_problem import FlowProblem, shown
from scripts_ja.model import CardBook, InterruptCard
from scripts_ja.texts import t
from scripts_ja.toml_folder import exists, is_toml_name, read_folder

__all__ = ["LoadedCards", "check_cards", "load_cards"]

_Cards = Mapping[str, InterruptCard]


class LoadedCards(Struct, frozen=True):
    """The cards that can be used, and what could not be."""

    book: CardBook
    problems: tuple[FlowProblem, ...]


def load_cards(*folders: Path | None) -> LoadedCards:
    """The shipped cards with those of each folder laid over the ones before, and every problem.

    A card of the same id takes the place of the one before; new ids come after them, by file
    name. A folder that does not exist is no problem: most people have none. Never raises.
    """
    cards, problems = _shipped_cards()
    for folder in folders:
        if folder is not None and exists(folder):
            cards, more = _laid_over(cards, folder)
            problems = (*problems, *more)
    return LoadedCards(CardBook(tuple(cards.values())), problems)


def check_cards(folder: Path) -> tuple[FlowProblem, ...]:
    """What is wrong with the card files of ``folder``, laid over the shipped ones. Never raises."""
    if not exists(folder):
        return (FlowProblem(folder, None, t("flows.no_folder")),)
    _, problems = _laid_over(_shipped_cards()[0], folder)
    return problems


def _shipped_cards() -> tuple[dict[str, InterruptCard], tuple[FlowProblem, ...]]:
    """The cards inside the program by id, in the order of their codes (X1, X2, … X12)."""
    parsed = [
        parse_cards(path, path.read_bytes())
        for path in Path(__file__).with_name("cards").iterdir()
        if is_toml_name(path.name)
    ]
    cards = [card for found in parsed if isinstance(found, CardFile) for card in found.cards]
    problems = [problem for found in parsed if isinstance(found, tuple) for problem in found]
    cards.sort(key=lambda card: (len(card.code), card.code))
    return {card.id: card for card in cards}, tuple(problems)


def _laid_over(
    below: _Cards, folder: Path
) -> tuple[dict[str, InterruptCard], tuple[FlowProblem, ...]]:
    found, problems = read_folder(folder, parse_cards)
    cards = dict(below)
    taken: dict[str, CardFile] = {}
    for file in found:
        conflicts = dict(_conflicts(file, cards, taken))
        problems.extend(conflicts.values())
        for index, card in enumerate(file.cards):
            if index not in conflicts:
                taken[card.id] = file
                cards[card.id] = card
    return cards, tuple(problems)


def _conflicts(
    file: CardFile, cards: _Cards, taken: Mapping[str, CardFile]
) -> Iterator[tuple[int, FlowProblem]]:
    """Which cards of ``file`` cannot join ``cards``, by index; the file first by name wins."""
    for index, card in enumerate(file.cards):
        where = file.place_of(index)
        if card.id in taken:
            other = shown(taken[card.id].path.name)
            message = t("cards.card_twice", where=where, id=card.id, other=other)
            yield index, file.problem(("cards", index, "id"), message)
            continue
        rivals = (rival for rival in cards.values() if rival.code == card.code)
        rival = next((rival for rival in rivals if rival.id != card.id), None)
        if rival is not None:
            message = t("cards.code_taken", where=where, code=card.code, other=rival.id)
            yield index, file.problem(("cards", index, "code"), message)
