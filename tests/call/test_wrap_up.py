"""After the call: how it ended, who was told, what comes again and when that is checked."""

from datetime import date, timedelta

import pytest

from call import commands as c
from call.case import Case
from call.events import Cause, Disposition


def at_in(phone, minutes):
    return phone.clock.now().wall + timedelta(minutes=minutes)


def test_how_it_ended(talk):
    talk.do(c.SetDisposition(Disposition.PENDING, "家族と相談"))
    assert talk.do(c.SetDisposition(Disposition.PENDING, " 家族と相談 ")) == ()
    talk.do(c.SetDisposition(Disposition.ACCEPTED))
    assert talk.case.wrap_up.ending.disposition is Disposition.ACCEPTED
    talk.do(c.Undo())
    assert talk.case.wrap_up.ending.words == "家族と相談"


@pytest.mark.rule("38", "40")
def test_a_report_is_told_and_read(talk):
    talk.do(c.SetTemperature(5), c.EndCall())
    talk.wait(600)
    assert talk.advice() == "report_red"
    assert talk.refusal(c.AcknowledgeReport()) == "report.none"
    assert talk.refusal(c.SendReport(" ")) == "report.no_name"
    talk.do(c.FinishWrapUp(), c.SendReport("佐藤課長", "速報です"))
    assert talk.advice() is None
    assert talk.case.wrap_up.reports[0].read_by == ""
    talk.do(c.AcknowledgeReport())
    assert talk.case.wrap_up.reports[0].read_by == "佐藤課長"
    assert talk.do(c.AcknowledgeReport()) == ()
    talk.do(c.SendReport("鈴木部長"), c.AcknowledgeReport("高橋"))
    assert [sent.read_by for sent in talk.case.wrap_up.reports] == ["佐藤課長", "高橋"]
    assert talk.refusal(c.AcknowledgeReport(target="x")) == "report.none"


SHEET = {
    "cause": Cause.EXPLANATION,
    "measure": "訪問の日を復唱する欄を受付の画面に置く",
    "owner": "伊藤",
    "starts_on": date(2026, 12, 1),
}


@pytest.fixture
def written(talk):
    talk.do(c.WritePrevention(**SHEET, check_at=at_in(talk, 60)))
    talk.do(c.EndCall(), c.FinishWrapUp())
    return talk


@pytest.mark.rule("46", "47")
def test_the_effect_is_checked_on_its_date(written):
    (due,) = written.case.dues()
    assert (due.kind, due.owner, due.at) == ("effect_check", "伊藤", at_in(written, 60))
    assert written.do(c.WritePrevention(**SHEET, check_at=at_in(written, 60))) == ()
    written.wait(3600)
    assert written.advice() == "promise_late"
    written.do(c.CheckEffect(False, "欄が見落とされる"))
    assert written.case.dues() == ()
    written.do(c.WritePrevention(**SHEET, check_at=at_in(written, 99)))
    assert [due.at for due in written.case.dues()] == [at_in(written, 99)]
    written.do(c.Undo(), c.Undo())
    assert written.advice() == "promise_late"


def test_another_date_another_owner_and_done_from_the_list(written):
    (due,) = written.case.dues()
    written.do(c.HandOnDue(due.target, "高橋"))
    written.do(c.PostponeDue(due.target, at_in(written, 120), "担当の交代"))
    (moved,) = written.case.dues()
    assert (moved.at, moved.owner, moved.kind) == (at_in(written, 120), "高橋", "effect_check")
    assert written.case.due_book.untold == {}
    written.do(c.SettleDue(moved.target))
    assert written.case.dues() == ()
    replayed = Case.of(written.case.id, written.desk.history)
    assert (replayed.dues(), replayed.prevention.sheet) == ((), written.case.prevention.sheet)


def test_an_empty_sheet_is_none(talk):
    assert talk.do(c.WritePrevention(measure=" ")) == ()
    assert talk.refusal(c.CheckEffect(True)) == "prevention.none"
