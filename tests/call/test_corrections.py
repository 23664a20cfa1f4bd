"""The agent's word beats the screen: undo, correction with a reason, putting back in time."""

from datetime import UTC, datetime

import pytest

from call import commands as c
from call.events import Direction, EventCorrected, EventUndone, Safety
from call.fold_times import CallPhase as P
from call.guidance import advise
from scripts_ja.model import HoldKind, NoteKind

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def hold_kind(telephone):
    return telephone.call.next_hold_kind


def settle(telephone):
    telephone.do(c.CommitCallback("田中", NOON))
    telephone.do(c.SettleDue(telephone.case.dues()[0].target))


def remove_note(telephone):
    telephone.do(c.TakeNote(NoteKind.CLAIM, "水が漏れた"))
    telephone.do(c.RemoveNote(telephone.case.notes.notes[0].note_id))


# What is done before, what is undone, and a look at what the undo must restore.
UNDOABLE = {
    "ring": (None, c.Ring(), lambda t: t.case.phase),
    "missed": (c.Ring(), c.EndCall(), lambda t: t.case.phase),
    "answered": (c.Ring(), c.StartCall(), lambda t: (t.case.phase, len(t.case.stages.visits))),
    "start": (None, c.StartCall(), lambda t: (t.case.phase, t.case.stages.current)),
    "hold": (c.StartCall(), c.Hold(), lambda t: (t.case.phase, t.case.holds_in_call)),
    "end": (c.StartCall(), c.EndCall(), lambda t: t.case.phase),
    "stage": (c.StartCall(), c.AdvanceStage(), lambda t: t.case.stages.current),
    "temperature": (c.SetTemperature(2), c.SetTemperature(4), lambda t: t.case.marks.temperature),
    "safety": (None, c.SetSafety(Safety.NO), lambda t: t.case.marks.safety),
    "same talk": (c.StartCall(), c.MarkSameTalk(), lambda t: list(t.case.marks.same_talks)),
    "new fact": (c.StartCall(), c.MarkNewFact(), lambda t: list(t.case.marks.new_facts)),
    "kind": (c.StartCall(), c.ToggleHoldKind(), hold_kind),
    "announced": (c.StartCall(), c.AnnounceHold(3), lambda t: t.call.announced_minutes),
    "card": (c.StartCall(), c.OpenCard("life"), lambda t: list(t.case.marks.cards)),
    "join": (None, c.JoinCase("earlier"), lambda t: None),
}


@pytest.mark.parametrize("name", UNDOABLE)
def test_undo_restores_what_was(telephone, name):
    before, command, look = UNDOABLE[name]
    telephone.do(*([before] if before else []))
    as_it_was = look(telephone)
    telephone.wait(5).do(command)
    (undone,) = telephone.wait(5).do(c.Undo())
    assert isinstance(undone.body, EventUndone)
    assert look(telephone) == as_it_was
    assert len(telephone.desk.history) >= 3, "nothing is deleted"


def test_undo_brings_a_removed_note_back(talk):
    remove_note(talk)
    talk.do(c.Undo())
    assert [note.text for note in talk.case.notes.notes] == ["水が漏れた"]


def test_undo_brings_a_settled_due_back(talk):
    settle(talk)
    assert talk.case.dues() == ()
    talk.do(c.Undo())
    assert len(talk.case.dues()) == 1


def test_undo_takes_back_the_answer_not_the_callback(talk):
    talk.do(c.CommitCallback("田中", NOON), c.AnswerCallback(False), c.Undo())
    assert talk.case.handing_up.commitment.accepted is None


def test_undo_goes_back_step_by_step_to_the_start(talk):
    talk.do(c.AdvanceStage(), c.Hold(), c.Resume())
    phases = []
    for _ in range(4):
        talk.do(c.Undo())
        phases.append(
            (talk.case.phase, talk.case.stages.current and talk.case.stages.current.title)
        )
    assert phases == [
        (P.ON_HOLD, "段階 A-S2"),
        (P.TALKING, "段階 A-S2"),
        (P.TALKING, "段階 A-S1"),
        (P.IDLE, None),
    ]
    assert talk.case.calls == {}
    assert talk.refusal(c.Undo()) == "undo.nothing"


def test_the_first_stage_is_no_step_of_its_own(talk):
    started, entered = talk.desk.history[1:3]
    assert entered.cause == started.id
    (undone,) = talk.do(c.Undo())
    assert undone.body.target == started.id


