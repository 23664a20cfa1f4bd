"""Commands on cases that are not in hand, and what all cases owe: with the disk, without a window."""

import logging
import queue
from datetime import UTC, datetime, timedelta

import pytest

from app.opening import open_workplace
from call import commands as c
from call.clock import SimulatedClock
from call.events import Cause
from call.fold_times import CallPhase
from desktop.paths import Places
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from storage.archive import Archive

PATIENCE_SECONDS = 20


class Place:
    """One desk with its files. Calls of other threads wait in a queue until they are let in."""

    def __init__(self, folder, clock):
        self.places, self.clock = Places(folder), clock
        self._queue = queue.Queue()
        self.said = []
        self.work, _ = open_workplace(self.places, clock, self._queue.put)
        self.work.notices.listen(self.said.append)
        self.work.start()
        self.wait_until(lambda: self.work.session.is_open)
        self.settle()

    def wait_until(self, is_so):
        while not is_so():
            self._queue.get(timeout=PATIENCE_SECONDS)()

    def settle(self):
        """All that waits in the queue, and what follows from it."""
        while not self.work._background.is_quiet:
            self._queue.get(timeout=PATIENCE_SECONDS)()

    def do(self, *commands):
        for command in commands:
            change = self.work.do(command)
            assert change.refusal is None, change
        return change

    def a_case(self, *commands):
        """A call with something in it that is over and finished; its id."""
        self.do(c.StartCall(), *commands, c.EndCall(), c.FinishWrapUp())
        self.settle()
        return self.work.case.id

    def promise(self, minutes, text="ご連絡"):
        at = self.clock.now().wall + timedelta(minutes=minutes)
        return c.CommitCallback("佐藤", at)

    def events_of(self, case_id):
        assert self.work.journal.flush(PATIENCE_SECONDS)
        with Archive(self.places.database) as archive:
            return archive.events_of(case_id)

    def line_of(self, case_id):
        assert self.work.journal.flush(PATIENCE_SECONDS)
        with Archive(self.places.database) as archive:
            return archive.summary_of(case_id)

    def advice(self):
        prompt = self.work.advice()
        return prompt.id if prompt else None

    def close(self):
        self.settle()
        assert self.work.close()


@pytest.fixture
def clock():
    return SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC))


@pytest.fixture
def make_place(tmp_path, clock):
    """Opens the same data folder, again and again."""
    made = []

    def make():
        for earlier in made:
            earlier.close()
        made[:] = [Place(tmp_path / "data", clock)]
        return made[0]

    yield make
    for place in made:
        place.close()


@pytest.fixture
def place(make_place):
    return make_place()


HANDED = c.RecordHandoff("text", "a.txt")


@pytest.fixture
def away(place):
    """The id of a case that is owed a callback in an hour, with another call on the line."""
    case_id = place.a_case(c.FillField("customer", "山田"), place.promise(60), HANDED)
    place.do(c.StartCall())
    place.settle()
    return case_id


def due_of(place, case_id):
    (due,) = place.line_of(case_id).dues
    return due


def test_a_due_of_a_case_elsewhere_is_settled_and_the_call_goes_on(place, away):
    before = place.work.case.id
    place.work.cases.do_in(away, c.SettleDue(due_of(place, away).target))
    place.settle()
    assert (place.work.case.id, place.work.phase) == (before, CallPhase.TALKING)
    assert place.line_of(away).dues == ()
    assert place.line_of(away).status == "done"
    (*_, last) = place.events_of(away)
    assert (last.kind, last.case_id) == ("DueSettled", away)
    assert place.work.case.handing_up.settled == set()


def test_two_at_once_know_of_each_other(place):
    at = place.clock.now().wall + timedelta(minutes=60)
    both = [
        c.TakeNote(NoteKind.PROMISE, "一つ目", due_at=at),
        c.TakeNote(NoteKind.PROMISE, "二つ目", due_at=at),
    ]
    case_id = place.a_case(*both)
    place.do(c.StartCall())
    place.settle()
    first, second = place.line_of(case_id).dues
    place.work.cases.do_in(case_id, c.SettleDue(first.target))
    place.work.cases.do_in(case_id, c.SettleDue(second.target))
    place.settle()
    assert place.line_of(case_id).dues == ()


def test_what_was_recorded_elsewhere_is_there_when_the_case_is_opened_at_once(place, away):
    place.do(c.EndCall(), c.FinishWrapUp())
    place.settle()
    place.work.cases.do_in(away, c.SettleDue(due_of(place, away).target))
    place.work.cases.open(away)
    place.settle()
    assert (place.work.case.id, place.work.is_chosen) == (away, True)
    assert place.work.case.dues() == ()
    place.do(c.FillField("issue", "水漏れ"))
    assert place.line_of(away).dues == ()


