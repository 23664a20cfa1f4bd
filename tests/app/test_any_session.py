"""Calls, crashes, joins and second thoughts in any order: what is on the disk is what is shown."""

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)
from msgspec import structs

from app.settings import Settings
from app.stage_view import stage_view
from call import commands as c
from call.case import Case, summarize
from call.events import Direction, decode_body, encode_body
from call.guidance import Prompt, advise
from call.limits import Limits
from call.repeat_ledger import read_repeats
from scripts_ja.model import BACK, HoldKind, NoteKind
from tests.app.conftest import NO_OWN

seconds = st.floats(0, 900) | st.sampled_from([0.0, 59.0, 61.0, 600.0, 28_800.0])
places = st.integers(0, 20)
# What fits a phase: at random nearly everything would be refused.
FITTING = {
    "idle": [c.StartCall("03-0000-9999"), c.Ring(), c.ResumeWrapUp()],
    "ringing": [c.StartCall(), c.StartCall(), c.EndCall()],
    "talking": [c.Hold(), c.Hold(HoldKind.CONSULT), c.EndCall(), c.EndCall()],
    "on_hold": [c.Resume(), c.Resume(), c.EndCall()],
    "wrap_up": [c.ParkWrapUp(), c.FinishWrapUp(), c.Ring(), c.StartCall(), c.ResumeWrapUp()],
    "parked": [c.ResumeWrapUp(), c.FinishWrapUp(), c.Ring()],
    "closed": [c.StartCall(), c.StartCall(direction=Direction.OUTGOING), c.ResumeWrapUp()],
}
anything = st.sampled_from(
    [
        *[c.Ring(), c.StartCall(), c.Hold(), c.Resume(), c.EndCall(), c.FinishWrapUp()],
        *[c.ParkWrapUp(), c.ResumeWrapUp(), c.Undo(), c.Correct("押し間違い"), c.AdvanceStage()],
        *[c.GoBack(), c.SetTemperature(4), c.MarkNewFact(), c.TellConcession("返金")],
        *[c.TakeNote(NoteKind.CLAIM, "水が漏れた"), c.FillField("customer", "山田")],
        *[c.MarkSameTalk(), c.TakeNote(NoteKind.ANSWERED, "「交換」と回答")],
    ]
)
cards = st.sampled_from(
    [c.OpenCard("safety", 1, "安全"), c.OpenCard("life", 1, "命", suspends_limits=True)]
)
moves = cards | st.sampled_from(
    [
        *[c.AdvanceStage(), c.GoBack(), c.ToggleAside(), c.EnterStage(BACK)],
        *[c.EnterStage(f"F{flow}-S1") for flow in (1, 2, 4, 5, 6, 7, 8)],
        *[c.EnterStage("F3-S0"), c.EnterStage("F7-S6"), c.EnterStage("F9-S1")],
    ]
)


def figures(case, now):
    """What is counted and shown of a case."""
    return (
        summarize(case, now),
        [
            (
                call.call_id,
                call.phase,
                tuple(call.spans),
                [(hold.kind, hold.start, hold.end) for hold in call.holds],
                (call.talk_seconds(now), call.hold_seconds(now), call.acw_seconds(now)),
            )
            for call in case.calls.values()
        ],
        (case.call_id, case.holds_in_call, case.holds_in_case),
        tuple(case.stages.visits),
        case.stages.previous,
        case.notes.notes,
        dict(case.marks.fields),
        (list(case.marks.cards), list(case.marks.same_talks), list(case.marks.repeats)),
        read_repeats(case),
        list(case.concession.told),
    )


