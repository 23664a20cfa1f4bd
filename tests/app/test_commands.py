"""The command line: one Japanese sentence for what went wrong, and an exit code that says so."""

import io
import json
import os
import re
import sqlite3
import subprocess
import sys
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path

import pypdfium2
import pytest
from msgspec import structs

from app.command_line import _MODULES, run
from app.command_table import COMMANDS
from call import commands as c
from call.case import summarize
from call.clock import SimulatedClock
from call.desk import CaseDesk, DeskIdentity
from call.limits import Limits
from scripts_ja.model import FlowBook
from storage.journal import Journal

ROOT = Path(__file__).resolve().parents[2]
OWN_FLOW = ROOT / "tests" / "scripts_ja" / "own_flow.toml"


class Listener:
    """Hears the journal and says nothing."""

    def on_opened(self, opening):
        pass

    def on_committed(self, event_ids):
        pass

    def on_trouble(self, trouble):
        pass

    def on_recovered(self):
        pass


@pytest.fixture
def data(tmp_path):
    return tmp_path / "data"


@pytest.fixture
def say(data, capsys):
    """Runs the command line and gives exit code, output, and what was said on standard error."""

    def run_and_read(*arguments):
        code = run(["--data-dir", str(data), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run_and_read


@pytest.fixture
def case_nos(data):
    """A database with two cases, the second joined to the first."""
    data.mkdir()
    clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC))
    identity = DeskIdentity("desk")
    journal = Journal(data / "yorisoi.db", Listener())
    journal.start()
    desks = []
    for number, field in (("261121-K7Q2-01", "customer"), ("261121-K7Q2-02", "issue")):
        desk = CaseDesk.open(
            identity, number, clock.now(), book=FlowBook(()), limits=Limits(), first_flow="x"
        )
        desk.do(c.StartCall(), clock.now())
        desk.do(c.FillField(field, "山田"), clock.now())
        desks.append(desk)
    first, second = desks
    second.do(c.JoinCase(first.case.id), clock.now())
    lines = [summarize(first.case, clock.now()), summarize(second.case, clock.now())]
    lines[1] = structs.replace(lines[1], status="joined", joined_to=first.case.id)
    journal.append(first.history + second.history, lines)
    assert journal.close(10)
    return "261121-K7Q2-01", "261121-K7Q2-02"


@pytest.fixture
def add_issue(data):
    """A database with a case that is about something, a telephone number among it."""
    data.mkdir()
    clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC))
    journal = Journal(data / "yorisoi.db", Listener())
    journal.start()
    identity, book = DeskIdentity("desk"), FlowBook(())
    desk = CaseDesk.open(identity, "n-1", clock.now(), book=book, limits=Limits(), first_flow="x")
    desk.do(c.StartCall(), clock.now())
    desk.do(c.FillField("issue", "水漏れ、折り返しは090-1234-5678"), clock.now())
    journal.append(desk.history, [summarize(desk.case, clock.now())])
    assert journal.close(10)


def is_one_sentence(said):
    return said.endswith("\n") and said.count("\n") == 1 and "error" not in said.lower()


# -- export ---------------------------------------------------------------------------------------


def test_a_note_is_written_and_what_is_missing_is_said(say, case_nos, tmp_path):
    out = tmp_path / "notes" / "note.txt"
    code, said, missing = say(
        "export", case_nos[0], "--as-unconfirmed", "--format", "text", "--out", out
    )
    assert code == 0
    assert str(out) in said
    assert "山田" in out.read_text(encoding="utf-8")
    assert case_nos[0] in out.read_text(encoding="utf-8")
    first, *others = missing.splitlines()
    assert first.startswith("未確認")
    assert all(line.startswith("注意：") for line in others)


