"""Any mixture of appending, typing, closing and opening again equals a model of it."""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule

from call.case import CaseSummary
from call.clock import Reading
from call.events import Envelope, NoteTaken, UnknownEvent
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.journal import Draft, DraftKey, Journal

WAIT = 30.0
CASES = st.sampled_from(["a", "b", "c"])
FIELDS = st.sampled_from(["note", "consult"])
TEXTS = st.text(max_size=20)
# The core speaks UTC, a typed deadline the wall of Japan.
ZONES = st.sampled_from([UTC, timezone(timedelta(hours=9))])
TIMES = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=ZONES)
READINGS = st.builds(Reading, TIMES, st.floats(0, 1e9), TEXTS)
RAW = st.dictionaries(TEXTS, st.none() | st.booleans() | st.integers() | TEXTS, max_size=3)
BODIES = st.builds(UnknownEvent, TEXTS.map(lambda text: f"Future{text}"), RAW) | st.builds(
    NoteTaken, TEXTS, st.sampled_from(NoteKind), TEXTS, READINGS, st.none() | TIMES
)
OVER = (CallPhase.IDLE, CallPhase.CLOSED)


class Listener:
    """Keeps what it is told."""

    def __init__(self):
        self.opening = None
        self.committed = []
        self.troubles = []

    def on_opened(self, opening):
        self.opening = opening

    def on_committed(self, event_ids):
        self.committed += event_ids

    def on_trouble(self, trouble):
        self.troubles.append(trouble)

    def on_recovered(self):
        self.troubles.append("recovered")


class JournalMachine(RuleBasedStateMachine):
    """The model: a list of events, the last line of each case, the last text of each draft."""

    @initialize()
    def begin(self):
        self.folder = tempfile.TemporaryDirectory()
        self.path = Path(self.folder.name) / "yorisoi.db"
        self.events: list[Envelope] = []
        self.lines: dict[str, CaseSummary] = {}
        self.drafts: dict[DraftKey, Draft] = {}
        self.acknowledged: list[str] = []
        self.open()

    def open(self):
        self.listener = Listener()
        self.journal = Journal(self.path, self.listener)
        self.journal.start()

    @rule(
        steps=st.lists(st.tuples(CASES, BODIES, READINGS, st.none() | TEXTS), max_size=4),
        phase=st.sampled_from(CallPhase),
        status=st.sampled_from(["open", "done"]),
        customer=TEXTS,
        used=st.lists(st.builds(DraftKey, CASES, FIELDS), max_size=2),
    )
    def append(self, steps, phase, status, customer, used):
        new = [
            Envelope(
                id=f"e{len(self.events) + place}",
                desk_id="desk",
                case_id=case_id,
                call_id=call_id,
                seq=len(self.events) + place,
                at=at,
                body=body,
                v=7 if isinstance(body, UnknownEvent) else 1,
                cause=call_id,
            )
            for place, (case_id, body, at, call_id) in enumerate(steps, 1)
        ]
        lines = {
            event.case_id: CaseSummary(
                *(event.case_id, "N", status, event.at.wall, event.at.wall),
                customer=customer,
                phase=phase,
            )
            for event in new
        }
        self.journal.append(new, tuple(lines.values()), used)
        self.events += new
        self.lines |= lines
        for key in used:
            self.drafts.pop(key, None)

    @rule(draft=st.builds(Draft, CASES, FIELDS, TEXTS, TIMES))
    def type(self, draft):
        self.journal.save_draft(draft)
        self.drafts[draft.key] = draft

    @rule()
    def wait(self):
        assert self.journal.flush(WAIT)
        assert self.journal.unsaved_since() is None

    @rule()
    def close_and_open(self):
        self.close()
        with Archive(self.path) as archive:
            for case_id in ("a", "b", "c"):
                assert archive.events_of(case_id) == self.events_of(case_id)
                assert archive.summary_of(case_id) == self.lines.get(case_id)
        self.open()
        assert self.journal.flush(WAIT)

    def close(self):
        assert self.journal.close(WAIT)
        assert self.listener.troubles == []
        self.acknowledged += self.listener.committed
        assert self.acknowledged == [event.id for event in self.events]

    @rule()
    def start_finds_what_was_left(self):
        self.close()
        self.open()
        self.close()
        opening = self.listener.opening
        assert {draft.key: draft for draft in opening.drafts} == self.drafts
        assert dict(opening.running) == {
            line.case_id: self.events_of(line.case_id)
            for line in self.lines.values()
            if line.status == "open" and line.phase not in OVER
        }
        self.open()

    def events_of(self, case_id):
        return tuple(event for event in self.events if event.case_id == case_id)

    def teardown(self):
        try:
            self.close()
        finally:
            self.folder.cleanup()


TestJournalMachine = JournalMachine.TestCase
TestJournalMachine.settings = settings(max_examples=40, stateful_step_count=25)
