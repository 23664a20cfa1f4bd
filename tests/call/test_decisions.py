"""What is decided on a command: stages, notes, fields, the one concession, what is owed."""

from datetime import UTC, datetime, timedelta

import pytest

from call import commands as c
from call.case import summarize
from call.desk import CaseDesk
from call.events import Safety
from call.limits import Limits
from scripts_ja.model import FlowBook, NoteKind

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


def place(telephone):
    return telephone.case.stages.current.stage_id


# -- stages ---------------------------------------------------------------------------------------


def test_forward_takes_the_first_way_that_leads_somewhere(talk):
    seen = [place(talk)]
    for _ in range(3):
        talk.do(c.AdvanceStage())
        seen.append(place(talk))
    assert seen == ["A-S1", "A-S2", "A-S3", "B-S1"]
    assert talk.refusal(c.AdvanceStage()) == "stage.last_one"


def test_back_walks_the_way_that_was_come(talk):
    talk.do(c.AdvanceStage(), c.EnterStage("B-S1"))
    talk.do(c.GoBack())
    assert place(talk) == "A-S2"
    talk.do(c.GoBack())
    assert place(talk) == "A-S1"
    assert talk.refusal(c.GoBack()) == "stage.first_one"
    assert [visit.stage_id for visit in talk.case.stages.visits] == [
        *["A-S1", "A-S2", "B-S1", "A-S2", "A-S1"]
    ]


@pytest.mark.rule("110")
def test_the_flow_that_opens_anywhere_opens_and_returns(talk):
    talk.do(c.AdvanceStage(), c.ToggleAside())
    assert place(talk) == "X-S1"
    talk.do(c.AdvanceStage(), c.ToggleAside())
    assert place(talk) == "A-S2"
    talk.do(c.GoBack())
    assert place(talk) == "A-S1"


def test_the_exit_back_leads_to_the_stage_that_was_left(talk):
    talk.do(c.AdvanceStage(), c.EnterStage("X-S1"), c.EnterStage("X-S2"), c.EnterStage("back"))
    assert place(talk) == "A-S2"
    assert talk.case.stages.previous.stage_id == "A-S1"


def test_without_such_a_flow_nothing_opens(talk):
    talk.desk.book = FlowBook(talk.desk.book.flows[:1])
    assert talk.refusal(c.ToggleAside()) == "stage.not_there"
    assert talk.refusal(c.EnterStage("back")) == "stage.not_there"


def test_a_card_that_was_opened_is_kept_with_its_time(talk):
    talk.do(c.OpenCard("safety", 2, "けが・安全"))
    (card,) = talk.case.marks.cards
    assert (card.card_id, card.title, card.call_id) == ("safety", "けが・安全", talk.case.call_id)


def test_back_never_leads_into_an_earlier_call(talk):
    talk.do(c.AdvanceStage(), c.EndCall(), c.FinishWrapUp(), c.StartCall())
    assert talk.refusal(c.GoBack()) == "stage.first_one"


def test_a_stage_whose_flow_is_gone(talk):
    talk.do(c.AdvanceStage(), c.AdvanceStage())
    talk.desk.book = FlowBook(talk.desk.book.flows[1:])
    assert talk.refusal(c.GoBack()) == "stage.not_there"
    assert talk.refusal(c.EnterStage("A-S2")) == "stage.not_there"
    talk.do(c.AdvanceStage())
    assert place(talk) == "B-S1"


def test_an_edited_flow_does_not_change_what_was(talk):
    """Folding reads no flow: the title and the version are those of the moment."""
    talk.desk.book = FlowBook(())
    visit = talk.replayed().stages.current
    assert (visit.title, visit.flow_version, visit.flow_id) == ("段階 A-S1", 3, "first")


def test_a_call_is_taken_without_any_flow(telephone):
    telephone.desk.book = FlowBook(())
    telephone.do(c.StartCall())
    assert telephone.case.stages.current is None
    assert telephone.refusal(c.AdvanceStage()) == "stage.not_there"


