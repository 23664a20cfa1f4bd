"""``import``: a case goes to another desk and back, whole or not at all."""

import json
from datetime import UTC, datetime

import pytest

from app.command_line import run
from call import commands as c
from call.case import Case, summarize
from call.clock import SimulatedClock
from call.desk import CaseDesk, DeskIdentity
from call.fold_times import CallPhase
from call.limits import Limits
from desktop.instance import SingleInstance
from desktop.paths import places
from scripts_ja.model import FlowBook, NoteKind
from storage.archive import Archive
from storage.journal import Journal

CASE_NO = "261121-K7Q2-01"


@pytest.fixture(autouse=True)
def runtime(tmp_path, monkeypatch):
    """Where the door of a sidebar stands: a folder of its own, private as Qt wants it."""
    (tmp_path / "runtime").mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path / "runtime"))


class Listener:
    """Hears the journal and says nothing."""

    def on_opened(self, opening):
        self.opening = opening

    def on_committed(self, event_ids):
        pass

    def on_trouble(self, trouble):
        pass

    def on_recovered(self):
        pass


class FirstDesk:
    """The desk that takes the call, with a data folder of its own."""

    def __init__(self, folder):
        self.folder = folder
        self.clock = SimulatedClock(datetime(2026, 11, 21, 1, 0, tzinfo=UTC))
        self.desk = CaseDesk.open(
            DeskIdentity("first"),
            CASE_NO,
            self.clock.now(),
            book=FlowBook(()),
            limits=Limits(),
            first_flow="x",
        )
        self.written = 0
        self.do(c.StartCall("03-0000-1234"), c.FillField("customer", "山田"))
        self.do(c.TakeNote(NoteKind.CLAIM, "洗濯機から水が漏れる"), c.EndCall())

    def do(self, *commands):
        for command in commands:
            self.clock.advance(60)
            self.desk.do(command, self.clock.now())

    def write(self, folder=None):
        """Put what is not written yet into the database."""
        folder = folder or self.folder
        folder.mkdir(exist_ok=True)
        journal = Journal(folder / "yorisoi.db", Listener())
        journal.start()
        new = self.desk.history[self.written :]
        journal.append(new, [summarize(self.desk.case, self.clock.now())])
        self.written = len(self.desk.history)
        assert journal.close(10)


@pytest.fixture
def first(tmp_path):
    found = FirstDesk(tmp_path / "first")
    found.write()
    return found


@pytest.fixture
def second(tmp_path):
    return tmp_path / "second"


@pytest.fixture
def say(capsys):
    """Runs the command line on a data folder; gives exit code, output and standard error."""

    def run_and_read(folder, *arguments):
        code = run(["--data-dir", str(folder), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run_and_read


@pytest.fixture
def bundle(say, first, tmp_path):
    path = tmp_path / "case.yorisoi.json"
    assert (
        say(first.folder, "export", CASE_NO, "--as-unconfirmed", "--format", "json", "--out", path)[
            0
        ]
        == 0
    )
    return path


def events_in(folder):
    with Archive(folder / "yorisoi.db") as archive:
        return archive.events_of(archive.by_case_no(CASE_NO).case_id)


def unstamped(path):
    raw = json.loads(path.read_text(encoding="utf-8"))
    del raw["stamp"]
    return raw


def is_one_sentence(said):
    return said.endswith("\n") and said.count("\n") == 1 and "error" not in said.lower()


def test_a_case_is_taken_over_whole(say, first, bundle, second):
    code, said, err = say(second, "import", bundle)
    assert (code, err) == (0, "")
    told, answer = said.splitlines()
    assert CASE_NO in told
    assert str(bundle.parent) in answer
    events = events_in(second)
    assert [e for e in events if e.desk_id == "first"] == first.desk.history
    with Archive(second / "yorisoi.db") as archive:
        (line,) = archive.recent(5)
        assert (line.case_no, line.customer, line.status) == (CASE_NO, "山田", "open")


def test_a_call_that_is_not_over_at_the_first_desk_is_not_this_desk_s(say, first, bundle, second):
    assert first.desk.case.phase is CallPhase.WRAP_UP
    say(second, "import", bundle)
    case = Case.of(first.desk.case.id, events_in(second))
    assert case.phase is CallPhase.CLOSED
    listener = Listener()
    journal = Journal(second / "yorisoi.db", listener)
    journal.start()
    assert journal.close(10)
    assert listener.opening.running == ()


def test_out_in_and_out_again_is_the_same_but_for_its_stamp(say, bundle, second, tmp_path):
    say(second, "import", bundle)
    again = tmp_path / "again.yorisoi.json"
    say(second, "export", CASE_NO, "--as-unconfirmed", "--format", "json", "--out", again)
    assert unstamped(again) == unstamped(bundle)


def test_twice_changes_nothing(say, bundle, second):
    say(second, "import", bundle)
    before = events_in(second)
    code, said, _ = say(second, "import", bundle)
    assert code == 0
    assert "すでに" in said
    assert events_in(second) == before


def test_what_the_first_desk_did_later_comes_too(say, first, bundle, second, tmp_path):
    say(second, "import", bundle)
    first.do(c.FillField("issue", "水漏れ"), c.FinishWrapUp())
    first.write()
    later = tmp_path / "later.yorisoi.json"
    say(first.folder, "export", CASE_NO, "--as-unconfirmed", "--format", "json", "--out", later)
    assert say(second, "import", later)[0] == 0
    theirs, ours = first.desk.case, Case.of(first.desk.case.id, events_in(second))
    now = first.clock.now()
    assert ours.field("issue") == "水漏れ"
    assert ours.phase is CallPhase.CLOSED
    assert ours.call.acw_seconds(now) == theirs.call.acw_seconds(now) == 120
    again = tmp_path / "again.yorisoi.json"
    say(second, "export", CASE_NO, "--as-unconfirmed", "--format", "json", "--out", again)
    assert unstamped(again) == unstamped(later)


def test_a_case_comes_back_to_its_own_desk(say, first, bundle, second, tmp_path):
    say(second, "import", bundle)
    back = tmp_path / "back.yorisoi.json"
    say(second, "export", CASE_NO, "--as-unconfirmed", "--format", "json", "--out", back)
    code, said, _ = say(first.folder, "import", back)
    assert (code, "すでに" in said) == (0, True)
    assert list(events_in(first.folder)) == first.desk.history


def test_the_answer_for_programs(say, first, bundle, second, tmp_path):
    said = say(second, "import", bundle, "--json")[1]
    told = json.loads(said)
    assert told.pop("answer").startswith(str(bundle.parent))
    assert told == {
        "case_no": CASE_NO,
        "outcome": "done",
        "events": len(first.desk.history),
    }
    arguments = ["--as-unconfirmed", "--format", "md", "--mask", "names", "phone", "--json"]
    out = tmp_path / "note.md"
    code, said, err = say(first.folder, "export", CASE_NO, "--out", out, *arguments)
    assert (code, err) == (0, "")
    assert json.loads(said)["masks"] == ["phone", "names"]
    assert "issue" in json.loads(said)["missing"]
    assert "山田" not in out.read_text(encoding="utf-8")


# -- what is refused ------------------------------------------------------------------------------


def refuse(say, folder, path):
    code, said, err = say(folder, "import", path)
    assert (code, said, is_one_sentence(err)) == (1, "", True), (said, err)
    return err


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"{}", "よりそいが書き出した案件のファイルではない"),
        (b"[" * 100_000, "よりそいが書き出した案件のファイルではない"),
        (b'{"format": "yorisoi-bundle", "version": 9}', "新しい版"),
        (b" " * 10_000_000, "大きすぎる"),
    ],
)
def test_a_file_that_is_no_bundle(say, second, tmp_path, content, said):
    path = tmp_path / "x.yorisoi.json"
    path.write_bytes(content)
    assert said in refuse(say, second, path)
    assert not second.exists()


