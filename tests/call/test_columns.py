"""Three columns: what an entry lacks, and where each request of the customer ends."""

from datetime import UTC, datetime

import pytest

from call import commands as c
from call.fold_columns import Lack
from scripts_ja.model import NoteKind

DUE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def note(talk, kind, text, due_at=None):
    talk.do(c.TakeNote(kind, text, due_at=due_at))
    return talk.case.notes.notes[-1].note_id


def lacks(talk, note_id):
    return talk.case.columns.entry(note_id).lacks


def test_a_promise_needs_an_owner_and_a_time(talk):
    promise = note(talk, NoteKind.PROMISE, "ご説明")
    assert lacks(talk, promise) == (Lack.OWNER, Lack.DUE)
    talk.do(c.DrawLine(promise, " 田中 "))
    assert lacks(talk, promise) == (Lack.DUE,)
    talk.do(c.EditNote(promise, NoteKind.PROMISE, "ご説明", DUE))
    assert lacks(talk, promise) == ()
    assert talk.case.dues()[0].owner == "田中"


def test_a_refusal_needs_its_reason_and_may_have_alternatives(talk):
    refusal = note(talk, NoteKind.CANNOT, "お支払い")
    assert lacks(talk, refusal) == (Lack.REASON,)
    talk.do(c.DrawLine(refusal, reason="公平のため", alternatives=(" 返金 ", " ", "代替機")))
    entry = talk.case.columns.entry(refusal)
    assert (entry.lacks, entry.alternatives) == ((), ("返金", "代替機"))
    talk.do(c.Undo())
    assert lacks(talk, refusal) == (Lack.REASON,)


def test_an_ask_needs_nothing_and_may_have_its_result(talk):
    ask = note(talk, NoteKind.ASK, "写し")
    assert lacks(talk, ask) == ()
    talk.do(c.DrawLine(ask, result="手配"))
    assert talk.case.columns.entry(ask).result == "手配"
    assert talk.do(c.DrawLine(ask, result="手配 ")) == ()


def test_requests_are_the_notes_and_the_field_each_once(talk):
    note(talk, NoteKind.REQUEST, "修理")
    talk.do(c.FillField("request", "修理"))
    assert [request.text for request in talk.case.columns.requests] == ["修理"]
    talk.do(c.FillField("request", "返金"))
    assert [request.text for request in talk.case.columns.requests] == ["修理", "返金"]
    assert talk.case.columns.unplaced == talk.case.columns.requests


def test_every_request_ends_in_a_column(talk):
    wish, refusal = note(talk, NoteKind.REQUEST, "日当"), note(talk, NoteKind.CANNOT, "日当")
    talk.do(c.FillField("request", "修理"), c.DrawLine(refusal, reason="公平のため"))
    talk.do(c.PlaceRequest(wish, refusal))
    assert [request.id for request in talk.case.columns.unplaced] == ["request"]
    assert not talk.case.columns.is_drawn
    talk.do(c.PlaceRequest("request", refusal))
    assert talk.case.columns.is_drawn
    assert [r.text for r in talk.case.columns.entry(refusal).requests] == ["日当", "修理"]
    assert talk.do(c.PlaceRequest(wish, refusal)) == ()
    talk.do(c.PlaceRequest(wish, ""))
    assert [request.id for request in talk.case.columns.unplaced] == [wish]


def test_a_removed_entry_frees_its_request_and_undo_takes_it_back(talk):
    wish, promise = note(talk, NoteKind.REQUEST, "修理"), note(talk, NoteKind.PROMISE, "修理")
    talk.do(c.PlaceRequest(wish, promise), c.RemoveNote(promise))
    assert [request.id for request in talk.case.columns.unplaced] == [wish]
    talk.do(c.Undo())
    assert talk.case.columns.unplaced == ()
    talk.do(c.EditNote(promise, NoteKind.MEMO, "修理"))
    assert [request.id for request in talk.case.columns.unplaced] == [wish]


def test_another_request_in_the_field_is_answered_by_nothing_yet(talk):
    promise = note(talk, NoteKind.PROMISE, "修理")
    talk.do(c.FillField("request", "修理"), c.PlaceRequest("request", promise))
    talk.do(c.FillField("request", "全額の返金"))
    assert [request.text for request in talk.case.columns.unplaced] == ["全額の返金"]


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (lambda wish, fact: c.DrawLine(fact, "田中"), "column.no_entry"),
        (lambda wish, fact: c.PlaceRequest(wish, fact), "column.no_entry"),
        (lambda wish, fact: c.PlaceRequest(fact, ""), "column.no_request"),
        (lambda wish, fact: c.PlaceRequest("request", ""), "column.no_request"),
    ],
)
def test_only_what_is_there_can_be_linked(talk, command, reason):
    wish, fact = note(talk, NoteKind.REQUEST, "修理"), note(talk, NoteKind.CLAIM, "漏れる")
    assert talk.refusal(command(wish, fact)) == reason
