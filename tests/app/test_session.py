"""Which case is in hand: the next call never waits, nothing unfinished is lost."""

from datetime import UTC, datetime

import pytest

from app.case_desks import Rules
from app.case_numbers import CaseNumbers
from app.session import Session
from call import commands as c
from call.decision import Refusal
from call.desk import DeskIdentity
from call.events import CaseJoined, CaseOpened, Direction, Effect, LegalView, PlanItem
from call.limits import Limits
from scripts_ja.model import FlowBook, NoteKind

CALL = [c.StartCall("03-0000-1234"), c.FillField("customer", "山田"), c.EndCall()]
OUTGOING = c.StartCall(direction=Direction.OUTGOING)


def kinds(events):
    return [event.kind for event in events]


# -- the next call --------------------------------------------------------------------------------


def test_a_call_opens_a_case_with_a_number_of_its_own(desk):
    change = desk.do(c.StartCall("03-0000-1234"))
    assert kinds(change.events) == ["CaseOpened", "CallStarted", "StageEntered"]
    assert kinds(desk.journal.events) == kinds(change.events)
    assert desk.case.case_no.endswith("-K7Q2-01")
    desk.do(c.EndCall(), c.FinishWrapUp(), c.Ring())
    assert desk.case.case_no.endswith("-K7Q2-02")


def test_ringing_and_answering_is_one_call(desk):
    desk.do(c.Ring("03-0000-1234"))
    desk.wait(5).do(c.StartCall())
    assert len(desk.case.calls) == 1
    assert desk.case.call.number == "03-0000-1234"


@pytest.mark.parametrize("begin", [c.Ring(), c.StartCall()])
def test_a_call_that_comes_during_after_call_work_parks_it(desk, begin):
    desk.do(*CALL)
    first = desk.case.id
    desk.wait(20).do(begin)
    assert desk.parked == [first]
    assert desk.case.id != first
    assert desk.case.field("customer") == ""
    desk.wait(300).do(*([c.EndCall()] if begin == c.Ring() else [c.EndCall(), c.FinishWrapUp()]))
    desk.do(c.ResumeWrapUp())
    assert (desk.case.id, desk.parked) == (first, [])
    desk.wait(10)
    assert desk.case.call.acw_seconds(desk.clock.now()) == 30


def test_two_unfinished_ones_take_turns(desk):
    cases = []
    for _ in range(3):
        desk.do(*CALL)
        cases.append(desk.case.id)
    assert desk.parked == cases[:2]
    for expected in (cases[0], cases[1], cases[2], cases[0]):
        desk.do(c.ResumeWrapUp())
        assert desk.case.id == expected
    assert len(desk.parked) == 2


def test_after_call_work_can_be_put_aside_by_hand(desk):
    desk.do(*CALL)
    first = desk.case.id
    desk.do(c.ParkWrapUp())
    assert (desk.case, desk.parked) == (None, [first])
    assert desk.refusal(c.ParkWrapUp()) == "phase.no_case"
    desk.do(c.ResumeWrapUp())
    assert (desk.case.id, desk.phase) == (first, "wrap_up")


@pytest.mark.parametrize(
    ("commands", "refused", "reason"),
    [
        ([], c.Hold(), "phase.no_case"),
        ([], c.Undo(), "phase.no_case"),
        ([], c.ResumeWrapUp(), "phase.no_parked"),
        ([c.Ring()], c.Ring(), "phase.already_running"),
        ([c.StartCall()], c.Ring(), "phase.already_running"),
        ([c.StartCall()], c.StartCall(), "phase.already_running"),
        ([c.StartCall()], c.ParkWrapUp(), "phase.no_wrap_up"),
        ([*CALL, c.StartCall()], c.ResumeWrapUp(), "parked.in_call"),
        ([*CALL, c.Ring()], c.ResumeWrapUp(), "parked.in_call"),
    ],
)
def test_a_wrong_state_is_said_and_changes_nothing(desk, commands, refused, reason):
    if commands:
        desk.do(*commands)
    in_hand = desk.case
    assert desk.refusal(refused) == reason
    assert desk.case is in_hand
    assert desk.heard[-1].refusal.reason == reason


