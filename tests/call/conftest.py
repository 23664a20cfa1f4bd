"""A desk with a simulated clock and two small flows; nothing here knows Qt or the disk."""

from datetime import UTC, datetime

import pytest

from call import commands as c
from call.case import Case
from call.clock import SimulatedClock
from call.decision import Refusal
from call.desk import CaseDesk, DeskIdentity
from call.guidance import advise
from call.limits import Limits
from scripts_ja.model import Exit, Flow, FlowBook, HoldKind, NoteKind, Phrase, Stage

KINDS = (NoteKind.QUOTE, NoteKind.CLAIM, NoteKind.REQUEST)


def stage(stage_id, *exits, hold=HoldKind.LOOKUP, hearing_try=0, **more):
    return Stage(
        id=stage_id,
        title=f"段階 {stage_id}",
        goal="目標",
        exits=tuple(Exit(to, "進むとき") for to in exits),
        guide="1分",
        record=("記録",),
        dont=("しない",),
        phrases=(Phrase("申し訳ございません。"),),
        note_kinds=KINDS,
        hold=hold,
        hearing_try=hearing_try,
        **more,
    )


def flow(flow_id, code, *stages, opens_anywhere=False):
    return Flow(flow_id, code, flow_id, "要約", 3, "10分", stages, opens_anywhere)


BOOK = FlowBook(
    (
        flow(
            "first",
            "A",
            stage("A-S1", "Z-S9", "A-S2", "B-S1", "X-S1"),
            stage("A-S2", "A-S3", hearing_try=1),
            stage("A-S3", "B-S1", hearing_try=2, hold=HoldKind.CONSULT),
        ),
        flow("other", "B", stage("B-S1")),
        flow(
            "second",
            "C",
            stage("C-S1", "C-S2", solution_folded=True),
            stage("C-S2", "C-S3", self_check="いま腹が立っていませんか。"),
            stage("C-S3"),
        ),
        flow("aside", "X", stage("X-S1", "X-S2"), stage("X-S2", "back"), opens_anywhere=True),
    )
)


class Telephone:
    """Gives commands to one desk, some seconds after each other."""

    def __init__(self, book=BOOK, desk_id="desk"):
        self.clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "boot 1")
        self.identity = DeskIdentity(desk_id)
        self.desk = CaseDesk.open(
            self.identity,
            "261121-K7Q2-01",
            self.clock.now(),
            book=book,
            limits=Limits(),
            first_flow="first",
        )

    @property
    def case(self):
        return self.desk.case

    @property
    def call(self):
        return self.desk.case.call

    def wait(self, seconds):
        self.clock.advance(seconds)
        return self

    def do(self, *commands):
        """Carry them out now; the events of the last one."""
        events = ()
        for command in commands:
            events = self.desk.do(command, self.clock.now())
            assert not isinstance(events, Refusal), (command, events)
        return events

    def refusal(self, command):
        """Why it was refused; nothing may have changed."""
        before = len(self.desk.history)
        refused = self.desk.do(command, self.clock.now())
        assert isinstance(refused, Refusal), refused
        assert len(self.desk.history) == before
        return refused.reason

    def times(self):
        """Whole seconds of talk, hold and after-call work."""
        now = self.clock.now()
        return tuple(
            round(seconds(now))
            for seconds in (self.call.talk_seconds, self.call.hold_seconds, self.call.acw_seconds)
        )

    def prompt(self, agenda=None):
        return advise(self.case, self.clock.now(), self.desk.limits, agenda)

    def advice(self, agenda=None):
        prompt = self.prompt(agenda)
        return prompt.id if prompt else None

    def replayed(self):
        return Case.of(self.case.id, self.desk.history)


@pytest.fixture
def telephone():
    """A new case, nobody has called."""
    return Telephone()


@pytest.fixture
def make_telephone():
    """Makes telephones on desks of any name."""
    return lambda desk_id: Telephone(desk_id=desk_id)


@pytest.fixture
def talk():
    """A call that has just been answered."""
    found = Telephone()
    found.do(c.StartCall("03-0000-1234"))
    return found


@pytest.fixture(scope="session")
def new_telephone():
    """Makes new cases."""
    return Telephone