PAPERS_OF_A_CALL = ("handoff", "consult_card", "timeline")


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("paper", PAPERS_OF_A_CALL)
def test_each_paper_is_written_in_each_form(say, case_nos, tmp_path, paper):
    """Into a folder: the names of the files say what they are."""
    forms = {"text": ".txt", "md": ".md", "html": ".html", "pdf": ".pdf", "xlsx": ".xlsx"}
    forms |= {"json": ".yorisoi.json"} if paper == "handoff" else {}
    for form, suffix in forms.items():
        arguments = ("--paper", paper, "--format", form, "--out", tmp_path, "--json")
        code, said, _ = say("export", case_nos[0], "--as-unconfirmed", *arguments)
        told = json.loads(said)
        assert code == 0
        assert (told["paper"], told["format"]) == (paper, form)
        path = Path(told["path"])
        assert path.parent == tmp_path
        assert path.name.startswith(case_nos[0])
        assert path.name.endswith(suffix)
        assert path.stat().st_mode & 0o077 == 0


def test_a_pdf_is_made_without_a_window_and_masked_as_all_else(data, case_nos, tmp_path):
    """In a program of its own, where Qt runs for nothing else and no screen is named."""
    out = tmp_path / "note.pdf"
    environment = {k: v for k, v in os.environ.items() if k not in ("QT_QPA_PLATFORM", "DISPLAY")}
    arguments = [
        "export",
        case_nos[0],
        "--as-unconfirmed",
        "--format",
        "pdf",
        "--mask",
        "names",
        "--out",
        str(out),
    ]
    ran = subprocess.run(
        [sys.executable, "main.py", "--data-dir", str(data), *arguments],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert ran.returncode == 0, ran.stderr
    pdf = pypdfium2.PdfDocument(out.read_bytes())
    said = "".join(page.get_textpage().get_text_range() for page in pdf)
    assert case_nos[0] in said
    assert "○○様" in said
    assert "山田" not in said + str(pdf.get_metadata_dict())


@pytest.mark.parametrize(
    ("arguments", "word"),
    [
        (("--paper", "abuse_record"), "言動の記録票"),
        (("--paper", "absence_note", "--page", "a6"), "不在訪問メモ"),
        (("--paper", "timeline", "--format", "json"), "json"),
    ],
)
def test_a_paper_that_cannot_be_made_is_told(say, case_nos, tmp_path, arguments, word):
    code, out, err = say(
        "export", case_nos[0], "--as-unconfirmed", *arguments, "--out", tmp_path / "x"
    )
    assert (code, out, is_one_sentence(err)) == (1, "", True)
    assert word in err
    assert not (tmp_path / "x").exists()


def test_text_is_written_without_qt(data, case_nos, tmp_path):
    script = (
        "import sys; sys.modules['PySide6'] = None; sys.modules['shiboken6'] = None;"
        "from app.command_line import run;"
        f"sys.exit(run(['--data-dir', {str(data)!r}, 'export', {case_nos[0]!r},"
        f"'--out', {str(tmp_path / 'x.txt')!r}, '--as-unconfirmed']))"
    )
    ran = subprocess.run(
        [sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True, timeout=120
    )
    assert ran.returncode == 0, ran.stderr
    assert "山田" in (tmp_path / "x.txt").read_text(encoding="utf-8")


def test_the_number_of_a_joined_call_leads_to_the_case(say, case_nos, tmp_path):
    code, _, _ = say(
        "export", case_nos[1].lower(), "--as-unconfirmed", "--out", tmp_path / "note.txt"
    )
    assert code == 0
    assert case_nos[0] in (tmp_path / "note.txt").read_text(encoding="utf-8")


def test_a_note_can_be_written_over(say, case_nos, tmp_path):
    out = tmp_path / "note.txt"
    out.write_text("old", encoding="utf-8")
    assert say("export", case_nos[0], "--as-unconfirmed", "--out", out)[0] == 0
    assert "old" not in out.read_text(encoding="utf-8")
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("note")] == [
        "note.txt"
    ]


@pytest.mark.parametrize("number", ["261121-K7Q2-99", "", "?", "' OR 1=1 --", "\x00"])
def test_an_unknown_number(say, case_nos, tmp_path, number):
    code, _, err = say("export", number, "--as-unconfirmed", "--out", tmp_path / "note.txt")
    assert code == 1
    assert "見つかりません" in err
    assert is_one_sentence(err)
    assert not (tmp_path / "note.txt").exists()


def test_cases_are_found_and_told_as_json(say, case_nos):
    code, said, err = say("cases", "山田", "--json")
    assert (code, err) == (0, "")
    (found,) = json.loads(said)
    assert set(found) == {"case_no", "customer", "opened_at", "status", "snippet"}
    assert (found["case_no"], found["customer"]) == (case_nos[0], "山田")
    assert found["status"] == "open"
    assert datetime.fromisoformat(found["opened_at"]) == datetime(2026, 11, 21, 1, tzinfo=UTC)
    (by_number,) = json.loads(say("cases", "K7Q2-02", "--json")[1])
    assert by_number == {**found, "snippet": case_nos[1]}, "the snippet says what was found"
    assert json.loads(say("cases", "--json")[1]) == [found]
    assert say("cases", "鈴木", "--json") == (0, "[]\n", "")


def test_cases_as_lines(say, case_nos):
    code, said, err = say("cases", "山田")
    assert (code, err) == (0, "")
    assert said.startswith(case_nos[0])
    assert "山田" in said
    assert is_one_sentence(said)
    code, said, _ = say("cases", "鈴木")
    assert code == 0
    assert is_one_sentence(said)
    code, said, err = say("cases", "山田", "期間:いつか")
    assert said.startswith(case_nos[0])
    assert "期間:いつか" in err


def test_a_hyphen_leaves_a_word_out_as_the_help_says(say, case_nos):
    (found,) = json.loads(say("cases", "山田", "-冷蔵庫", "--json")[1])
    assert found["case_no"] == case_nos[0]
    for words in (["山田", "-山田"], ["-山田", "--limit", "3", "K7Q2"], ["K7Q2", "-山田", "2"]):
        assert say("cases", *words, "--json") == (0, "[]\n", "")


def test_cases_without_a_word_say_what_they_are_about(say, data, add_issue):
    (listed,) = json.loads(say("cases", "--json")[1])
    assert listed["snippet"] == "水漏れ、折り返しは＊＊＊-＊＊＊＊-5678"
    assert listed["snippet"] in say("cases")[1]


def test_cases_that_cannot_be_told(say, data, case_nos):
    assert say("cases", "--limit", "0")[0] == 1
    (data / "yorisoi.db").unlink()
    assert say("cases", "--json") == (0, "[]\n", "")
    code, said, err = say("cases", "山田")
    assert (code, said, is_one_sentence(err)) == (1, "", True)


def test_no_database(say, data, tmp_path):
    code, _, err = say(
        "export", "261121-K7Q2-01", "--as-unconfirmed", "--out", tmp_path / "note.txt"
    )
    assert (code, is_one_sentence(err)) == (1, True)
    assert "記録がまだありません" in err
    assert str(data / "yorisoi.db") in err
    assert not data.exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"nothing of ours" * 500, "壊れている"),
        (b"SQLite format 3\x00" + b"\xff" * 5000, "よりそいの記録ではない"),
    ],
)
def test_a_database_that_cannot_be_read_is_left_as_it_is(say, data, tmp_path, content, said):
    data.mkdir()
    (data / "yorisoi.db").write_bytes(content)
    code, _, err = say(
        "export", "261121-K7Q2-01", "--as-unconfirmed", "--out", tmp_path / "note.txt"
    )
    assert (code, is_one_sentence(err)) == (1, True)
    assert said in err
    assert "始めました" not in err
    assert (data / "yorisoi.db").read_bytes() == content


