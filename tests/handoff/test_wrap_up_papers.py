"""What after-call work lacks, and the prevention sheet with the question that it may raise."""

from datetime import UTC, date, datetime

import pytest

from call import commands as c
from call.events import Cause, Disposition
from handoff.prevention_sheet import as_text, build_prevention_sheet, questions_about
from handoff.wrap_up import wrap_up_gaps
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from tests.handoff.conftest import JAPAN

GAPS = ("conclusion", "issue", "request", "facts", "temperature", "apology", "disposition")


def test_gaps_are_named_the_conclusion_first_and_close_one_by_one(telephone):
    assert wrap_up_gaps(telephone.case) == GAPS
    closing = [
        c.FillField("conclusion", "本日16時に訪問修理"),
        c.FillField("issue", "水漏れ"),
        c.TakeNote(NoteKind.REQUEST, "修理"),
        c.TakeNote(NoteKind.CLAIM, "床が濡れた"),
        c.SetTemperature(2),
        c.FillField("apology", "お待たせしたこと"),
        c.SetDisposition(Disposition.ACCEPTED),
    ]
    for number, command in enumerate(closing, start=1):
        telephone.do(command)
        assert wrap_up_gaps(telephone.case) == GAPS[number:]
    telephone.do(c.TakeNote(NoteKind.PROMISE, "訪問"), c.SendReport("佐藤"))
    assert wrap_up_gaps(telephone.case) == ("promise", "unread_report")
    assert all(t(f"wrap_up.gap.{gap}") for gap in (*GAPS, "promise", "unread_report"))
    assert "結論：本日16時に訪問修理" in telephone.text()
    assert "対応結果：ご納得" in telephone.text()


def test_a_request_that_was_not_heard_is_no_gap(telephone):
    telephone.do(c.FillField("request_unheard", "1"))
    assert "request" not in wrap_up_gaps(telephone.case)


@pytest.mark.rule("47")
@pytest.mark.parametrize(
    ("measure", "is_asked"),
    [
        ("注意する", True),
        ("今後は徹底する。", True),
        (" 周知 徹底 ", True),
        ("", False),
        ("復唱の欄がないと受付を閉じられない画面にする", False),
        ("朝礼で毎日読み合わせる表を作り、周知する", False),
    ],
)
def test_care_alone_is_questioned(measure, is_asked):
    assert questions_about(measure) == (("only_care",) if is_asked else ())


@pytest.mark.rule("46", "47")
def test_the_sheet(telephone):
    assert build_prevention_sheet(telephone.case, JAPAN) is None
    telephone.do(c.WritePrevention(cause=Cause.SYSTEM, measure="注意する"))
    sheet = build_prevention_sheet(telephone.case, JAPAN)
    assert sheet.missing == ("size", "owner", "starts_on", "check_at", "shared_with")
    assert sheet.questions == ("only_care",)
    telephone.do(
        c.WritePrevention(
            cause=Cause.SYSTEM,
            story="訪問日の聞き違い",
            size="お客様1名、訪問2回",
            stopgap="本日の訪問",
            measure="復唱の欄を画面に置く",
            owner="伊藤",
            starts_on=date(2026, 12, 1),
            check_at=datetime(2027, 1, 10, 1, 0, tzinfo=UTC),
            shared_with="受付全員",
            told_customer="お電話でご報告",
        ),
        c.CheckEffect(False, "見落としあり"),
    )
    sheet = build_prevention_sheet(telephone.case, JAPAN)
    assert (sheet.missing, sheet.questions) == ((), ())
    text = as_text(sheet)
    assert text.startswith(
        "【再発防止票】受付番号 A1-0001\n・原因：仕組み\n・経緯：訪問日の聞き違い\n"
    )
    assert "・開始日：2026年12月1日\n" in text
    assert "・効果の確認：2027年1月10日(日) 10時\n" in text
    assert "効果が不十分　見落としあり" in text
    assert "未確認" not in text
