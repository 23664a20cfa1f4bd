"""Blocks B (facts) and C (what happened), and the lines on contact and author after them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from call.fold_columns import REQUEST_FIELD
from handoff.note import HandoffNote, Item
from handoff.second_words import (
    column_line,
    concessions,
    fact_line,
    next_actions,
    plan_and_words,
    request_place,
)
from handoff.timeline_words import call_lines, timeline_line
from handoff.typed_text import indented, one_line
from handoff.words import customer_name, moment_words, or_unknown, unknown
from scripts_ja.dates import echo_due
from scripts_ja.model import NoteKind
from scripts_ja.placeholders import definitions
from scripts_ja.texts import all_keys, t

QUOTES_SHOWN = 3

Lines = Iterator[str]


def block_b(note: HandoffNote) -> Lines:
    """Facts with their kind, the gap between both sides, what is wanted, what it does."""
    yield t("handoff.heading.facts")
    yield from _or_no_record([*_facts(note)])
    if note.field("gap"):
        yield t("handoff.line.gap", value=one_line(note.field("gap")))
    yield t("handoff.heading.request")
    stated = _stated_request(note) + request_place(note, REQUEST_FIELD)
    yield t("handoff.line.stated", value=stated)
    for item in note.of_kind(NoteKind.REQUEST):
        value = indented(item.text) + request_place(note, item.note_id)
        yield t("handoff.line.item_at", moment=moment_words(item.at, note), value=value)
    effects = [*_filled(note, "product", "when", "impact")]
    if effects:
        yield t("handoff.heading.effect")
        yield from effects


def block_c(note: HandoffNote) -> Lines:
    """The time line, the columns, concession and next actions, the customer's words, memos."""
    yield t("handoff.heading.timeline")
    yield from (timeline_line(entry, note) for entry in note.timeline)
    yield from call_lines(note)
    for kind in (NoteKind.PROMISE, NoteKind.ASK, NoteKind.CANNOT):
        column = note.second.column(kind)
        if column:
            yield t(f"handoff.heading.{kind}")
            yield from (column_line(line, note) for line in column)
    yield from concessions(note)
    yield from next_actions(note)
    quotes = note.of_kind(NoteKind.QUOTE)
    yield from _section(note, "quote", quotes[:QUOTES_SHOWN])
    yield from _section(note, "more_quotes", quotes[QUOTES_SHOWN:])
    yield from _section(note, "memo", note.of_kind(NoteKind.MEMO))


def contact_and_author(note: HandoffNote) -> Lines:
    """Whom to call, all other fields, who wrote this and what is still unknown."""
    yield t("handoff.heading.contact")
    yield t("handoff.line.customer", value=_customer(note))
    yield t("handoff.line.telephone", value=_telephone(note))
    yield from _filled(note, "best_time")
    yield from plan_and_words(note)
    if note.other_fields:
        yield t("handoff.heading.fields")
    for key, value in note.other_fields.items():
        yield t("handoff.line.field", label=_label(key), value=one_line(value))
    yield t("handoff.heading.made")
    author = note.author
    names = [name for name in (author.company, author.department, author.name) if name]
    yield t("handoff.line.made_by", value=one_line(" ".join(names)) if names else unknown())
    made_at = note.created_at
    yield t("handoff.line.made_at", year=made_at.year, value=echo_due(made_at))
    yield from _filled(note, "company_no")
    if note.missing:
        gaps = t("handoff.separator").join(t(f"handoff.gap.{gap}") for gap in note.missing)
        yield t("handoff.line.missing", value=gaps)


def _facts(note: HandoffNote) -> Lines:
    yield from (fact_line(fact, note) for fact in note.second.facts)
    for day, fact in note.facts_without_kind:
        yield t("handoff.line.fact_without_kind", day=or_unknown(day), value=one_line(fact))


def _stated_request(note: HandoffNote) -> str:
    if note.field("request"):
        return one_line(note.field("request"))
    if note.is_missing("request"):
        return unknown()
    heard = note.of_kind(NoteKind.REQUEST)
    return indented(heard[-1].text) if heard else t("handoff.not_heard")


def _section(note: HandoffNote, heading: str, items: Sequence[Item]) -> Lines:
    if items:
        yield t(f"handoff.heading.{heading}")
        yield from _timed(note, items)


def _timed(note: HandoffNote, items: Sequence[Item]) -> Lines:
    for item in items:
        moment = moment_words(item.at, note)
        yield t("handoff.line.item_at", moment=moment, value=_as_said(item))


def _as_said(item: Item) -> str:
    """A quote stands in quotation marks, once."""
    text = indented(item.text)
    if item.kind is not NoteKind.QUOTE or text.startswith(t("handoff.quote.open")):
        return text
    return t("handoff.quote.marks", text=text)


def _filled(note: HandoffNote, *keys: str) -> Lines:
    for key in keys:
        if note.field(key):
            yield t(f"handoff.line.{key}", value=one_line(note.field(key)))


def _customer(note: HandoffNote) -> str:
    name, reading = note.field("customer"), one_line(note.field("customer_reading"))
    if not name:
        return reading or unknown()
    if not reading:
        return customer_name(name)
    return t("handoff.customer_with_reading", customer=customer_name(name), reading=reading)


def _telephone(note: HandoffNote) -> str:
    if note.field("callback_tel"):
        return one_line(note.field("callback_tel"))
    if note.displayed_number:
        return t("handoff.deadline.displayed_only", number=one_line(note.displayed_number))
    return unknown()


def _label(key: str) -> str:
    """The name of a field: as in the phrases, else the note's own, else the key itself."""
    found = definitions().get(key)
    if found is not None:
        return found.label
    own = f"handoff.field.{key}"
    return t(own) if own in all_keys() else one_line(key)


def _or_no_record(lines: list[str]) -> list[str]:
    return lines or [t("handoff.line.item", value=t("handoff.no_record"))]