def test_a_missing_first_flow_is_replaced(telephone):
    telephone.desk.first_flow = "gone"
    telephone.do(c.StartCall())
    assert place(telephone) == "A-S1"


# -- the note pad ---------------------------------------------------------------------------------


def test_a_note_is_edited_and_removed(talk):
    first_key = talk.clock.now()
    talk.wait(20).do(c.TakeNote(NoteKind.CLAIM, "  水が漏れた ", begun_at=first_key))
    (note,) = talk.case.notes.notes
    assert (note.text, note.begun_at, note.call_id) == ("水が漏れた", first_key, talk.case.call_id)
    assert talk.do(c.EditNote(note.note_id, NoteKind.CLAIM, "水が漏れた ")) == ()
    talk.do(c.EditNote(note.note_id, NoteKind.QUOTE, "床まで漏れた"))
    (edited,) = talk.case.notes.notes
    assert (edited.kind, edited.text, edited.begun_at) == ("quote", "床まで漏れた", first_key)
    talk.do(c.EditNote(note.note_id, NoteKind.QUOTE, " "))
    assert talk.case.notes.notes == []
    for command in (c.RemoveNote(note.note_id), c.EditNote(note.note_id, NoteKind.QUOTE, "戻す")):
        assert talk.refusal(command) == "note.not_there"


def test_what_says_nothing_new_is_no_event(talk):
    talk.do(c.SetTemperature(3), c.SetSafety(Safety.NO), c.FillField("issue", "水漏れ"))
    for command in [
        c.TakeNote(NoteKind.MEMO, " \n"),
        c.SetTemperature(3),
        c.SetSafety(Safety.NO),
        c.FillField("issue", " 水漏れ\n"),
        c.FillField("request", "  "),
    ]:
        assert talk.do(command) == ()


def test_a_field_is_one_line_and_can_be_emptied(talk):
    talk.do(c.FillField("issue", " 洗濯機の\n水漏れ "))
    assert talk.case.field("issue") == "洗濯機の 水漏れ"
    talk.do(c.FillField("issue", ""))
    assert talk.case.field("issue") == ""
    assert "issue" not in talk.case.marks.fields


@pytest.mark.rule("R6")
def test_the_course_of_the_temperature(talk):
    talk.do(*[c.SetTemperature(level) for level in (3, 5, 2)])
    marks = talk.case.marks
    assert (marks.first_temperature, marks.peak_temperature, marks.temperature) == (3, 5, 2)


# -- handing up -----------------------------------------------------------------------------------


@pytest.mark.rule("12", "14", "15")
def test_one_concession_and_another_only_with_a_reason(talk):
    talk.do(c.TellConcession("送料の返金", "田中"))
    for reason in ("", "  "):
        refused = talk.refusal(c.TellConcession("値引き", "田中", reason))
        assert refused == "concession.second_needs_reason"
    talk.do(c.TellConcession("値引き", "田中", "部長が認めた"))
    assert [told.offer for told in talk.case.concession.told] == ["送料の返金", "値引き"]


@pytest.mark.rule("14", "15")
def test_the_one_concession_holds_over_all_calls_of_the_case(talk):
    talk.do(c.TellConcession("送料の返金"), c.EndCall(), c.FinishWrapUp(), c.StartCall())
    assert talk.refusal(c.TellConcession("値引き")) == "concession.second_needs_reason"


@pytest.mark.rule("69")
def test_who_calls_back_by_when(talk):
    assert talk.refusal(c.AnswerCallback(True)) == "callback.none"
    assert talk.refusal(c.CommitCallback(" ", NOON)) == "callback.no_owner"
    talk.do(c.CommitCallback(" 田中 ", NOON, " 課長 ", 15), c.AnswerCallback(True))
    commitment = talk.case.handing_up.commitment
    assert (commitment.owner, commitment.owner_title, commitment.accepted) == ("田中", "課長", True)


