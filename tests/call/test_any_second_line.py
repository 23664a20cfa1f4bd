"""Two desks press anything and meet: no fact, request or concession is lost or counted twice."""

from collections import Counter
from datetime import UTC, datetime

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from call import commands as c
from call.case import Case, summarize
from call.clock import SimulatedClock
from call.decision import Refusal
from call.desk import CaseDesk, DeskIdentity
from call.events import (
    ActionTopic,
    Effect,
    FactAnswer,
    LegalView,
    OfferAnswer,
    PlanItem,
    decode_body,
    encode_body,
)
from call.fold_columns import COLUMN_KINDS
from call.fold_facts import FACT_KINDS
from call.limits import Limits
from call.preparation import preparation_of
from call.proposals import proposals
from scripts_ja.model import FlowBook, NoteKind

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
words = st.sampled_from(["", " ", "修理", "返金", "部長"])
places = st.integers(0, 30)
# What a desk begins with, so that there is something to move, to place and to take away.
BEGINNING = [
    *[NoteKind.CLAIM, NoteKind.FACT_CONFIRMED, NoteKind.UNCONFIRMED],
    *[NoteKind.REQUEST, NoteKind.PROMISE, NoteKind.CANNOT],
]
# What names no row.
free_commands = st.one_of(
    st.builds(c.TakeLegalView, st.sampled_from(LegalView), words),
    st.builds(c.CheckPreparation, st.sampled_from(PlanItem), st.booleans()),
    st.builds(c.MarkWords, st.sampled_from(Effect), words),
    st.builds(c.FillField, st.just("request"), words),
    st.builds(c.PlanConcession, words, words, st.sampled_from([None, NOON])),
    st.builds(c.TellConcession, words, words, words),
    st.builds(c.AnswerConcession, st.sampled_from(OfferAnswer), words),
    st.builds(c.StateLimit, words),
    st.builds(
        c.PlanAction,
        words,
        words,
        st.sampled_from([None, NOON]),
        topic=st.sampled_from(ActionTopic),
    ),
)
row_commands = st.one_of(
    st.builds(c.PlaceFact, st.just("1"), st.sampled_from(["", "2"])),
    st.builds(c.MoveFact, st.just("1"), st.integers(-3, 3)),
    st.builds(c.DetailFact, st.just("1"), words, words),
    st.builds(c.AnswerFact, st.just("1"), st.sampled_from(FactAnswer), words),
    st.builds(c.DrawLine, st.just("1"), words, words, st.just(()) | st.tuples(words, words)),
    st.builds(c.PlaceRequest, st.sampled_from(["1", "request"]), st.sampled_from(["", "2"])),
    st.builds(c.EditNote, st.just("1"), st.sampled_from(NoteKind), words),
    st.builds(c.RemoveNote, st.just("1")),
)
action_commands = st.one_of(
    st.builds(c.TickAction, st.just("1"), st.booleans()),
    st.builds(c.ChangeAction, st.just("1"), words, words),
    st.builds(c.DropAction, st.just("1")),
    st.builds(c.SettleDue, st.just("1")),
)


def with_rows(command, rows, first, second):
    """The command with "1" and "2" standing for two of the rows."""
    names = {"1": rows[first % len(rows)], "2": rows[second % len(rows)]}
    fields = {field: getattr(command, field) for field in command.__struct_fields__}
    return type(command)(
        **{
            field: names.get(value, value) if isinstance(value, str) else value
            for field, value in fields.items()
        }
    )


def seen(case, now):
    """All that anybody can see of the second line."""
    return {
        "line": summarize(case, now),
        "plan": preparation_of(case),
        "words": tuple(case.plan.words),
        "facts": case.facts.rows,
        "entries": case.columns.entries,
        "requests": case.columns.requests,
        "concession": (
            *case.concession.told,
            case.concession.planned,
            *case.concession.limits,
            case.concession.conflict,
        ),
        "actions": case.actions.actions,
        "topics": frozenset(case.actions.planned_topics),
    }


def check(case):
    """What holds of every case, of one desk or of several that met."""
    facts = [row.note_id for row in case.facts.rows]
    assert Counter(facts) == Counter(note.note_id for note in case.notes.of_kind(*FACT_KINDS))
    entries = case.columns.entries
    assert [e.note_id for e in entries] == [n.note_id for n in case.notes.of_kind(*COLUMN_KINDS)]
    ended = [r.id for entry in entries for r in entry.requests]
    ended += [request.id for request in case.columns.unplaced]
    assert Counter(ended) == Counter(request.id for request in case.columns.requests)
    assert len(set(ended)) == len(ended)
    noted = {note.note_id for note in case.notes.of_kind(NoteKind.REQUEST)}
    assert noted <= set(ended)
    told = case.concession.told
    free = [one for one in told if not one.superior_reason]
    assert max(Counter(one.origin for one in free).values(), default=0) <= 1
    assert list(case.concession.conflict) == (free if len(free) > 1 else [])
    assert (case.concession.mark == "conflict") == (len(free) > 1)
    assert case.concession.mark or len(told) <= 1


