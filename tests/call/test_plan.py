"""Preparation, the first three minutes, and what law or safety proposes."""

from datetime import UTC, datetime, timedelta, timezone

import pytest

from call import commands as c
from call.events import ActionTopic, Effect, LegalView, PlanItem, Safety
from call.limits import Limits
from call.preparation import preparation_of
from call.proposals import proposals
from call.reception import reception_of
from scripts_ja.model import NoteKind

JAPAN = timezone(timedelta(hours=9))
DUE = datetime(2026, 11, 21, 8, 0, tzinfo=UTC)


def known(talk):
    return {check.item for check in preparation_of(talk.case).checks if check.is_known}


@pytest.mark.parametrize(
    ("item", "command"),
    [
        (PlanItem.ISSUE, c.FillField("issue", "水漏れ")),
        (PlanItem.REQUEST, c.FillField("request", "修理")),
        (PlanItem.REQUEST, c.TakeNote(NoteKind.REQUEST, "修理")),
        (PlanItem.REQUEST, c.FillField("request_unheard", "1")),
        (PlanItem.ANSWERED, c.TakeNote(NoteKind.ANSWERED, "折り返し")),
        (PlanItem.ANSWERED, c.FillField("answered_none", "1")),
        (PlanItem.NG, c.TakeNote(NoteKind.NG, "でも")),
        (PlanItem.NG, c.FillField("ng_none", "1")),
        (PlanItem.DEADLINE, c.CommitCallback("田中", DUE)),
        (PlanItem.DEADLINE, c.TakeNote(NoteKind.PROMISE, "ご説明", due_at=DUE)),
        (PlanItem.DEADLINE, c.FillField("deadline", "17時")),
    ],
)
def test_what_there_is_to_read_is_read_off_the_case(talk, item, command):
    assert known(talk) == set()
    talk.do(command)
    assert known(talk) == {item}


def test_ready_is_five_of_five_and_a_landing_point(talk):
    for item in PlanItem:
        assert not preparation_of(talk.case).is_ready
        talk.do(c.CheckPreparation(item))
    assert not preparation_of(talk.case).is_ready
    talk.do(c.FillField("landing_point", "訪問修理"))
    assert preparation_of(talk.case).is_ready
    talk.do(c.CheckPreparation(PlanItem.NG, is_checked=False))
    assert (preparation_of(talk.case).count, preparation_of(talk.case).is_ready) == (4, False)


def test_the_legal_view_is_that_given_last_with_its_name(talk):
    assert preparation_of(talk.case).legal is None
    talk.do(c.TakeLegalView(LegalView.CHECKING, " 法務 "), c.TakeLegalView(LegalView.NO, "法務"))
    legal = preparation_of(talk.case).legal
    assert (legal.view, legal.by) == (LegalView.NO, "法務")
    talk.do(c.Undo())
    assert preparation_of(talk.case).legal.view is LegalView.CHECKING


def test_saying_the_same_again_is_no_event(talk):
    talk.do(c.TakeLegalView(LegalView.NO, "法務"), c.CheckPreparation(PlanItem.NG))
    assert talk.do(c.TakeLegalView(LegalView.NO, "法務 ")) == ()
    assert talk.do(c.CheckPreparation(PlanItem.NG)) == ()
    assert talk.do(c.CheckPreparation(PlanItem.ISSUE, is_checked=False)) == ()
    assert talk.do(c.MarkWords(Effect.EASED, " ")) == ()


# -- the first three minutes ----------------------------------------------------------------------


def received(talk):
    now = talk.clock.now()
    return reception_of(talk.case, now, 180)


def test_no_reception_before_its_stage(talk):
    assert received(talk) is None


def test_the_temperatures_at_both_ends(talk):
    talk.do(c.SetTemperature(2))
    talk.wait(10).do(c.EnterStage("C-S1"))
    talk.wait(20).do(c.SetTemperature(4))
    assert (received(talk).temperature_at_start, received(talk).temperature_at_end) == (2, 0)
    assert round(received(talk).seconds_left(talk.clock.now())) == 160
    talk.wait(160)
    assert received(talk).is_over(talk.clock.now())
    assert received(talk).temperature_at_end == 4
    talk.wait(1).do(c.SetTemperature(1))
    talk.wait(1).do(c.SetTemperature(5))
    assert received(talk).temperature_at_end == 1


def test_the_first_temperature_may_come_after_the_start(talk):
    talk.do(c.EnterStage("C-S1"))
    talk.wait(15).do(c.SetTemperature(3))
    talk.wait(15).do(c.SetTemperature(5))
    assert received(talk).temperature_at_start == 3


def test_a_temperature_set_too_late_is_not_that_of_the_start(talk):
    talk.do(c.EnterStage("C-S1"))
    talk.wait(181).do(c.SetTemperature(3))
    assert (received(talk).temperature_at_start, received(talk).temperature_at_end) == (0, 3)


