"""What is said when a customer is rung: by the flows in force, in time or late, never the matter."""

import time
from datetime import timedelta

import pytest

from app.callback_values import callback_standing
from app.callback_words import CallbackWords
from call import commands as c
from call.dues import CALLBACK, PROMISE, Due
from call.events import AttemptResult
from scripts_ja.loader import load_flows
from scripts_ja.model import FlowBook
from scripts_ja.texts import t
from tests.app.conftest import NO_OWN

_KNOWN = {"desk.name": "田中", "desk.company": "みどり電器", "view.clock_words": "24"}


class OwnSettings:
    """What the settings say."""

    @property
    def current(self):
        return self

    def get(self, name):
        return _KNOWN.get(name, "")

    text = get


@pytest.fixture(autouse=True)
def _in_japan(monkeypatch):
    monkeypatch.setenv("TZ", "JST-9")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


@pytest.fixture
def call(desk):
    """A call that was answered on 21 November at ten in Japan."""
    desk.do(c.StartCall("03-0000-1234"), c.FillField("customer", "山田"))
    desk.do(c.FillField("issue", "洗濯機の水漏れ"))
    return desk


def in_minutes(call, minutes):
    return call.clock.now().wall + timedelta(minutes=minutes)


def words(call, book=None):
    found = book or load_flows(None).book
    return CallbackWords(call.session, OwnSettings(), NO_OWN, lambda: found)


def test_the_greeting_is_an_apology_from_the_second_on_at_which_it_is_late(call):
    due = Due(CALLBACK, "x", in_minutes(call, 30), "佐藤", "")
    call.wait(30 * 60 - 1)
    assert "お約束のお電話を差し上げました" in words(call).greeting(due)
    call.wait(1)
    late = words(call).greeting(due)
    assert late == words(call).apology(CALLBACK, due.at)
    assert "10時30分までというお約束に遅れ" in late
    assert "みどり電器の田中でございます" in late
    assert "お約束しておりました件が遅れ" in words(call).apology(PROMISE, due.at)


@pytest.mark.rule("2.8")
def test_what_is_left_names_the_next_call_and_never_the_matter(call):
    call.do(c.CommitCallback("佐藤", in_minutes(call, 30)), c.AnswerCallback(accepted=True))
    before = [each.text for each in words(call).left_words()]
    assert len(before) == 2
    assert all("次回連絡の日時" in text for text in before)
    call.do(c.TryCall(AttemptResult.VOICEMAIL), c.SetNextTry(in_minutes(call, 90)))
    voicemail, family = words(call).left_words()
    assert "留守番電話" in voicemail.occasion
    assert "ご家族" in family.occasion
    assert "11時30分に" in voicemail.text
    assert "11時30分に" in family.text
    assert "洗濯機" not in voicemail.text + family.text


def test_a_department_without_that_flow_has_no_words(call):
    bare = words(call, FlowBook(()))
    assert bare.left_words() == ()
    assert bare.greeting(Due(CALLBACK, "x", in_minutes(call, 5), "", "")) == ""


def test_the_flow_says_what_is_missing_then_who_answered_then_the_tries(call):
    def standing():
        return callback_standing(call.session.situation())

    assert t("callback.short.number") in standing()
    assert t("callback.short.owner") in standing()
    assert t("callback.short.name") not in standing()
    call.do(c.ReadBackNumber(), c.CommitCallback("佐藤", in_minutes(call, 30)))
    call.do(c.AnswerCallback(accepted=True))
    assert standing() == t("callback.standing.unconfirmed")
    call.do(c.ConfirmCallback())
    assert standing() == t("callback.standing.confirmed")
    call.do(c.TryCall(AttemptResult.BUSY))
    assert standing() == t("callback.standing.tries", count=1)
    call.do(c.TryCall(AttemptResult.REACHED))
    assert standing() == t("callback.standing.done")
