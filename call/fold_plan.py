"""The second line's plan and the words that worked: legal view, what was read, eased, angered."""

from __future__ import annotations

from msgspec import Struct

from call.clock import Reading
from call.events import (
    Body,
    Effect,
    LegalView,
    LegalViewTaken,
    PlanItem,
    PreparationChecked,
    UnknownEvent,
    WordsWorked,
)


class TakenView(Struct, frozen=True):
    """A judgement of the liability, and who gave it when (rules.md #9)."""

    view: LegalView
    by: str
    at: Reading


class WorkedWords(Struct, frozen=True):
    """Words that eased or angered, as they were said."""

    effect: Effect
    words: str
    call_id: str | None
    at: Reading


class Plan:
    """What the superior settled before speaking. Texts of the plan are fields of the case."""

    def __init__(self) -> None:
        self.legal: TakenView | None = None
        self.checked: set[PlanItem] = set()
        self.words: list[WorkedWords] = []

    def words_that(self, effect: Effect) -> list[WorkedWords]:
        """The words of one effect, in the order they were noted."""
        return [worked for worked in self.words if worked.effect is effect]

    def apply(self, body: Body | UnknownEvent, call_id: str | None, at: Reading) -> None:
        """Fold one event; kinds of other folds are passed over."""
        match body:
            case LegalViewTaken():
                self.legal = TakenView(body.view, body.by, at)
            case PreparationChecked(item=item, is_checked=True):
                self.checked.add(item)
            case PreparationChecked(item=item):
                self.checked.discard(item)
            case WordsWorked():
                self.words.append(WorkedWords(body.effect, body.words, call_id, at))
