"""All papers that can be made of a case, each as a document, by name."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import tzinfo

from msgspec import Struct

from call.decision import Situation
from call.reception import reception_at
from handoff.absence_note import ABSENCE_NOTE, Sender, absence_document, build_absence_note
from handoff.abuse_record import ABUSE_RECORD, abuse_document, build_abuse_record
from handoff.consult_card import CONSULT_CARD, build_card, card_document
from handoff.document import Document, PageSize
from handoff.layout import HANDOFF, TIMELINE, handoff_document, timeline_document
from handoff.mask_note import with_mask_note
from handoff.masks import Mask
from handoff.note import Author, HandoffNote, build_note
from handoff.prevention_sheet import PREVENTION_SHEET, build_prevention_sheet, prevention_document
from handoff.validation import findings, gauge_of, validated


class Desk(Struct, frozen=True, kw_only=True):
    """What papers need to know besides the case.

    ``masks`` are those that were put on the events of the case. ``letter`` is the sheet of what is
    left in an envelope.
    """

    author: Author
    sender: Sender
    zone: tzinfo
    masks: tuple[Mask, ...] = ()
    letter: PageSize = PageSize.A5


def make_paper(name: str, at: Situation, desk: Desk) -> Document | None:
    """The paper as it reads now; None where there is nothing to write on it.

    Raises:
        KeyError: no paper is called that.
    """
    document = _MADE[name](at, desk)
    if document is None or name == HANDOFF:  # the note says it in a place of its own
        return document
    return with_mask_note(document, desk.masks)


def make_checked(
    name: str, at: Situation, shown: Situation, desk: Desk, *, as_unconfirmed: bool = False
) -> Document | None:
    """The paper of ``shown``, what is masked left out, with what the validation says of ``at``.

    ``as_unconfirmed``: the agent has said that it leaves with gaps, which the paper tells.

    Raises:
        KeyError: no paper is called that.
    """
    document = make_paper(name, shown, desk)
    if document is None or name != HANDOFF:
        return document
    note = make_note(at, desk)
    gauge = gauge_of(make_note(shown, desk))
    return validated(document, findings(at, note), gauge, as_unconfirmed=as_unconfirmed)


def make_note(at: Situation, desk: Desk) -> HandoffNote:
    """The handoff note of which two of the papers are made."""
    reception = reception_at(at)
    days = at.limits.retention_days
    return build_note(at.case, desk.author, at.now, desk.zone, reception, desk.masks, days)


def _timeline(at: Situation, desk: Desk) -> Document | None:
    return timeline_document(make_note(at, desk)) if at.case.calls else None


def _consult_card(at: Situation, desk: Desk) -> Document | None:
    if at.case.call is None:
        return None
    return card_document(build_card(at.case, at.now, at.limits, desk.zone), desk.author.name)


def _absence_note(at: Situation, desk: Desk) -> Document | None:
    visit = at.case.visits.current
    if visit is None:
        return None
    note = build_absence_note(at.case, visit, desk.sender, at.now.wall, desk.zone)
    return absence_document(note, at.case.case_no, desk.letter)


def _abuse_record(at: Situation, desk: Desk) -> Document | None:
    titles = {kind.id: kind.title for flow in at.book.flows for kind in flow.act_types}
    record = build_abuse_record(at.case, desk.author, titles, at.now, desk.zone)
    return abuse_document(record) if record else None


def _prevention_sheet(at: Situation, desk: Desk) -> Document | None:
    sheet = build_prevention_sheet(at.case, desk.zone)
    return prevention_document(sheet, desk.author.name) if sheet else None


_MADE: Mapping[str, Callable[[Situation, Desk], Document | None]] = {
    HANDOFF: lambda at, desk: handoff_document(make_note(at, desk)),
    CONSULT_CARD: _consult_card,
    TIMELINE: _timeline,
    ABSENCE_NOTE: _absence_note,
    ABUSE_RECORD: _abuse_record,
    PREVENTION_SHEET: _prevention_sheet,
}
NAMES = tuple(_MADE)
