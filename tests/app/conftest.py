"""A session with a simulated clock, and in place of the disk a journal that only remembers."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.case_desks import Rules
from app.case_numbers import CaseNumbers
from app.own_phrases import OwnPhrases
from app.session import Session
from call.clock import SimulatedClock
from call.desk import DeskIdentity
from call.limits import Limits
from scripts_ja.loader import load_flows

# A desk whose agent has no wording of their own.
NO_OWN = OwnPhrases(Path("nowhere"), None, None)
RULES = Rules(load_flows(None).book, Limits(), "first_boss")


class RememberingJournal:
    """Keeps what is appended as storage does: events once, of case lines the last."""

    def __init__(self):
        self.events = []
        self.lines = {}
        self.appended_twice = []

    def append(self, envelopes, summaries):
        known = {event.id for event in self.events}
        self.appended_twice += [event for event in envelopes if event.id in known]
        self.events += [event for event in envelopes if event.id not in known]
        self.lines |= {line.case_id: line for line in summaries}

    def events_of(self, case_id):
        family = {case_id}
        while more := {
            line.case_id
            for line in self.lines.values()
            if line.joined_to in family and line.case_id not in family
        }:
            family |= more
        return tuple(event for event in self.events if event.case_id in family)

    def running(self):
        """The cases that a new start takes up, the one touched last at the end."""
        lines = [
            line
            for line in self.lines.values()
            if line.phase not in ("idle", "closed") and line.status not in ("joined", "done")
        ]
        return [line.case_id for line in sorted(lines, key=lambda line: line.touched_at)]


class Desk:
    """One desk: its clock, its session, its journal, and what its window heard."""

    def __init__(self):
        self.clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "boot 0")
        self.journal = RememberingJournal()
        self.heard = []
        self.starts = 0
        self.start()

    def start(self):
        """Begin, or begin again after the program was killed: only the journal is left."""
        self.session = Session(self.clock, self.journal, RULES)
        self.session.listen(self.heard.append)
        self.session.recover(
            DeskIdentity("desk", len(self.journal.events) + 1),
            CaseNumbers("K7Q2", [line.case_no for line in self.journal.lines.values()]),
        )
        for case_id in self.journal.running():
            self.session.take_up(case_id, self.journal.events_of(case_id))
        self.session.open()

    @property
    def case(self):
        return self.session.desk.case if self.session.desk else None

    @property
    def phase(self):
        return self.case.phase if self.case else "idle"

    @property
    def parked(self):
        return [desk.case.id for desk in self.session.parked]

    def wait(self, seconds):
        self.clock.advance(seconds)
        return self

    def do(self, *commands):
        """Carry them out; the last change."""
        for command in commands:
            change = self.session.do(command)
            assert change.refusal is None, (command, change.refusal)
        return change

    def refusal(self, command):
        before = len(self.journal.events)
        change = self.session.do(command)
        assert change.refusal is not None
        assert len(self.journal.events) == before
        return change.refusal.reason

    def join(self, case_id):
        return self.session.join(case_id, self.journal.events_of(case_id))

    def choose(self, case_id):
        return self.session.choose(case_id, self.journal.events_of(case_id))


@pytest.fixture
def desk():
    """A desk at which nobody has called yet."""
    return Desk()


@pytest.fixture
def new_desk():
    """Makes desks."""
    return Desk
