"""準備 and 受け止め on the desk, by keyboard."""

import pytest

from call import commands as c
from call.events import ActionTopic, Effect, LegalView, PlanItem, Safety
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.ui.second_line import Desk


@pytest.fixture
def desk(talk):
    talk.act("second_desk")
    return Desk(talk).page(1)


def test_the_thirty_seconds_are_those_of_the_note(desk, talk):
    lines = talk.work.second_line.block_a()
    assert len(lines) == 8
    assert all(line in desk.texts() for line in lines)


@pytest.mark.parametrize("item", list(PlanItem))
def test_a_check_is_ticked_by_key_and_unticked(desk, item):
    desk.go_to(f"check_{item}")
    desk.press("Space")
    assert desk.case.plan.checked == {item}
    assert desk.row(f"check_{item}").heading.startswith(t("second.box.done"))
    desk.press("Return")
    assert desk.case.plan.checked == set()


def test_a_check_says_what_there_is_to_read_or_that_there_is_nothing(desk, talk):
    assert desk.row("check_issue").tone == "warn"
    talk.work.do(c.FillField("issue", "水漏れ"))
    talk.work.do(c.TakeNote(NoteKind.NG, "「確認します」だけで終える"))
    talk.settle()
    assert (desk.row("check_issue").text, desk.row("check_issue").tone) == ("水漏れ", "ink")
    assert desk.row("check_ng").text == "「確認します」だけで終える"


@pytest.mark.parametrize(
    ("key", "view"),
    [
        ("Y", LegalView.YES),
        ("N", LegalView.NO),
        ("U", LegalView.UNKNOWN),
        ("C", LegalView.CHECKING),
    ],
)
def test_the_legal_view_is_one_key_and_by_whom_follows(desk, key, view):
    desk.go_to("legal")
    desk.press(key)
    assert desk.case.plan.legal.view is view
    desk.answer("法務の高橋")
    assert (desk.case.plan.legal.view, desk.case.plan.legal.by) == (view, "法務の高橋")
    assert "法務の高橋" in desk.row("legal").text


@pytest.mark.parametrize("key", ["landing_point", "approver", "never_offer", "first_phrase"])
def test_a_field_of_the_plan_is_typed_on_its_row(desk, key):
    desk.go_to(key)
    assert desk.chosen.tone == "warn"
    desk.press("Return")
    assert desk.asked == t(f"second.field.{key}")
    desk.answer("本日中の訪問")
    assert desk.case.field(key) == "本日中の訪問"
    assert desk.row(key).text == "本日中の訪問"
    assert desk.chosen.id == key


def test_the_pinned_first_phrase_is_offered(desk, talk):
    talk.work.do(c.EnterStage("F3-S1"))
    phrases = talk.work.phrases
    phrases.keep(phrases.first_phrase().key, "お手間をおかけし申し訳ございません。")
    talk.settle()
    desk.page(1)
    assert desk.row("first_phrase").text == "お手間をおかけし申し訳ございません。"
    desk.go_to("first_phrase")
    desk.press("Return")
    desk.press("Return")
    assert desk.case.field("first_phrase") == "お手間をおかけし申し訳ございません。"


def test_what_law_or_safety_asks_for_is_taken_over_by_one_key(desk, talk):
    talk.work.do(c.SetSafety(Safety.YES))
    talk.settle()
    desk.go_to("proposal_duty_check")
    desk.press("Space")
    (action,) = desk.case.actions.actions
    assert action.topic is ActionTopic.DUTY_CHECK
    assert action.due_at is not None
    desk.answer("品質の伊藤")
    assert desk.case.actions.get(action.action_id).owner == "品質の伊藤"
    assert "proposal_duty_check" not in [row.id for row in desk.rows()]
    desk.go_to("proposal_keep_item")
    desk.press("Return")
    assert not desk.asked
    assert len(desk.case.actions.now) == 1


# -- 受け止め ---------------------------------------------------------------------------------


def test_three_minutes_are_counted_down_and_the_temperature_at_both_ends(desk, talk):
    desk.page(2)
    assert desk.row("countdown").text == t("second.reception.not_begun")
    talk.work.do(c.SetTemperature(4))
    talk.work.do(c.EnterStage("F3-S1"))
    talk.wait(60)
    assert "2:00" in desk.row("countdown").text
    assert desk.row("at_start").text == t("second.reception.level", level=4)
    assert desk.row("at_end").text == t("second.reception.no_level")
    talk.wait(120)
    talk.work.do(c.SetTemperature(2))
    talk.settle()
    assert desk.row("countdown").text == t("second.reception.over")
    assert desk.row("at_end").text == t("second.reception.level", level=2)


@pytest.mark.parametrize(("key", "effect"), [("E", Effect.EASED), ("A", Effect.ANGERED)])
def test_words_that_worked_are_typed_after_one_key(desk, key, effect):
    desk.page(2)
    desk.press(key)
    desk.answer("何度もお電話をいただき")
    (worked,) = desk.case.plan.words
    assert (worked.effect, worked.words) == (effect, "何度もお電話をいただき")
    assert desk.row(f"{effect}0").text == "何度もお電話をいただき"