def test_a_database_cut_short(say, data, case_nos, tmp_path):
    whole = (data / "yorisoi.db").read_bytes()
    (data / "yorisoi.db").write_bytes(whole[:6000])
    code, _, err = say("export", case_nos[0], "--as-unconfirmed", "--out", tmp_path / "note.txt")
    assert (code, is_one_sentence(err)) == (1, True)


def test_a_database_of_a_newer_version(say, data, case_nos, tmp_path):
    with sqlite3.connect(data / "yorisoi.db") as connection:
        connection.execute("PRAGMA user_version = 999")
    connection.close()
    code, _, err = say("export", case_nos[0], "--as-unconfirmed", "--out", tmp_path / "note.txt")
    assert (code, is_one_sentence(err)) == (1, True)
    assert "新しい版" in err


def test_a_file_that_cannot_be_written(say, case_nos, tmp_path):
    (tmp_path / "file").write_text("mine", encoding="utf-8")
    code, _, err = say(
        "export", case_nos[0], "--as-unconfirmed", "--out", tmp_path / "file" / "note.txt"
    )
    assert (code, is_one_sentence(err)) == (1, True)
    assert "書き込めません" in err
    assert (tmp_path / "file").read_text(encoding="utf-8") == "mine"


def test_a_full_disk(say, case_nos, monkeypatch, tmp_path):
    def no_space(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", no_space)
    code, _, err = say("export", case_nos[0], "--as-unconfirmed", "--out", tmp_path / "note.txt")
    assert (code, is_one_sentence(err)) == (1, True)
    assert "空きがない" in err


def test_settings_that_are_no_toml_do_not_keep_a_note_back(say, data, case_nos, tmp_path):
    (data / "settings.toml").write_text("[desk\n", encoding="utf-8")
    assert say("export", case_nos[0], "--as-unconfirmed", "--out", tmp_path / "note.txt")[0] == 0


# -- flows check ----------------------------------------------------------------------------------


@pytest.fixture
def flows(data):
    folder = data / "flows"
    folder.mkdir(parents=True)
    (folder / "own.toml").write_bytes(OWN_FLOW.read_bytes())
    return folder


def test_good_flows(say, flows):
    for arguments in ([], [flows]):
        code, said, err = say("flows", "check", *arguments)
        assert (code, err) == (0, "")
        assert str(flows) in said


def test_each_bad_flow_is_named_with_its_line(say, flows):
    text = OWN_FLOW.read_text(encoding="utf-8")
    (flows / "broken.toml").write_text("[[stages]\n", encoding="utf-8")
    (flows / "empty.toml").write_text(text[: text.index("[[stages]]")], encoding="utf-8")
    code, said, err = say("flows", "check")
    assert (code, said) == (1, "")
    assert "broken.toml" in err
    assert "1行目" in err
    assert "empty.toml" in err
    assert "own.toml" not in err


@pytest.fixture
def share(tmp_path):
    """A department's folder."""
    folder = tmp_path / "share"
    (folder / "flows").mkdir(parents=True)
    (folder / "cards").mkdir()
    (folder / "flows" / "own.toml").write_bytes(OWN_FLOW.read_bytes())
    (folder / "limits.toml").write_text("[limits]\nmax_holds = 2\n", encoding="utf-8")
    return folder


def test_a_good_department_folder(say, share):
    assert say("flows", "check", share)[0] == 0


def test_everything_wrong_in_a_department_folder_is_said_once(say, share, tmp_path):
    text = OWN_FLOW.read_text(encoding="utf-8")
    (share / "limits.toml").write_text("[limits]\n\nmax_holds = 99\n", encoding="utf-8")
    (share / "flows" / "broken.toml").write_text("[[stages]\n", encoding="utf-8")
    (share / "flows" / "twice.toml").write_text(text, encoding="utf-8")
    (share / "cards" / "broken.toml").write_text("cards = 1\n", encoding="utf-8")
    (tmp_path / "out.toml").write_text(text, encoding="utf-8")
    (share / "cards" / "out.toml").symlink_to(tmp_path / "out.toml")
    code, _, err = say("flows", "check", share)
    assert code == 1
    for said in ("limits.toml の3行目", "twice.toml", "外を指すリンク"):
        assert err.count(said) == 1, said
    assert err.count("broken.toml") == 2


def test_the_wording_of_a_department_is_checked(say, share):
    text = OWN_FLOW.read_text(encoding="utf-8")
    worse = re.sub(r'text = "[^"]+"', 'text = "ですから、上司には代われません。"', text, count=1)
    (share / "flows" / "own.toml").write_text(worse, encoding="utf-8")
    code, _, err = say("flows", "check", share)
    assert code == 1
    assert "own.toml" in err


def test_a_folder_that_is_not_there(say, tmp_path):
    code, _, err = say("flows", "check", tmp_path / "none")
    assert (code, is_one_sentence(err)) == (1, True)
    assert "none" in err


# -- demo and arguments ---------------------------------------------------------------------------


@pytest.mark.parametrize("scenario", ["unknown", "/nowhere/call.toml", ""])
def test_an_unknown_scenario(say, tmp_path, scenario):
    code, _, err = say("demo", "--out", tmp_path / "demo", "--scenario", scenario)
    assert (code, is_one_sentence(err)) == (1, True)
    assert not (tmp_path / "demo").exists()


def test_a_demo_folder_that_cannot_be_made(say, tmp_path):
    (tmp_path / "file").touch()
    code, _, err = say("demo", "--out", tmp_path / "file" / "demo")
    assert (code, is_one_sentence(err)) == (1, True)
    assert "書き込めません" in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["export", "x"],
        ["flows"],
        ["dance"],
        ["cases", "--all"],
        ["export", "x", "--out", "y", "--format", "z"],
    ],
)
def test_wrong_arguments_are_code_two(arguments, capsys):
    with pytest.raises(SystemExit) as stopped:
        run(arguments)
    assert stopped.value.code == 2
    assert "Traceback" not in capsys.readouterr().err