def test_a_case_that_was_opened_meanwhile_is_worked_on_where_it_lies(place, away):
    place.do(c.EndCall(), c.FinishWrapUp())
    place.settle()
    target = due_of(place, away).target
    place.work.cases.open(away)
    place.work.cases.do_in(away, c.SettleDue(target))
    place.settle()
    assert place.work.case.dues() == ()
    assert place.work.is_chosen


def test_after_call_work_that_waits_is_worked_on_where_it_waits(place):
    place.do(c.StartCall(), place.promise(60), c.EndCall(), c.StartCall())
    (waiting,) = place.work.parked
    place.work.cases.do_in(waiting.id, c.SettleDue(waiting.dues()[0].target))
    assert waiting.dues() == ()
    assert place.work.phase is CallPhase.TALKING
    place.settle()
    assert place.line_of(waiting.id).dues == ()


def test_a_case_open_to_read_stays_so_while_something_happens_elsewhere(place):
    read = place.a_case()
    place.do(c.StartCall(), place.promise(60), c.EndCall(), c.ParkWrapUp())
    (waiting,) = place.work.parked
    place.work.cases.open(read)
    place.settle()
    assert place.work.is_chosen
    place.work.cases.do_in(waiting.id, c.SettleDue(waiting.dues()[0].target))
    assert place.work.is_chosen


def test_a_case_that_is_not_there_is_said_and_nothing_else(place, away):
    place.work.cases.do_in("no such case", c.SettleDue("x"))
    place.settle()
    assert place.said[-1].text == t("cases.not_done")


def test_what_the_case_refuses_is_heard(place, away):
    heard = []
    place.work.listen(heard.append)
    place.work.cases.do_in(away, c.SettleDue("no such due"))
    place.settle()
    assert heard[-1].refusal.reason == "due.not_there"


def test_a_file_that_cannot_be_read_is_said(place, away, caplog):
    assert place.work.journal.flush(PATIENCE_SECONDS)
    place.places.database.write_bytes(b"no database" * 100)
    with caplog.at_level(logging.WARNING):
        place.work.cases.do_in(away, c.SettleDue("x"))
        place.settle()
    assert place.said[-1].text == t("cases.not_done")
    place.work.journal.close(0)


# -- the agenda of all cases ------------------------------------------------------------------


def test_a_callback_of_a_case_that_left_the_hand_reminds(place, away):
    place.clock.advance(45 * 60)
    place.do(c.CommitCallback("鈴木", place.clock.now().wall + timedelta(days=2)))
    place.do(c.AnswerCallback(True))
    assert place.advice() == "callback_first"
    assert place.work.advice().about.customer == "山田"


def test_a_reminder_put_aside_is_kept_in_the_case_it_belongs_to(place, away, make_place):
    place.do(c.EndCall(), c.FinishWrapUp())
    place.settle()
    place.clock.advance(50 * 60)
    prompt = place.work.advice()
    assert (prompt.id, prompt.about.case_id) == ("callback_first", away)
    place.work.reminders.put_aside(prompt)
    assert place.advice() is None
    place.settle()
    assert place.advice() is None
    (*_, last) = place.events_of(away)
    assert (last.kind, last.body.prompt, last.body.target) == (
        *("AdviceDismissed", prompt.id),
        prompt.target,
    )
    again = make_place()
    again.settle()
    assert again.advice() is None
    again.clock.advance(5 * 60)
    assert again.advice() == "callback_last"


def test_what_is_settled_elsewhere_reminds_no_more(place, away):
    place.do(c.EndCall(), c.FinishWrapUp())
    place.settle()
    place.clock.advance(60 * 60)
    assert place.advice() == "callback_late"
    place.work.cases.do_in(away, c.SettleDue(due_of(place, away).target))
    place.settle()
    assert place.advice() is None


def test_after_call_work_that_waits_reminds_without_the_disk(place):
    place.do(c.StartCall(), place.promise(60), HANDED, c.EndCall(), c.StartCall())
    place.clock.advance(56 * 60)
    place.do(place.promise(600), c.AnswerCallback(True))
    assert place.advice() == "callback_last"


def test_a_report_that_was_forgotten_reminds_after_the_next_call(place):
    place.a_case(c.SetTemperature(5))
    forgotten = place.work.case.id
    place.a_case()
    place.clock.advance(600)
    prompt = place.work.advice()
    assert (prompt.id, prompt.about.case_id) == ("report_red", forgotten)


