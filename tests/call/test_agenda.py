"""What other cases owe: callbacks, promises, reports; each reminder at its edge and on its own."""

from datetime import timedelta

import pytest

from call import commands as c
from call.agenda import Agenda, AgendaEntry, entries_of
from call.case import Due
from call.events import Safety
from call.limits import Limits
from scripts_ja.model import NoteKind

LIMITS = Limits()
SAFE, HARM = c.SetSafety(Safety.NO), c.SetSafety(Safety.YES)


def finish(telephone):
    telephone.do(c.EndCall(), c.FinishWrapUp())
    return telephone


def agenda_of(*telephones):
    return Agenda.of(e for phone in telephones for e in entries_of(phone.case, LIMITS))


def due_in(telephone, seconds):
    return telephone.clock.now().wall + timedelta(seconds=seconds)


@pytest.fixture
def other(new_telephone):
    """Another customer, who is to be called back in an hour by 佐藤; the note was handed over."""
    phone = new_telephone()
    phone.do(c.StartCall("03-0000-9999"), c.FillField("customer", "山田"))
    phone.do(c.CommitCallback("佐藤", due_in(phone, 3600)), c.RecordHandoff("text", "a.txt"))
    return finish(phone)


EDGES = [
    (15 * 60 + 1, None),
    (15 * 60, "first"),
    (15 * 60 - 1, "first"),
    (5 * 60 + 1, "first"),
    (5 * 60, "last"),
    (5 * 60 - 1, "last"),
    (1, "last"),
    (0, "late"),
    (-1, "late"),
    (-3 * 86_400, "late"),
]


