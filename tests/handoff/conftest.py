"""A case to write a note about, by way of the desk that writes it in real use."""

from datetime import datetime, timedelta, timezone

import pytest

from call import commands as c
from call.case import Case
from call.clock import SimulatedClock
from call.decision import Refusal
from call.desk import CaseDesk, DeskIdentity
from call.events import Direction, Safety
from call.limits import Limits
from handoff.layout import handoff_document
from handoff.note import Author, build_note
from handoff.text_form import as_text
from scripts_ja.model import FlowBook, NoteKind
from tests.handoff.browser import chromium, is_debian

# tools/setup.sh installs a Chromium on Debian; elsewhere there may be none that apt can bring.
if not is_debian() and chromium() is None:
    collect_ignore = ["test_in_browser.py"]

JAPAN = timezone(timedelta(hours=9))
AUTHOR = Author("鈴木", "ひだまり電器", "お客様相談窓口")


class Telephone:
    """A desk with a clock: does commands, and writes notes of what is known."""

    def __init__(self, day=21):
        self.clock = SimulatedClock(datetime(2026, 11, day, 10, 0, tzinfo=JAPAN), f"boot {day}")
        self.desk = CaseDesk.open(
            DeskIdentity("desk"),
            "A1-0001",
            self.clock.now(),
            book=FlowBook(()),
            limits=Limits(),
            first_flow="none",
        )

    @property
    def case(self):
        return self.desk.case

    def do(self, *commands, seconds=0):
        self.clock.advance(seconds)
        for command in commands:
            assert not isinstance(self.desk.do(command, self.clock.now()), Refusal), command

    def commit(self, minutes=30, owner="田中", estimate=0):
        """Somebody calls back, so many minutes after ten."""
        due_at = datetime(2026, 11, 21, 10, 0, tzinfo=JAPAN) + timedelta(minutes=minutes)
        self.do(c.CommitCallback(owner, due_at, "課長", estimate))

    def note(self):
        return build_note(self.case, AUTHOR, self.clock.now(), JAPAN)

    def call_again_the_next_day(self):
        """Another desk's case that is joined to this one: from here on its clock counts."""
        later = Telephone(day=22)
        later.do(c.Ring("03-0000-1234", Direction.OUTGOING))
        later.do(c.EndCall(), seconds=20)
        self.desk.history += later.desk.history
        self.desk.case = Case.of(self.case.id, self.desk.history)
        self.clock = later.clock

    def told_elsewhere(self, command):
        """A case of another desk, in which this was told, turns out to be this one."""
        other = Telephone()
        other.desk._identity.desk_id = "desk 2"
        other.do(c.StartCall("03-0000-9999"), command)
        self.desk.history += other.desk.history
        self.desk.case = Case.of(self.case.id, self.desk.history)

    def text(self):
        return as_text(handoff_document(self.note()))

    def line(self, start):
        """The one line of the note that begins so."""
        found = [line for line in self.text().split("\n") if line.startswith(start)]
        assert len(found) == 1, self.text()
        return found[0]


@pytest.fixture
def telephone():
    """In a call, nothing noted."""
    found = Telephone()
    found.do(c.StartCall("03-0000-9999"))
    return found


@pytest.fixture
def complete(telephone):
    """All that a handoff note wants is known."""
    telephone.do(
        c.SetTemperature(3),
        c.SetSafety(Safety.NO),
        c.FillField("issue", "洗濯機の水漏れ"),
        c.FillField("request", "本日中の修理"),
        c.FillField("decision", "訪問の可否"),
        c.FillField("apology", "お待たせしたこと"),
        c.FillField("callback_tel", "03-0000-1234"),
        c.TakeNote(NoteKind.NG, "「確認します」だけで終えること"),
        c.TakeNote(NoteKind.ANSWERED, "田中課長からの折り返し"),
    )
    telephone.commit()
    return telephone