def test_undo_never_touches_what_was_said(talk):
    talk.do(
        c.GiveWarning("大声"),
        c.TellConcession("送料の返金", "田中"),
        c.CommitCallback("田中", NOON),
        c.TakeNote(NoteKind.CLAIM, "水が漏れた"),
        c.FillField("issue", "水漏れ"),
        c.AllowNumber("123456789012"),
    )
    assert talk.refusal(c.Undo()) == "undo.needs_reason"
    case = talk.case
    assert len(case.handing_up.warnings) == len(case.concession.told) == 1
    assert case.handing_up.commitment.owner == "田中"
    assert [note.text for note in case.notes.notes] == ["水が漏れた"]
    assert case.field("issue") == "水漏れ"


@pytest.mark.parametrize(
    ("command", "look"),
    [
        (c.GiveWarning("大声"), lambda case: case.handing_up.warnings),
        (c.TellConcession("返金"), lambda case: case.concession.told),
        (c.CommitCallback("田中", NOON), lambda case: case.handing_up.commitments),
    ],
)
def test_what_was_said_is_corrected_with_a_reason(talk, command, look):
    talk.do(command)
    assert talk.refusal(c.Correct(" ")) == "correct.no_reason"
    (corrected,) = talk.do(c.Correct(" 押し間違い "))
    assert isinstance(corrected.body, EventCorrected)
    assert corrected.body.reason == "押し間違い"
    assert look(talk.case) == []


ENDINGS = {
    "end": ([c.StartCall(), c.EndCall()], P.WRAP_UP, P.TALKING),
    "missed": ([c.Ring(), c.EndCall()], P.CLOSED, P.RINGING),
    "closed": ([c.StartCall(), c.EndCall(), c.FinishWrapUp()], P.CLOSED, P.WRAP_UP),
}


@pytest.mark.parametrize("name", ENDINGS)
@pytest.mark.parametrize(
    ("seconds", "is_final"), [(0, False), (59, False), (60, False), (61, True)]
)
def test_a_call_that_was_over_for_a_minute_needs_a_reason(telephone, name, seconds, is_final):
    commands, over, before = ENDINGS[name]
    telephone.do(*commands)
    telephone.wait(seconds)
    if is_final:
        assert telephone.refusal(c.Undo()) == "undo.needs_reason"
        assert telephone.case.phase is over
        telephone.do(c.Correct("まだ切れていなかった"))
    else:
        telephone.do(c.Undo())
    assert telephone.case.phase is before


def test_talk_goes_on_counting_after_an_end_that_was_none(talk):
    talk.wait(60).do(c.EndCall())
    talk.wait(90).do(c.Correct("切れていなかった"))
    talk.wait(10)
    assert talk.times() == (160, 0, 0)


def test_an_end_is_taken_back_with_the_after_call_work_put_aside_after_it(talk):
    talk.do(c.EndCall(), c.ParkWrapUp(), c.ResumeWrapUp(), c.Undo())
    assert talk.case.phase is P.TALKING
    assert [span.phase for span in talk.call.spans] == [P.TALKING]


def test_an_old_end_is_taken_back_with_a_reason_though_work_was_put_aside(talk):
    talk.do(c.EndCall(), c.ParkWrapUp(), c.ResumeWrapUp())
    talk.wait(120)
    assert talk.refusal(c.Undo()) == "undo.needs_reason"
    talk.do(c.Correct("切れていなかった"))
    assert talk.case.phase is P.TALKING


def test_a_reason_takes_back_what_undo_stopped_at(talk):
    talk.do(c.EndCall())
    talk.wait(90).do(c.CommitCallback("田中", NOON))
    assert talk.refusal(c.Undo()) == "undo.needs_reason"
    talk.do(c.Correct("別の件"))
    assert talk.case.handing_up.commitment is None
    assert talk.case.phase is P.WRAP_UP


def test_nothing_to_correct(telephone):
    assert telephone.refusal(c.Correct("理由")) == "undo.nothing"


def test_after_the_start_is_undone_the_next_start_is_a_new_call(talk):
    first = talk.case.call_id
    talk.do(c.TakeNote(NoteKind.CLAIM, "水が漏れた"), c.Undo())
    talk.wait(30).do(c.StartCall())
    talk.wait(10)
    assert talk.case.call_id != first
    assert talk.times() == (10, 0, 0)
    assert [note.text for note in talk.case.notes.notes] == ["水が漏れた"]
    assert len(talk.case.stages.visits) == 1


def test_an_answer_undone_rings_again_and_stays_one_call(telephone):
    telephone.do(c.Ring("03-0000-1234"), c.StartCall(), c.Undo(), c.StartCall())
    assert len(telephone.case.calls) == 1
    assert telephone.call.number == "03-0000-1234"


# -- putting back in time -------------------------------------------------------------------------


