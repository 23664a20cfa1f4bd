"""Every command that opens the records, on what a person can have there: one sentence, exit code 1.

And nothing is changed: another program's file, or a newer version's, above all.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime

import keyring
import pytest

from app.command_line import run
from app.exported_files import files_of  # noqa: F401 - imported by purge, not by the first case
from scripts_ja.texts import t
from storage import keys
from storage.archive import Archive
from storage.backups import Backups
from storage.encryption import Encryption
from storage.journal_file import JournalFile
from storage.purge import PURGING, Purge
from tests.app.test_beside_sidebar import a_case

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def folder(tmp_path):
    """Records of one case, with a backup of them."""
    data = tmp_path / "data"
    file = JournalFile(data / "yorisoi.db", 2.0, lambda: NOW, lambda trouble: None)
    file.write(a_case(1, NOW, "水が漏れた"))
    while file.index_some():
        pass
    file.close()
    Backups(data / "yorisoi.db").make("asked", NOW)
    return data


@pytest.fixture
def path(folder):
    return folder / "yorisoi.db"


@pytest.fixture
def say(folder, capsys, monkeypatch):
    """Runs the command line: exit code, output, and what was said on standard error."""

    def run_and_read(*arguments, typed="", data=folder):
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        keys.forget_all()
        code = run(["--data-dir", str(data), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run_and_read


def directory(path):
    path.unlink()
    path.mkdir()


def zero(path):
    path.write_bytes(b"")


def text(path):
    path.write_text("to buy: milk\n" * 20)


def half(path):
    os.truncate(path, path.stat().st_size // 2)


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE theirs (word)")


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


READING = (
    ("cases",),
    ("cases", "--json"),
    ("backup",),
    ("purge", "--dry-run"),
    ("purge",),
    ("export", "N-1", "--out", "note.txt"),
    ("month", "2026-04", "--out", "month.csv"),
)


@pytest.mark.parametrize("harm", [directory, zero, text, half, foreign, newer])
def test_one_sentence_and_nothing_is_changed(say, path, harm, key_store, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    harm(path)
    before = path.read_bytes() if path.is_file() else None
    for command in (*READING, ("encrypt", "--json")):
        code, out, err = say(*command)
        assert (code, out, err.count("\n")) == (1, "", 1), command
    assert (path.read_bytes() if path.is_file() else None) == before
    assert key_store.kept == {}  # no key was made for what is not encrypted
    code, out, _ = say("doctor", "--json")
    assert (code, ("records", "bad")) == (1, _levels(out)[2])


def _levels(out):
    return [(finding["topic"], finding["level"]) for finding in json.loads(out)]


@pytest.mark.parametrize(
    ("harm", "kind"),
    [(foreign, "not_ours"), (newer, "newer_version"), (zero, "damaged"), (text, "damaged")],
)
def test_what_is_not_ours_is_not_encrypted(say, path, key_store, harm, kind):
    harm(path)
    assert say("encrypt")[2] == t(f"encryption.failed.{kind}") + "\n"


def test_another_programs_file_is_not_converted_by_a_start_either(path, key_store):
    Encryption(path).want("encrypted")
    foreign(path)
    told = []
    file = JournalFile(path, 2.0, lambda: NOW, told.append)
    file.open()
    file.close()
    assert [trouble.kind for trouble in told] == ["not_ours"]
    with closing(sqlite3.connect(told[0].path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("theirs",)]


# -- keys -----------------------------------------------------------------------------------------


def lost_key(key_store):
    key_store.kept.clear()


def wrong_key(key_store):
    key_store.kept = dict.fromkeys(key_store.kept, "ab" * 32)


def no_key_at_all(key_store):
    key_store.kept = dict.fromkeys(key_store.kept, "hello")


@pytest.mark.parametrize(
    ("harm", "kind"),
    [(lost_key, "key_missing"), (wrong_key, "key_wrong"), (no_key_at_all, "key_wrong")],
)
def test_a_key_that_does_not_open_is_no_damage(
    say, path, key_store, harm, kind, tmp_path, monkeypatch
):
    monkeypatch.chdir(tmp_path)
    assert say("encrypt", "--json")[0] == 0
    before = path.read_bytes()
    harm(key_store)
    for command in READING:
        assert say(*command) == (1, "", t(f"cli.unread.{kind}", path=path) + "\n")
    for command in (["encrypt", "--json"], ["decrypt"], ["recovery-key", "new"]):
        assert say(*command) == (1, "", t(f"encryption.failed.{kind}") + "\n")
    code, out, _ = say("doctor", "--json")
    assert code == 1
    assert t(f"cli.unread.{kind}", path=path) in out
    assert "壊れて" not in out
    assert path.read_bytes() == before


@pytest.mark.parametrize("record", [None, "", "{"])
def test_a_record_that_was_lost_is_made_anew_of_the_file_and_the_key(
    say, folder, path, key_store, record
):
    """Else the file would read as damage, and a new one would be begun."""
    assert say("encrypt", "--json")[0] == 0
    if record is None:
        (folder / "encryption.json").unlink()
    else:
        (folder / "encryption.json").write_text(record)
    assert "水が漏れた" in say("cases", "水が")[1]
    told = []
    keys.forget_all()
    file = JournalFile(path, 2.0, lambda: NOW, told.append)
    file.open()
    file.close()
    assert told == []
    assert json.loads(say("encrypt", "--json")[1])["changed"] is False
    assert say("decrypt")[0] == 0
    assert keys.is_plain(path)
    assert "水が漏れた" in say("cases", "水が")[1]


def test_the_recovery_key_is_not_removed_where_it_is_the_last_way_in(say, folder, path, key_store):
    assert say("encrypt", "--json")[0] == 0
    assert say("recovery-key", "remove") == (1, "", t("encryption.failed.missing") + "\n")
    encryption = Encryption(path)
    encryption.prove_recovery(encryption.propose_recovery().text)
    key_store.kept.clear()
    assert say("recovery-key", "remove") == (1, "", t("encryption.failed.key_missing") + "\n")
    assert (folder / "recovery.db").exists()


@pytest.mark.parametrize("harm", [half, zero])
def test_a_damaged_encrypted_file_is_one_sentence_too(say, path, key_store, harm):
    assert say("encrypt", "--json")[0] == 0
    harm(path)
    assert say("cases") == (1, "", t("cli.unread.damaged", path=path) + "\n")
    assert say("decrypt") == (1, "", t("encryption.failed.damaged") + "\n")


# -- files that are named -------------------------------------------------------------------------


@pytest.mark.parametrize("harm", [directory, zero, text, half, foreign, newer])
def test_nothing_bad_is_restored(say, path, tmp_path, harm):
    given = tmp_path / "given.db"
    shutil.copy(Backups(path).all()[0].path, given)
    harm(given)
    before = path.read_bytes()
    code, out, err = say("restore", given)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert path.read_bytes() == before
    assert len(Backups(path).all()) == 1


def test_a_backup_under_a_key_that_is_not_here_is_not_called_damaged_alone(
    say, path, tmp_path, key_store
):
    other = tmp_path / "other"
    shutil.copytree(path.parent, other)
    assert say("encrypt", "--json", data=other)[0] == 0
    key_store.kept.clear()
    given = tmp_path / "given.db"
    shutil.copy(other / "yorisoi.db", given)
    assert say("restore", given) == (1, "", t("restore.failed.sealed") + "\n")


@pytest.mark.parametrize("name", ["yorisoi.db", "settings.toml", "backups/mine.db", "handoffs", ""])
def test_a_backup_is_not_written_among_our_own_files(say, folder, path, name):
    """Over the records it would be their end; elsewhere in the folder no erasure would find it."""
    (folder / "handoffs").mkdir()
    before = path.read_bytes()
    code, out, err = say("backup", "--out", folder / name)
    assert (code, out, err.count("\n")) == (1, "", 1)
    assert "--out を省いて" in err
    assert path.read_bytes() == before


def test_a_backup_takes_the_place_of_a_backup_only(say, tmp_path):
    list_ = tmp_path / "list.txt"
    list_.write_text("milk")
    assert say("backup", "--out", list_) == (1, "", t("backup.cli.taken", path=list_) + "\n")
    assert list_.read_text() == "milk"
    for _ in range(2):
        assert say("backup", "--out", tmp_path / "stick.db")[0] == 0
    with Archive(tmp_path / "stick.db") as archive:
        assert len(archive.recent(9)) == 1


def test_a_name_that_no_system_takes(say, tmp_path, key_store):
    nowhere = tmp_path / ("x" * 300)
    for command in (["cases"], ["backup"], ["purge"], ["encrypt", "--json"], ["decrypt"]):
        code, out, err = say(*command, data=nowhere)
        assert (code, out, err.count("\n")) == (1, "", 1), command
    code, out, err = say("doctor", data=nowhere)
    assert (code, err, "異常" in out) == (1, "", True)


def test_without_a_key_store_the_commands_work_as_ever(say, path):
    assert isinstance(keyring.get_keyring(), keyring.backends.fail.Keyring)
    assert say("encrypt")[0] == 1
    assert say("cases", "--json")[0] == 0
    assert keys.is_plain(path)


def test_a_purge_that_was_cut_short_is_gone_on_with_by_the_next_command(say, folder, path):
    steps = iter([True])  # to erase; none to clean up
    purge = Purge(path, lambda: next(steps, False))
    assert not purge.overdue(["case-1"], datetime.now(UTC), NOW).is_clean
    assert has_words(folder / "backups")
    assert say("purge", "--json")[0] == 0
    assert not has_words(folder / "backups")
    with Archive(path) as archive:
        assert archive.state(PURGING) == ""


def has_words(folder):
    return any("水が漏れた".encode() in file.read_bytes() for file in folder.iterdir())


@pytest.mark.parametrize("words", [["水が漏れた"], []])
def test_telephone_numbers_that_are_found_show_their_end_only(say, folder, words):
    file = JournalFile(folder / "yorisoi.db", 2.0, lambda: NOW, lambda trouble: None)
    file.write(a_case(2, NOW, "水が漏れた、090-1234-5678へ"))
    while file.index_some():
        pass
    file.close()
    for form in ([], ["--json"]):
        code, out, _ = say("cases", *words, *form)
        assert (code, "1234" in out) == (0, False)
        assert "5678" in out or (form and not words)
