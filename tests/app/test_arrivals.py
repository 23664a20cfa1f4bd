"""A running desk takes over what is laid into its inbox: all of it, once, beside the window."""

import json
import queue
from datetime import UTC, datetime, timedelta

import pytest

from app.command_line import run
from app.opening import open_workplace
from call import commands as c
from call.clock import SimulatedClock
from call.events import Direction, PlanItem
from call.fold_times import CallPhase
from call.preparation import is_known
from desktop.paths import Places
from scripts_ja.model import NoteKind
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
        while not self.work.session.is_open:
            self._queue.get(timeout=PATIENCE_SECONDS)()
        self.settle()

    def settle(self):
        """All that waits in the queue, and what follows from it."""
        while not self.work._background.is_quiet:
            self._queue.get(timeout=PATIENCE_SECONDS)()

    def do(self, *commands):
        for command in commands:
            self.clock.advance(30)
            change = self.work.do(command)
            assert change.refusal is None, change
        self.settle()

    def export(self, path, *arguments):
        """The case in hand as a bundle."""
        assert self.work.journal.flush(PATIENCE_SECONDS)
        export = [
            "export",
            self.work.case.case_no,
            "--as-unconfirmed",
            "--format",
            "json",
            "--out",
            str(path),
        ]
        assert run(["--data-dir", str(self.places.data), *export, *arguments]) == 0
        return path

    def lay_in(self, path, name="x.yorisoi.json"):
        self.places.inbox.mkdir(exist_ok=True)
        (self.places.inbox / name).write_bytes(path.read_bytes())

    def look(self):
        self.said.clear()
        self.work.arrivals.look()
        self.settle()
        return [
            notice.text for notice in self.said if notice.key.startswith("arrival") and notice.text
        ]

    def events_of(self, case_id):
        assert self.work.journal.flush(PATIENCE_SECONDS)
        with Archive(self.places.database) as archive:
            return archive.events_of(case_id)

    def recent(self):
        assert self.work.journal.flush(PATIENCE_SECONDS)
        with Archive(self.places.database) as archive:
            return archive.recent(9)

    @property
    def inbox(self):
        return [path.name for path in self.places.inbox.iterdir()]

    def close(self):
        self.settle()
        assert self.work.close()


@pytest.fixture
def open_place(tmp_path):
    places = []

    def opened(name):
        clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC), f"boot of {name}")
        places.append(Place(tmp_path / name, clock))
        return places[-1]

    yield opened
    for place in places:
        place.close()


@pytest.fixture
def first(open_place):
    """A desk in the after-call work of a call that it hands over."""
    place = open_place("first")
    place.do(
        c.StartCall("03-0000-1234"),
        c.FillField("customer", "山田"),
        c.TakeNote(NoteKind.CLAIM, "洗濯機から水が漏れる"),
        c.EndCall(),
    )
    return place


@pytest.fixture
def second(open_place):
    return open_place("second")


@pytest.fixture
def bundle(first, tmp_path):
    return first.export(tmp_path / "case.yorisoi.json")


def test_what_lies_in_the_inbox_is_taken_over_and_put_away(first, second, bundle):
    second.lay_in(bundle)
    (said,) = second.look()
    assert first.work.case.case_no in said
    assert second.inbox == []
    (line,) = second.recent()
    assert (line.case_no, line.status) == (first.work.case.case_no, "open")
    theirs = [
        e
        for e in second.events_of(line.case_id)
        if e.desk_id != second.work.session.identity.desk_id
    ]
    assert theirs == list(first.events_of(line.case_id))
    assert second.work.case is None, "nothing is laid on the desk that nobody asked for"


def test_it_opens_in_f3_and_goes_on_under_both_desks(first, second, bundle):
    second.lay_in(bundle)
    second.look()
    case_id = first.work.case.id
    second.work.cases.open(case_id)
    second.settle()
    assert second.work.phase is CallPhase.CLOSED
    second.do(c.StartCall("03-0000-1234", Direction.OUTGOING))
    second.do(c.FillField("landing_point", "本日の修理"))
    assert second.work.case.id == case_id
    assert [row.text for row in second.work.case.facts.rows] == ["洗濯機から水が漏れる"]
    assert len({event.desk_id for event in second.events_of(case_id)}) == 2


