"""Blocks B (facts), C (what happened) and D (contact, plan, author), as sections of rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from call.fold_columns import REQUEST_FIELD
from handoff.document import Row, Section
from handoff.mask_note import mask_words
from handoff.note import HandoffNote, Item
from handoff.second_words import (
    column_row,
    concessions,
    fact_row,
    next_actions,
    plan_and_words,
    request_place,
)
from handoff.timeline_words import call_rows, timeline_row
from handoff.typed_text import indented, one_line
from handoff.words import customer_name, field_label, moment_words, or_unknown, unknown
from scripts_ja.dates import echo_due
from scripts_ja.model import NoteKind
from scripts_ja.texts import t

QUOTES_SHOWN = 3

Rows = Iterator[Row]
Sections = Iterator[Section]


def block_b(note: HandoffNote) -> Sections:
    """Facts with their kind, the gap between both sides, what is wanted, what it does."""
    facts = tuple(_facts(note)) or (Row(value=t("handoff.no_record")),)
    yield _titled("facts", *facts, *_gap(note))
    yield _titled("request", *_requests(note))
    yield from _if_any("effect", _filled(note, "product", "when", "impact"))


def block_c(note: HandoffNote) -> Sections:
    """The time line, the columns, concession and next actions, the customer's words, memos."""
    yield time_line(note)
    for kind in (NoteKind.PROMISE, NoteKind.ASK, NoteKind.CANNOT):
        yield from _if_any(kind, (column_row(line, note) for line in note.second.column(kind)))
    yield from _if_any("concession", concessions(note))
    yield from _if_any("next", next_actions(note))
    quotes = note.of_kind(NoteKind.QUOTE)
    yield from _if_any("quote", _timed(note, quotes[:QUOTES_SHOWN]))
    yield from _if_any("more_quotes", _timed(note, quotes[QUOTES_SHOWN:]))
    yield from _if_any("memo", _timed(note, note.of_kind(NoteKind.MEMO)))


def time_line(note: HandoffNote) -> Section:
    """What happened when, and the figures of each call."""
    entries = (timeline_row(entry, note) for entry in note.timeline)
    return _titled("timeline", *entries, *call_rows(note))


def block_d(note: HandoffNote) -> Sections:
    """Whom to call, all other fields, who wrote this and what is still unknown."""
    customer = Row(label=t("handoff.label.customer"), value=_customer(note))
    telephone = Row(label=t("handoff.label.telephone"), value=_telephone(note))
    ways = _filled(note, "best_time", "contact_way", "proxy")
    yield _titled("contact", customer, telephone, *ways)
    number = Row(label=t("handoff.label.case_no"), value=one_line(note.case_no))
    references = _filled(note, "company_no", "order_no", "recording_id", "attachments")
    yield _titled("references", number, *references)
    yield from _if_any("plan", plan_and_words(note))
    others = note.other_fields.items()
    fields = (Row(label=field_label(key), value=one_line(value)) for key, value in others)
    yield from _if_any("fields", fields)
    yield _titled("made", *_made(note))


def _titled(heading: str, *rows: Row) -> Section:
    return Section(t(f"handoff.heading.{heading}"), rows)


def _if_any(heading: str, rows: Rows) -> Sections:
    found = tuple(rows)
    if found:
        yield _titled(heading, *found)


def _facts(note: HandoffNote) -> Rows:
    yield from (fact_row(fact, note) for fact in note.second.facts)
    kind = t("handoff.line.kind_unknown")
    for day, fact in note.facts_without_kind:
        yield Row(moment=or_unknown(day), kind=kind, value=one_line(fact))


def _gap(note: HandoffNote) -> Rows:
    if note.field("gap"):
        value = one_line(note.field("gap"))
        yield Row(label=t("handoff.label.gap"), value=value, is_item=False)


def _requests(note: HandoffNote) -> Rows:
    stated = _stated_request(note) + request_place(note, REQUEST_FIELD)
    yield Row(label=t("handoff.label.stated"), value=stated)
    for item in note.of_kind(NoteKind.REQUEST):
        value = indented(item.text) + request_place(note, item.note_id)
        yield Row(moment=moment_words(item.at, note), value=value)


def _made(note: HandoffNote) -> Rows:
    author = note.author
    names = [name for name in (author.company, author.department, author.name) if name]
    if author.extension:
        names.append(t("handoff.extension", number=author.extension))
    made_by = one_line(" ".join(names)) if names else unknown()
    yield Row(label=t("handoff.label.made_by"), value=made_by)
    if note.first_author not in ("", author.name):
        yield Row(label=t("handoff.label.first_author"), value=one_line(note.first_author))
    made_at = t("handoff.line.made_at", year=note.created_at.year, value=echo_due(note.created_at))
    yield Row(label=t("handoff.label.made_at"), value=made_at)
    edition = t("handoff.line.edition", number=note.edition)
    yield Row(label=t("handoff.label.edition"), value=edition)
    if note.masks:
        yield Row(label=t("handoff.mask.note"), value=mask_words(note.masks))
    if note.keep_days:
        kept = t("handoff.line.kept", days=note.keep_days)
        yield Row(label=t("handoff.label.kept"), value=kept)
    if note.missing:
        gaps = t("handoff.separator").join(t(f"handoff.gap.{gap}") for gap in note.missing)
        yield Row(label=t("handoff.label.missing"), value=gaps, is_open=True)


def _stated_request(note: HandoffNote) -> str:
    if note.field("request"):
        return one_line(note.field("request"))
    if note.is_missing("request"):
        return unknown()
    heard = note.of_kind(NoteKind.REQUEST)
    return indented(heard[-1].text) if heard else t("handoff.not_heard")


def _timed(note: HandoffNote, items: Sequence[Item]) -> Rows:
    for item in items:
        yield Row(moment=moment_words(item.at, note), value=_as_said(item))


def _as_said(item: Item) -> str:
    """A quote stands in quotation marks, once."""
    text = indented(item.text)
    if item.kind is not NoteKind.QUOTE or text.startswith(t("handoff.quote.open")):
        return text
    return t("handoff.quote.marks", text=text)


def _filled(note: HandoffNote, *keys: str) -> Rows:
    for key in keys:
        if note.field(key):
            yield Row(label=t(f"handoff.label.{key}"), value=one_line(note.field(key)))


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
