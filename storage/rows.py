"""Events, case lines and drafts as rows, both ways. Times are UTC ISO 8601 of one width."""

from __future__ import annotations

import logging
import re
import unicodedata
from datetime import UTC, datetime
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct

from call.case import CaseSummary, Due
from call.clock import Reading
from call.events import Body, Envelope, UnknownEvent, decode_body, encode_body
from call.fold_concession import ConcessionMark
from call.fold_times import CallPhase

_log = logging.getLogger(__name__)

# Of Japan, with the zero that is not dialled behind it.
_COUNTRY = re.compile(r"\+81[-\s]*\(?0?\)?")


class DraftKey(Struct, frozen=True):
    """What a draft belongs to: a case, and a field of its window."""

    case_id: str
    field: str


class Draft(Struct, frozen=True):
    """A text as far as it was typed, at a wall time. Never an event: nothing is folded of it."""

    case_id: str
    field: str
    text: str
    at: datetime

    @property
    def key(self) -> DraftKey:
        """What this draft replaces an earlier one of."""
        return DraftKey(self.case_id, self.field)


class EventRow(NamedTuple):
    """An envelope, in the order of the columns of ``events`` without ``place``."""

    id: str
    desk_id: str
    seq: int
    case_id: str
    call_id: str | None
    kind: str
    v: int
    cause: str | None
    wall: str
    boot_seconds: float
    boot_id: str
    payload: str


class CaseRow(NamedTuple):
    """A case line, in the order of the columns of ``cases``."""

    case_id: str
    case_no: str
    status: str
    opened_at: str
    touched_at: str
    joined_to: str
    company_no: str
    customer: str
    reading: str
    number: str
    number_digits: str
    issue: str
    stage_title: str
    phase: str
    concession: str


class DueRow(NamedTuple):
    """Something owed, in the order of the columns of ``dues``."""

    case_id: str
    target: str
    kind: str
    at: str
    owner: str
    text: str


class DraftRow(NamedTuple):
    """A draft, in the order of the columns of ``drafts``."""

    case_id: str
    field: str
    body: str
    at: str


def event_row(envelope: Envelope) -> EventRow:
    """The row of an event.

    Raises:
        UnicodeEncodeError: a text of the body has half a surrogate pair.
    """
    return EventRow(
        id=envelope.id,
        desk_id=envelope.desk_id,
        seq=envelope.seq,
        case_id=envelope.case_id,
        call_id=envelope.call_id,
        kind=envelope.kind,
        v=envelope.v,
        cause=envelope.cause,
        wall=iso(envelope.at.wall),
        boot_seconds=envelope.at.boot_seconds,
        boot_id=envelope.at.boot_id,
        payload=encode_body(envelope.body),
    )


def envelope_of(row: EventRow) -> Envelope:
    """The event of a row; a body lifted from an older version says today's."""
    body = _body_of(row)
    return Envelope(
        id=row.id,
        desk_id=row.desk_id,
        case_id=row.case_id,
        call_id=row.call_id,
        seq=row.seq,
        at=Reading(_time(row.wall), row.boot_seconds, row.boot_id),
        body=body,
        v=row.v if isinstance(body, UnknownEvent) else type(body).version,
        cause=row.cause,
    )


def case_row(summary: CaseSummary) -> CaseRow:
    """The row of a case line, without what it owes."""
    return CaseRow(
        case_id=summary.case_id,
        case_no=whole(summary.case_no),
        status=summary.status,
        opened_at=iso(summary.opened_at),
        touched_at=iso(summary.touched_at),
        joined_to=summary.joined_to,
        company_no=whole(summary.company_no),
        customer=whole(summary.customer),
        reading=whole(summary.reading),
        number=whole(summary.number),
        number_digits=digits_of(summary.number),
        issue=whole(summary.issue),
        stage_title=whole(summary.stage_title),
        phase=summary.phase.value,
        concession=summary.concession.value,
    )


def due_rows(summary: CaseSummary) -> tuple[DueRow, ...]:
    """The rows of what a case owes."""
    return tuple(
        DueRow(
            summary.case_id, due.target, due.kind, iso(due.at), whole(due.owner), whole(due.text)
        )
        for due in summary.dues
    )


def summary_of(row: CaseRow, dues: tuple[Due, ...]) -> CaseSummary:
    """The case line of a row and of what it owes."""
    fields = row._asdict()
    del fields["number_digits"]
    times = {"opened_at": _time(row.opened_at), "touched_at": _time(row.touched_at)}
    words = {"phase": CallPhase(row.phase), "concession": ConcessionMark(row.concession)}
    return CaseSummary(**{**fields, **times, **words, "dues": dues})


def due_of(row: DueRow) -> Due:
    """What a row says is owed."""
    return Due(row.kind, row.target, _time(row.at), row.owner, row.text)


def draft_row(draft: Draft) -> DraftRow:
    """The row of a draft."""
    return DraftRow(draft.case_id, draft.field, whole(draft.text), iso(draft.at))


def draft_of(row: DraftRow) -> Draft:
    """The draft of a row."""
    return Draft(row.case_id, row.field, row.body, _time(row.at))


def iso(moment: datetime) -> str:
    """UTC with microseconds, so that text sorts as time does."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def digits_of(number: str) -> str:
    """The bare ASCII digits of a telephone number, however it was typed, as one dials it here."""
    plain = _COUNTRY.sub("0", unicodedata.normalize("NFKC", number).strip())
    return "".join(char for char in plain if char.isascii() and char.isdigit())


def whole(text: str) -> str:
    """The text without half surrogate pairs, which SQLite cannot hold: each becomes U+FFFD."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text


def _time(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _body_of(row: EventRow) -> Body | UnknownEvent:
    try:
        return decode_body(row.kind, row.v, row.payload)
    except (msgspec.DecodeError, KeyError):  # a ValidationError is a DecodeError
        # One event that cannot be read must not hide the others of a case.
        _log.exception("event %s (%s, version %d) is unreadable", row.id, row.kind, row.v)
        return UnknownEvent(row.kind, _raw_of(row.payload))


def _raw_of(payload: str) -> dict[str, Any]:
    try:
        raw: dict[str, Any] = msgspec.json.decode(payload, type=dict[str, Any])
    except msgspec.DecodeError:
        return {"unreadable": payload}
    return raw
