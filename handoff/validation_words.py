"""What the validation reads in notes and fields: vague times, labels, numbers nobody may keep."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from msgspec import Struct

from call.case import Case
from call.screening import screen_final
from handoff.document import Section
from handoff.layout import laid_out
from handoff.note import HandoffNote
from handoff.words import field_label, moment_words
from scripts_ja import wording
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from scripts_ja.wording import Category, Context

# What we said or say we will do; a customer may be as vague as they like (rules.md 2.7).
_OUR_WORD = frozenset({NoteKind.PROMISE, NoteKind.ANSWERED, NoteKind.CANNOT, NoteKind.ASK})
_NO_JUDGEMENT = frozenset({NoteKind.QUOTE, NoteKind.NG})
# Words are looked for in what somebody wrote, not in what was pasted in.
_MOST_CHARACTERS = 10_000


class Place(Struct, frozen=True):
    """Where something stands: in words, and as the id of a note or the key of a field."""

    words: str = ""
    target: str = ""


class _Text(Struct, frozen=True):
    place: Place
    text: str
    kind: NoteKind | None = None
    has_due: bool = False


def says_vague_time(case: Case, note: HandoffNote) -> Iterator[Place]:
    """H13: 「すぐに」「今日中」 in what we promise or answer; a deadline of its own makes it clear."""
    for text in _texts(case, note):
        is_ours = text.kind in _OUR_WORD or text.place.target == "answered"
        if is_ours and not text.has_due and Category.VAGUE_TIME in _categories(text.text):
            yield text.place
    for action in note.second.actions:
        if action.due_at is None and Category.VAGUE_TIME in _categories(action.text):
            yield Place(t("handoff.heading.next"), "next")


def says_label(case: Case, note: HandoffNote) -> Iterator[Place]:
    """H17: a word that judges the customer; what they said themselves is theirs.

    What must not be said (NG) names such words on purpose, and is about our own.
    """
    for text in _texts(case, note):
        if text.kind not in _NO_JUDGEMENT and Category.LABEL in _categories(text.text):
            yield text.place


def has_secret(case: Case, note: HandoffNote) -> Iterator[Place]:
    """H18: a card, a code or a My Number, as it can come in with a case of another desk."""
    allowed = case.marks.allowed_numbers
    for text in _texts(case, note):
        if screen_final(text.text, allowed).withheld:
            yield text.place
    for block in laid_out(note):
        for section in block.sections:
            if any(screen_final(row.value, allowed).withheld for row in section.rows):
                yield _in_section(section)


def _in_section(section: Section) -> Place:
    return Place(t("handoff.where.section", title=section.title))


def _texts(case: Case, note: HandoffNote) -> Iterator[_Text]:
    """The notes in their order, then the fields."""
    for item in note.items:
        kind = t(f"handoff.kind.{item.kind}")
        words = t("handoff.where.note", moment=moment_words(item.at, note), kind=kind)
        place = Place(words, item.note_id)
        yield _Text(place, item.text, item.kind, item.due_at is not None)
    for key, value in case.marks.fields.items():
        yield _Text(Place(t("handoff.where.field", name=field_label(key)), key), value)


@lru_cache(maxsize=512)
def _categories(text: str) -> frozenset[Category]:
    if len(text) > _MOST_CHARACTERS:
        return frozenset()
    found = wording.check(text, Context.NOTE)
    return frozenset(each.category for each in found)