def test_what_cannot_be_read_now_is_remembered_as_it_was(place, away, caplog):
    place.clock.advance(50 * 60)
    before = place.work.reminders.agenda
    assert before.entries
    assert place.work.journal.flush(PATIENCE_SECONDS)
    place.places.database.write_bytes(b"no database" * 100)
    with caplog.at_level(logging.WARNING):
        place.work.reminders.refresh()
        place.settle()
    assert place.work.reminders.agenda == before
    place.work.journal.close(0)


def test_a_case_that_did_not_change_is_folded_once(place, away, monkeypatch):
    read = []
    events_of = Archive.events_of
    monkeypatch.setattr(
        Archive, "events_of", lambda a, case: read.append(case) or events_of(a, case)
    )
    place.work.reminders.refresh()
    place.settle()
    assert away not in read


def test_other_limits_hold_for_other_cases_too(place, away):
    place.do(c.EndCall(), c.FinishWrapUp())
    place.a_case(c.SetTemperature(5))
    place.a_case()
    place.clock.advance(120)
    assert place.advice() is None
    place.work.settings.change({"limits.first_report_minutes": 2})
    place.settle()
    assert place.advice() == "report_red"


# -- the list of all that is owed -------------------------------------------------------------


def test_what_is_late_says_so_and_what_is_said_first(place, away):
    (line,) = place.work.agenda.lines()
    assert (line.seconds_left, place.work.agenda.apology(line)) == (3600, "")
    place.clock.advance(3600)
    (line,) = place.work.agenda.lines()
    assert line.is_late
    said = place.work.agenda.apology(line)
    assert "お約束に遅れ、誠に申し訳ございません" in said
    assert "{" not in said
    later = place.clock.now().wall + timedelta(hours=2)
    place.work.agenda.do(line, c.PostponeDue(line.entry.what.target, later, "遅れ", is_told=True))
    place.settle()
    (line,) = place.work.agenda.lines()
    assert (line.seconds_left, line.entry.case_id) == (7200, away)
    assert due_of(place, away).at == later


def test_what_no_customer_waits_for_needs_no_apology(place):
    at = place.clock.now().wall + timedelta(minutes=30)
    place.a_case(
        c.PlanAction("部品の手配", "佐藤", at),
        c.TellConcession("設置費用の返金", "部長", expires_at=at),
        c.TakeNote(NoteKind.PROMISE, "お調べの結果", due_at=at),
        c.RecordHandoff("text", "a.txt"),
    )
    place.clock.advance(31 * 60)
    said = {
        line.entry.what.kind: place.work.agenda.apology(line) for line in place.work.agenda.lines()
    }
    assert set(said) >= {"action", "offer", "promise"}
    assert [kind for kind, text in said.items() if text] == ["promise"]


# -- whoever rings again ----------------------------------------------------------------------


@pytest.mark.parametrize(("earlier", "is_repeated"), [(0, False), (1, False), (2, True)])
def test_calls_of_a_number_are_counted_with_what_was_answered(place, earlier, is_repeated):
    for number in range(earlier):
        place.do(c.StartCall("03-0000-1234"), c.FillField("issue", f"返金{number}"))
        place.do(c.TakeNote(NoteKind.ANSWERED, "いたしかねる"), c.EndCall(), c.FinishWrapUp())
        place.clock.advance(60)
    place.a_case()
    place.do(c.StartCall("０３（００００）１２３４"))
    found = []
    place.work.repeat_calls.fetch("0300001234", found.append)
    place.settle()
    (view,) = found
    assert (view.calls, view.is_repeated) == (earlier + 1, is_repeated)
    assert [case.issue for case in view.cases] == [f"返金{n}" for n in reversed(range(earlier))]
    assert all(case.answered == "いたしかねる" for case in view.cases)


# -- causes over all cases --------------------------------------------------------------------


def causes_of(place):
    found = []
    place.work.causes.fetch(found.append)
    place.settle()
    return [(str(count.cause), len(count.case_nos), count.recurs) for count in found[0]]


def test_causes_are_counted_as_the_sheets_read_now(place):
    place.a_case()
    assert causes_of(place) == []
    for cause in (Cause.SYSTEM, Cause.PERSON, Cause.SYSTEM):
        place.a_case(c.WritePrevention(cause=cause))
    place.a_case(c.WritePrevention(cause=Cause.PRODUCT), c.Undo())
    place.a_case(c.WritePrevention(cause=Cause.PRODUCT), c.WritePrevention(cause=Cause.PERSON))
    place.a_case(c.WritePrevention(cause=Cause.EXPLANATION))
    assert causes_of(place) == [
        ("person", 2, True),
        ("system", 2, True),
        ("explanation", 1, False),
    ]