class AnySession(RuleBasedStateMachine):
    """A working day of somebody who presses anything."""

    def __init__(self, new_desk):
        super().__init__()
        self.desk = new_desk()
        self.boots = 0

    def do(self, command):
        before = len(self.desk.journal.events)
        change = self.desk.session.do(command)
        new = self.desk.journal.events[before:]
        if change.refusal is not None:
            assert new == []
        assert set(change.events) <= set(new)

    def other_cases(self):
        """Those that the lists of the window offer."""
        in_hand = self.desk.case.id if self.desk.case else ""
        lines = self.desk.journal.lines.values()
        return [x.case_id for x in lines if x.status != "joined" and x.case_id != in_hand]

    @rule(choice=places, length=seconds)
    def go_on(self, choice, length):
        self.desk.wait(length)
        fitting = FITTING[self.desk.phase]
        self.do(fitting[choice % len(fitting)])

    @rule(command=anything)
    def press(self, command):
        self.do(command)

    @precondition(lambda self: self.desk.case)
    @rule(command=moves)
    def move(self, command):
        """Going through flows and opening cards never touches the line or its times."""
        line = [tuple(call.spans) for call in self.desk.case.calls.values()]
        self.do(command)
        assert [tuple(call.spans) for call in self.desk.case.calls.values()] == line

    @precondition(lambda self: self.stage_shown())
    @rule(place=places)
    def take_an_exit(self, place):
        """Every way out that is offered can be taken, and leads where it says."""
        way = self.stage_shown().exits
        chosen = way[place % len(way)]
        if self.desk.phase in ("talking", "on_hold"):
            assert self.desk.session.do(c.EnterStage(chosen.stage_id)).refusal is None
            if chosen.stage_id != BACK:
                assert self.desk.case.stages.current.stage_id == chosen.stage_id

    @precondition(lambda self: self.stage_shown() and self.desk.phase in ("talking", "on_hold"))
    @rule(inside=st.lists(cards | st.just(c.EnterStage("F7-S3")), max_size=3), place=places)
    def open_aside_and_return(self, inside, place):
        before = self.desk.case.stages.current
        if before.flow_id != "abuse" and before.call_id == self.desk.case.call_id:
            for command in (c.ToggleAside(), *inside):
                assert self.desk.session.do(command).refusal is None
            assert self.desk.case.stages.current.flow_id == "abuse"
            self.do([c.ToggleAside(), c.EnterStage(BACK)][place % 2])
            assert self.desk.case.stages.current.stage_id == before.stage_id

    def stage_shown(self):
        situation = self.desk.session.situation()
        return stage_view(situation, Settings(), NO_OWN) if situation else None

    @precondition(lambda self: self.desk.case)
    @rule(ago=seconds, what=st.sampled_from(["", "start", "hold", "resume", "end"]))
    def retime(self, ago, what):
        self.do(c.Retime(ago, what))

    @precondition(lambda self: self.desk.case and self.other_cases())
    @rule(place=places)
    def join(self, place):
        others = self.other_cases()
        self.desk.join(others[place % len(others)])

    @precondition(lambda self: self.desk.case and self.other_cases())
    @rule(place=places)
    def join_and_think_again(self, place):
        """Taken back at once, a join leaves both cases as they were."""
        others = self.other_cases()
        now = self.desk.clock.now()
        before = (figures(self.desk.case, now), sorted(self.desk.parked))
        if self.desk.join(others[place % len(others)]).refusal is None:
            self.do(c.Undo())
            assert (figures(self.desk.case, now), sorted(self.desk.parked)) == before

    @precondition(lambda self: self.other_cases())
    @rule(place=places)
    def choose(self, place):
        others = self.other_cases()
        self.desk.choose(others[place % len(others)])

    @rule()
    def lay_aside(self):
        self.desk.session.lay_aside()

    @rule(by=st.sampled_from([-7200, -30, 30, 7200]))
    def correct_wall(self, by):
        self.desk.clock.correct_wall(by)

    @rule(is_restart=st.booleans())
    def crash(self, is_restart):
        """Killed and started again, with the machine or without it."""
        before = self.unfinished()
        if is_restart:
            self.boots += 1
            self.desk.clock.reboot(f"boot {self.boots}", 60)
        self.desk.start()
        assert self.unfinished() == before

    def unfinished(self):
        session = self.desk.session
        found = [desk.case for desk in [*session.parked, *([session.desk] if session.desk else [])]]
        return {case.id: case.phase for case in found if case.phase not in ("idle", "closed")}

    @invariant()
    def what_is_shown_is_what_replay_gives(self):
        now, session = self.desk.clock.now(), self.desk.session
        for desk in [*session.parked, *([session.desk] if session.desk else [])]:
            stored = self.desk.journal.events_of(desk.case.id)
            assert figures(Case.of(desk.case.id, stored), now) == figures(desk.case, now)

    @invariant()
    def looking_changes_nothing_and_brings_one_prompt_at_most(self):
        case, now = self.desk.case, self.desk.clock.now()
        if case is None:
            return
        before = (figures(case, now), len(self.desk.journal.events))
        prompt = advise(case, now, Limits())
        assert prompt is None or isinstance(prompt, Prompt)
        view = self.stage_shown()
        if view is not None:
            assert view.ready is None or case.phase.is_live
        assert (figures(case, now), len(self.desk.journal.events)) == before

    @invariant()
    def the_lines_say_what_the_events_say(self):
        now, journal = self.desk.clock.now(), self.desk.journal
        for line in journal.lines.values():
            if line.status != "joined":
                case = Case.of(line.case_id, journal.events_of(line.case_id))
                folded = summarize(case, now)
                assert structs.replace(folded, touched_at=line.touched_at) == line

    @invariant()
    def nothing_unfinished_is_lost_and_nothing_is_there_twice(self):
        session = self.desk.session
        parked = self.desk.parked
        in_hand = [session.desk.case.id] if session.desk else []
        assert len({*parked, *in_hand}) == len(parked) + len(in_hand)
        assert all(desk.case.phase == "parked" for desk in session.parked)
        assert set(self.desk.journal.running()) <= {*parked, *in_hand}
        assert len(self.unfinished()) <= len(parked) + 1

    @invariant()
    def times_are_never_negative(self):
        now, case = self.desk.clock.now(), self.desk.case
        for call in case.calls.values() if case else ():
            parts = (call.talk_seconds(now), call.hold_seconds(now), call.acw_seconds(now))
            assert min(parts) >= 0
            assert call.handle_seconds(now) == pytest.approx(sum(parts))

    @invariant()
    def everything_is_written_once_in_order(self):
        journal = self.desk.journal
        assert journal.appended_twice == []
        assert [event.seq for event in journal.events] == list(range(1, len(journal.events) + 1))
        assert len({event.id for event in journal.events}) == len(journal.events)
        numbers = [line.case_no for line in journal.lines.values()]
        assert len(set(numbers)) == len(numbers)

    @invariant()
    def one_concession_per_case_of_its_own(self):
        """Only a join can bring two together, and that is shown."""
        for line in self.desk.journal.lines.values():
            own = [event for event in self.desk.journal.events if event.case_id == line.case_id]
            told = Case.of(line.case_id, own).concession.told
            assert len(told) <= 1
            whole = Case.of(line.case_id, self.desk.journal.events_of(line.case_id)).concession
            if line.status != "joined":
                assert line.concession == whole.mark
                assert (line.concession == "conflict") == (len(whole.told) > 1)

    def teardown(self):
        for event in self.desk.journal.events:
            assert decode_body(event.kind, event.v, encode_body(event.body)) == event.body


def test_a_working_day_of_anything(new_desk):
    run_state_machine_as_test(
        lambda: AnySession(new_desk),
        settings=settings(stateful_step_count=30, max_examples=2 * settings().max_examples),
    )
