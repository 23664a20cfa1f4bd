"""Whatever an agent does, in any order: the figures hold, and replay equals live."""

import itertools
from datetime import UTC, datetime

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from call import commands as c
from call import decide_stage
from call.case import Case, summarize
from call.clock import SimulatedClock
from call.decision import Refusal
from call.desk import CaseDesk, DeskIdentity
from call.events import (
    CallHeld,
    Direction,
    EventCorrected,
    EventUndone,
    Safety,
    StageEntered,
    decode_body,
    encode_body,
)
from call.fold_times import CallPhase
from call.guidance import Prompt, advise
from call.limits import Limits
from call.repeat_ledger import read_repeats
from scripts_ja.model import BACK, Exit, Flow, FlowBook, HoldKind, NoteKind, Phrase, Stage

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
PLACES = ["A-S1", "A-S2", "A-S3"]
OTHERS = ["B-S1", "B-S2"]
ASIDE = ["X-S1", "X-S2", "X-S3"]


def flow(flow_id, places, *further, opens_anywhere=False):
    """A ring of stages; from each, ``further`` exits lead elsewhere."""
    stages = tuple(
        Stage(
            id=place,
            title=place,
            goal="目標",
            exits=tuple(
                Exit(to, "進むとき") for to in (places[(number + 1) % len(places)], *further)
            ),
            guide="1分",
            record=("記録",),
            dont=("しない",),
            phrases=(Phrase("申し訳ございません。"),),
            note_kinds=(NoteKind.QUOTE, NoteKind.CLAIM, NoteKind.REQUEST),
            hold=[HoldKind.LOOKUP, HoldKind.CONSULT][number % 2],
            hearing_try=number if flow_id == "first" else 0,
        )
        for number, place in enumerate(places)
    )
    return Flow(flow_id, places[0][0], flow_id, "要約", 1, "10分", stages, opens_anywhere)


BOOK = FlowBook(
    (
        flow("first", PLACES, "B-S1", "X-S1"),
        flow("other", OTHERS, "A-S2"),
        flow("aside", ASIDE, "B-S1", BACK, opens_anywhere=True),
    )
)

words = st.text(max_size=8) | st.sampled_from(["", "水漏れ", "4111111111111111", "暗証番号 1234"])
kinds = st.sampled_from(NoteKind)
dues = st.none() | st.just(NOON)
seconds = st.floats(0, 900) | st.sampled_from([0.0, 59.0, 60.0, 61.0, 600.0])
phase_commands = st.sampled_from(
    [
        *[c.Ring(), c.Ring("03-0000-1234", Direction.OUTGOING), c.StartCall("03-0000-9999")],
        *[c.Hold(), c.Hold(HoldKind.CONSULT), c.Resume(), c.ToggleHold(), c.ToggleHoldKind()],
        *[c.AnnounceHold(2), c.EndCall(), c.ParkWrapUp(), c.ResumeWrapUp(), c.FinishWrapUp()],
    ]
)
# What fits a phase: at random nearly everything would be refused.
FITTING = {
    CallPhase.IDLE: [c.StartCall("03-0000-9999"), c.Ring()],
    CallPhase.RINGING: [c.StartCall(), c.StartCall("03-0000-9999"), c.EndCall()],
    CallPhase.TALKING: [c.Hold(), c.Hold(HoldKind.CONSULT), c.AnnounceHold(2), c.EndCall()],
    CallPhase.ON_HOLD: [c.Resume(), c.Resume(), c.ToggleHoldKind(), c.EndCall()],
    CallPhase.WRAP_UP: [c.ParkWrapUp(), c.ParkWrapUp(), c.FinishWrapUp()],
    CallPhase.PARKED: [c.ResumeWrapUp(), c.ResumeWrapUp(), c.FinishWrapUp()],
    CallPhase.CLOSED: [c.StartCall(direction=Direction.OUTGOING), c.Ring()],
}
cards = st.builds(c.OpenCard, st.sampled_from(["safety", "money", "life"]), title=words)
moves = st.one_of(
    st.sampled_from([c.AdvanceStage(), c.GoBack(), c.ToggleAside(), c.EnterStage(BACK)]),
    st.builds(c.EnterStage, st.sampled_from([*PLACES, *OTHERS, *ASIDE, "Z-S9"])),
    cards,
)
other_commands = st.one_of(
    st.sampled_from([c.MarkSameTalk(), c.MarkNewFact()]),
    moves,
    st.sampled_from([c.StartConsult(), c.AnswerCallback(True), c.AnswerCallback(False)]),
    st.builds(c.SetTemperature, st.integers(1, 5)),
    st.builds(c.SetSafety, st.sampled_from(Safety)),
    st.builds(c.FillField, st.sampled_from(["issue", "customer"]), words),
    st.builds(c.TakeNote, kinds, words, due_at=dues),
    st.builds(c.AllowNumber, words),
    st.builds(c.CommitCallback, words, st.just(NOON)),
    st.builds(c.RecordHandoff, st.just("text"), words),
    st.builds(c.GiveWarning, words, words),
    st.builds(c.TellConcession, words, words, st.sampled_from(["", " ", "部長が認めた"])),
    st.builds(c.DismissAdvice, st.sampled_from(["hold_red", "call_amber", "in_circles"])),
    st.builds(c.OpenCard, st.just("life"), suspends_limits=st.booleans()),
    st.builds(c.JoinCase, st.just("earlier")),
)