def test_going_back_does_not_begin_it_anew(talk):
    talk.do(c.EnterStage("C-S1"))
    talk.wait(100).do(c.EnterStage("C-S2"))
    talk.wait(10).do(c.GoBack())
    assert round(received(talk).seconds_left(talk.clock.now())) == 70


def test_another_call_has_a_reception_of_its_own(talk):
    talk.do(c.EnterStage("C-S1"), c.SetTemperature(5), c.MarkWords(Effect.ANGERED, "でも"))
    talk.wait(300).do(c.EndCall(), c.FinishWrapUp(), c.StartCall(), c.EnterStage("C-S1"))
    talk.do(c.MarkWords(Effect.EASED, "お待たせしました"))
    assert received(talk).temperature_at_start == 0
    assert [worked.words for worked in received(talk).eased] == ["お待たせしました"]
    assert received(talk).angered == ()


# -- proposals ------------------------------------------------------------------------------------


def proposed(talk):
    return {p.topic: p for p in proposals(talk.desk.situation(talk.clock.now()), JAPAN)}


def test_nothing_is_proposed_of_nothing(talk):
    assert proposed(talk) == {}


HARM = {ActionTopic.DUTY_CHECK, ActionTopic.KEEP_ITEM, ActionTopic.QUALITY}


@pytest.mark.parametrize("command", [c.SetSafety(Safety.YES), c.OpenCard("safety")])
def test_harm_brings_the_duty_check_within_ten_days(talk, command):
    talk.do(command)
    assert set(proposed(talk)) == HARM
    # It was 21 November, ten in the morning: that day is the first.
    last_moment = datetime(2026, 11, 30, 23, 59, tzinfo=JAPAN)
    assert proposed(talk)[ActionTopic.DUTY_CHECK].last_moment == last_moment
    assert proposed(talk)[ActionTopic.KEEP_ITEM].is_now
    talk.wait(86_400 * 3).do(c.SetSafety(Safety.UNASKED), c.SetSafety(Safety.YES))
    assert proposed(talk)[ActionTopic.DUTY_CHECK].last_moment == last_moment


def test_the_day_of_knowledge_is_the_local_one(talk):
    talk.wait(3600 * 14).do(c.SetSafety(Safety.YES))  # 15:00 in UTC, midnight in Japan
    assert proposed(talk)[ActionTopic.DUTY_CHECK].last_moment.day == 1


def test_the_days_are_a_limit(talk):
    talk.desk.limits = Limits(duty_check_days=7)
    talk.do(c.SetSafety(Safety.YES))
    assert proposed(talk)[ActionTopic.DUTY_CHECK].last_moment.day == 27


def test_no_harm_after_all_takes_the_proposals_away(talk):
    talk.do(c.OpenCard("safety"), c.SetSafety(Safety.NO))
    assert proposed(talk) == {}


@pytest.mark.parametrize(
    ("commands", "topic"),
    [
        ([c.TakeLegalView(LegalView.UNKNOWN)], ActionTopic.LEGAL),
        ([c.TakeLegalView(LegalView.CHECKING)], ActionTopic.LEGAL),
        ([c.OpenCard("legal_action")], ActionTopic.LEGAL),
        ([c.SetTemperature(5), c.SetTemperature(2)], ActionTopic.POLICE),
        ([c.GiveWarning("大声"), c.GiveWarning("大声")], ActionTopic.POLICE),
        ([c.ToggleAside()], ActionTopic.POLICE),
    ],
)
def test_law_and_danger_are_consulted_on(talk, commands, topic):
    talk.do(*commands)
    assert set(proposed(talk)) == {topic}
    due_at = proposed(talk)[topic].due_at(talk.clock.now())
    assert due_at == talk.clock.now().wall + timedelta(minutes=10)


@pytest.mark.parametrize(
    "commands",
    [[c.TakeLegalView(LegalView.YES)], [c.SetTemperature(4)], [c.GiveWarning("大声")]],
)
def test_what_is_clear_or_not_dangerous_asks_for_nothing(talk, commands):
    talk.do(*commands)
    assert proposed(talk) == {}


def test_what_stands_or_stood_on_the_list_is_not_proposed_again(talk):
    talk.do(c.SetSafety(Safety.YES), c.PlanAction("確認", topic=ActionTopic.DUTY_CHECK))
    assert set(proposed(talk)) == HARM - {ActionTopic.DUTY_CHECK}
    (action,) = talk.case.actions.actions
    talk.do(c.DropAction(action.action_id))
    assert ActionTopic.DUTY_CHECK not in proposed(talk)
    talk.do(c.Undo(), c.Undo())
    assert ActionTopic.DUTY_CHECK in proposed(talk)