class AnySecondLine(RuleBasedStateMachine):
    """Two desks, each with a case of its own that may turn out to be the same."""

    def __init__(self):
        super().__init__()
        self.clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "boot")
        self.identities = [DeskIdentity("desk 1"), DeskIdentity("desk 2")]
        self.desks = [self.new_desk(0), self.new_desk(1)]

    def new_desk(self, which):
        rules = {"book": FlowBook(()), "limits": Limits(), "first_flow": "none"}
        desk = CaseDesk.open(self.identities[which], "1", self.clock.now(), **rules)
        desk.do(c.StartCall(), self.clock.now())
        for kind in BEGINNING:
            desk.do(c.TakeNote(kind, "はじめ"), self.clock.now())
        return desk

    def do(self, which, command):
        self.clock.advance(1)
        now, desk = self.clock.now(), self.desks[which]
        before = (seen(desk.case, now), len(desk.history))
        outcome = desk.do(command, now)
        if isinstance(outcome, Refusal) or outcome == ():
            assert (seen(desk.case, now), len(desk.history)) == before
        return outcome

    @rule(which=st.integers(0, 1), kind=st.sampled_from(NoteKind), text=words)
    def note(self, which, kind, text):
        self.do(which, c.TakeNote(kind, text))

    @rule(which=st.integers(0, 1), command=free_commands)
    def press(self, which, command):
        self.do(which, command)

    @rule(which=st.integers(0, 1), reason=st.sampled_from(["", "", "部長が認めた"]))
    def concede(self, which, reason):
        self.do(which, c.TellConcession("返金", "部長", reason))

    @rule(which=st.integers(0, 1), first=places, second=places)
    def place_a_fact(self, which, first, second):
        facts = [row.note_id for row in self.desks[which].case.facts.rows] or ["none"]
        self.do(which, with_rows(c.PlaceFact("1", "2"), facts, first, second))

    @rule(which=st.integers(0, 1), first=places, second=places)
    def place_a_request(self, which, first, second):
        columns = self.desks[which].case.columns
        requests = [request.id for request in columns.requests] or ["none"]
        entries = [entry.note_id for entry in columns.entries] or ["none"]
        command = c.PlaceRequest(requests[first % len(requests)], entries[second % len(entries)])
        self.do(which, command)

    @rule(which=st.integers(0, 1), command=row_commands, first=places, second=places)
    def on_a_row(self, which, command, first, second):
        rows = [note.note_id for note in self.desks[which].case.notes.notes] or ["none"]
        self.do(which, with_rows(command, rows, first, second))

    @rule(which=st.integers(0, 1), command=action_commands, first=places)
    def on_an_action(self, which, command, first):
        rows = [action.action_id for action in self.desks[which].case.actions.actions] or ["none"]
        self.do(which, with_rows(command, rows, first, first))

    @rule(
        which=st.integers(0, 1), command=free_commands | row_commands, first=places, second=places
    )
    def press_and_take_back(self, which, command, first, second):
        """What undo takes back leaves all as it was."""
        now, desk = self.clock.now(), self.desks[which]
        before = seen(desk.case, now)
        rows = [note.note_id for note in desk.case.notes.notes] or ["none"]
        outcome = desk.do(with_rows(command, rows, first, second), now)
        typed = (c.FillField, c.EditNote, c.TellConcession)
        if isinstance(outcome, tuple) and outcome and not isinstance(command, typed):
            assert isinstance(desk.do(c.Undo(), now), tuple)
            assert seen(desk.case, now) == before

    @rule(which=st.integers(0, 1))
    def undo(self, which):
        self.do(which, c.Undo())

    @rule(which=st.integers(0, 1))
    def correct(self, which):
        self.do(which, c.Correct("誤り"))

    @rule(cuts=st.lists(st.integers(0, 200), max_size=4))
    def meet(self, cuts):
        """The second desk's case turns out to be the first's; its events came in between."""
        one, other = self.desks
        mixed, rest = list(one.history), list(other.history)
        sizes = [min(cut, len(rest)) for cut in cuts]
        places = sorted(min(cut, len(mixed)) for cut in cuts)
        for place, size in zip(reversed(places), sizes, strict=True):
            mixed[place:place] = rest[len(rest) - size :]
            rest = rest[: len(rest) - size]
        mixed = rest + mixed if rest else mixed
        told = {told.event_id for desk in self.desks for told in desk.case.concession.told}
        whole = Case.of(one.case.id, mixed)
        check(whole)
        assert {told.event_id for told in whole.concession.told} == told
        assert {note.note_id for note in whole.notes.notes} == {
            note.note_id for desk in self.desks for note in desk.case.notes.notes
        }
        one.history, one.case = mixed, whole
        self.desks[1] = self.new_desk(1)

    @invariant()
    def all_holds(self):
        now = self.clock.now()
        for desk in self.desks:
            check(desk.case)
            assert seen(Case.of(desk.case.id, desk.history), now) == seen(desk.case, now)

    @invariant()
    def proposals_change_nothing(self):
        for desk in self.desks:
            before = seen(desk.case, self.clock.now())
            found = proposals(desk.situation(self.clock.now()), UTC)
            assert not {p.topic for p in found} & desk.case.actions.planned_topics
            assert seen(desk.case, self.clock.now()) == before

    def teardown(self):
        """What was written and read again is the same case."""
        for desk in self.desks:
            for event in desk.history:
                assert decode_body(event.kind, event.v, encode_body(event.body)) == event.body


TestAnySecondLine = AnySecondLine.TestCase
TestAnySecondLine.settings = settings(stateful_step_count=40)
