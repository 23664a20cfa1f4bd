"""The handoff note (引き継ぎ票) as data: what a superior must know, in a fixed order.

Everything is taken from the case; nothing is made up. What is not known is named in ``missing``
and the forms mark it where it would stand.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, tzinfo

from msgspec import Struct, structs

from call.case import Case
from call.clock import Reading
from call.dues import NEXT_DAY_CALL, VISIT, Due
from call.events import Safety, WarningGiven
from call.fold_notes import Note
from call.preparation import APPROVER, FIRST_PHRASE, LANDING_POINT, NEVER_OFFER
from call.reception import Reception
from handoff.call_picture import CallPicture, call_pictures
from handoff.masks import Mask
from handoff.missing import facts_without_kind, missing_ids
from handoff.second_line import SecondLine, second_line
from handoff.timeline import CallTimes, Moment, TimelineEntry, call_times, moment_of, timeline
from scripts_ja.model import NoteKind

# The fields that have a place of their own in the note; all others are listed at its end.
_PLACED_FIELDS = frozenset(
    {
        "answered",
        "apology",
        "attachments",
        "best_time",
        "burden",
        "callback_tel",
        "company_no",
        "contact_way",
        "customer",
        "customer_reading",
        "decision",
        "estimate_min",
        "gap",
        "impact",
        "issue",
        "order_no",
        "product",
        "proxy",
        "recording_id",
        "request",
        "safety",
        "safety_detail",
        "when",
        LANDING_POINT,
        APPROVER,
        NEVER_OFFER,
        FIRST_PHRASE,
    }
)
# Questions of the consultation, answered by the commitment once there is one.
_ANSWERED_BY_COMMITMENT = frozenset({"callback_at", "extra_min", "superior", "superior_title"})
_FLAGS = ("ng_none", "answered_none", "request_unheard")


class Author(Struct, frozen=True):
    """Who wrote the note, as the settings say; by the ``extension`` a colleague reaches them."""

    name: str = ""
    company: str = ""
    department: str = ""
    extension: str = ""


class Item(Struct, frozen=True):
    """A note of the pad as the handoff note shows it; ``due_at`` is local.

    ``is_settled``: what was promised is done.
    """

    note_id: str
    kind: NoteKind
    text: str
    at: Moment
    due_at: datetime | None = None
    is_settled: bool = False


class Deadline(Struct, frozen=True):
    """Who calls by when. ``accepted`` is None until the customer has answered."""

    owner: str
    owner_title: str
    due_at: datetime
    estimate_minutes: int
    accepted: bool | None
    is_settled: bool


class TemperaturePath(Struct, frozen=True):
    """How hot it was at the start, at its peak and is now (1-5; 0: never set)."""

    first: int
    peak: int
    now: int


class HandoffNote(Struct, frozen=True, kw_only=True):
    """Blocks A to C of the handoff note, with who to call and who wrote it.

    ``fields`` holds every filled field with a place of its own in the note; ``other_fields`` the
    rest. ``facts_without_kind`` are dates and facts. ``flags`` are the answers "none" and "not
    heard": ``ng_none``, ``answered_none``, ``request_unheard``.
    ``displayed_number`` is the one that the telephone showed; nobody has read it back.
    ``has_danger``: an act was recorded as dangerous. ``meetings`` are visits and the calls after
    them that are still to come. ``masks`` say what was left out of the events before the note was made of them.
    ``first_author`` is whose name stood on the first note, ``edition`` counts the versions from 1,
    ``keep_days`` is for how long an ended case is kept.
    """

    case_no: str
    created_at: datetime
    author: Author
    missing: tuple[str, ...]
    flags: frozenset[str]
    fields: Mapping[str, str]
    other_fields: Mapping[str, str]
    facts_without_kind: tuple[tuple[str, str], ...]
    displayed_number: str
    deadline: Deadline | None
    temperature: TemperaturePath
    safety: Safety
    warnings: tuple[tuple[Moment, WarningGiven], ...]
    has_danger: bool
    meetings: tuple[Due, ...]
    second: SecondLine
    items: tuple[Item, ...]
    timeline: tuple[TimelineEntry, ...]
    calls: tuple[CallTimes, ...]
    pictures: tuple[CallPicture, ...] = ()
    masks: tuple[Mask, ...] = ()
    first_author: str = ""
    edition: int = 1
    keep_days: int = 0

    def field(self, key: str) -> str:
        """A field that has a place of its own, or an empty string."""
        return self.fields.get(key, "")

    def is_missing(self, gap: str) -> bool:
        """Whether that is not known; the ids are those of :data:`handoff.missing.GAPS`."""
        return gap in self.missing

    def of_kind(self, *kinds: NoteKind) -> tuple[Item, ...]:
        """The notes of these kinds, in the order they were begun."""
        return tuple(item for item in self.items if item.kind in kinds)

    @property
    def estimate_minutes(self) -> str:
        """How long the callback will take: as agreed with the superior, else as estimated."""
        if self.deadline and self.deadline.estimate_minutes:
            return str(self.deadline.estimate_minutes)
        return self.field("estimate_min")


def build_note(
    case: Case,
    author: Author,
    now: Reading,
    zone: tzinfo,
    reception: Reception | None = None,
    masks: tuple[Mask, ...] = (),
    keep_days: int = 0,
) -> HandoffNote:
    """The handoff note of ``case`` as it is known at ``now``, times in the local ``zone``.

    ``reception`` is what :func:`call.reception.reception_at` found, where anger was received.
    ``masks`` are those that :func:`handoff.masks.masked` put on the events of ``case``.
    """
    filled = case.marks.fields
    flags = frozenset(key for key in _FLAGS if filled.get(key) == "1")
    unkinded = facts_without_kind(case)
    elsewhere = _PLACED_FIELDS | flags | {f"{key}{n}" for n in unkinded for key in ("date", "fact")}
    deadline = _deadline(case, zone)
    agreed = deadline.estimate_minutes if deadline else 0
    if agreed and filled.get("estimate_min") != str(agreed):
        elsewhere -= {"estimate_min"}  # what was agreed stands in its place
    marks, handing_up = case.marks, case.handing_up
    if handing_up.commitment is not None:
        elsewhere |= _ANSWERED_BY_COMMITMENT
    return HandoffNote(
        case_no=case.case_no,
        created_at=now.wall.astimezone(zone),
        author=author,
        missing=missing_ids(case),
        flags=flags,
        fields={key: value for key, value in filled.items() if key in _PLACED_FIELDS},
        other_fields={key: value for key, value in filled.items() if key not in elsewhere},
        facts_without_kind=tuple(
            (case.field(f"date{n}"), case.field(f"fact{n}")) for n in unkinded
        ),
        displayed_number=_displayed_number(case),
        deadline=deadline,
        temperature=TemperaturePath(
            marks.first_temperature, marks.peak_temperature, marks.temperature
        ),
        safety=marks.safety,
        warnings=tuple((moment_of(case, None, at, zone), body) for at, body in handing_up.warnings),
        has_danger=any(act.is_danger for act in case.abuse.acts),
        meetings=_meetings(case, zone),
        second=second_line(case, now, zone, reception),
        items=_items(case, zone),
        timeline=timeline(case, now, zone),
        calls=call_times(case, now),
        pictures=call_pictures(case, now),
        masks=masks,
        first_author=next((body.by for _, body in handing_up.handoffs if body.by), ""),
        edition=handing_up.edition,
        keep_days=keep_days,
    )


def _items(case: Case, zone: tzinfo) -> tuple[Item, ...]:
    return tuple(_item(case, note, zone) for note in case.notes.notes)


def _item(case: Case, note: Note, zone: tzinfo) -> Item:
    due_at = note.due_at.astimezone(zone) if note.due_at else None
    at = moment_of(case, note.call_id, note.begun_at, zone)
    is_settled = note.note_id in case.handing_up.settled
    return Item(note.note_id, note.kind, note.text, at, due_at, is_settled)


def _meetings(case: Case, zone: tzinfo) -> tuple[Due, ...]:
    """Local times; who goes or rings, and where they go."""
    return tuple(
        structs.replace(due, at=due.at.astimezone(zone))
        for due in case.dues()
        if due.kind in (VISIT, NEXT_DAY_CALL)
    )


def _deadline(case: Case, zone: tzinfo) -> Deadline | None:
    commitment = case.handing_up.commitment
    if commitment is None:
        return None
    return Deadline(
        owner=commitment.owner,
        owner_title=commitment.owner_title,
        due_at=commitment.due_at.astimezone(zone),
        estimate_minutes=commitment.estimate_minutes,
        accepted=commitment.accepted,
        is_settled=commitment.event_id in case.handing_up.settled,
    )


def _displayed_number(case: Case) -> str:
    """The number of the last call that had one."""
    return next((call.number for call in reversed(case.calls.values()) if call.number), "")
