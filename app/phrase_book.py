"""Searching all phrases, and writing one's own: what the window asks about phrases.

Index, readings and the wording check are imported when somebody searches or writes: together they
cost some 14 ms of the start.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from app.own_phrases import OwnPhrases
from app.own_settings import OwnSettings
from app.phrase_views import (
    Values,
    first_phrase_view,
    left_over_view,
    phrase_view,
    values_now,
)
from app.session import Session
from call.decide_stage import next_stage
from call.decision import Situation
from scripts_ja.model import Audience, CardBook, FlowBook, Stage
from scripts_ja.placeholders import definitions, placeholder_keys, wrong_braces
from scripts_ja.texts import t
from ui.port.phrases import FoundPhrase, PhraseKey, PhraseView, WordingView

if TYPE_CHECKING:
    from app.phrase_index import Entry, Match

Books = Callable[[], tuple[FlowBook, CardBook]]

# A value this short stands in too many words to be a customer's.
_LEAST_OF_A_VALUE = 2
_OFTEN_WANTED = ("customer", "company", "agent", "superior", "callback_at")


class PhraseBook:
    """Finds phrases in the books of now. The index is made when somebody searches, not before."""

    def __init__(
        self, books: Books, session: Session, settings: OwnSettings, own: OwnPhrases
    ) -> None:
        self._books = books
        self._session = session
        self._settings = settings
        self._own = own
        self._indexed: tuple[FlowBook, CardBook] | None = None
        self._shipped: tuple[Entry, ...] = ()
        self._entries: tuple[Entry, ...] = ()
        own.listen(self._forget_own)

    # -- finding ------------------------------------------------------------------------------

    def find(self, query: str) -> tuple[FoundPhrase, ...]:
        """Every phrase that the words of ``query`` lead to.

        Those of this stage first, then of this flow, then all others; among them what says it
        before what only stands where it is said; else as the flows have them.
        """
        from app.phrase_index import terms_of

        terms = terms_of(query)
        stage_id, flow_id = self._here()
        ranked: list[tuple[int, Match, int, Entry]] = []
        for order, entry in enumerate(self._index()):
            match = entry.match(terms)
            if match is not None:
                ranked.append((_distance(entry, stage_id, flow_id), match, order, entry))
        ranked.sort(key=lambda row: row[:3])
        values = self._values()
        return tuple(_found(row[3], values, stage_id) for row in ranked)

    def filled(self, key: PhraseKey) -> FoundPhrase | None:
        """That phrase as it reads now; None where it is gone."""
        entry = next((entry for entry in self._index() if entry.key == key), None)
        return _found(entry, self._values(), self._here()[0]) if entry else None

    # -- one's own ----------------------------------------------------------------------------

    def wording(self, key: PhraseKey) -> WordingView:
        """What the agent has written of that phrase, to write on."""
        if not key.text:
            return self._first_of(key.place)
        entry = next((e for e in self._index() if _is_same_phrase(e.key, key)), None)
        text = self._own.wording(key.place, key.text)
        return WordingView(key, key.text, text, entry.place if entry else "", _fields(key.text))

    def remarks(self, key: PhraseKey, text: str) -> tuple[str, ...]:
        """What could be better in an own wording; it is kept all the same."""
        return (*_brace_remarks(text), *self._case_remarks(text), *self._wording_remarks(key, text))

    def keep(self, key: PhraseKey, text: str) -> None:
        """Keep a wording of one's own (or a first phrase); an empty text removes it."""
        if key.text:
            self._own.keep_wording(key.place, key.text, text)
        else:
            self._own.keep_first(key.place, text)

    def first_phrase(self) -> WordingView | None:
        """The first phrase of this stage, else of the next one that has a place for it."""
        stage = self._stage_to_begin()
        return self._first_of(stage.id) if stage else None

    def pin(self, key: PhraseKey) -> WordingView | None:
        """Say that phrase first from now on, or no longer; None where no stage has a place."""
        stage = self._stage_to_begin()
        entry = next((entry for entry in self._index() if entry.key == key), None)
        if stage is None or entry is None:
            return None
        is_pinned = self._own.first_phrase(stage.id) == entry.text
        self._own.keep_first(stage.id, "" if is_pinned else entry.text)
        return self._first_of(stage.id)

    # -- beside a call ------------------------------------------------------------------------

    def make_ready(self) -> Iterator[object]:
        """Make the index for the first search, a phrase at a step; the first step reads readings."""
        from app.phrase_index import shipped_entries
        from scripts_ja.readings import lines

        yield lines()
        books, made = self._books(), []
        for entry in shipped_entries(*books):
            made.append(entry)
            yield entry
        if self._indexed is None:
            self._indexed, self._shipped = books, tuple(made)

    # -- plumbing -----------------------------------------------------------------------------

    def _index(self) -> tuple[Entry, ...]:
        from app.phrase_index import shipped_entries, with_own

        books = self._books()
        if books != self._indexed:
            self._indexed, self._entries = books, ()
            self._shipped = tuple(shipped_entries(*books))
        if not self._entries:
            self._entries = tuple(with_own(self._shipped, books[0], self._own))
        return self._entries

    def _forget_own(self) -> None:
        self._entries = ()

    def _values(self) -> Values:
        return values_now(self._session, self._settings.current)

    def _here(self) -> tuple[str, str]:
        """The ids of the present stage and its flow, or empty."""
        at = self._session.situation()
        stage = _stage_of(at) if at else None
        found = at.book.find_stage(stage.id) if at and stage else None
        return (found[1].id, found[0].id) if found else ("", "")

    def _stage_to_begin(self) -> Stage | None:
        """Where a first phrase is said: here, in a stage to come, else in the first there is."""
        at = self._session.situation()
        ahead = list(_stages_ahead(at)) if at else []
        everywhere = (stage for flow in self._books()[0].flows for stage in flow.stages)
        return next((stage for stage in (*ahead, *everywhere) if stage.pinned_phrase), None)

    def _first_of(self, stage_id: str) -> WordingView:
        found = self._books()[0].find_stage(stage_id)
        place = found[1].title if found else ""
        key = PhraseKey(stage_id, "", is_own=True)
        return WordingView(key, "", self._own.first_phrase(stage_id), place, _fields(""))

    def _case_remarks(self, text: str) -> Iterator[str]:
        """What belongs to this customer only: a placeholder says it to every one."""
        at = self._session.situation()
        for key, value in at.case.marks.fields.items() if at else ():
            if len(value) >= _LEAST_OF_A_VALUE and value in text and key in definitions():
                yield t("own.remark.of_case", value=value, key=f"{{{key}}}")

    def _wording_remarks(self, key: PhraseKey, text: str) -> Iterator[str]:
        """What is said inside the company is nobody's business."""
        entry = next((e for e in self._index() if _is_same_phrase(e.key, key)), None)
        if entry is not None and entry.phrase.audience is Audience.INSIDE:
            return
        from scripts_ja.wording import check

        for finding in check(text, "phrase"):
            category = t(f"wording.category.{finding.category}")
            yield t(
                "own.remark.wording", found=finding.found, category=category, better=finding.better
            )


