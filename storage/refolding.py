"""Case lines made anew from the events: after a salvage, when some lines are lost or too old."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Iterable
from datetime import datetime

from call.case import Case, CaseSummary, summarize
from call.corrections import corrections_in
from call.events import CaseJoined, CaseOpened, Envelope
from storage import reading
from storage.rows import EventRow, case_row, due_rows, envelope_of
from storage.search_index import begin_anew
from storage.writing import write_case

_log = logging.getLogger(__name__)

_OWN_EVENTS = """
    SELECT id, desk_id, seq, case_id, call_id, kind, v, cause, wall, boot_seconds, boot_id, payload
    FROM events WHERE case_id = ? ORDER BY place
"""


def refold(db: sqlite3.Connection, case_ids: Iterable[str]) -> None:
    """Make the lines of these cases, and of those they were joined to, what their events say.

    In the caller's transaction. What is searched is made anew from nothing.
    """
    heads: set[str] = set()
    for case_id in case_ids:
        own = [envelope_of(EventRow(*row)) for row in db.execute(_OWN_EVENTS, (case_id,))]
        if not own:
            continue
        into = _joined_to(own)
        _write(db, _own_line(case_id, own, into))
        heads.add(into or case_id)
    for head in heads:
        _refold_head(db, head)
    begin_anew(db)


def _refold_head(db: sqlite3.Connection, case_id: str) -> None:
    """The line of a whole family; of a case that counts for another one, that one's."""
    seen = {case_id}
    while (into := _line_of(db, case_id)) and into not in seen:
        case_id = into
        seen.add(case_id)
    events = reading.events_of(db, case_id)
    if not any(event.case_id == case_id for event in events):
        return
    try:
        _write(db, summarize(Case.of(case_id, events), events[-1].at))
    except Exception:  # noqa: BLE001 - one case that cannot be folded must not lose the others
        _log.exception("case %s cannot be folded", case_id)


def _line_of(connection: sqlite3.Connection, case_id: str) -> str:
    found = reading.cases(connection, reading.CASE_BY_ID, case_id)
    return found[0].joined_to if found else ""


def _joined_to(own: list[Envelope]) -> str:
    annulled = corrections_in(own).annulled
    joins = [event for event in own if event.id not in annulled]
    into = [event.body.into for event in joins if isinstance(event.body, CaseJoined)]
    return into[-1] if into else ""


def _own_line(case_id: str, own: list[Envelope], into: str) -> CaseSummary:
    opened = next((event for event in own if isinstance(event.body, CaseOpened)), own[0])
    number = opened.body.case_no if isinstance(opened.body, CaseOpened) else ""
    begun: datetime = opened.at.wall
    return CaseSummary(
        case_id=case_id,
        case_no=number,
        status="joined" if into else "done",
        opened_at=begun,
        touched_at=own[-1].at.wall,
        joined_to=into,
    )


def _write(db: sqlite3.Connection, line: CaseSummary) -> None:
    write_case(db, case_row(line), due_rows(line))
