"""The absence note: the visit and the next call, and nothing that a neighbour should not read."""

from datetime import datetime, timedelta

import pytest

from call import commands as c
from call.events import VisitMoment
from handoff.absence_note import Sender, as_text, build_absence_note, envelope_rule
from scripts_ja.texts import t
from tests.handoff.conftest import JAPAN

SENDER = Sender("ひだまり電器", "お客様相談窓口", "0120-000-000", "平日9時〜17時")


@pytest.fixture
def absent(telephone):
    telephone.do(
        c.FillField("customer", "山田"),
        c.FillField("issue", "洗濯機の水漏れ"),
        c.FillField("product", "ドラム式洗濯機"),
        c.PlanVisit(datetime(2026, 11, 21, 14, 0, tzinfo=JAPAN), ("中村", "高橋")),
        c.EndCall(),
    )
    telephone.do(c.MarkVisit(VisitMoment.ARRIVED), seconds=4 * 3600 - 300)
    telephone.do(c.MarkVisit(VisitMoment.ABSENT), seconds=35 * 60)
    return telephone


def note_of(phone, sender=SENDER):
    case = phone.case
    now = phone.clock.now().wall + timedelta(minutes=1)
    return build_absence_note(case, case.visits.current, sender, now, JAPAN)


@pytest.mark.rule("113", "117", "118", "119")
def test_the_whole_letter(absent):
    note = note_of(absent)
    assert note.missing == ()
    assert as_text(note) == (
        "山田様\n"
        "11月21日(土) 14時のお約束により、中村と高橋の二名で伺いました。13時55分から14時31分まで"
        "お待ちいたしましたが、お目にかかれませんでしたので、本日は失礼いたします。\n"
        "11月22日(日) 14時に、中村からお電話を差し上げます。お急ぎの際は、0120-000-000"
        "（平日9時〜17時）までご連絡くださいますようお願い申し上げます。\n"
        "ひだまり電器　お客様相談窓口　中村（名刺を同封しております）\n"
    )


def test_neither_letter_nor_envelope_tells_the_complaint(absent):
    assert not any(word in as_text(note_of(absent)) for word in ("水漏れ", "洗濯機"))
    assert "親展" in envelope_rule()


def test_the_copy_stands_in_the_time_line_of_the_case(absent):
    absent.do(c.LeaveAbsenceNote(as_text(note_of(absent))))
    absent.do(c.MarkVisit(VisitMoment.LEFT), seconds=60)
    text = absent.text()
    assert "不在訪問メモを残す：山田様" in text
    for line in ("13:55　訪問先に到着", "14:30　ご不在", "14:31　訪問先を退去"):
        assert line in text


def test_after_leaving_it_says_when_that_was(absent):
    absent.do(c.MarkVisit(VisitMoment.LEFT), seconds=60)
    absent.clock.advance(3600)
    assert note_of(absent).leave.strftime("%H:%M") == "14:31"


def test_what_is_not_known_is_named(telephone):
    telephone.do(c.PlanVisit(datetime(2026, 11, 21, 14, 0, tzinfo=JAPAN)))
    note = note_of(telephone, Sender())
    gaps = ("customer", "people", "arrive", "call_at", "contact_tel", "company")
    assert note.missing == gaps
    text = as_text(note)
    assert text.count(t("absence.blank")) >= 5, "to be filled in by hand"
    assert "未確認" not in text, "the customer reads it"
    assert "　　" not in text


@pytest.mark.parametrize(
    ("people", "said"), [(("中村",), "中村一名で"), (("中村", "高橋", "鈴木"), "中村ほか2名で")]
)
def test_however_many_come(telephone, people, said):
    telephone.do(c.PlanVisit(datetime(2026, 11, 21, 14, 0, tzinfo=JAPAN), people))
    assert said in as_text(note_of(telephone))
