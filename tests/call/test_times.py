"""Phases of a call and the three times that share out its seconds."""

import pytest

from call import commands as c
from call.events import Direction
from call.fold_times import CallPhase as P
from scripts_ja.model import HoldKind

# (seconds that pass before it, the command) …, then talk, hold and after-call seconds.
STORIES = [
    ([(5, c.Ring()), (7, c.StartCall()), (60, None)], P.TALKING, (60, 0, 0)),
    ([(0, c.StartCall()), (60, c.Hold()), (40, None)], P.ON_HOLD, (60, 40, 0)),
    ([(0, c.StartCall()), (60, c.Hold()), (40, c.Resume()), (5, None)], P.TALKING, (65, 40, 0)),
    ([(0, c.StartCall()), (60, c.Hold()), (40, c.EndCall()), (9, None)], P.WRAP_UP, (60, 40, 9)),
    (
        [
            *[(0, c.StartCall()), (60, c.EndCall()), (10, c.ParkWrapUp())],
            *[(500, c.ResumeWrapUp()), (20, c.FinishWrapUp()), (999, None)],
        ],
        P.CLOSED,
        (60, 0, 30),
    ),
    (
        [(0, c.StartCall()), (60, c.EndCall()), (10, c.ParkWrapUp()), (500, None)],
        P.PARKED,
        (60, 0, 10),
    ),
    (
        [(0, c.StartCall()), (60, c.EndCall()), (10, c.ParkWrapUp()), (500, c.FinishWrapUp())],
        P.CLOSED,
        (60, 0, 10),
    ),
    (
        [
            *[(0, c.StartCall()), (60, c.ToggleHold()), (30, c.ToggleHold())],
            *[(10, c.ToggleHold()), (20, c.ToggleHold()), (5, c.EndCall())],
        ],
        P.WRAP_UP,
        (75, 50, 0),
    ),
    ([(5, c.Ring()), (30, c.EndCall()), (9, None)], P.CLOSED, (0, 0, 0)),
    ([(5, c.Ring()), (30, None)], P.RINGING, (0, 0, 0)),
]


@pytest.mark.parametrize(("story", "phase", "times"), STORIES)
def test_every_second_counts_once(telephone, story, phase, times):
    for seconds, command in story:
        telephone.wait(seconds)
        if command:
            telephone.do(command)
    assert telephone.case.phase is phase
    assert telephone.times() == times
    now = telephone.clock.now()
    assert telephone.call.handle_seconds(now) == sum(times)
    assert telephone.call.call_seconds(now) == times[0] + times[1]


def test_a_missed_call(telephone):
    telephone.do(c.Ring("03-0000-1234"), c.EndCall())
    assert telephone.call.was_missed
    assert (telephone.call.started_at, telephone.call.ended_at) == (None, None)
    assert telephone.call.number == "03-0000-1234"


def test_an_outgoing_call_keeps_what_rang(telephone):
    telephone.do(c.Ring("03-0000-1234", Direction.OUTGOING))
    telephone.wait(9).do(c.StartCall())
    assert telephone.call.direction is Direction.OUTGOING
    assert telephone.call.number == "03-0000-1234"
    assert len(telephone.case.calls) == 1


def test_what_is_said_on_answering_stands_over_what_rang(telephone):
    telephone.do(c.Ring("03-0000-1234"), c.StartCall("03-0000-9999", Direction.OUTGOING))
    assert (telephone.call.number, telephone.call.direction) == ("03-0000-9999", "outgoing")