def test_a_start_taken_back_keeps_its_case_for_the_next_start(desk):
    desk.do(c.StartCall(), c.TakeNote(NoteKind.CLAIM, "水が漏れた"), c.Undo())
    first = desk.case.id
    desk.do(c.StartCall())
    assert desk.case.id == first
    assert [note.text for note in desk.case.notes.notes] == ["水が漏れた"]


def test_a_call_ended_by_mistake_goes_on_though_its_work_was_put_aside(desk):
    desk.do(*CALL)
    first = desk.case.id
    desk.do(c.StartCall(), c.EndCall(), c.FinishWrapUp(), c.ResumeWrapUp(), c.Correct("違う件"))
    assert (desk.case.id, desk.phase, desk.parked) == (first, "talking", [])


def test_what_is_marked_while_waiting_is_not_about_the_customer_before(desk):
    desk.do(*CALL, c.FinishWrapUp())
    for command in (c.SetTemperature(5), c.AdvanceStage(), c.TakeNote(NoteKind.MEMO, "次の方")):
        assert desk.session.do(command).refusal == Refusal("phase.closed")


# -- before the journal is there ------------------------------------------------------------------


def test_what_is_pressed_before_the_journal_is_open_happened_when_it_was_pressed(desk, new_desk):
    early = new_desk()
    early.session = Session(early.clock, early.journal, Rules(FlowBook(()), Limits(), "none"))
    assert not early.session.is_open
    early.session.do(c.StartCall())
    early.wait(3).session.do(c.TakeNote(NoteKind.CLAIM, "水が漏れた"))
    assert early.journal.events == []
    early.wait(4).session.open_in_memory("")
    assert early.case.call.talk_seconds(early.clock.now()) == 7
    assert early.case.notes.notes[0].begun_at.boot_seconds == 3
    assert early.session.is_open


@pytest.mark.parametrize("code", ["", "K7Q2"])
def test_a_desk_in_memory_gives_no_number_that_may_be_given_already(new_desk, code):
    numbers = set()
    for _ in range(3):
        desk = new_desk()
        desk.session = Session(desk.clock, desk.journal, Rules(FlowBook(()), Limits(), "none"))
        desk.session.open_in_memory(code)
        desk.do(c.StartCall())
        numbers.add(desk.case.case_no)
    assert len(numbers) == 3
    assert not any(number.endswith("-K7Q2-01") for number in numbers)


# -- after a crash --------------------------------------------------------------------------------


@pytest.mark.rule("45")
def test_a_running_call_comes_back_still_running(desk):
    desk.do(*CALL)
    parked = desk.case.id
    desk.do(c.StartCall(), c.Hold())
    live = desk.case.id
    desk.clock.reboot("boot 1", 40)
    desk.start()
    assert (desk.case.id, desk.phase, desk.parked) == (live, "on_hold", [parked])
    assert desk.case.call.hold_seconds(desk.clock.now()) == 40
    desk.do(c.Resume(), c.EndCall(), c.FinishWrapUp(), c.ResumeWrapUp())
    assert desk.case.id == parked


def test_two_that_were_never_put_aside_are_both_kept(desk):
    """As after a desk worked in memory while the disk still knew of another call."""
    desk.do(*CALL)
    first = desk.case.id
    history = desk.journal.events_of(first)
    desk.do(c.FinishWrapUp(), *CALL)
    second = desk.case.id
    desk.session.take_up(first, history)
    assert (desk.case.id, desk.parked) == (first, [second])
    desk.do(c.ResumeWrapUp())
    assert (desk.case.id, desk.phase) == (second, "wrap_up")


def test_numbers_of_the_desk_go_on_after_a_crash(desk):
    desk.do(*CALL)
    desk.start()
    desk.do(c.StartCall())
    seqs = [event.seq for event in desk.journal.events]
    assert seqs == list(range(1, len(seqs) + 1))
    assert desk.case.case_no.endswith("-02")


