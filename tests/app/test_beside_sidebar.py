"""The real program, running in a process of its own, and what others do beside it."""

from __future__ import annotations

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from urllib.parse import unquote

import keyring
import pytest

from call.case import CaseSummary
from call.clock import Reading
from call.events import CallClosed, CaseOpened, Envelope, NoteTaken
from desktop.paths import Places
from scripts_ja.model import NoteKind
from scripts_ja.texts import t
from storage.archive import Archive
from storage.backups import Backups
from storage.batch import Batch
from storage.connection import connect_reader
from storage.journal_file import JournalFile
from storage.keys import is_sealed
from tests.doubles.key_stores import FileKeyring

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an offscreen window, and a pipe")

ROOT = Path(__file__).parents[2]
PATIENCE_SECONDS = 60.0
SECRET = "鰐鮫鱶"


class Sidebar:
    """The program with a window that nobody sees, and its commands, as a person starts them."""

    def __init__(self, folder: Path, data: Path) -> None:
        self.data = data
        self._runtime = tempfile.TemporaryDirectory(prefix="y")  # a short path for the door
        self._environment = {
            **os.environ,
            "PYTHONPATH": str(ROOT),
            "QT_QPA_PLATFORM": "offscreen",
            "XDG_RUNTIME_DIR": self._runtime.name,
            "PYTHON_KEYRING_BACKEND": "tests.doubles.key_stores.FileKeyring",
            "YORISOI_TEST_KEYRING": str(folder / "keyring.json"),
        }
        reading, writing = os.pipe()
        self.latest: dict[str, str] = {}
        self._process = subprocess.Popen(
            self._line(),
            env={**self._environment, "YORISOI_PAINT_FD": str(writing)},
            pass_fds=[writing],
            cwd=folder,
        )
        os.close(writing)
        self._hearing = threading.Thread(target=self._hear, args=(reading,), daemon=True)
        self._hearing.start()
        self.wait(lambda: self.call("ctl", "status")[0] == 0)

    def _line(self, *arguments: str) -> list[str]:
        return [sys.executable, str(ROOT / "main.py"), "--data-dir", str(self.data), *arguments]

    def _hear(self, descriptor: int) -> None:
        with os.fdopen(descriptor, encoding="ascii") as pipe:
            for line in pipe:
                word, _, value = line.rstrip("\n").split(" ", 2)
                self.latest[word] = value

    def call(self, *arguments: str) -> tuple[int, str, str]:
        """A command: exit code, output, and what it said on standard error."""
        done = subprocess.run(
            self._line(*arguments), env=self._environment, capture_output=True, text=True
        )
        assert "Traceback" not in done.stderr
        return done.returncode, done.stdout, done.stderr

    def call_at_terminal(self, *arguments: str, typed: str = "") -> tuple[int, str, str]:
        """The same where somebody sits at a terminal and types."""
        with terminal(self._line(*arguments), self._environment) as (process, keyboard):
            os.write(keyboard, typed.encode())
            out, err = process.communicate(timeout=PATIENCE_SECONDS)
        assert "Traceback" not in err
        return process.returncode, out, err

    @property
    def notice(self) -> str:
        """What the notice bar says."""
        return unquote(self.latest.get("notice", "").partition(" ")[2])

    def wait(self, is_so: Callable[[], bool]) -> None:
        """Until something is so, or patience ends."""
        until = time.monotonic() + PATIENCE_SECONDS
        while not is_so():
            assert self._process.poll() is None, "the program ended"
            assert time.monotonic() < until, f"in vain; shown: {self.latest}"
            time.sleep(0.02)

    def close(self) -> None:
        """As the system ends a program."""
        self._process.terminate()
        self._process.wait(PATIENCE_SECONDS)
        self._hearing.join(PATIENCE_SECONDS)
        self._runtime.cleanup()