def test_a_file_that_is_not_there_or_a_folder(say, second, tmp_path):
    assert "読めません" in refuse(say, second, tmp_path / "none")
    assert "読めません" in refuse(say, second, tmp_path)


def test_a_changed_file(say, bundle, second):
    bundle.write_text(bundle.read_text("utf-8").replace("山田", "山本"), encoding="utf-8")
    assert "中身が変わっている" in refuse(say, second, bundle)
    assert not second.exists()


def test_another_story_of_a_known_case(say, first, bundle, second, tmp_path):
    """The same ids say something else: masked first, then whole."""
    masked = tmp_path / "masked.yorisoi.json"
    say(
        first.folder,
        "export",
        CASE_NO,
        "--as-unconfirmed",
        "--format",
        "json",
        "--out",
        masked,
        "--mask",
        "names",
    )
    say(second, "import", masked)
    before = events_in(second)
    assert "食い違う" in refuse(say, second, bundle)
    assert events_in(second) == before


def test_events_that_claim_to_be_of_this_desk(say, bundle, second, monkeypatch):
    """A stranger writes in the name of the desk that reads it."""
    from storage import foreign_events

    second.mkdir()
    journal = Journal(second / "yorisoi.db", Listener())
    journal.start()
    assert journal.close(10)
    with monkeypatch.context() as patch:
        patch.setattr(foreign_events, "state", lambda connection, key: "first")
        assert "食い違う" in refuse(say, second, bundle)
    with Archive(second / "yorisoi.db") as archive:
        assert archive.recent(1) == ()


def test_records_that_cannot_be_read_are_left_as_they_are(say, bundle, second):
    second.mkdir()
    (second / "yorisoi.db").write_bytes(b"nothing of ours" * 500)
    assert "壊れている" in refuse(say, second, bundle)
    assert (second / "yorisoi.db").read_bytes() == b"nothing of ours" * 500


def test_a_disk_that_cannot_be_written(say, bundle, second, monkeypatch):
    from storage import journal_file
    from storage.troubles import DISK_FULL, StorageError

    def no_space(db, batch, index):
        raise StorageError(DISK_FULL, second)

    with monkeypatch.context() as patch:
        patch.setattr(journal_file, "write_batch", no_space)
        assert "書き込めず" in refuse(say, second, bundle)
    assert say(second, "import", bundle)[0] == 0


# -- beside a running sidebar ---------------------------------------------------------------------


def test_beside_a_sidebar_nothing_is_written_but_its_inbox(say, bundle, second, monkeypatch):
    from app.commands import take_over

    where = places(str(second))
    running = SingleInstance(where.data, where.lock)
    assert running.is_first()
    monkeypatch.setattr(take_over, "_WAIT_SECONDS", 0.0)
    monkeypatch.setattr(SingleInstance, "ask", lambda self, line, **_: b"ok")
    code, said, _ = say(second, "import", bundle)
    running.release()
    assert code == 0
    assert "渡しました" in said
    assert not where.database.exists()
    (laid,) = where.inbox.iterdir()
    assert laid.read_bytes() == bundle.read_bytes()
