"""Taking over a case of another desk: what is new in a bundle, and what this desk adds to it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from msgspec import Struct, structs

from call.case import Case, CaseSummary, summarize
from call.desk import DeskIdentity
from call.events import Body, CallClosed, CaseOpened, Envelope, EventUndone, new_id
from call.fold_times import CallPhase
from handoff.bundle import BOOKKEEPING, Bundle, BundleError, read_bundle
from handoff.desk_keys import PublicKey
from handoff.sealing import MAX_SEALED_BYTES
from storage.archive import Archive
from storage.troubles import MISSING, StorageError

_AT_REST = (CallPhase.IDLE, CallPhase.CLOSED)


class Arrival(Struct, frozen=True):
    """A case as it came. ``case_id`` is the case here that its events count for.

    ``known`` are the events of that case that are here, ``new`` those that are not. ``sender`` is
    the desk whose seal it had.
    """

    case_id: str
    case_no: str
    known: tuple[Envelope, ...]
    new: tuple[Envelope, ...]
    bundle: Bundle
    sender: PublicKey | None = None


def content_of(path: Path) -> bytes:
    """The content of a file; of one that is too large, no more than shows that it is.

    Raises:
        OSError: it cannot be read.
    """
    with path.open("rb") as file:
        return file.read(MAX_SEALED_BYTES + 1)


def arrival_of(content: bytes, database: Path, sender: PublicKey | None = None) -> Arrival:
    """What is new in a bundle, out of its seal; reads the disk, writes nothing.

    Raises:
        BundleError: it is not to be believed, or says something else than what is here
            (``contradicted``).
        StorageError: what is here cannot be read.
    """
    bundle, events = read_bundle(content)
    try:
        with Archive(database) as archive:
            found = archive.known_among(events)
            if found.is_contradicted:
                raise BundleError("contradicted")
            summary = archive.summary_of(bundle.case_id)
            case_id = (summary.joined_to if summary else "") or bundle.case_id
            known = archive.events_of(case_id)
    except StorageError as error:
        if error.kind != MISSING:
            raise
        return Arrival(bundle.case_id, bundle.case_no, (), events, bundle, sender)
    new = tuple(event for event in events if event.id not in found.ids)
    return Arrival(case_id, bundle.case_no, known, new, bundle, sender)


def taken_over(
    arrival: Arrival, identity: DeskIdentity
) -> tuple[tuple[Envelope, ...], list[CaseSummary]]:
    """The events to write and the list lines after them.

    A call that was not over when it left its desk is none of this desk's: it is closed here at
    the last moment that is known of it, and opened again when more of it comes.
    """
    reopened = tuple(_reopenings(arrival, identity))
    history = (*arrival.known, *arrival.new, *reopened)
    closed = tuple(_closings(arrival.case_id, history, identity))
    whole = Case.of(arrival.case_id, (*history, *closed))
    touched_at = max((event.at for event in history), key=lambda at: at.wall)
    line = structs.replace(summarize(whole, touched_at), status="open")
    return (*arrival.new, *reopened, *closed), [line, *_joined_lines(arrival)]


def _reopenings(arrival: Arrival, identity: DeskIdentity) -> Iterator[Envelope]:
    undone = {e.body.target for e in arrival.known if isinstance(e.body, EventUndone)}
    going_on = {event.call_id for event in arrival.new}
    for event in arrival.known:
        is_closing = isinstance(event.body, CallClosed) and event.cause == BOOKKEEPING
        if is_closing and event.call_id in going_on and event.id not in undone:
            yield _noted(EventUndone(event.id), event, identity)


def _closings(
    case_id: str, history: Sequence[Envelope], identity: DeskIdentity
) -> Iterator[Envelope]:
    foreign = [event for event in history if event.desk_id != identity.desk_id]
    last_of = {event.call_id: event for event in foreign}
    for call in Case.of(case_id, history).calls.values():
        if call.call_id in last_of and call.phase not in _AT_REST:
            yield _noted(CallClosed(), last_of[call.call_id], identity)


def _noted(body: Body, after: Envelope, identity: DeskIdentity) -> Envelope:
    """This desk's own note on a call of another desk, at the time of what it follows."""
    return Envelope(
        id=new_id(after.at),
        desk_id=identity.desk_id,
        case_id=after.case_id,
        call_id=after.call_id,
        seq=identity.take_seq(),
        at=after.at,
        body=body,
        v=type(body).version,
        cause=BOOKKEEPING,
    )


def _joined_lines(arrival: Arrival) -> Iterator[CaseSummary]:
    """The lines of cases that were joined to it at the other desk."""
    for event in arrival.new:
        if isinstance(event.body, CaseOpened) and event.case_id != arrival.case_id:
            yield CaseSummary(
                case_id=event.case_id,
                case_no=event.body.case_no,
                status="joined",
                opened_at=event.at.wall,
                touched_at=event.at.wall,
                joined_to=arrival.case_id,
            )