# -- the customer rings back ----------------------------------------------------------------------


@pytest.fixture
def two_calls(desk):
    """A first case with its after-call work put aside, a second call running."""
    desk.do(*CALL)
    desk.wait(30).do(c.StartCall("03-0000-1234"), c.TakeNote(NoteKind.CLAIM, "また漏れた"))
    return desk


def test_one_key_joins_the_call_to_the_earlier_case(two_calls):
    desk = two_calls
    (first,) = desk.parked
    second = desk.case.id
    desk.join(first)
    assert (desk.case.id, desk.parked) == (first, [])
    assert desk.case.field("customer") == "山田"
    assert (len(desk.case.calls), desk.phase) == (2, "talking")
    line = desk.journal.lines[second]
    assert (line.status, line.joined_to) == ("joined", first)
    assert line.case_no.endswith("-02")
    assert line.opened_at == datetime(2026, 11, 21, 1, 0, 30, tzinfo=UTC)
    assert desk.journal.appended_twice == []
    (event,) = desk.do(c.SetTemperature(4)).events
    assert event.case_id == second
    assert desk.journal.lines[first].phase == "talking"


def test_a_join_taken_back_parts_the_cases_again(two_calls):
    desk = two_calls
    (first,) = desk.parked
    second = desk.case.id
    desk.join(first)
    desk.do(c.Undo())
    assert (desk.case.id, desk.parked) == (second, [first])
    assert desk.case.field("customer") == ""
    lines = desk.journal.lines
    assert (lines[first].phase, lines[second].phase) == ("parked", "talking")
    assert (lines[second].joined_to, lines[second].status) == ("", "open")


def test_a_join_is_taken_back_after_a_crash_too(two_calls):
    desk = two_calls
    (first,) = desk.parked
    second = desk.case.id
    desk.join(first)
    desk.start()
    assert desk.case.id == first
    desk.do(c.Undo())
    assert (desk.case.id, desk.parked) == (second, [first])


def test_one_join_at_a_time(two_calls):
    desk = two_calls
    (first,) = desk.parked
    desk.join(first)
    assert desk.join(first).refusal.reason == "join.same_case"
    assert desk.join("another").refusal.reason == "join.already"
    assert desk.heard[-1].refusal.reason == "join.already"
    joins = [event for event in desk.journal.events if isinstance(event.body, CaseJoined)]
    assert len(joins) == 1


def test_events_of_two_desks_stay_as_they_came(desk, new_desk):
    """Their running numbers say nothing about which was first."""
    other = new_desk()
    other.session.recover(DeskIdentity("other desk", 1000), CaseNumbers("A1"))
    other.do(*CALL, c.FinishWrapUp())
    desk.do(c.StartCall())
    desk.session.join(other.case.id, other.journal.events_of(other.case.id))
    assert [call.phase for call in desk.case.calls.values()] == ["closed", "talking"]
    assert desk.case.case_no == other.case.case_no


# -- earlier cases --------------------------------------------------------------------------------


@pytest.fixture
def earlier(desk):
    """A desk with one case that is closed."""
    desk.do(*CALL, c.FinishWrapUp())
    desk.first = desk.case.id
    desk.do(c.Ring(), c.EndCall())
    return desk


def test_an_earlier_case_is_laid_on_the_desk_and_put_back(earlier):
    assert earlier.choose(earlier.first)
    assert (earlier.case.id, earlier.session.is_chosen) == (earlier.first, True)
    assert earlier.case.field("customer") == "山田"
    earlier.session.lay_aside()
    assert (earlier.case, earlier.session.is_chosen) == (None, False)


@pytest.mark.parametrize("begin", [OUTGOING, c.Ring(direction=Direction.OUTGOING)])
def test_its_customer_can_be_rung_back(earlier, begin):
    earlier.choose(earlier.first)
    earlier.do(begin)
    assert (earlier.case.id, len(earlier.case.calls)) == (earlier.first, 2)
    assert not earlier.session.is_chosen
    earlier.session.lay_aside()
    assert earlier.case.id == earlier.first


