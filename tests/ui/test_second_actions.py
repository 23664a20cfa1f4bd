"""次の一手 on the desk: owners, deadlines, ticks, and the prospect to read out."""

from datetime import UTC, datetime

import pytest
from PySide6.QtGui import QGuiApplication

from call import commands as c
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.second_line import Desk

EVENING = datetime(2026, 4, 1, 9, 0, tzinfo=UTC)


@pytest.fixture
def desk(talk):
    talk.act("second_desk")
    return Desk(talk).page(6)


def test_what_is_done_later_gets_owner_and_time(desk):
    desk.press("A")
    desk.answer("修理の結果のご報告", "田中", "18時")
    (action,) = desk.case.actions.later
    assert (action.text, action.owner, action.due_at) == ("修理の結果のご報告", "田中", EVENING)
    assert action.lacks == ()


def test_what_is_done_now_is_ticked_by_one_key(desk):
    desk.press("W")
    desk.answer("返金の手続き")
    (action,) = desk.case.actions.now
    desk.go_to(action.action_id)
    desk.press("Space")
    assert desk.case.actions.now[0].is_done
    assert desk.chosen.heading == t("second.box.done")
    desk.press("Space")
    assert not desk.case.actions.now[0].is_done


def test_what_is_lacking_is_said_and_can_be_typed(desk):
    desk.press("A")
    desk.answer("ご報告", "", "")
    (action,) = desk.case.actions.later
    desk.go_to(action.action_id)
    assert desk.chosen.note_tone == "warn"
    desk.press("Return")
    desk.answer("結果のご報告", "田中", "18時")
    (changed,) = desk.case.actions.later
    assert (changed.text, changed.owner, changed.due_at) == ("結果のご報告", "田中", EVENING)
    desk.press("Delete")
    assert desk.case.actions.actions == ()


def test_a_given_up_question_leaves_the_action_as_it_was(desk):
    desk.press("A")
    desk.answer("ご報告", "田中", "18時")
    desk.go_to(desk.case.actions.later[0].action_id)
    desk.press("Return")
    desk.answer("別のこと")
    desk.press("Escape")
    assert desk.case.actions.later[0].text == "ご報告"


def test_the_prospect_is_read_and_copied(desk, talk):
    assert "no_prospect" in [row.id for row in desk.rows()]
    talk.work.do(c.TakeNote(NoteKind.PROMISE, "訪問修理", None, EVENING))
    talk.work.do(c.TakeNote(NoteKind.PROMISE, "ご説明"))
    talk.settle()
    view = talk.work.second_line.prospect()
    assert desk.row("sentence0").text == view.sentences[0]
    assert "ご説明" in desk.row("untimed").text
    desk.press("C")
    assert QGuiApplication.clipboard().text() == "\n".join(view.sentences)
    assert talk.notice == t("second.actions.copied")
    desk.go_to("sentence0")
    QGuiApplication.clipboard().clear()
    desk.press("Return")
    assert QGuiApplication.clipboard().text() == view.sentences[0]