def test_the_program_itself_says_it_and_ends_so(data):
    """Through main.py, in a process of its own, with output that knows no UTF-8."""
    result = subprocess.run(
        [sys.executable, "main.py", "--data-dir", str(data), "export", "１", "--out", "x"],
        cwd=ROOT,
        env={**os.environ, "PYTHONIOENCODING": "utf-8", "LC_ALL": "C"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert result.returncode == 1
    assert is_one_sentence(result.stderr)
    assert "記録がまだありません" in result.stderr


# -- wording --------------------------------------------------------------------------------------


def test_wording_answers_each_line_in_order(say, monkeypatch):
    lines = "\ufeffこちらが請求書になります。\r\n\n承知いたしました。"
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(lines.encode())))
    code, out, err = say("wording", "--json")
    answers = [json.loads(line) for line in out.splitlines()]
    assert (code, err) == (0, "")
    assert [answer["text"] for answer in answers] == [
        "こちらが請求書になります。",
        "",
        "承知いたしました。",
    ]
    (finding,) = answers[0]["findings"]
    assert (finding["category"], finding["span"]) == ("polite_form", [0, 12])
    assert answers[1]["findings"] == answers[2]["findings"] == []


def test_wording_in_words_knows_the_context(say, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO("クレーマー".encode())))
    code, out, _ = say("wording", "--context", "note")
    assert code == 0
    assert "決めつけ" in out
    assert is_one_sentence(out)


def test_wording_of_bytes_that_are_no_text(say, monkeypatch):
    monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(b"\xff\xfe")))
    code, _, err = say("wording", "--json")
    assert (code, is_one_sentence(err)) == (1, True)


def test_flows_check_names_wording(say, tmp_path):
    source = OWN_FLOW.read_text("utf-8").replace("Good bye", "後ほどお電話します")
    (tmp_path / "own.toml").write_text(source, "utf-8")
    code, _, err = say("flows", "check", tmp_path)
    assert (code, is_one_sentence(err)) == (1, True)
    assert "後ほど" in err


def test_a_sample_is_not_played_over_somebody_s_files(say, tmp_path):
    (tmp_path / "holiday.png").write_bytes(b"mine")
    code, _, err = say("demo", "--out", tmp_path)
    assert (code, is_one_sentence(err)) == (1, True)
    assert [path.name for path in tmp_path.glob("*.png")] == ["holiday.png"]


def test_every_command_of_the_table_has_a_file_of_its_own():
    for name in COMMANDS:
        module = import_module(f"app.commands.{_MODULES.get(name, name)}")
        assert callable(module.run), name
    assert len({_MODULES.get(name, name) for name in COMMANDS}) == len(COMMANDS)
