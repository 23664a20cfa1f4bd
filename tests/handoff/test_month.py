"""The month over one desk's cases: what is counted, whose names are not in it, and its forms."""

import os
from datetime import UTC, date, datetime
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from call import commands as c
from call.events import Cause, Direction
from call.limits import Limits
from handoff.month import month_csv, month_lines, month_sums, month_xlsx
from handoff.month_paper import month_document
from handoff.printed.pdf import as_pdf
from handoff.text_form import as_text
from tests.handoff.all_papers import FORMS, bare, read
from tests.handoff.conftest import JAPAN, Telephone

NOVEMBER = date(2026, 11, 1)


def lines(*phones, month=NOVEMBER):
    cases = [(phone.case, phone.desk.history) for phone in phones]
    return month_lines(cases, month, phones[0].clock.now(), Limits(), JAPAN)


def another(day=21, number="03-0000-9999"):
    phone = Telephone(day)
    phone.do(c.StartCall(number))
    return phone


def test_a_short_call_counts_nothing(telephone):
    telephone.do(c.EndCall(), c.FinishWrapUp())
    (line,) = lines(telephone)
    assert (line.second_holds, line.no_commitment, line.broken, line.calls) == (0, 0, 0, 1)
    assert (line.case_no, line.day, line.cause) == ("A1-0001", date(2026, 11, 21), None)


@pytest.mark.rule("72")
def test_a_second_hold(telephone):
    telephone.do(c.Hold(), c.Resume())
    assert lines(telephone)[0].second_holds == 0
    telephone.do(c.Hold(), c.Resume())
    assert lines(telephone)[0].second_holds == 1


@pytest.mark.rule("63")
def test_twenty_minutes_without_a_commitment(telephone):
    telephone.do(seconds=19 * 60)
    assert lines(telephone)[0].no_commitment == 0
    telephone.do(seconds=61)
    assert lines(telephone)[0].no_commitment == 1
    telephone.commit(minutes=60)
    assert lines(telephone)[0].no_commitment == 0


def test_a_date_that_passed_and_one_that_was_kept_late(telephone):
    telephone.commit(minutes=30)
    assert lines(telephone)[0].broken == 0
    telephone.do(seconds=31 * 60)
    assert lines(telephone)[0].broken == 1
    telephone.do(c.SettleDue(telephone.case.handing_up.commitment.event_id))
    assert lines(telephone)[0].broken == 1


def test_a_date_that_was_kept(telephone):
    telephone.commit(minutes=30)
    telephone.do(c.SettleDue(telephone.case.handing_up.commitment.event_id), seconds=60)
    telephone.do(seconds=3600)
    assert lines(telephone)[0].broken == 0


def test_calls_of_one_number_are_one_customer(telephone):
    second, stranger = another(22, "03 0000 9999"), another(22, "03-0000-1111")
    found = lines(telephone, second, stranger)
    assert [line.calls for line in found] == [2, 2, 1]
    text = month_csv(found, NOVEMBER).decode("utf-8-sig")
    assert "2回以上お電話のあったお客様,1" in text


def test_a_call_of_ours_is_no_call_of_theirs():
    phone = Telephone()
    phone.do(c.Ring("03-0000-1234", Direction.OUTGOING), c.StartCall())
    assert lines(phone)[0].calls == 0


def test_another_month_is_not_in_it(telephone):
    assert lines(telephone, month=date(2026, 10, 1)) == ()
    assert lines(telephone, month=date(2026, 12, 1)) == ()


def test_the_month_is_that_of_the_desk_s_zone():
    """16:00 UTC on the last of November is the first of December in Japan."""
    phone = Telephone(30)
    phone.clock.advance(15 * 3600)
    phone.do(c.StartCall("03-0000-9999"))
    assert phone.case.call.started_at.wall == datetime(2026, 11, 30, 16, tzinfo=UTC)
    assert lines(phone) == ()
    assert len(lines(phone, month=date(2026, 12, 1))) == 1


def test_causes_are_counted(telephone):
    second = another(22)
    for phone in (telephone, second):
        phone.do(c.WritePrevention(Cause.PERSON))
    text = month_csv(lines(telephone, second), NOVEMBER).decode("utf-8-sig")
    assert text.rstrip().endswith(",2")


NAMES = ("田中", "鈴木", "佐藤", "山田", "03-0000-9999")


def named(telephone):
    telephone.do(c.FillField("customer", "山田"), c.TellConcession("送料", "佐藤"))
    telephone.commit()
    return lines(telephone)


def test_nobody_is_named_and_nobody_ranked(telephone):
    found = named(telephone)
    text = month_csv(found, NOVEMBER).decode("utf-8-sig")
    book = load_workbook(BytesIO(month_xlsx(found, NOVEMBER)))
    cells = [str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row]
    for name in NAMES:
        assert name not in text
        assert not any(name in cell for cell in cells)
    assert book.sheetnames == ["2026年11月の案件", "まとめ"]


def test_a_spreadsheet_reads_the_csv_as_utf8_and_as_text(telephone):
    telephone.desk.case.case_no = "=1+1"
    raw = month_csv(lines(telephone), NOVEMBER)
    assert raw.startswith(b"\xef\xbb\xbf")
    assert raw.decode("utf-8-sig").split("\r\n")[1].startswith("'=1+1,2026-11-21")
    book = load_workbook(BytesIO(month_xlsx(lines(telephone), NOVEMBER)))
    assert {cell.data_type for sheet in book for row in sheet.iter_rows() for cell in row} <= {
        "s",
        "n",
    }


def test_a_month_without_cases_is_a_table_without_rows():
    text = month_csv((), NOVEMBER).decode("utf-8-sig")
    assert "案件,0" in text
    assert month_xlsx((), NOVEMBER)[:2] == b"PK"


# -- as a paper ------------------------------------------------------------------------------------

# YORISOI_RENEW_GOLDEN=1 writes it anew; read the difference before keeping it.
GOLDEN = Path(__file__).parent / "golden" / "papers" / "month.text"


def paper_of(found):
    now = datetime(2026, 11, 30, 17, 0, tzinfo=JAPAN)
    return month_document("month", found, NOVEMBER, now)


def busy_month(telephone):
    """A case in which everything happened, and one in which nothing did."""
    for _ in range(2):
        telephone.do(c.Hold(), c.Resume())
    telephone.commit(minutes=5)
    telephone.do(c.WritePrevention(Cause.PERSON), seconds=21 * 60)
    quiet = another(22)
    quiet.do(c.EndCall(), c.FinishWrapUp())
    return lines(telephone, quiet)


def test_the_month_as_a_paper_is_the_golden_one(telephone):
    text = as_text(paper_of(busy_month(telephone)))
    if os.environ.get("YORISOI_RENEW_GOLDEN"):
        GOLDEN.write_text(text, encoding="utf-8", newline="\n")
    assert text == GOLDEN.read_text(encoding="utf-8")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("form", FORMS)
def test_each_form_of_it_says_what_the_table_counts(telephone, form):
    found = busy_month(telephone)
    said = bare(read(form, paper_of(found)))
    for words, count in month_sums(found):
        assert bare(words) in said
        assert f"{count}件" in said
    for line in found:
        assert line.case_no in said


@pytest.mark.usefixtures("qapp")
def test_a_month_without_cases_is_a_paper_that_says_so():
    assert "この月の案件はありません" in as_text(paper_of(()))
    assert as_pdf(paper_of(())).startswith(b"%PDF")


def test_no_name_is_on_the_paper_either(telephone):
    text = as_text(paper_of(named(telephone)))
    assert not any(name in text for name in NAMES)