@pytest.mark.parametrize(("left", "expected"), EDGES)
@pytest.mark.parametrize("is_live", [False, True])
def test_a_callback_of_another_case_reminds_twice_and_when_it_is_late(
    telephone, other, left, expected, is_live
):
    telephone.clock.advance(3600 - left)
    if is_live:
        telephone.do(c.StartCall())
    prompt = telephone.prompt(agenda_of(other))
    assert (prompt.id if prompt else None) == (f"callback_{expected}" if expected else None)
    if prompt:
        assert prompt.about.customer == "山田"
        assert prompt.about.owner == "佐藤"
        assert prompt.action == ("" if is_live else "open_case")
        assert prompt.values == {"minutes": abs(-(-left // 60))}


@pytest.mark.parametrize(("left", "expected"), EDGES)
def test_so_does_a_promise_with_a_date(telephone, new_telephone, left, expected):
    other = new_telephone()
    other.do(c.StartCall(), c.TakeNote(NoteKind.PROMISE, "ご連絡", due_at=due_in(other, 3600)))
    other.do(c.RecordHandoff("text", "a.txt"))
    finish(other)
    telephone.clock.advance(3600 - left)
    found = telephone.advice(agenda_of(other))
    assert found == (f"promise_{expected}" if expected else None)


def test_each_reminder_is_put_aside_on_its_own_and_for_that_case_alone(
    telephone, other, new_telephone
):
    third = new_telephone()
    third.do(c.StartCall(), c.CommitCallback("鈴木", due_in(third, 3660)))
    third.do(c.RecordHandoff("text", "b.txt"))
    finish(third)
    for phone in (telephone, other, third):
        phone.clock.advance(3600 - 10 * 60)
    prompt = telephone.prompt(agenda_of(other, third))
    assert prompt.about.case_id == other.case.id
    other.do(c.DismissAdvice(prompt.id, prompt.target))
    prompt = telephone.prompt(agenda_of(other, third))
    assert (prompt.id, prompt.about.case_id) == ("callback_first", third.case.id)
    for phone in (telephone, other, third):
        phone.clock.advance(5 * 60)
    prompt = telephone.prompt(agenda_of(other, third))
    assert (prompt.id, prompt.about.case_id) == ("callback_last", other.case.id)
    assert other.do(c.DismissAdvice(prompt.id, prompt.target))
    assert other.do(c.DismissAdvice(prompt.id, prompt.target)) == ()
    assert telephone.prompt(agenda_of(other, third)).about.case_id == third.case.id


def test_a_new_date_reminds_anew(telephone, new_telephone):
    other = new_telephone()
    other.do(c.StartCall(), c.TakeNote(NoteKind.PROMISE, "ご連絡", due_at=due_in(other, 600)))
    (note,) = other.case.notes.notes
    other.do(c.RecordHandoff("text", "a.txt"))
    finish(other)
    prompt = telephone.prompt(agenda_of(other))
    other.do(c.DismissAdvice(prompt.id, prompt.target))
    assert telephone.advice(agenda_of(other)) is None
    other.do(c.EditNote(note.note_id, note.kind, note.text, due_in(other, 700)))
    assert telephone.advice(agenda_of(other)) == "promise_first"


def test_what_is_done_or_refused_reminds_of_nothing(telephone, other):
    telephone.clock.advance(3600)
    (due,) = other.case.dues()
    other.do(c.SettleDue(due.target))
    assert telephone.advice(agenda_of(other)) is None


def test_the_case_on_the_line_does_not_remind_of_itself(talk):
    talk.do(c.CommitCallback("佐藤", due_in(talk, 600)), c.AnswerCallback(True))
    stale = agenda_of(talk)
    assert stale == Agenda()
    assert talk.advice() is None
    talk.do(c.EndCall(), c.RecordHandoff("text", "a.txt"))
    assert talk.advice() == "callback_first"
    assert talk.prompt().action == ""
    old = agenda_of(talk)
    talk.do(c.FinishWrapUp())
    assert talk.prompt().action == "open_case"
    talk.do(c.StartCall())
    assert talk.advice(old) is None


def test_red_of_the_call_comes_first_and_five_minutes_before_amber(talk, other):
    talk.wait(3600 - 300)
    assert talk.advice(agenda_of(other)) == "call_red"
    talk.do(c.CommitCallback("佐藤", due_in(talk, 9000)))
    assert talk.advice(agenda_of(other)) == "callback_last"
    talk.do(c.Hold())
    talk.wait(60)
    assert talk.advice(agenda_of(other)) == "hold_red"


def test_a_call_without_limits_is_not_disturbed(talk, other):
    talk.do(c.OpenCard("life", suspends_limits=True), c.StartConsult())
    talk.wait(3600)
    assert talk.advice(agenda_of(other)) is None


# -- the first report -------------------------------------------------------------------------

SOMETHING = {
    "a commitment": c.CommitCallback("佐藤", due_at=None),
    "a promise": c.TakeNote(NoteKind.PROMISE, "お詫びの文書"),
    "hot": c.SetTemperature(4),
    "the flow that opens anywhere": c.ToggleAside(),
}
HALF, WHOLE = 5 * 60, 10 * 60


def told(telephone, name):
    command = SOMETHING[name]
    if name == "a commitment":
        command = c.CommitCallback("佐藤", due_in(telephone, 40_000))
    telephone.do(command)


@pytest.mark.parametrize("name", SOMETHING)
@pytest.mark.parametrize(
    ("seconds", "expected"),
    [
        (0, None),
        (HALF - 1, None),
        (HALF, "report_amber"),
        (HALF + 1, "report_amber"),
        (WHOLE - 1, "report_amber"),
        (WHOLE, "report_red"),
        (WHOLE + 1, "report_red"),
    ],
)
def test_something_to_report(talk, name, seconds, expected):
    talk.do(c.StartConsult())
    talk.wait(5)
    told(talk, name)
    talk.do(c.EndCall())
    talk.wait(seconds)
    assert talk.advice() == expected
    assert expected is None or talk.prompt().action == "handoff"
    assert expected is None or talk.prompt().values == {"minutes": seconds // 60}
    talk.do(c.FinishWrapUp())
    assert talk.advice() == expected
    talk.do(c.RecordHandoff("text", "a.txt"))
    assert talk.advice() is None


@pytest.mark.parametrize("report", [c.StartConsult(), c.RecordHandoff("text", "a.txt")])
def test_what_was_told_after_it_arose_is_told(talk, report):
    talk.do(c.SetTemperature(5), HARM)
    talk.wait(5).do(report)
    talk.do(c.EndCall())
    talk.wait(60)
    assert talk.advice() is None
    talk.do(c.SetTemperature(4))
    talk.wait(WHOLE).do(c.FinishWrapUp())
    assert talk.advice() == "report_red"


@pytest.mark.parametrize(
    ("commands", "expected"),
    [
        ([HARM], "report_safety"),
        ([c.OpenCard("life", suspends_limits=True)], "report_safety"),
        ([HARM, SAFE], None),
        ([SAFE, c.SetTemperature(3)], None),
    ],
)
def test_harm_is_reported_at_once(talk, commands, expected):
    talk.do(*commands, c.EndCall())
    assert talk.advice() == expected


def test_a_quiet_call_has_nothing_to_report(talk):
    talk.do(c.TakeNote(NoteKind.CLAIM, "水が漏れた"), c.EndCall(), c.FinishWrapUp())
    talk.wait(WHOLE)
    assert talk.advice() is None


def test_another_case_whose_report_was_forgotten_reminds_between_calls(telephone, new_telephone):
    other = new_telephone()
    other.do(c.StartCall(), c.SetTemperature(4))
    finish(other)
    telephone.clock.advance(WHOLE)
    assert telephone.prompt(agenda_of(other)).action == "open_case"
    telephone.do(c.StartCall())
    assert telephone.advice(agenda_of(other)) is None
    finish(telephone)
    assert telephone.advice(agenda_of(other)) == "report_red"
    telephone.clock.advance(12 * 3600)
    assert telephone.advice(agenda_of(other)) is None


# -- the interim report -----------------------------------------------------------------------

DAY = 86_400


@pytest.mark.parametrize(
    ("due", "seconds", "expected"),
    [
        (3 * DAY, DAY - 1, None),
        (3 * DAY, DAY, "interim_report"),
        (3 * DAY, DAY + 1, "interim_report"),
        (DAY, DAY - 16 * 60, None),
    ],
)
def test_a_far_date_needs_an_interim_report(telephone, new_telephone, due, seconds, expected):
    other = new_telephone()
    other.do(c.StartCall(), c.TakeNote(NoteKind.PROMISE, "調査", due_at=due_in(other, due)))
    other.do(c.RecordHandoff("text", "a.txt"))
    finish(other)
    telephone.clock.advance(seconds)
    prompt = telephone.prompt(agenda_of(other))
    assert (prompt.id if prompt else None) == expected
    if prompt:
        other.do(c.DismissAdvice(prompt.id, prompt.target))
        assert telephone.advice(agenda_of(other)) is None


def test_whoever_was_rung_since_is_left_alone_for_another_day(telephone, new_telephone):
    other = new_telephone()
    other.do(c.StartCall(), c.TakeNote(NoteKind.PROMISE, "調査", due_at=due_in(other, 3 * DAY)))
    finish(other)
    for phone in (telephone, other):
        phone.clock.advance(DAY)
    prompt = telephone.prompt(agenda_of(other))
    other.do(c.DismissAdvice(prompt.id, prompt.target))
    other.do(c.StartCall())
    finish(other)
    assert telephone.advice(agenda_of(other)) is None
    telephone.clock.advance(DAY)
    assert telephone.advice(agenda_of(other)) == "interim_report"


def test_limits_of_reminders_are_settings(telephone, other):
    telephone.clock.advance(3600 - 30 * 60)
    assert telephone.advice(agenda_of(other)) is None
    telephone.desk.limits = Limits(callback_remind_first_minutes=30)
    assert telephone.advice(agenda_of(other)) == "callback_first"


def test_a_kind_with_a_date_that_is_not_known_here_reminds_like_a_promise(telephone):
    due = Due("action", "x", due_in(telephone, 600), "佐藤", "部品の手配")
    agenda = Agenda.of([AgendaEntry("other", "1", "山田", due, "x")])
    assert telephone.advice(agenda) == "promise_first"