def test_a_call_that_comes_in_is_another_case(earlier):
    earlier.choose(earlier.first)
    change = earlier.do(c.StartCall())
    assert isinstance(change.events[0].body, CaseOpened)
    assert earlier.case.id != earlier.first
    assert not earlier.session.is_chosen


def test_no_case_is_laid_over_a_call_or_after_call_work(earlier):
    for commands in ([c.Ring()], [c.StartCall()], [c.EndCall()]):
        earlier.do(*commands)
        in_hand = earlier.case.id
        assert not earlier.choose(earlier.first)
        assert earlier.case.id == in_hand


def test_choosing_one_whose_after_call_work_waits_takes_that_up(desk):
    desk.do(*CALL)
    desk.do(*CALL)
    first = desk.parked[0]
    desk.do(c.ParkWrapUp())
    second = desk.parked[1]
    assert desk.choose(second)
    assert (desk.case.id, desk.phase, desk.parked) == (second, "wrap_up", [first])
    assert not desk.session.is_chosen


def test_an_earlier_case_opened_again_is_not_laid_aside(earlier):
    earlier.choose(earlier.first)
    earlier.wait(61)
    assert earlier.refusal(c.Undo()) == "undo.needs_reason"
    earlier.do(c.Correct("書き忘れ"))
    earlier.session.lay_aside()
    assert (earlier.case.id, earlier.phase) == (earlier.first, "wrap_up")
    earlier.do(c.Ring())
    assert earlier.parked == [earlier.first]


def test_a_chosen_case_that_rings_again_takes_the_call(earlier):
    """A missed call was no missed one after all: the next ring is answered there."""
    missed = earlier.case.id
    earlier.do(*CALL, c.FinishWrapUp())
    earlier.choose(missed)
    earlier.do(c.Undo())
    assert not earlier.session.is_chosen
    assert earlier.refusal(c.Ring()) == "phase.already_running"
    earlier.do(c.StartCall())
    assert (earlier.case.id, earlier.phase) == (missed, "talking")


def test_resuming_after_call_work_lays_the_chosen_case_aside(desk):
    desk.do(*CALL, c.FinishWrapUp())
    first = desk.case.id
    desk.do(*CALL, c.ParkWrapUp())
    desk.choose(first)
    desk.do(c.ResumeWrapUp())
    assert not desk.session.is_chosen
    desk.session.lay_aside()
    assert desk.phase == "wrap_up"


@pytest.mark.parametrize(
    "command",
    [
        c.TakeLegalView(LegalView.NO),
        c.CheckPreparation(PlanItem.NG),
        c.MarkWords(Effect.EASED, "お詫び"),
        c.PlanConcession("返金"),
        c.TellConcession("返金"),
        c.StateLimit(),
        c.PlanAction("報告"),
    ],
)
def test_the_second_line_begins_nothing_in_a_case_that_is_over(desk, command):
    desk.do(c.StartCall(), c.EndCall(), c.FinishWrapUp())
    assert desk.refusal(command) == "phase.closed"
    desk.choose(desk.case.id)
    if not isinstance(command, c.StateLimit):
        desk.do(command)


# -- other limits and flows -----------------------------------------------------------------------


def test_new_limits_hold_for_every_case_at_once(two_calls):
    limits = Limits(max_concessions=2)
    two_calls.session.adopt(Rules(FlowBook(()), limits, "none"))
    assert two_calls.session.limits is limits
    assert two_calls.session.situation().limits is limits
    two_calls.do(c.TellConcession("返金"), c.TellConcession("値引き"))
    assert two_calls.refusal(c.AdvanceStage()) == "stage.not_there"
    two_calls.do(c.EndCall(), c.FinishWrapUp(), c.ResumeWrapUp())
    assert two_calls.session.situation().book.flows == ()
