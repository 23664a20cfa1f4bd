"""Several cases, several calls each, after-call work parked and taken up: records and typed text stay."""

from collections import defaultdict

from hypothesis import given, settings
from hypothesis import strategies as st

from app.causes import counted
from app.field_drafts import FieldDrafts
from call import commands as c
from call.case import Case
from call.events import Cause, Direction, Disposition
from handoff.prevention_sheet import build_prevention_sheet
from handoff.wrap_up import wrap_up_gaps
from scripts_ja.model import NoteKind
from tests.app.conftest import Desk, RememberingJournal
from tests.handoff.conftest import JAPAN

FIELDS = ("record.conclusion", "prevention.measure")
words = st.sampled_from(["", "訪問で終了", "佐藤", "注意する"])
records = st.one_of(
    st.builds(c.SetDisposition, st.sampled_from(Disposition), words),
    st.builds(c.SendReport, words, words),
    st.builds(c.AcknowledgeReport, words),
    st.builds(c.FillField, st.sampled_from(["conclusion", "apology", "issue"]), words),
    st.builds(c.WritePrevention, st.none() | st.sampled_from(Cause), measure=words, owner=words),
    st.builds(c.CheckEffect, st.booleans(), words),
    st.just(c.TakeNote(NoteKind.PROMISE, "文書")),
    st.just(c.Undo()),
)
line = st.sampled_from(
    [
        *[c.StartCall("03-0000-1234"), c.EndCall()] * 2,
        *[c.ParkWrapUp(), c.ResumeWrapUp()] * 2,
        *[c.FinishWrapUp(), c.StartCall(direction=Direction.OUTGOING)],
    ]
)
steps = st.one_of(
    records,
    line,
    st.tuples(st.just("type"), st.sampled_from(FIELDS), words),
    st.tuples(st.just("take"), st.sampled_from(FIELDS)),
    st.tuples(st.just("choose"), st.integers(0, 9)),
    st.tuples(st.just("join"), st.integers(0, 9)),
    st.tuples(st.just("aside")),
    st.tuples(st.just("crash")),
)


# Three cases: one that is over, one whose after-call work waits, one whose work is in hand.
BEGINNING = (
    *(c.StartCall("03-0000-1234"), c.WritePrevention(Cause.SYSTEM), c.EndCall(), c.FinishWrapUp()),
    *(c.StartCall(), c.WritePrevention(Cause.EXPLANATION), c.EndCall(), c.ParkWrapUp()),
    *(c.StartCall(), c.WritePrevention(Cause.EXPLANATION), c.EndCall()),
)


class KeepingJournal(RememberingJournal):
    """Remembers drafts too, as storage does: the last of each field, until it is cleared."""

    def __init__(self):
        super().__init__()
        self.drafts = {}

    def append(self, envelopes, summaries, cleared=()):
        super().append(envelopes, summaries)
        for key in cleared:
            self.drafts.pop(key, None)

    def save_draft(self, draft):
        self.drafts[draft.key] = draft


class Place:
    """A desk with its drafts, and beside it what should be typed where."""

    def __init__(self):
        self.desk = Desk()
        self.desk.journal = KeepingJournal()
        self.expected = defaultdict(str)
        self.start()

    def start(self):
        self.desk.start()
        self.drafts = FieldDrafts(self.desk.session, self.desk.journal)
        self.drafts.find(list(self.desk.journal.drafts.values()))

    def other(self, number):
        in_hand = self.desk.case.id if self.desk.case else ""
        lines = self.desk.journal.lines.values()
        ids = [x.case_id for x in lines if x.status != "joined" and x.case_id != in_hand]
        return ids[number % len(ids)] if ids else None

    def act(self, step):
        """A command, or what else can happen to a case."""
        if not isinstance(step, tuple):
            self.desk.session.do(step)
            return
        name, *rest = step
        own = self.desk.session.desk.own_case_id if self.desk.session.desk else ""
        if name == "type":
            self.drafts.of_case().keep(*rest)
            self.expected[own, rest[0]] = rest[1]
        elif name == "take":
            self.drafts.of_case().drop(*rest)
            self.expected[own, rest[0]] = ""
        elif name == "aside":
            self.desk.session.lay_aside()
        elif name == "crash":
            self.start()
        else:
            self.go_to_another(name, *rest)

    def go_to_another(self, name, number):
        """Choose another case, or join the one in hand to it."""
        case_id = self.other(number)
        if case_id and name == "choose":
            self.desk.choose(case_id)
        elif case_id and self.desk.case:
            self.desk.join(case_id)

    def check(self):
        session, journal = self.desk.session, self.desk.journal
        for desk in [*session.parked, *([session.desk] if session.desk else [])]:
            told = Case.of(desk.case.id, journal.events_of(desk.case.id))
            assert shown(told) == shown(desk.case)
        own = session.desk.own_case_id if session.desk else ""
        for field in FIELDS:
            assert self.drafts.of_case().text(field) == self.expected[own, field]
        kept = {(key.case_id, key.field): draft.text for key, draft in journal.drafts.items()}
        typed = {(case, f"field.{f}"): x for (case, f), x in self.expected.items() if x}
        assert kept == typed

    def check_causes(self):
        lines = [x for x in self.desk.journal.lines.values() if x.status != "joined"]
        cases = [Case.of(x.case_id, self.desk.journal.events_of(x.case_id)) for x in lines]
        found = [pair for count in counted(cases) for pair in count.cases]
        with_cause = [x for x in cases if x.prevention.sheet and x.prevention.sheet.cause]
        assert sorted(case_id for case_id, _ in found) == sorted(x.id for x in with_cause)
        assert all(number for _, number in found)
        sizes = [len(count.cases) for count in counted(cases)]
        assert sizes == sorted(sizes, reverse=True)
        assert all(count.recurs == (len(count.cases) > 1) for count in counted(cases))


def shown(case):
    """All that the sheet shows of a case."""
    return (
        (case.wrap_up.ending, tuple(case.wrap_up.reports)),
        (case.prevention.sheet, tuple(case.prevention.checks)),
        wrap_up_gaps(case),
        build_prevention_sheet(case, JAPAN),
        dict(case.marks.fields),
        (case.call_id, case.phase),
    )


@given(st.lists(steps, min_size=15, max_size=40))
@settings(max_examples=100)
def test_any_after_call_work_of_any_cases(day):
    place = Place()
    place.desk.do(*BEGINNING)
    for step in day:
        place.desk.wait(60)
        place.act(step)
        place.check()
    place.check_causes()