@pytest.mark.parametrize(
    ("before", "command", "reason"),
    [
        ([], c.Hold(), "phase.no_talk_to_hold"),
        ([], c.Resume(), "phase.not_held"),
        ([], c.EndCall(), "phase.no_call_to_end"),
        ([], c.ParkWrapUp(), "phase.no_wrap_up"),
        ([], c.ResumeWrapUp(), "phase.no_parked"),
        ([], c.FinishWrapUp(), "phase.no_wrap_up"),
        ([], c.AnnounceHold(2), "phase.no_call"),
        ([], c.ToggleHoldKind(), "phase.no_call"),
        ([], c.MarkSameTalk(), "phase.no_call"),
        ([], c.MarkNewFact(), "phase.no_call"),
        ([c.Ring()], c.Ring(), "phase.already_running"),
        ([c.Ring()], c.Hold(), "phase.no_talk_to_hold"),
        ([c.StartCall()], c.StartCall(), "phase.already_running"),
        ([c.StartCall()], c.Ring(), "phase.already_running"),
        ([c.StartCall(), c.Hold()], c.Hold(), "phase.already_held"),
        ([c.StartCall(), c.EndCall()], c.StartCall(), "phase.already_running"),
        ([c.StartCall(), c.EndCall()], c.Hold(), "phase.no_talk_to_hold"),
        ([c.StartCall(), c.EndCall(), c.ParkWrapUp()], c.ParkWrapUp(), "phase.no_wrap_up"),
    ],
)
def test_a_wrong_state_is_refused_with_its_reason(telephone, before, command, reason):
    telephone.do(*before)
    assert telephone.refusal(command) == reason


@pytest.mark.rule("58", "67", "72")
def test_holds_and_tries_count_per_call_and_per_case(talk):
    talk.do(c.EnterStage("A-S2"), c.EnterStage("A-S3"), c.EnterStage("A-S2"))
    talk.do(c.Hold(), c.Resume(), c.Hold(), c.Resume(), c.EndCall(), c.FinishWrapUp())
    first = talk.case.call_id
    talk.wait(600).do(c.StartCall(direction=Direction.OUTGOING), c.Hold())
    assert (talk.case.holds_in_call, talk.case.holds_in_case) == (1, 3)
    assert talk.case.stages.tries_in(first) == 2
    assert talk.case.stages.tries_in(talk.case.call_id) == 0
    assert talk.times() == (0, 0, 0)


def test_the_kind_of_a_hold(talk):
    talk.do(c.Hold())
    assert talk.call.holds[-1].kind is HoldKind.LOOKUP
    talk.do(c.ToggleHoldKind())
    assert talk.call.holds[-1].kind is HoldKind.CONSULT
    talk.do(c.Resume(), c.EnterStage("A-S3"), c.Hold(), c.Resume(), c.ToggleHoldKind(), c.Hold())
    assert [hold.kind for hold in talk.call.holds] == ["consult", "consult", "lookup"]
    talk.do(c.Resume(), c.Hold(HoldKind.LOOKUP), c.Resume(), c.Hold())
    assert [hold.kind for hold in talk.call.holds[3:]] == ["lookup", "consult"]


def test_the_announced_minutes_are_those_of_one_hold(talk):
    talk.do(c.AnnounceHold(2), c.Hold())
    talk.do(c.AnnounceHold(3), c.Resume(), c.Hold())
    assert [hold.announced_minutes for hold in talk.call.holds] == [3, 0]


def test_the_line_closed_during_a_hold_ends_the_hold(talk):
    talk.wait(10).do(c.Hold())
    talk.wait(20).do(c.EndCall())
    talk.wait(90)
    assert talk.call.hold is None
    assert talk.call.holds[0].seconds(talk.clock.now()) == 20


def test_a_hold_over_a_restart_is_timed_although_the_wall_was_set_back(talk):
    """Only what lies between the last event before it and the first after it is unknown."""
    talk.wait(60)
    talk.clock.reboot("boot 2", -3600)
    talk.do(c.Hold())
    talk.wait(45).do(c.Resume())
    talk.wait(30)
    assert talk.times() == (30, 45, 0)


def test_a_merged_case_shows_the_call_that_runs_then_the_one_that_waits(talk):
    first = talk.case.call_id
    talk.do(c.EndCall(), c.ParkWrapUp())
    other = type(talk)()
    other.identity.next_seq = 100
    other.do(c.StartCall())
    talk.desk.history += other.desk.history
    talk.desk.case = talk.replayed()
    second = talk.case.call_id
    assert second != first
    talk.do(c.EndCall(), c.FinishWrapUp())
    assert (talk.case.call_id, talk.case.phase) == (first, P.PARKED)
    talk.do(c.FinishWrapUp())
    assert (talk.case.call_id, talk.case.phase) == (second, P.CLOSED)