def test_what_is_owed_comes_in_its_order_until_it_is_done(talk):
    talk.do(
        c.CommitCallback("田中", NOON),
        c.TakeNote(NoteKind.PROMISE, "見積書", due_at=NOON - timedelta(minutes=30)),
        c.TakeNote(NoteKind.PROMISE, "いつか"),
        c.TakeNote(NoteKind.CLAIM, "約束ではない", due_at=NOON),
    )
    assert [(due.kind, due.text) for due in talk.case.dues()] == [
        ("promise", "見積書"),
        ("callback", ""),
    ]
    for due in talk.case.dues():
        talk.do(c.SettleDue(due.target))
    assert talk.case.dues() == ()
    assert talk.refusal(c.SettleDue("あの件")) == "due.not_there"


def test_a_refused_callback_is_owed_no_more(talk):
    talk.do(c.CommitCallback("田中", NOON), c.AnswerCallback(False))
    assert talk.case.dues() == ()


def test_consulting_and_dismissing_count_once_per_call(talk):
    for command in (c.StartConsult(), c.DismissAdvice("call_amber")):
        assert talk.do(command)
        assert talk.do(command) == ()
    talk.do(c.EndCall(), c.FinishWrapUp(), c.StartCall())
    assert talk.do(c.StartConsult())
    assert talk.do(c.DismissAdvice("call_amber"))


def test_a_case_is_not_joined_to_itself(talk):
    assert talk.refusal(c.JoinCase(talk.case.id)) == "join.same_case"


def test_the_handoff_is_on_record(talk):
    talk.do(c.RecordHandoff("text", "note.txt", ("safety",)))
    ((_, made),) = talk.case.handing_up.handoffs
    assert (made.form, made.file_name, made.missing) == ("text", "note.txt", ("safety",))


# -- the whole ------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("commands", "status"),
    [
        ([], "done"),
        ([c.Ring()], "open"),
        ([c.StartCall()], "open"),
        ([c.StartCall(), c.EndCall()], "open"),
        ([c.StartCall(), c.EndCall(), c.ParkWrapUp()], "open"),
        ([c.StartCall(), c.EndCall(), c.FinishWrapUp()], "done"),
        ([c.StartCall(), c.CommitCallback("田中", NOON), c.EndCall(), c.FinishWrapUp()], "open"),
    ],
)
def test_a_case_is_open_while_something_runs_or_is_owed(telephone, commands, status):
    telephone.do(*commands)
    line = summarize(telephone.case, telephone.clock.now())
    assert (line.status, line.phase) == (status, telephone.case.phase)


def test_the_line_of_a_case(talk):
    talk.do(c.FillField("customer", "山田"), c.FillField("callback_tel", "03-0000-5678"))
    line = summarize(talk.case, talk.clock.now())
    assert (line.case_no, line.customer, line.number) == ("261121-K7Q2-01", "山田", "03-0000-5678")
    assert line.stage_title == "段階 A-S1"
    assert (line.opened_at, line.touched_at) == (talk.case.opened_at.wall, talk.clock.now().wall)


def test_a_joined_case_has_the_number_of_the_earlier_one(talk):
    later = type(talk)()
    later.do(c.StartCall(), c.FillField("issue", "水漏れ"))
    both = CaseDesk(
        later.identity,
        later.case.id,
        book=later.desk.book,
        limits=Limits(),
        first_flow="first",
        history=[*talk.desk.history, *later.desk.history],
        case_id=talk.case.id,
    )
    assert both.case.case_no == talk.case.case_no
    assert both.case.opened_at == talk.case.opened_at
    assert (len(both.case.calls), both.case.field("issue")) == (2, "水漏れ")
    (event,) = both.do(c.SetTemperature(4), later.clock.now())
    assert event.case_id == later.case.id


def test_a_commitment_that_was_replaced_is_no_callback(talk):
    due = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)
    talk.do(c.CommitCallback("田中", due), c.CommitCallback("佐藤", due), c.AnswerCallback(False))
    assert not talk.case.handing_up.has_callback_in(talk.case.call_id)
