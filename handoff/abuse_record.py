"""The record of an abusive call (カスハラ記録票): acts, words and times, as data and as text.

It says what was done and said, never what somebody is (rules.md T3, L5).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, tzinfo

from msgspec import Struct

from call.case import Case
from call.clock import Reading
from call.events import AbuseDecision, AbusePart, Direction
from call.fold_abuse import Act
from call.fold_times import CallRecord
from handoff.document import Block, Document, Row, Section
from handoff.note import Author
from handoff.text_form import as_text as document_text
from handoff.typed_text import one_line
from handoff.words import customer_name, or_unknown, unknown
from scripts_ja.dates import echo_due, spoken_time
from scripts_ja.model import NoteKind
from scripts_ja.texts import t

ABUSE_RECORD = "abuse_record"


class ActLine(Struct, frozen=True):
    """An act at its local time; ``types`` are titles."""

    at: datetime
    types: tuple[str, ...]
    quote: str
    is_danger: bool


class WarningLine(Struct, frozen=True):
    """A warning at its local time."""

    at: datetime
    number: int
    act: str


class DecisionLine(Struct, frozen=True):
    """What a superior decided, at its local time."""

    at: datetime
    decision: AbuseDecision
    by: str
    words: str


class AbuseRecord(Struct, frozen=True, kw_only=True):
    """The record of one call. ``missing`` are ids, in words ``abuse.gap.<id>``.

    ``same_talks`` is how often the same was heard, ``answers`` what was answered to it.
    """

    case_no: str
    made_at: datetime
    author: Author
    started_at: datetime | None
    ended_at: datetime | None
    direction: Direction
    number: str
    customer: str
    request: str
    acts: tuple[ActLine, ...]
    warnings: tuple[WarningLine, ...]
    decisions: tuple[DecisionLine, ...]
    answers: tuple[str, ...]
    same_talks: int
    parts: Mapping[AbusePart, str]
    missing: tuple[str, ...]


def recorded_call(case: Case) -> str | None:
    """The call that a record is about: the last one in which something was recorded."""
    calls = reversed(case.calls)
    return next((call_id for call_id in calls if case.abuse.is_recorded_in(call_id)), None)


def build_abuse_record(
    case: Case, author: Author, act_titles: Mapping[str, str], now: Reading, zone: tzinfo
) -> AbuseRecord | None:
    """The record of that call, or None where nothing was recorded; times in ``zone``.

    ``act_titles`` are the titles of the flow's types of acts, by id.
    """
    call_id = recorded_call(case)
    if call_id is None:
        return None
    call, abuse = case.calls[call_id], case.abuse
    acts, decided = abuse.acts_in(call_id), abuse.decisions_in(call_id)
    return AbuseRecord(
        case_no=case.field("company_no") or case.case_no,
        made_at=now.wall.astimezone(zone),
        author=author,
        started_at=_local(call.started_at, zone),
        ended_at=_local(call.ended_at, zone),
        direction=call.direction,
        number=call.number,
        customer=case.field("customer"),
        request=_request(case),
        acts=tuple(_act(act, act_titles, zone) for act in acts),
        warnings=tuple(
            WarningLine(
                warning.at.wall.astimezone(zone), warning.number, _title(warning.act, act_titles)
            )
            for warning in abuse.warnings_in(call_id)
        ),
        decisions=tuple(
            DecisionLine(one.at.wall.astimezone(zone), one.decision, one.by, one.words)
            for one in decided
        ),
        answers=tuple(note.text for note in case.notes.of_kind(NoteKind.ANSWERED)),
        same_talks=sum(mark.call_id == call_id for mark in case.marks.same_talks),
        parts={part: abuse.part(part) for part in AbusePart},
        missing=_missing(case, call, acts),
    )


def as_text(record: AbuseRecord) -> str:
    """The record, ready to be copied, kept or printed."""
    return document_text(abuse_document(record))


def abuse_document(record: AbuseRecord) -> Document:
    """The record as a paper."""
    title, case_no = t("abuse.title"), one_line(record.case_no)
    return Document(
        name=ABUSE_RECORD,
        title=t("paper.title", title=title, case_no=case_no),
        case_no=record.case_no,
        blocks=tuple(_blocks(record)),
        author=record.author.name,
        missing=record.missing,
        missing_names=tuple(t(f"abuse.gap.{gap}") for gap in record.missing),
    )


def _missing(case: Case, call: CallRecord, acts: tuple[Act, ...]) -> tuple[str, ...]:
    """What the record lacks; H16: an act without its words."""
    ends = (one.decision is AbuseDecision.END_CALL for one in case.abuse.decisions)
    lacking = {
        "quote": not acts or any(not act.quote for act in acts),
        "types": not acts or any(not act.act_types for act in acts),
        "request": not _request(case),
        "answered": not case.notes.of_kind(NoteKind.ANSWERED),
        "decision": call.ended_at is not None and not any(ends),
        **{str(part): not case.abuse.part(part) for part in AbusePart},
    }
    return tuple(gap for gap, is_so in lacking.items() if is_so)


def _blocks(record: AbuseRecord) -> Iterator[Block]:
    """When, who and what was wanted; acts and words; what was answered; what was decided; the rest."""
    remark = t("paper.case_no", case_no=one_line(record.case_no))
    head = Section(t("abuse.title"), tuple(_head(record)), remark, is_title=True)
    yield Block("a", (head,))
    heads = (t("abuse.table.when"), t("abuse.table.kind"), t("abuse.table.words"))
    acts = tuple(_act_row(act) for act in record.acts)
    answers = tuple(Row(value=one_line(answer)) for answer in record.answers)
    repeats = t("abuse.same_talks", count=record.same_talks)
    steps = tuple(row for _, row in sorted(_steps(record), key=lambda step: step[0]))
    sections = (
        Section(t("abuse.heading.acts"), acts, heads=heads),
        Section(t("abuse.heading.answers"), answers, repeats),
        Section(t("abuse.heading.steps"), steps),
        Section(t("abuse.heading.parts"), tuple(_parts(record))),
    )
    yield Block("b", sections)


def _head(record: AbuseRecord) -> Iterator[Row]:
    began = echo_due(record.started_at) if record.started_at else t("handoff.unknown")
    ended = spoken_time(record.ended_at) if record.ended_at else t("handoff.unknown")
    yield _labelled("when", t("abuse.line.when", began=began, ended=ended))
    way = t(f"handoff.call.{record.direction}")
    number = one_line(record.number)
    yield _labelled("way", t("abuse.line.way", way=way, number=number) if number else way)
    yield _labelled("customer", customer_name(record.customer))
    yield _labelled("request", or_unknown(record.request))


def _parts(record: AbuseRecord) -> Iterator[Row]:
    for part, text in record.parts.items():
        value = or_unknown(text)
        yield Row(label=t(f"abuse.part.{part}"), value=value, is_open=value == unknown())
    author = or_unknown(record.author.name)
    yield _labelled("author", t("abuse.line.author", author=author, at=echo_due(record.made_at)))
    if record.missing:
        gaps = t("handoff.separator").join(t(f"abuse.gap.{gap}") for gap in record.missing)
        yield Row(label=t("abuse.label.missing"), value=gaps, is_open=True)


def _labelled(label: str, value: str) -> Row:
    return Row(label=t(f"abuse.label.{label}"), value=value, is_open=value == unknown())


def _steps(record: AbuseRecord) -> Iterator[tuple[datetime, Row]]:
    """Warnings and decisions, each with its time."""
    for warning in record.warnings:
        said = t("abuse.line.warning", number=warning.number, act=one_line(warning.act))
        yield warning.at, Row(moment=f"{warning.at:%H:%M}", value=said)
    for one in record.decisions:
        decision = t(f"abuse.decision.{one.decision}")
        words = t("handoff.timeline.words", words=one_line(one.words)) if one.words else ""
        said = t("abuse.line.decision", decision=decision, by=or_unknown(one.by), words=words)
        yield one.at, Row(moment=f"{one.at:%H:%M}", value=said)


def _act_row(act: ActLine) -> Row:
    types = t("handoff.separator").join(act.types) or t("handoff.unknown")
    quote = t("abuse.quote", quote=one_line(act.quote)) if act.quote else t("handoff.unknown")
    kind = (t("abuse.danger") if act.is_danger else "") + types
    return Row(moment=f"{act.at:%H:%M}", kind=one_line(kind), value=quote, is_open=not act.quote)


def _act(act: Act, titles: Mapping[str, str], zone: tzinfo) -> ActLine:
    types = tuple(_title(kind, titles) for kind in act.act_types)
    return ActLine(act.at.wall.astimezone(zone), types, act.quote, act.is_danger)


def _title(act: str, titles: Mapping[str, str]) -> str:
    """The title of a type; what a flow no longer has, and what was typed, as it stands."""
    return titles.get(act, act)


def _request(case: Case) -> str:
    noted = case.notes.of_kind(NoteKind.REQUEST)
    return case.field("request") or (noted[-1].text if noted else "")


def _local(at: Reading | None, zone: tzinfo) -> datetime | None:
    return at.wall.astimezone(zone) if at else None
