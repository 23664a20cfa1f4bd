"""``export`` refuses what may not leave, says why to people and programs; ``month`` writes a table."""

import json
from io import BytesIO

import pytest
from openpyxl import load_workbook

from scripts_ja.texts import t
from tests.app.test_commands import case_nos, data, is_one_sentence, say  # noqa: F401 - fixtures


def test_required_items_keep_it_here(say, case_nos, tmp_path):  # noqa: F811
    out = tmp_path / "note.txt"
    code, said, err = say("export", case_nos[0], "--out", out)
    assert (code, said, out.exists()) == (3, "", False)
    assert is_one_sentence(err)
    assert "必須の項目が" in err
    assert "--as-unconfirmed" in err


def test_programs_are_told_what_lacks(say, case_nos, tmp_path):  # noqa: F811
    code, said, _ = say("export", case_nos[0], "--out", tmp_path / "note.txt", "--json")
    told = json.loads(said)
    assert (code, told["refused"]) == (3, "required")
    codes = [each["code"] for each in told["findings"]]
    assert codes[:2] == ["H02", "H03"]
    assert {each["level"] for each in told["findings"]} == {"required", "caution"}


@pytest.mark.parametrize("form", ["text", "md", "html", "xlsx", "json"])
def test_what_goes_unconfirmed_says_so(say, case_nos, tmp_path, form):  # noqa: F811
    out = tmp_path / "note"
    arguments = ("--format", form, "--out", out, "--as-unconfirmed", "--json")
    code, said, _ = say("export", case_nos[0], *arguments)
    assert code == 0
    assert json.loads(said)["findings"]
    if form == "json":
        stamp = json.loads(out.read_text("utf-8"))["stamp"]
        assert stamp["unconfirmed"][:2] == ["request", "deadline"]
    elif form == "xlsx":
        (sheet,) = load_workbook(BytesIO(out.read_bytes())).worksheets
        cells = [cell.value for row in sheet.iter_rows() for cell in row]
        assert t("handoff.unconfirmed") in cells
    else:
        assert t("handoff.unconfirmed") in out.read_text("utf-8")


def test_other_papers_are_not_asked(say, case_nos, tmp_path):  # noqa: F811
    arguments = ("--paper", "timeline", "--out", tmp_path / "line.txt")
    assert say("export", case_nos[0], *arguments)[0] == 0


def test_the_month_as_a_table(say, case_nos, tmp_path):  # noqa: F811
    out = tmp_path / "month.csv"
    code, said, _ = say("month", "2026-11", "--out", out, "--json")
    assert (code, json.loads(said)["cases"]) == (0, 1)
    assert out.read_bytes().startswith(b"\xef\xbb\xbf")
    assert case_nos[0] in out.read_text("utf-8-sig")
    assert say("month", "2026-11", "--out", tmp_path)[0] == 0
    (path,) = tmp_path.glob("*.xlsx")
    assert load_workbook(path).worksheets[0].cell(2, 1).value == case_nos[0]


@pytest.mark.usefixtures("case_nos")
@pytest.mark.parametrize(
    ("month", "name", "said"),
    [
        ("2026-13", "x.csv", "2026-11 の形"),
        ("11月", "x.csv", "2026-11 の形"),
        ("2026-11", "x.doc", ".csv .xlsx"),
    ],
)
def test_what_is_no_month_or_no_table(say, tmp_path, month, name, said):  # noqa: F811
    code, out, err = say("month", month, "--out", tmp_path / name)
    assert (code, out) == (1, "")
    assert is_one_sentence(err)
    assert said in err
    assert not (tmp_path / name).exists()


def test_a_month_without_records_is_an_empty_table(say, tmp_path):  # noqa: F811
    assert say("month", "2026-11", "--out", tmp_path / "x.csv")[0] == 0
    assert "案件,0" in (tmp_path / "x.csv").read_text("utf-8-sig")
