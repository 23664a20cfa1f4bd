"""The consultation card (上席相談カード): what to tell a superior while the caller is on hold.

Its seven rows are artefacts.md 4 and rules.md #69; the spoken form takes about 20 seconds.
"""

from __future__ import annotations

from datetime import tzinfo

from msgspec import Struct, structs

from call.case import Case
from call.clock import Reading
from call.events import Safety
from call.guidance import minutes_without_news
from call.limits import Limits
from handoff.document import Block, Document, Row, Section
from handoff.text_form import as_text as document_text
from handoff.typed_text import clean, one_line
from handoff.words import (
    bare_minutes,
    inside_name,
    joined,
    level_words,
    or_unknown,
    safety_words,
    unknown,
)
from scripts_ja.dates import echo_due, spoken_time
from scripts_ja.model import NoteKind
from scripts_ja.texts import t

CONSULT_CARD = "consult_card"


class CardRow(Struct, frozen=True):
    """One row: its number in a circle, what it is, what is known, and whether that lacks."""

    id: str
    number: str
    label: str
    value: str
    is_missing: bool


class ConsultCard(Struct, frozen=True):
    """The card, and the same as one would say it."""

    case_no: str
    rows: tuple[CardRow, ...]
    spoken: str


class _Known(Struct, frozen=True):
    """What the card is made of; empty texts and zeros are not known."""

    minutes: int
    same_talks: int
    quiet_minutes: int
    in_circles: bool
    has_call: bool
    issue: str
    request: str
    is_unheard: bool
    temperature: int
    safety: Safety
    safety_details: tuple[str, str]
    extra: str
    decision: str
    estimate: str
    owner: str
    due: str
    due_spoken: str
    is_refused: bool


def build_card(case: Case, now: Reading, limits: Limits, zone: tzinfo) -> ConsultCard:
    """The card of this moment, from the case alone; times in the local ``zone``."""
    known = _known(case, now, limits, zone)
    contents = (
        ("elapsed", _elapsed(known), not known.has_call),
        ("issue", or_unknown(known.issue), not known.issue),
        ("request", _wanted(known), not known.request and not known.is_unheard),
        ("heat", _heat(known), not known.temperature or known.safety is Safety.UNASKED),
        ("extra", _extra(known), not known.extra),
        ("commitment", _commitment(known, limits), not known.owner or known.is_refused),
        ("decision", _decision(known), not known.decision or not known.estimate),
    )
    numbers = t("handoff.card.numbers")
    rows = tuple(
        CardRow(label, number, t(f"handoff.card.label.{label}"), value, is_missing)
        for number, (label, value, is_missing) in zip(numbers, contents, strict=True)
    )
    return ConsultCard(case.case_no, (*rows, *_ng(case)), clean(_spoken(known)))


def _ng(case: Case) -> tuple[CardRow, ...]:
    """What must not be said, once something is known of it (artefacts.md 1: the minimum version)."""
    notes = case.notes.of_kind(NoteKind.NG)
    if not notes:
        return ()
    return (CardRow("ng", "", t("handoff.label.ng"), joined(n.text for n in notes), False),)  # noqa: FBT003


def as_text(card: ConsultCard) -> str:
    """The card as text for a chat: a title and a line for each row."""
    document = card_document(card)
    return document_text(structs.replace(document, blocks=document.blocks[:1]))


def card_document(card: ConsultCard, author: str = "") -> Document:
    """The card as a paper: its seven rows, and what one would say."""
    title, case_no = t("handoff.card.title"), one_line(card.case_no)
    rows = tuple(
        Row(
            label=t("handoff.card.row", number=row.number, label=row.label),
            value=one_line(row.value),
            is_item=False,
            is_open=row.is_missing,
        )
        for row in card.rows
    )
    remark = t("paper.case_no", case_no=case_no)
    spoken = Row(value=card.spoken, is_item=False)
    return Document(
        name=CONSULT_CARD,
        title=t("paper.title", title=title, case_no=case_no),
        case_no=card.case_no,
        blocks=(
            Block("a", (Section(title, rows, remark, is_title=True),)),
            Block("b", (Section(t("handoff.card.spoken"), (spoken,)),)),
        ),
        author=author,
        missing=tuple(row.id for row in card.rows if row.is_missing),
        missing_names=tuple(row.label for row in card.rows if row.is_missing),
    )