@contextmanager
def terminal(
    line: list[str], environment: Mapping[str, str]
) -> Iterator[tuple[subprocess.Popen[str], int]]:
    """A command whose standard input is a terminal, and what types there."""
    keyboard, screen = os.openpty()
    process = subprocess.Popen(
        line,
        env=environment,
        stdin=screen,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    os.close(screen)
    try:
        yield process, keyboard
    finally:
        process.kill()
        process.communicate()
        os.close(keyboard)


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """Records with a case that was over long ago and one that is young, and a backup of them."""
    where = Places(tmp_path / "data")
    where.data.mkdir(mode=0o700)
    where.settings.write_text('[desk]\nname = "Suzuki"\n', encoding="utf-8")
    file = JournalFile(where.database, 2.0, lambda: datetime.now(UTC), lambda trouble: None)
    for number, (days, words) in enumerate(((400, SECRET), (1, "返金の希望")), 1):
        file.write(a_case(number, datetime.now(UTC) - timedelta(days=days), words))
    while file.index_some():
        pass
    file.close()
    return where.data


def a_case(number: int, ended: datetime, words: str) -> Batch:
    """A case that is over, with one note."""
    case_id, at = f"case-{number}", Reading(ended, 0.0, "boot-1")
    bodies = (CaseOpened(f"N-{number}"), NoteTaken("n", NoteKind.MEMO, words, at), CallClosed())
    events = [
        Envelope(
            id=f"e{number}-{seq}",
            desk_id="d",
            case_id=case_id,
            call_id="call-1",
            seq=number * 10 + seq,
            at=at,
            body=body,
        )
        for seq, body in enumerate(bodies)
    ]
    line = CaseSummary(case_id, f"N-{number}", "done", ended, ended, issue=words)
    return Batch.of_append(events, [line], [], 0.0)


@pytest.fixture
def sidebar(tmp_path: Path, data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Sidebar]:
    monkeypatch.setenv("YORISOI_TEST_KEYRING", str(tmp_path / "keyring.json"))
    before = keyring.get_keyring()
    keyring.set_keyring(FileKeyring())
    program = Sidebar(tmp_path, data)
    yield program
    program.close()
    keyring.set_keyring(before)


def notes_of(data: Path) -> list[str]:
    with closing(connect_reader(data / "yorisoi.db")) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        rows = reader.execute("SELECT payload FROM events WHERE kind = 'NoteTaken' ORDER BY place")
        return [json.loads(payload)["text"] for (payload,) in rows]


def has_secret(data: Path) -> bool:
    files = [file for file in data.rglob("*") if file.is_file()]
    return any(SECRET[:2].encode() in file.read_bytes() for file in files)


@pytest.mark.timeout(240)
def test_every_command_that_writes_goes_through_it(sidebar: Sidebar, data: Path) -> None:
    path = data / "yorisoi.db"
    code, out, err = sidebar.call("backup", "--json")
    assert (code, err, json.loads(out)["cases"]) == (0, "", 2)
    name = Path(json.loads(out)["path"]).name
    sidebar.wait(lambda: sidebar.notice == t("backup.made"))  # it was the sidebar that made it

    # In a call nothing is put back or erased, and that is one sentence; encrypting goes on.
    assert sidebar.call("ctl", "start")[0] == 0
    for command in (["restore", name], ["purge"]):
        code, out, err = sidebar.call(*command)
        assert (code, out, err.count("\n")) == (1, "", 1)
        assert "通話" in err
    code, out, err = sidebar.call("encrypt", "--json")
    assert (code, json.loads(out)["changed"], err) == (0, True, "")
    assert is_sealed(path)
    assert not has_secret(data)
    assert sidebar.call("ctl", "note", "memo", "途中の記録")[0] == 0
    code, out, err = sidebar.call("decrypt", "--json")
    assert (code, json.loads(out), err) == (0, {"form": "plain", "changed": True}, "")
    assert notes_of(data) == [SECRET, "返金の希望", "途中の記録"]
    assert sidebar.call("ctl", "end")[0] == 0
    sidebar.wait(lambda: sidebar.latest["state"].startswith("wrap_up"))

    code, out, err = sidebar.call("restore", name, "--json")
    assert (code, json.loads(out), err) == (0, {"restored": name}, "")
    assert notes_of(data) == [SECRET, "返金の希望"]
    sidebar.wait(lambda: json.loads(sidebar.call("ctl", "status", "--json")[1])["phase"] == "idle")

    code, out, err = sidebar.call("purge", "--json")
    assert (code, err) == (0, "")
    assert [case["case_no"] for case in json.loads(out)["purge"]] == ["N-1"]
    assert notes_of(data) == ["返金の希望"]
    assert not has_secret(data)
    assert json.loads(sidebar.call("purge", "--json")[1])["purge"] == []


def contents(data: Path) -> dict[str, bytes]:
    """What there is of the encryption, and how the database begins."""
    names = ("encryption.json", "recovery.db", "recovery.db.new", "desk_key.txt")
    found = {name: (data / name).read_bytes() for name in names if (data / name).exists()}
    return {**found, "database": (data / "yorisoi.db").read_bytes()[:16]}


@pytest.mark.timeout(240)
def test_at_a_terminal_the_recovery_key_is_left_to_its_settings(
    sidebar: Sidebar, data: Path
) -> None:
    told = (1, "", t("cli.encryption.in_sidebar") + "\n")
    before = contents(data)
    assert sidebar.call_at_terminal("encrypt") == told
    for action in ("new", "open", "remove"):
        assert sidebar.call_at_terminal("recovery-key", action, typed="\n") == told
    assert sidebar.call("desk-key") == (1, "", t("seal.in_sidebar") + "\n")
    assert contents(data) == before
    # What has no recovery key to make goes through it, and says where one is made.
    assert sidebar.call("encrypt", "--json")[0] == 0
    before = contents(data)
    assert "encryption.json" in before
    code, out, err = sidebar.call_at_terminal("encrypt")
    assert (code, out) == (0, t("cli.encryption.is") + "\n")
    assert err == t("cli.encryption.no_recovery_key_yet") + "\n"
    assert contents(data) == before


@pytest.mark.timeout(240)
def test_what_the_sidebar_cannot_do_is_said_at_once(sidebar: Sidebar, data: Path) -> None:
    sidebar.wait((data / "backups").exists)
    (data / "backups").rename(data / "kept")
    (data / "backups").write_text("no folder")
    assert sidebar.call("backup", "--json") == (1, "", t("backup.not_made") + "\n")
    (data / "backups").unlink()
    (data / "kept").rename(data / "backups")
    with closing(sqlite3.connect(data / "yorisoi.db", isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        code, out, err = sidebar.call("encrypt", "--json")
    assert (code, out, err) == (1, "", t("encryption.failed.locked") + "\n")
    assert sidebar.call("encrypt", "--json")[0] == 0
    assert is_sealed(data / "yorisoi.db")


@pytest.mark.timeout(240)
def test_a_call_loses_nothing_though_its_records_are_deleted(sidebar: Sidebar, data: Path) -> None:
    path = data / "yorisoi.db"
    assert sidebar.call("ctl", "start")[0] == 0
    assert sidebar.call("ctl", "note", "memo", "消される前")[0] == 0
    sidebar.wait(lambda: "消される前" in notes_of(data))
    for file in data.glob("yorisoi.db*"):
        file.unlink()
    assert sidebar.call("ctl", "note", "memo", "消された後")[0] == 0
    sidebar.wait(lambda: sidebar.notice == t("storage.taken_away", path=path))
    sidebar.wait(lambda: notes_of(data)[2:] == ["消される前", "消された後"])
    Backups(path).make("asked", datetime.now(UTC)).path.replace(path)  # somebody "restores" by hand
    assert sidebar.call("ctl", "note", "memo", "入れ替えた後")[0] == 0
    sidebar.wait(lambda: "入れ替えられた" in sidebar.notice)
    expected = ["消される前", "消された後", "入れ替えた後"]
    sidebar.wait(lambda: notes_of(data)[2:] == expected)
    assert json.loads(sidebar.call("ctl", "status", "--json")[1])["is_saved"]
    sidebar.close()
    with Archive(path) as archive:
        assert len(archive.recent(9)) == 3