def _fields(original: str) -> tuple[tuple[str, str], ...]:
    """The placeholders of the shipped phrase, and those that are wanted most, with their names."""
    keys = dict.fromkeys((*placeholder_keys(original), *_OFTEN_WANTED))
    return tuple((key, definitions()[key].label) for key in keys)


def _distance(entry: Entry, stage_id: str, flow_id: str) -> int:
    if entry.key.place == stage_id:
        return 0
    return 1 if entry.flow_id and entry.flow_id == flow_id else 2


def _found(entry: Entry, values: Values, stage_id: str) -> FoundPhrase:
    category = t(f"phrase_category.{entry.phrase.category}")
    is_here = entry.key.place == stage_id
    return FoundPhrase(entry.key, _view(entry, values), category, entry.place, is_here)


def _view(entry: Entry, values: Values) -> PhraseView:
    if not entry.key.text:
        return first_phrase_view(entry.key.place, entry.text, values)
    if entry.is_left_over:
        return left_over_view(entry.key.place, entry.key.text, entry.text, values)
    mark = t("own.wording") if entry.key.is_own else ""
    return phrase_view(entry.phrase, values, entry.key, entry.text, mark)


def _is_same_phrase(one: PhraseKey, other: PhraseKey) -> bool:
    return (one.place, one.text) == (other.place, other.text)


def _brace_remarks(text: str) -> Iterator[str]:
    return (t("own.remark.brace", piece=piece) for piece in wrong_braces(text))


def _stage_of(at: Situation) -> Stage | None:
    visit = at.case.stages.current
    found = at.book.find_stage(visit.stage_id) if visit else None
    return found[1] if found else None


def _stages_ahead(at: Situation) -> Iterator[Stage]:
    """This stage and the ones that "next" leads to, each once."""
    stage, seen = _stage_of(at), set[str]()
    while stage is not None and stage.id not in seen:
        seen.add(stage.id)
        yield stage
        following = next_stage(at.book, stage)
        stage = following[1] if following else None
