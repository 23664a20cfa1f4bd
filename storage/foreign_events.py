"""Events of another desk, compared with those that are here."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence

from msgspec import Struct, structs

from call.events import Envelope
from storage.reading import state
from storage.rows import EventRow, envelope_of

_SAME_ID_OR_PLACE = """
    SELECT id, desk_id, seq, case_id, call_id, kind, v, cause, wall, boot_seconds, boot_id, payload
    FROM events WHERE id = ? OR (desk_id = ? AND seq = ?)
"""


class KnownEvents(Struct, frozen=True):
    """The ids of those that are here, and whether any says something else here.

    It does too where it calls itself an event of this desk that this desk has never recorded.
    """

    ids: frozenset[str]
    is_contradicted: bool


def known_events(connection: sqlite3.Connection, envelopes: Sequence[Envelope]) -> KnownEvents:
    """Look each of them up by its id and by its place in the row of its desk."""
    own_desk = state(connection, "desk_id")
    known: set[str] = set()
    is_contradicted = False
    for envelope in envelopes:
        place = (envelope.id, envelope.desk_id, envelope.seq)
        here = [envelope_of(EventRow(*row)) for row in connection.execute(_SAME_ID_OR_PLACE, place)]
        known |= {event.id for event in here} & {envelope.id}
        # A place that was taken is given anew when an event is written (storage.writing).
        is_same = all(structs.replace(event, seq=envelope.seq) == envelope for event in here)
        is_own_and_unknown = not here and envelope.desk_id == own_desk
        is_contradicted = is_contradicted or not is_same or is_own_and_unknown
    return KnownEvents(frozenset(known), is_contradicted)
