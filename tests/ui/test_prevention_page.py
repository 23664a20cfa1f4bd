"""再発防止: cause, a measure that is a mechanism, its check; causes that come again."""

from datetime import date

import pytest

from call import commands as c
from call.events import Cause
from scripts_ja.texts import t
from tests.ui.wrap_up import WrapUp


@pytest.fixture
def page(talk):
    talk.work.do(c.EndCall())
    talk.work.do(c.FinishWrapUp())
    talk.act("wrap_up")
    return WrapUp(talk).page(2)


def written(page):
    return page.case.prevention.sheet


@pytest.mark.rule("46", "47")
def test_the_whole_sheet_by_keys(page):
    page.go_to("cause")
    page.press("S")
    assert written(page).cause is Cause.SYSTEM
    page.fill("story", "訪問日の聞き違い")
    assert page.chosen.id == "size"
    for text in ("お客様1名、訪問2回", "本日の訪問", "復唱の欄を画面に置く", "伊藤"):
        page.press("Return")
        page.answer(text)
    assert page.chosen.id == "starts_on"
    page.press("Return")
    page.answer("4月10日")
    page.fill("check_at", "5月10日 10時")
    page.fill("shared_with", "受付全員")
    page.press("Return")
    page.answer("お電話でご報告")
    sheet = written(page)
    assert (sheet.size, sheet.stopgap, sheet.measure, sheet.owner) == (
        "お客様1名、訪問2回",
        "本日の訪問",
        "復唱の欄を画面に置く",
        "伊藤",
    )
    assert sheet.starts_on == date(2026, 4, 10)
    assert sheet.check_at.astimezone().strftime("%m-%d %H:%M") == "05-10 10:00"
    assert (sheet.shared_with, sheet.told_customer) == ("受付全員", "お電話でご報告")
    assert page.chosen.id == "check"
    assert [due.kind for due in page.case.dues()] == ["effect_check"]


@pytest.mark.rule("47")
def test_care_alone_is_asked_about_and_kept(page):
    page.fill("measure", "今後は注意する")
    assert written(page).measure == "今後は注意する"
    row = page.row("measure")
    assert row.note == t("prevention.question.only_care")
    assert row.note_tone == "muted"
    assert page.chosen.id == "measure"
    page.press("Return")
    page.answer("復唱の欄がないと受付を閉じられない画面にする")
    assert page.row("measure").note == ""


def test_a_day_that_nobody_can_read_stays_to_be_mended(page):
    page.fill("starts_on", "そのうち")
    assert page.echo == t("prevention.day_unread")
    assert page.asked
    page.answer("昨日")
    assert written(page).starts_on == date(2026, 3, 31)
    page.fill("starts_on", "")
    assert written(page).starts_on is None


def test_the_effect_is_looked_at_and_looked_at_again(page):
    page.fill("measure", "復唱の欄を画面に置く")
    page.fill("check_at", "5月10日 10時")
    page.go_to("check")
    page.press("N")
    page.answer("見落とされる")
    assert [(x.is_effective, x.words) for x in page.case.prevention.checks] == [
        (False, "見落とされる")
    ]
    assert page.chosen.id == "check_at"
    page.go_to("check")
    page.press("Y")
    page.answer("")
    assert page.case.prevention.checks[-1].is_effective
    assert t("prevention.effective") in page.row("check").text


def test_the_paper_is_asked_for_once_there_is_one(page):
    wanted = []
    page.seat.controller.wrap_up.paper_wanted.connect(wanted.append)
    page.press("V")
    assert wanted == []
    assert page.seat.notice == t("refusal.prevention.none")
    page.fill("size", "1名")
    page.press("V")
    assert wanted == ["prevention_sheet"]


# -- over all cases ---------------------------------------------------------------------------


def a_case(seat, cause):
    seat.begin_call()
    seat.work.do(c.WritePrevention(cause))
    seat.work.do(c.EndCall())
    seat.work.do(c.FinishWrapUp())
    return seat.case.id


@pytest.fixture
def counted(seat):
    ids = [a_case(seat, cause) for cause in (Cause.SYSTEM, Cause.EXPLANATION, Cause.SYSTEM)]
    seat.begin_call()
    seat.work.do(c.EndCall())
    seat.act("wrap_up")
    page = WrapUp(seat).page(2)
    seat.wait_until(
        lambda: "no_causes" in page.texts() or t("prevention.cause.system") in shown(page)
    )
    return page, ids


def shown(page):
    return "\n".join(row.heading for row in page.rows() if row.id.startswith("cause_"))


@pytest.mark.rule("47", "48")
def test_causes_that_come_again_are_said_first(counted):
    page, _ = counted
    assert shown(page).splitlines() == [
        t("prevention.page.recurs", cause="仕組み", count=2),
        t("prevention.page.once", cause="説明", count=1),
    ]


def test_a_case_is_opened_by_key_but_never_joined_to_the_work_in_hand(counted):
    page, ids = counted
    seat = page.seat
    in_hand = seat.case.id
    page.go_to(f"system_{ids[0]}")
    page.press("Return")
    assert seat.notice == t("prevention.page.busy")
    assert seat.case.id == in_hand
    seat.work.do(c.FinishWrapUp())
    page.press("Return")
    seat.wait_until(lambda: seat.work.is_chosen)
    assert seat.case.id == ids[0]


def test_where_nothing_was_found_yet_it_says_so(page):
    page.seat.wait_until(lambda: t("prevention.page.no_causes") in page.texts())