def frozen(values):
    """A copy that does not change when the case does."""
    copies = {list: tuple, set: frozenset, dict: dict}
    return {name: copies.get(type(value), lambda v: v)(value) for name, value in values.items()}


def figures(case, now, *, with_advice=True):
    """Everything that anybody outside can see of a case."""
    return {
        "line": summarize(case, now),
        "opened_at": case.opened_at,
        "calls": [
            {
                "id": call.call_id,
                "who": (call.direction, call.number),
                "phase": (call.phase, call.was_missed, call.started_at, call.ended_at),
                "spans": tuple(call.spans),
                "times": (call.talk_seconds(now), call.hold_seconds(now), call.acw_seconds(now)),
                "sums": (call.call_seconds(now), call.handle_seconds(now)),
                "holds": [(h.kind, h.announced_minutes, h.start, h.end) for h in call.holds],
                "next hold": (call.next_hold_kind, call.announced_minutes),
                "tries": case.stages.tries_in(call.call_id),
            }
            for call in case.calls.values()
        ],
        "call": (case.call_id, case.phase, case.holds_in_call, case.holds_in_case),
        "stages": (tuple(case.stages.visits), case.stages.previous),
        "notes": case.notes.notes,
        "marks": frozen(vars(case.marks)),
        "up": frozen(vars(case.handing_up)),
        "scales": [case.scales.of(call_id) for call_id in case.calls],
        "plan": frozen(vars(case.plan)),
        "facts": case.facts.rows,
        "columns": (case.columns.entries, case.columns.requests),
        "concession": frozen(vars(case.concession)),
        "actions": case.actions.actions,
        "dues": case.dues(),
        "repeats": read_repeats(case),
        **({"advice": advise(case, now, Limits())} if with_advice else {}),
    }