@pytest.fixture
def story(telephone):
    """Rang at 0, answered at 20, held at 80, resumed at 140, ended at 200; now it is 230."""
    telephone.do(c.Ring())
    telephone.wait(20).do(c.StartCall())
    telephone.wait(60).do(c.Hold())
    telephone.wait(60).do(c.Resume())
    telephone.wait(60).do(c.EndCall())
    return telephone.wait(30)


@pytest.mark.parametrize(
    ("what", "seconds_ago", "times"),
    [
        ("start", 230, (140, 60, 30)),
        ("start", 220, (130, 60, 30)),
        ("start", 150, (60, 60, 30)),
        ("hold", 210, (60, 120, 30)),
        ("hold", 90, (180, 0, 30)),
        ("resume", 150, (180, 0, 30)),
        ("resume", 30, (60, 120, 30)),
        ("end", 90, (60, 60, 90)),
        ("end", 0, (150, 60, 0)),
        ("", 40, (110, 60, 40)),
    ],
)
def test_put_back_as_far_as_its_neighbours(story, what, seconds_ago, times):
    story.do(c.Retime(seconds_ago, what))
    assert story.times() == times
    assert sum(times) == story.call.handle_seconds(story.clock.now())


@pytest.mark.parametrize(
    ("what", "seconds_ago", "reason"),
    [
        ("start", 231, "retime.before_the_last"),
        ("start", 149, "retime.after_the_next"),
        ("hold", 211, "retime.before_the_last"),
        ("hold", 89, "retime.after_the_next"),
        ("resume", 151, "retime.before_the_last"),
        ("resume", 29, "retime.after_the_next"),
        ("end", 91, "retime.before_the_last"),
        ("end", -1, "retime.after_the_next"),
        ("wash", 10, "retime.nothing"),
    ],
)
def test_never_past_its_neighbours(story, what, seconds_ago, reason):
    before = story.times()
    assert story.refusal(c.Retime(seconds_ago, what)) == reason
    assert story.times() == before


def test_neighbours_stand_where_they_were_put(story):
    story.do(c.Retime(170, "hold"))
    assert story.refusal(c.Retime(169, "start")) == "retime.after_the_next"
    story.do(c.Retime(170, "start"))
    assert story.times() == (60, 80, 30)
    story.do(c.Retime(100, "hold"), c.Retime(150, "hold"))
    assert story.times() == (80, 60, 30)


def test_what_was_put_back_first_can_be_put_back_again_or_undone(story):
    story.do(c.Retime(80, "end"))
    assert story.call.ended_at.boot_seconds == 150
    story.do(c.Undo())
    assert story.times() == (150, 60, 0)


def test_the_first_stage_begins_with_the_call(talk):
    talk.wait(10).do(c.Retime(50, "start"))
    now = talk.clock.now()
    assert talk.case.stages.current.entered_at == now.shifted(-50)
    assert talk.times() == (50, 0, 0)


def test_the_end_is_the_end_although_after_call_work_was_put_aside(talk):
    talk.wait(60).do(c.EndCall())
    talk.wait(10).do(c.ParkWrapUp())
    talk.wait(500).do(c.ResumeWrapUp())
    talk.wait(20).do(c.Retime(550, "end"))
    assert talk.times() == (40, 0, 50)
    talk.do(c.FinishWrapUp())
    talk.wait(5).do(c.Retime(540))
    assert talk.times() == (55, 0, 35)


@pytest.mark.parametrize(
    ("commands", "what", "reason"),
    [
        ([], "start", "phase.no_call"),
        ([c.Ring()], "start", "retime.nothing"),
        ([c.Ring()], "", "retime.nothing"),
        ([c.StartCall()], "hold", "retime.nothing"),
        ([c.StartCall(), c.Hold()], "resume", "retime.nothing"),
        ([c.StartCall()], "end", "retime.nothing"),
    ],
)
def test_what_did_not_happen_cannot_be_put_back(telephone, commands, what, reason):
    telephone.do(*commands)
    assert telephone.refusal(c.Retime(0, what)) == reason


def test_a_running_call_is_put_back_over_a_restart(talk):
    """The machine came up again 100 seconds ago; the call is put back to before that."""
    talk.clock.reboot("boot 2", 0)
    talk.wait(100).do(c.Undo(), c.StartCall(direction=Direction.INCOMING))
    talk.wait(20).do(c.Retime(300, "start"))
    assert talk.times() == (300, 0, 0)
    assert advise(talk.case, talk.clock.now(), talk.desk.limits) is None


def test_a_hold_retimed_turns_red_when_it_should(talk):
    talk.wait(200).do(c.Hold(HoldKind.LOOKUP))
    assert talk.advice() is None
    talk.do(c.Retime(60, "hold"))
    assert talk.advice() == "hold_red"