def _known(case: Case, now: Reading, limits: Limits, zone: tzinfo) -> _Known:
    call = case.call
    minutes = int(call.call_seconds(now) // 60) if call else 0
    quiet = int(minutes_without_news(case, now))
    commitment = case.handing_up.commitment
    due_at = commitment.due_at.astimezone(zone) if commitment else None
    agreed = commitment.estimate_minutes if commitment else 0
    return _Known(
        minutes=minutes,
        same_talks=sum(mark.call_id == case.call_id for mark in case.marks.same_talks),
        quiet_minutes=quiet,
        in_circles=minutes >= limits.circles_consult_minutes
        and quiet >= limits.no_new_fact_minutes,
        has_call=call is not None and call.started_at is not None,
        issue=case.field("issue"),
        request=_request(case),
        is_unheard=case.field("request_unheard") == "1",
        temperature=case.marks.temperature,
        safety=case.marks.safety,
        safety_details=(case.field("safety"), case.field("safety_detail")),
        extra=bare_minutes(case.field("extra_min")),
        decision=case.field("decision"),
        estimate=bare_minutes(str(agreed) if agreed else case.field("estimate_min")),
        owner=inside_name(commitment.owner, commitment.owner_title) if commitment else "",
        due=echo_due(due_at) if due_at else "",
        due_spoken=spoken_time(due_at) if due_at else "",
        is_refused=commitment is not None and commitment.accepted is False,
    )


def _request(case: Case) -> str:
    noted = case.notes.of_kind(NoteKind.REQUEST)
    if case.field("request"):
        return case.field("request")
    if noted:
        return one_line(noted[-1].text)
    return ""


def _elapsed(known: _Known) -> str:
    if not known.has_call:
        return t("handoff.card.no_call")
    value = t("handoff.card.elapsed", minutes=known.minutes, same_talks=known.same_talks)
    if not known.in_circles:
        return value
    return t("handoff.card.in_circles", value=value, quiet=known.quiet_minutes)


def _wanted(known: _Known) -> str:
    if known.is_unheard and not known.request:
        return t("handoff.not_heard")
    return or_unknown(known.request)


def _heat(known: _Known) -> str:
    level = level_words(known.temperature) if known.temperature else unknown()
    safety = safety_words(known.safety, *known.safety_details)
    return t("handoff.card.both", first=level, second=safety)


def _extra(known: _Known) -> str:
    return t("handoff.card.extra", minutes=known.extra) if known.extra else unknown()


def _commitment(known: _Known, limits: Limits) -> str:
    if not known.owner:
        return t("handoff.card.ask_callback", minutes=limits.callback_default_minutes)
    key = "commitment_refused" if known.is_refused else "commitment"
    return t(f"handoff.card.{key}", owner=known.owner, due=known.due)


def _decision(known: _Known) -> str:
    decision = or_unknown(known.decision)
    if not known.estimate:
        return t("handoff.card.decision_no_estimate", decision=decision)
    return t("handoff.card.decision", decision=decision, estimate=known.estimate)


def _spoken(known: _Known) -> str:
    """Whole sentences of what is known; for what is not, that it is not, or nothing."""
    sentences = [_spoken_elapsed(known), _spoken_matter(known)]
    if known.temperature:
        sentences.append(t("handoff.spoken.temperature", level=known.temperature))
    sentences.append(t(f"handoff.spoken.safety_{known.safety}"))
    if known.decision:
        sentences.append(t("handoff.spoken.decision", decision=one_line(known.decision)))
    if known.extra:
        sentences.append(t("handoff.spoken.extra", minutes=known.extra))
    return "".join((*sentences, _spoken_callback(known)))


def _spoken_elapsed(known: _Known) -> str:
    if not known.has_call:
        return t("handoff.spoken.no_call")
    key = "in_circles" if known.in_circles and known.same_talks else "going_on"
    return t(f"handoff.spoken.{key}", minutes=known.minutes, same_talks=known.same_talks)


def _spoken_matter(known: _Known) -> str:
    issue, request = one_line(known.issue), one_line(known.request)
    if issue and request:
        return t("handoff.spoken.issue_request", issue=issue, request=request)
    if issue:
        return t("handoff.spoken.issue_only", issue=issue)
    if request:
        return t("handoff.spoken.request_only", request=request)
    return t("handoff.spoken.neither")


def _spoken_callback(known: _Known) -> str:
    if known.owner and not known.is_refused:
        return t("handoff.spoken.committed", owner=known.owner, due=known.due_spoken)
    if known.estimate:
        return t("handoff.spoken.ask_callback_estimate", minutes=known.estimate)
    return t("handoff.spoken.ask_callback")
