"""The absence note (不在訪問メモ): what is left in a closed envelope (rules.md #117, #118).

It names the visit and the next call, never the complaint, a product or an amount.
"""

from __future__ import annotations

from datetime import datetime, tzinfo

from msgspec import Struct

from call.case import Case
from call.events import VisitMoment
from call.fold_visits import Visit
from handoff.document import Block, Document, PageSize, Row, Section
from handoff.text_form import as_text as document_text
from handoff.typed_text import one_line
from handoff.words import customer_name
from scripts_ja.dates import echo_due, spoken_time
from scripts_ja.texts import t

ABSENCE_NOTE = "absence_note"


class Sender(Struct, frozen=True):
    """Who writes, and where to reach them, as the settings say."""

    company: str = ""
    department: str = ""
    contact_tel: str = ""
    hours: str = ""


class AbsenceNote(Struct, frozen=True):
    """What the note says; times are local. ``missing`` are ids of what is not known.

    The words of an id are ``absence.gap.<id>``. Where somebody is still at the door, ``leave`` is
    when the note is written.
    """

    customer: str
    visit_at: datetime
    people: tuple[str, ...]
    arrive: datetime | None
    leave: datetime
    call_at: datetime | None
    sender: Sender
    missing: tuple[str, ...]


def build_absence_note(
    case: Case,
    visit: Visit,
    sender: Sender,
    now: datetime,
    zone: tzinfo,
    call_at: datetime | None = None,
) -> AbsenceNote:
    """The note of a visit as it would be left at ``now``; ``call_at``: another time for the call."""
    arrived, left = visit.times_of(VisitMoment.ARRIVED), visit.times_of(VisitMoment.LEFT)
    call = call_at or (visit.next_call.due_at if visit.next_call else None)
    known = {
        "customer": case.field("customer").strip(),
        "people": visit.people,
        "arrive": arrived,
        "call_at": call,
        "contact_tel": sender.contact_tel,
        "company": sender.company,
    }
    return AbsenceNote(
        customer=case.field("customer"),
        visit_at=visit.visit_at.astimezone(zone),
        people=visit.people,
        arrive=arrived[0].astimezone(zone) if arrived else None,
        leave=(left[-1] if left else now).astimezone(zone),
        call_at=call.astimezone(zone) if call else None,
        sender=sender,
        missing=tuple(gap for gap, value in known.items() if not value),
    )


def as_text(note: AbsenceNote) -> str:
    """The letter, ready to be written out or printed; what is not known is a line for the pen."""
    return document_text(absence_document(note, ""))


def absence_document(note: AbsenceNote, case_no: str, page: PageSize = PageSize.A5) -> Document:
    """The letter as a paper. The case number names its file and stands nowhere on it."""
    rows = tuple(Row(value=line, is_item=False) for line in _lines(note))
    return Document(
        name=ABSENCE_NOTE,
        title=t("absence.title"),
        case_no=case_no,
        blocks=(Block("b", (Section("", rows),)),),
        missing=note.missing,
        missing_names=tuple(t(f"absence.gap.{gap}") for gap in note.missing),
        page=page,
        is_letter=True,
        screen_only=envelope_rule(),
    )


def _lines(note: AbsenceNote) -> tuple[str, ...]:
    blank = t("absence.blank")
    visitor = one_line(note.people[0]) if note.people else blank
    call_at = echo_due(note.call_at) if note.call_at else blank
    return (
        t("absence.to", customer=customer_name(note.customer)),
        t(
            "absence.body",
            visit_at=echo_due(note.visit_at),
            people=_people(note, visitor),
            arrive=spoken_time(note.arrive) if note.arrive else blank,
            leave=spoken_time(note.leave),
        ),
        t("absence.call", call_at=call_at, visitor=visitor, contact=_contact(note.sender)),
        _signature(note.sender, visitor),
    )


def _signature(sender: Sender, visitor: str) -> str:
    company, dept = sender.company or t("absence.blank"), sender.department
    if not dept:
        return t("absence.signature_bare", company=company, visitor=visitor)
    return t("absence.signature", company=company, dept=dept, visitor=visitor)


def envelope_rule() -> str:
    """What may stand on the outside."""
    return t("absence.envelope")


def _people(note: AbsenceNote, visitor: str) -> str:
    others = note.people[1:]
    if not others:
        return t("absence.alone", visitor=visitor)
    if len(others) == 1:
        return t("absence.two", visitor=visitor, companion=one_line(others[0]))
    return t("absence.several", visitor=visitor, count=len(others))


def _contact(sender: Sender) -> str:
    if not sender.contact_tel:
        return t("absence.blank")
    if not sender.hours:
        return t("absence.contact", tel=sender.contact_tel)
    return t("absence.contact_hours", tel=sender.contact_tel, hours=sender.hours)
