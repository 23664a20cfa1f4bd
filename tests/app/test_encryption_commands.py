"""``encrypt``, ``decrypt`` and ``recovery-key``: alone, beside a sidebar, and without a key store."""

import io
import json
import sqlite3
from contextlib import closing

import keyring
import pytest
from keyring.backends import fail

from app.command_line import run
from app.progress_bar import ProgressBar
from storage import keys
from storage.connection import connect_writer

WORDS = "洗濯機から水が漏れた"


@pytest.fixture
def data(tmp_path):
    """A folder with a plain database of ours, and something typed in it."""
    folder = tmp_path / "data"
    folder.mkdir()
    from storage.journal_file import JournalFile
    from tests.storage.conftest import NOON

    file = JournalFile(folder / "yorisoi.db", 2.0, lambda: NOON, lambda trouble: None)
    file.open()
    file.close()
    with closing(connect_writer(folder / "yorisoi.db")) as writer:
        writer.execute("INSERT INTO app_state VALUES ('typed', ?)", (WORDS,))
    return folder


@pytest.fixture
def say(data, capsys, monkeypatch):
    """Runs the command line, with what is typed at it; gives exit code, output and errors."""

    def run_and_read(*arguments, typed=""):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        code = run(["--data-dir", str(data), *arguments])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run_and_read


def has_words(data):
    return any(WORDS.encode() in file.read_bytes() for file in data.iterdir() if file.is_file())


def test_both_ways_and_told_as_json(say, data, key_store):
    assert has_words(data)
    code, out, err = say("encrypt", "--json")
    assert (code, err) == (0, "")
    assert json.loads(out) == {"form": "encrypted", "changed": True, "recovery_key": False}
    assert not has_words(data)
    assert json.loads(say("encrypt", "--json")[1])["changed"] is False
    assert say("cases", "--json")[:2] == (0, "[]\n")
    code, out, err = say("decrypt", "--json")
    assert (code, json.loads(out), err) == (0, {"form": "plain", "changed": True}, "")
    assert has_words(data)
    assert key_store.kept == {}
    assert json.loads(say("decrypt", "--json")[1])["changed"] is False


def test_a_recovery_key_is_made_proved_and_opens(say, data, key_store):
    code, out, err = say("encrypt")
    assert code == 0
    assert "暗号化しました" in out
    assert "recovery-key new" in err
    groups = []

    class Reader(io.StringIO):
        """Types what stands on the paper."""

        def readline(self, *_):
            return " ".join(groups) + "\n"

    import sys

    class Writer(io.StringIO):
        """The paper."""

        def write(self, text):
            found = [word for word in text.split() if len(word) == 5 and word.isascii()]
            groups.extend(found if len(found) == 8 else [])
            return len(text)

    before = sys.stdin, sys.stdout
    sys.stdin, sys.stdout = Reader(), Writer()
    try:
        assert run(["--data-dir", str(data), "recovery-key", "new"]) == 0
    finally:
        sys.stdin, sys.stdout = before
    assert len(groups) == 8
    key_store.kept.clear()
    keys.forget_all()
    code, _, err = say("cases")
    assert code == 1
    assert "recovery-key open" in err
    code, _, err = say("recovery-key", "open", typed="AAAAA\n")
    assert (code, "1組目" in err) == (1, True)
    assert say("recovery-key", "open", typed="-".join(groups))[0] == 0
    keys.forget_all()
    assert say("cases", "--json")[0] == 0
    assert say("recovery-key", "remove")[0] == 0
    code, _, err = say("recovery-key", "open", typed="-".join(groups))
    assert (code, "作られていません" in err) == (1, True)


def test_a_recovery_key_that_is_not_typed_again_counts_for_nothing(say, data, key_store):
    say("encrypt", "--json")
    code, _, err = say("recovery-key", "new", typed="\n")
    assert (code, err.count("\n")) == (1, 1)
    assert not (data / "recovery.db").exists()
    assert not (data / "recovery.db.new").exists()


def test_without_a_key_store_nothing_is_encrypted_and_it_is_said(say, data):
    keyring.set_keyring(fail.Keyring())
    code, out, err = say("encrypt", "--json")
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "パスワード管理" in err
    assert has_words(data)
    assert not (data / "encryption.json").exists()


@pytest.mark.expects_log
def test_somebody_who_reads_is_waited_for_and_then_told(say, data, key_store, monkeypatch):
    monkeypatch.setattr("app.form_change._BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(data / "yorisoi.db", isolation_level=None)) as reader:
        reader.execute("PRAGMA journal_mode = WAL")
        reader.execute("SELECT * FROM events").fetchall()
        code, _, err = say("encrypt")
    assert (code, err.count("\n")) == (1, 1)
    assert has_words(data)


def test_a_bar_only_at_a_terminal_and_only_after_a_second():
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    now = [0.0]
    for out, is_drawn in ((Terminal(), True), (io.StringIO(), False)):
        now[0] = 0.0
        bar = ProgressBar("変換", out, lambda: now[0])
        bar.show(0.1)
        assert out.getvalue() == ""
        now[0] = 1.5
        bar.show(0.5)
        assert (" 50%" in out.getvalue()) is is_drawn
        bar.close()