def test_all_that_the_first_desk_told_stands_on_the_second_one(first, second, tmp_path):
    """The facts, the promise, what was answered, and that the one concession is gone."""
    due = first.clock.now().wall + timedelta(hours=2)
    first.do(
        c.TakeNote(NoteKind.PROMISE, "部品のお届け", due_at=due),
        c.TakeNote(NoteKind.ANSWERED, "無償で交換"),
        c.TellConcession("送料の返金", "課長"),
        c.FillField("issue", "水漏れ"),
    )
    second.lay_in(first.export(tmp_path / "all.yorisoi.json"))
    second.look()
    second.work.cases.open(first.work.case.id)
    second.settle()
    case = second.work.case
    assert [row.text for row in case.facts.rows] == ["洗濯機から水が漏れる"]
    assert [row.text for row in case.columns.of_kind(NoteKind.PROMISE)] == ["部品のお届け"]
    assert [note.text for note in case.notes.of_kind(NoteKind.ANSWERED)] == ["無償で交換"]
    assert [told.offer for told in case.concession.told] == ["送料の返金"]
    assert is_known(case, PlanItem.ISSUE)
    assert is_known(case, PlanItem.ANSWERED)
    assert not is_known(case, PlanItem.REQUEST)


def test_during_a_call_nothing_of_it_is_touched(first, second, bundle):
    second.do(c.StartCall("03-1111-2222"), c.FillField("customer", "佐藤"))
    before = second.work.case.id
    second.lay_in(bundle)
    second.look()
    assert (second.work.case.id, second.work.phase) == (before, CallPhase.TALKING)
    assert len(second.recent()) == 2


def test_more_of_a_case_at_hand_is_shown_at_once(first, second, bundle, tmp_path):
    second.lay_in(bundle)
    second.look()
    second.work.cases.open(first.work.case.id)
    second.settle()
    first.do(c.FillField("issue", "水漏れ"), c.FinishWrapUp())
    second.lay_in(first.export(tmp_path / "later.yorisoi.json"))
    second.look()
    assert second.work.case.field("issue") == "水漏れ"
    assert second.work.phase is CallPhase.CLOSED


def test_twice_is_told_and_changes_nothing(first, second, bundle):
    for said in ("引き継ぎました", "すでに"):
        second.lay_in(bundle)
        assert said in second.look()[0]
        assert second.inbox == []
    assert len(second.recent()) == 1


def test_a_refused_file_stays_and_is_told_once(first, second, bundle):
    raw = json.loads(bundle.read_text(encoding="utf-8"))
    raw["case_no"] = "another"
    second.places.inbox.mkdir()
    (second.places.inbox / "a.yorisoi.json").write_text(json.dumps(raw), encoding="utf-8")
    second.lay_in(bundle, "b.yorisoi.json")
    told = second.look()
    assert ["変わっている" in said for said in told] == [True, False]
    assert second.inbox == ["a.yorisoi.json"]
    assert second.look() == []
    assert len(second.recent()) == 1


def test_what_came_while_no_sidebar_ran_is_taken_over_at_the_start(
    first, bundle, tmp_path, open_place
):
    places = Places(tmp_path / "third")
    places.inbox.mkdir(parents=True)
    (places.inbox / "x.yorisoi.json").write_bytes(bundle.read_bytes())
    third = open_place("third")
    assert len(third.recent()) == 1
    assert third.inbox == []


def test_the_result_comes_back_and_the_first_desk_s_own_work_goes_on(
    first, second, bundle, tmp_path
):
    """The second line is still in its call when it sends word; the first is in after-call work."""
    second.lay_in(bundle)
    second.look()
    second.work.cases.open(first.work.case.id)
    second.settle()
    second.do(c.StartCall("03-0000-1234", Direction.OUTGOING))
    second.do(c.FillField("landing_point", "本日の修理"))
    first.lay_in(second.export(tmp_path / "back.yorisoi.json"))
    first.look()
    assert first.work.case.field("landing_point") == "本日の修理"
    assert first.work.phase is CallPhase.WRAP_UP
    first.do(c.FinishWrapUp())
    assert first.work.phase is CallPhase.CLOSED
    assert len(first.work.case.calls) == 2


def test_what_comes_while_the_inbox_is_being_read_is_not_missed(second, bundle, monkeypatch):
    arrivals = second.work.arrivals
    read, times = arrivals._next, []

    def read_then_one_comes():
        found = read()
        if not times:
            second.lay_in(bundle)
        times.append(found)
        return found

    monkeypatch.setattr(arrivals, "_next", read_then_one_comes)
    arrivals.look()
    arrivals.look()  # as the watched folder says, before the window has heard of what was read
    second.settle()
    assert second.inbox == []
    assert len(second.recent()) == 1


def test_a_file_that_leads_nowhere_keeps_no_other_one_waiting(second, bundle):
    second.lay_in(bundle, "b.yorisoi.json")
    (second.places.inbox / "a.yorisoi.json").symlink_to("nowhere")
    second.look()
    assert second.inbox == ["a.yorisoi.json"]
    assert len(second.recent()) == 1
