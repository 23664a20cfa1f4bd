"""線引き on the desk: every request in one column, and what each column needs."""

from datetime import UTC, datetime

import pytest

from call import commands as c
from call.fold_columns import Lack
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.second_line import Desk

KEYS = [("P", NoteKind.PROMISE), ("A", NoteKind.ASK), ("R", NoteKind.CANNOT)]


@pytest.fixture
def desk(talk):
    talk.work.do(c.TakeNote(NoteKind.REQUEST, "今日中に直してほしい"))
    talk.act("second_desk")
    return Desk(talk).page(4)


def request_row(desk):
    (request,) = desk.case.columns.requests
    return f"request_{request.id}"


def only(desk, kind):
    (entry,) = desk.case.columns.of_kind(kind)
    return entry


@pytest.mark.rule("95")
def test_a_request_in_no_column_stands_on_top_and_in_sight(desk):
    rows = desk.rows()
    assert rows[0].heading == t("second.columns.unplaced", count=1)
    assert (rows[0].tone, rows[1].tone) == ("warn", "warn")
    assert rows[1].text == "今日中に直してほしい"
    assert desk.chosen.id == request_row(desk)


@pytest.mark.rule("94")
@pytest.mark.parametrize(("key", "kind"), KEYS)
def test_one_key_places_a_request_in_a_new_entry(desk, key, kind):
    desk.press(key)
    desk.answer("本日の訪問修理")
    entry = only(desk, kind)
    assert entry.text == "本日の訪問修理"
    assert [request.text for request in entry.requests] == ["今日中に直してほしい"]
    assert desk.rows()[0].id == "all_placed"


@pytest.mark.parametrize(("key", "kind"), KEYS)
def test_a_number_places_it_in_an_entry_that_is_there(desk, talk, key, kind):
    talk.work.do(c.TakeNote(kind, "昨日の件のご説明"))
    talk.settle()
    desk.go_to(request_row(desk))
    desk.press(key)
    desk.desk.ask.entry.selectAll()
    talk.type("１", desk.desk.ask.entry)
    assert desk.echo == t("second.columns.echo_there", text="昨日の件のご説明")
    desk.press("Return")
    assert only(desk, kind).requests[0].text == "今日中に直してほしい"


def test_a_promise_gets_its_owner_and_time_with_an_echo(desk, talk):
    desk.go_to("none_ask")
    desk.press("P")
    desk.answer("本日の訪問修理", "工事店の中村")
    assert desk.asked == t("second.ask.due")
    talk.type("よくわからない", desk.desk.ask.entry)
    desk.press("Return")
    assert desk.asked
    assert desk.echo == t("consult.due_unread")
    desk.desk.ask.entry.selectAll()
    talk.type("18時", desk.desk.ask.entry)
    assert "18時" in desk.echo
    desk.press("Return")
    entry = only(desk, NoteKind.PROMISE)
    assert (entry.owner, entry.due_at) == (
        "工事店の中村",
        datetime(2026, 4, 1, 9, 0, tzinfo=UTC),
    )
    assert entry.lacks == ()
    assert desk.chosen.id == entry.note_id


def test_what_a_promise_lacks_is_said_in_amber(desk, talk):
    talk.work.do(c.TakeNote(NoteKind.PROMISE, "ご説明"))
    talk.settle()
    row = desk.row(only(desk, NoteKind.PROMISE).note_id)
    assert row.note_tone == "warn"
    assert t(f"second.lack.{Lack.OWNER}") in row.note
    assert t(f"second.lack.{Lack.DUE}") in row.note


@pytest.mark.rule("96")
def test_a_refusal_gets_its_reason_and_alternatives(desk):
    desk.press("R")
    desk.answer("本日中の修理")
    desk.go_to(only(desk, NoteKind.CANNOT).note_id)
    desk.press("Return")
    desk.answer("部品の在庫がないため", "明日の訪問／代わりの機械")
    entry = only(desk, NoteKind.CANNOT)
    assert entry.reason == "部品の在庫がないため"
    assert entry.alternatives == ("明日の訪問", "代わりの機械")
    desk.press("L")
    desk.answer("明日の訪問")
    assert only(desk, NoteKind.CANNOT).alternatives == ("明日の訪問",)
    assert only(desk, NoteKind.CANNOT).reason == "部品の在庫がないため"


def test_a_freed_or_removed_entry_brings_the_request_back(desk):
    desk.press("P")
    desk.answer("本日の訪問修理")
    desk.go_to(only(desk, NoteKind.PROMISE).note_id)
    desk.press("U")
    assert desk.rows()[1].id == request_row(desk)
    desk.go_to(request_row(desk))
    desk.press("P")
    desk.answer("1")
    desk.go_to(only(desk, NoteKind.PROMISE).note_id)
    desk.press("Delete")
    assert desk.rows()[1].id == request_row(desk)


def test_three_columns_beside_each_other_where_there_is_room(desk, talk):
    for _, kind in KEYS:
        talk.work.do(c.TakeNote(kind, "何か"))
    talk.window.resize(1300, 820)
    talk.settle()
    views = [v for v in desk.desk.rows.body.views if v.row.text == "何か"]
    assert len({view.y() for view in views}) == 1
    assert len({view.x() for view in views}) == 3
    desk.go_to(only(desk, NoteKind.PROMISE).note_id)
    desk.press("Right")
    assert desk.chosen.lane == 2
    talk.window.resize(340, 820)
    talk.settle()
    assert len({view.x() for view in views}) == 1
    assert len({view.y() for view in views}) == 3