class AnyCall(RuleBasedStateMachine):
    """One case, from its opening on, in the hands of somebody who presses anything."""

    def __init__(self):
        super().__init__()
        self.clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), "boot 0")
        self.identity = DeskIdentity("desk")
        self.boots = 0
        # What each phase of each call lasted, counted here second by second: known for as long
        # as nothing was rewritten and the wall, where a restart made it count, told the truth.
        self.lasted = {}
        self.is_counted = True
        self.is_wall_true = True
        self.desk = CaseDesk.open(
            self.identity,
            "261121-K7Q2-01",
            self.clock.now(),
            book=BOOK,
            limits=Limits(),
            first_flow="first",
        )

    @property
    def case(self):
        return self.desk.case

    def do(self, command):
        before = (figures(self.case, self.clock.now()), len(self.desk.history))
        next_seq = self.identity.next_seq
        outcome = self.desk.do(command, self.clock.now())
        if isinstance(outcome, Refusal) or outcome == ():
            assert (figures(self.case, self.clock.now()), len(self.desk.history)) == before
            assert self.identity.next_seq == next_seq
        else:
            assert list(outcome) == self.desk.history[-len(outcome) :]
        return outcome

    def pass_time(self, length):
        if self.case.call_id:
            key = (self.case.call_id, self.case.phase)
            self.lasted[key] = self.lasted.get(key, 0.0) + length

    @rule(length=seconds)
    def wait(self, length):
        """Awake or asleep: both clocks go on."""
        self.pass_time(length)
        self.clock.advance(length)

    @rule(by=st.sampled_from([-7200, -30, 30, 7200]))
    def correct_wall(self, by):
        self.is_wall_true = False
        self.is_counted = self.is_counted and not self.boots
        self.clock.correct_wall(by)

    @rule(after=st.sampled_from([0, 90]))
    def restart(self, after):
        self.pass_time(after)
        self.is_counted = self.is_counted and self.is_wall_true
        self.boots += 1
        self.clock.reboot(f"boot {self.boots}", after)
        self.desk = CaseDesk(
            self.identity,
            self.desk.own_case_id,
            book=BOOK,
            limits=Limits(),
            first_flow="first",
            history=self.desk.history,
        )

    @rule(command=phase_commands)
    def telephone(self, command):
        self.do(command)

    @rule(command=other_commands)
    def mark(self, command):
        self.do(command)

    @rule(command=moves)
    def move(self, command):
        """Going through flows and opening cards never touches the line or its times."""
        line = [(call.call_id, tuple(call.spans)) for call in self.case.calls.values()]
        if self.case.call:
            self.do(command)
            after = [(call.call_id, tuple(call.spans)) for call in self.case.calls.values()]
            assert after == line

    @precondition(lambda self: self.last_stage_outside())
    @rule(
        inside=st.lists(st.builds(c.EnterStage, st.sampled_from(ASIDE)) | cards, max_size=4),
        way_back=st.sampled_from([c.ToggleAside(), c.EnterStage(BACK)]),
    )
    def open_aside_and_return(self, inside, way_back):
        """Whatever is done there: it returns to the stage from which it was opened."""
        before = self.last_stage_outside()
        if self.case.stages.current.flow_id != "aside":
            assert before == self.case.stages.current.stage_id
            assert isinstance(self.do(c.ToggleAside()), tuple)
        for command in inside:
            self.do(command)
        assert self.case.stages.current.flow_id == "aside"
        assert isinstance(self.do(way_back), tuple)
        assert self.case.stages.current.stage_id == before

    def last_stage_outside(self):
        """By the events alone: the stage in which this call last was outside the flow aside.

        Empty where the case is no longer, or not yet, in a stage of this call.
        """
        current = self.case.stages.current
        undone = {
            event.body.target
            for event in self.desk.history
            if isinstance(event.body, EventUndone | EventCorrected)
        }
        entered = [
            event
            for event in self.desk.history
            if isinstance(event.body, StageEntered) and not {event.id, event.cause} & undone
        ]
        if current is None or entered[-1].call_id != self.case.call_id:
            return ""
        outside = [
            event.body.stage_id
            for event in entered
            if event.call_id == current.call_id and event.body.flow_id != "aside"
        ]
        return outside[-1] if outside else ""

    @rule(choice=st.integers(0, 11), length=seconds)
    def go_on(self, choice, length):
        """What fits the phase, a while later: how calls go when nobody errs."""
        self.wait(length)
        fitting = FITTING[self.case.phase]
        assert isinstance(self.do(fitting[choice % len(fitting)]), tuple)

    @precondition(lambda self: self.case.notes.notes)
    @rule(place=st.integers(0, 9), kind=kinds, text=words, due_at=dues)
    def edit(self, place, kind, text, due_at):
        notes = self.case.notes.notes
        self.do(c.EditNote(notes[place % len(notes)].note_id, kind, text, due_at))

    @precondition(lambda self: self.case.notes.notes)
    @rule(place=st.integers(0, 9))
    def remove(self, place):
        notes = self.case.notes.notes
        self.do(c.RemoveNote(notes[place % len(notes)].note_id))

    @precondition(lambda self: self.case.dues())
    @rule()
    def settle(self):
        self.do(c.SettleDue(self.case.dues()[0].target))

    @rule(reason=st.sampled_from(["", " ", "部長が認めた"]))
    def concede(self, reason):
        self.do(c.TellConcession("送料の返金", "田中", reason))

    @rule(command=st.just(c.Undo()) | st.builds(c.Correct, words))
    def take_back(self, command):
        outcome = self.do(command)
        if isinstance(outcome, tuple):
            self.is_counted = False

    @precondition(lambda self: self.case.call)
    @rule(
        ago=seconds | st.integers(0, 40),
        what=st.sampled_from(["", "", "start", "hold", "resume", "end"]),
    )
    def retime(self, ago, what):
        if isinstance(self.do(c.Retime(ago, what)), tuple):
            self.is_counted = False

    @rule(choice=st.integers(0, 11))
    def press_and_take_back(self, choice):
        """An undo at once leaves everything as it was, but for the two events."""
        now = self.clock.now()
        before = figures(self.case, now)
        fitting = FITTING[self.case.phase]
        command = fitting[choice % len(fitting)]
        self.do(command)
        if not isinstance(command, c.ParkWrapUp | c.ResumeWrapUp):
            assert isinstance(self.do(c.Undo()), tuple)
            assert figures(self.case, now) == before

    @invariant()
    def times_are_disjoint(self):
        now = self.clock.now()
        for call in self.case.calls.values():
            parts = (call.talk_seconds(now), call.hold_seconds(now), call.acw_seconds(now))
            assert min(parts) >= 0
            assert call.handle_seconds(now) == pytest.approx(sum(parts))
            assert call.hold_seconds(now) == pytest.approx(
                sum(hold.seconds(now) for hold in call.holds)
            )
            if self.is_counted:
                counted = [
                    self.lasted.get((call.call_id, phase), 0.0)
                    for phase in (CallPhase.TALKING, CallPhase.ON_HOLD, CallPhase.WRAP_UP)
                ]
                assert parts == pytest.approx(counted, abs=1e-3)

    @invariant()
    def times_fill_the_call(self):
        """Within one boot: from the first word to now or to its close, but for parked time."""
        now = self.clock.now()
        for call in self.case.calls.values():
            if call.started_at is None or {s.start.boot_id for s in call.spans} != {now.boot_id}:
                continue
            starts = [span.start.boot_seconds for span in call.spans]
            assert starts == sorted(starts)
            ends = [*starts[1:], now.boot_seconds]
            idle = sum(
                end - start
                for span, start, end in zip(call.spans, starts, ends, strict=True)
                if span.phase in (CallPhase.PARKED, CallPhase.CLOSED)
            )
            whole = now.boot_seconds - call.started_at.boot_seconds
            assert call.handle_seconds(now) == pytest.approx(whole - idle)

    @invariant()
    def replay_equals_live(self):
        now = self.clock.now()
        again = Case.of(self.case.id, self.desk.history)
        assert figures(again, now) == figures(self.case, now)

    @invariant()
    def there_is_one_prompt_at_most_and_looking_changes_nothing(self):
        now = self.clock.now()
        before = figures(self.case, now, with_advice=False)
        prompt = advise(self.case, now, Limits())
        assert prompt is None or isinstance(prompt, Prompt)
        assert advise(self.case, now, Limits()) == prompt
        decide_stage.interrupted_stage(self.desk.situation(now))
        assert figures(self.case, now, with_advice=False) == before

    @invariant()
    def the_stage_on_show_is_one_that_was_entered(self):
        """Wherever flows were left and opened: current and previous belong to this call's way."""
        stages = self.case.stages
        if stages.current is not None:
            assert BOOK.find_stage(stages.current.stage_id)
        if stages.previous is not None:
            assert stages.previous.call_id == stages.current.call_id
            assert stages.previous in stages.visits

    @invariant()
    def holds_are_those_started_and_not_undone(self):
        history = self.desk.history
        undone = {
            event.body.target
            for event in history
            if isinstance(event.body, EventUndone | EventCorrected)
        }
        started = [e for e in history if isinstance(e.body, CallHeld) and e.id not in undone]
        assert self.case.holds_in_case == len(started)

    @invariant()
    def one_concession_without_a_reason(self):
        told = self.case.concession.told
        assert sum(not one.superior_reason.strip() for one in told) <= 1
        assert all(one.superior_reason.strip() for one in told[1:])

    @invariant()
    def numbers_and_ids_are_never_given_twice(self):
        seqs = [event.seq for event in self.desk.history]
        assert all(one < next_one for one, next_one in itertools.pairwise(seqs))
        assert len({event.id for event in self.desk.history}) == len(seqs)

    @invariant()
    def no_card_and_no_code_is_kept(self):
        stored = "".join(encode_body(event.body) for event in self.desk.history[-2:])
        if not self.case.marks.allowed_numbers:
            assert "4111111111111111" not in stored
            assert '1234"' not in stored.replace("03-0000-1234", "")

    @invariant()
    def advice_changes_nothing(self):
        now = self.clock.now()
        before = figures(self.case, now)
        prompt = advise(self.case, now, Limits())
        assert figures(self.case, now) == before
        if prompt is not None:
            up = self.case.handing_up
            assert not up.is_dismissed(self.case.call_id, prompt.id, prompt.target)

    def teardown(self):
        """What was written and read again is the same case."""
        history = self.desk.history
        for event in history:
            assert decode_body(event.kind, event.v, encode_body(event.body)) == event.body


TestAnyCall = AnyCall.TestCase
TestAnyCall.settings = settings(stateful_step_count=30, max_examples=3 * settings().max_examples)
