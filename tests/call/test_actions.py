"""Next actions: what they lack, ticking them, and what is owed of them."""

from datetime import UTC, datetime, timedelta

from call import commands as c
from call.case import summarize
from call.fold_columns import Lack

DUE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def planned(talk, text, **fields):
    talk.do(c.PlanAction(text, **fields))
    return talk.case.actions.actions[-1]


def test_an_action_needs_an_owner_and_a_time_but_not_if_it_is_done_now(talk):
    assert planned(talk, " 訪問の手配 ").lacks == (Lack.OWNER, Lack.DUE)
    assert planned(talk, "訪問", owner="田中").lacks == (Lack.DUE,)
    assert planned(talk, "訪問", owner="田中", due_at=DUE).lacks == ()
    assert planned(talk, "返金の手続き", is_now=True).lacks == ()
    assert talk.do(c.PlanAction(" ")) == ()


def test_what_is_done_now_stands_apart_and_the_rest_by_its_time(talk):
    planned(talk, "いつか")
    planned(talk, "後", due_at=DUE + timedelta(hours=1))
    planned(talk, "今", is_now=True)
    planned(talk, "先", due_at=DUE)
    assert [action.text for action in talk.case.actions.now] == ["今"]
    assert [action.text for action in talk.case.actions.later] == ["先", "後", "いつか"]


def test_ticked_and_not_after_all(talk):
    action_id = planned(talk, "返金の手続き", is_now=True).action_id
    talk.do(c.TickAction(action_id))
    assert talk.case.actions.get(action_id).is_done
    assert talk.case.actions.open == ()
    assert talk.do(c.TickAction(action_id)) == ()
    talk.do(c.TickAction(action_id, is_done=False))
    assert not talk.case.actions.get(action_id).is_done
    talk.do(c.Undo())
    assert talk.case.actions.get(action_id).is_done


def test_a_dated_action_is_owed_until_it_is_done(talk):
    action = planned(talk, "ご報告", owner="田中", due_at=DUE)
    (due,) = talk.case.dues()
    assert (due.kind, due.target, due.owner, due.text) == (
        "action",
        action.action_id,
        "田中",
        "ご報告",
    )
    talk.do(c.SettleDue(action.action_id))
    assert talk.case.actions.get(action.action_id).is_done
    assert talk.case.dues() == ()
    talk.do(c.TickAction(action.action_id, is_done=False), c.EndCall(), c.FinishWrapUp())
    assert summarize(talk.case, talk.clock.now()).status == "open"


def test_changed_dropped_and_brought_back(talk):
    action_id = planned(talk, "ご報告").action_id
    talk.do(c.ChangeAction(action_id, "中間のご報告", "田中", DUE, is_now=False))
    assert talk.case.actions.get(action_id).text == "中間のご報告"
    assert talk.do(c.ChangeAction(action_id, "中間のご報告 ", "田中", DUE)) == ()
    talk.do(c.ChangeAction(action_id, " "))
    assert talk.case.actions.actions == ()
    talk.do(c.Undo())
    assert talk.case.actions.get(action_id).owner == "田中"
    talk.do(c.DropAction(action_id))
    for command in (
        c.DropAction(action_id),
        c.TickAction(action_id),
        c.ChangeAction(action_id, "報告"),
    ):
        assert talk.refusal(command) == "action.not_there"
