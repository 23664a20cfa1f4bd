"""``backup``, ``restore`` and ``doctor`` on the command line."""

from __future__ import annotations

import json
import os
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.command_line import run
from app.writing import write_file
from call import commands as c
from call.case import summarize
from call.clock import SimulatedClock
from call.desk import CaseDesk, DeskIdentity
from call.limits import Limits
from desktop.disk import is_on_network
from desktop.instance import SingleInstance
from desktop.paths import Places
from scripts_ja.model import FlowBook
from scripts_ja.texts import t
from storage.archive import Archive
from storage.backups import Backups, content_of
from storage.batch import Batch
from storage.journal_file import JournalFile
from storage.troubles import UNWRITABLE, StorageError

NOON = datetime(2026, 11, 21, 3, 0, tzinfo=UTC)


@pytest.fixture
def where(tmp_path):
    return Places(tmp_path / "data")


@pytest.fixture
def say(where, capsys):
    """Runs the command line and gives exit code, output, and what was said on standard error."""

    def run_and_read(*arguments):
        code = run(["--data-dir", str(where.data), *map(str, arguments)])
        out, err = capsys.readouterr()
        assert "Traceback" not in err
        return code, out, err

    return run_and_read


@pytest.fixture
def add_case(where):
    """Writes a case of that number."""

    def add(number, seq):
        clock = SimulatedClock(NOON)
        desk = CaseDesk.open(
            DeskIdentity("desk", seq),
            number,
            clock.now(),
            book=FlowBook(()),
            limits=Limits(),
            first_flow="x",
        )
        desk.do(c.StartCall(), clock.now())
        file = JournalFile(where.database, 1.0, lambda: NOON, lambda trouble: None)
        lines = [summarize(desk.case, clock.now())]
        file.write(Batch.of_append(desk.history, lines, (), 0.0))
        while file.index_some():
            pass
        file.close()

    return add


def numbers(where):
    with Archive(where.database) as archive:
        return {case.case_no for case in archive.recent(9)}


def test_a_backup_is_made_and_said(say, where, add_case):
    add_case("n-1", 1)
    code, out, _ = say("backup")
    (backup,) = Backups(where.database).all()
    assert (code, str(backup.path) in out) == (0, True)


@pytest.mark.parametrize("is_folder", [True, False])
def test_a_backup_goes_where_it_is_asked_for(say, where, add_case, tmp_path, is_folder):
    add_case("n-1", 1)
    out = tmp_path / "stick"
    if is_folder:
        out.mkdir()
    code, said, _ = say("backup", "--out", out, "--json")
    told = json.loads(said)
    assert (code, told["cases"], told["events"] > 0) == (0, 1, True)
    assert content_of(Path(told["path"])).cases == 1
    assert Backups(where.database).all() == ()


def test_what_cannot_be_backed_up_is_said(say, where, add_case, tmp_path):
    assert say("backup")[0] == 1
    add_case("n-1", 1)
    (tmp_path / "file").write_text("x")
    code, _, err = say("backup", "--out", tmp_path / "file" / "copy.db")
    assert (code, err.count("\n")) == (1, 1)


def test_back_to_a_backup_and_back_again(say, where, add_case):
    add_case("n-1", 1)
    say("backup")
    add_case("n-2", 20)
    code, out, _ = say("restore")
    assert code == 0
    listed = json.loads(say("restore", "--json")[1])
    assert listed[0]["name"] in out
    assert (listed[0]["cases"], listed[0]["lost_events"] > 0) == (1, True)
    assert say("restore", listed[0]["name"])[0] == 0
    assert numbers(where) == {"n-1"}
    kept = next(row for row in json.loads(say("restore", "--json")[1]) if row["kind"] == "restore")
    assert json.loads(say("restore", kept["name"], "--json")[1]) == {"restored": kept["name"]}
    assert numbers(where) == {"n-1", "n-2"}
    assert not [path for path in where.data.iterdir() if "new-" in path.name]


def test_back_to_a_file_from_elsewhere(say, where, add_case, tmp_path):
    add_case("n-1", 1)
    say("backup", "--out", tmp_path / "stick.db")
    add_case("n-2", 20)
    assert say("restore", tmp_path / "stick.db")[0] == 0
    assert numbers(where) == {"n-1"}


def test_a_damaged_database_is_no_obstacle(say, where, add_case):
    add_case("n-1", 1)
    say("backup")
    where.database.write_bytes(b"")
    name = Backups(where.database).all()[-1].path.name
    assert say("restore", name)[0] == 0
    assert numbers(where) == {"n-1"}


def test_what_nobody_can_tell_is_not_said_to_be_nothing(say, where, add_case):
    add_case("n-1", 1)
    say("backup")
    assert json.loads(say("restore", "--json")[1])[0]["lost_events"] == 0
    where.database.write_bytes(b"")
    assert json.loads(say("restore", "--json")[1])[0]["lost_events"] is None
    assert "分かりません" in say("restore")[1]
    where.database.unlink()
    assert json.loads(say("restore", "--json")[1])[0]["lost_events"] == 0


def test_records_of_a_newer_version_are_not_called_a_newer_backup(say, where, add_case):
    add_case("n-1", 1)
    say("backup")
    with closing(sqlite3.connect(where.database)) as connection:
        connection.execute("PRAGMA user_version = 99")
    name = Backups(where.database).all()[0].path.name
    told = (1, "", t("cli.unread.newer_version", path=where.database) + "\n")
    assert say("restore", name) == told


def test_a_folder_of_backups_that_cannot_be_written_is_named(say, where, add_case, monkeypatch):
    add_case("n-1", 1)

    def refuse(source, target, *_):
        raise StorageError(UNWRITABLE, target)

    monkeypatch.setattr("storage.backups.copy_database", refuse)
    code, _, err = say("backup")
    assert (code, ".new-" in err, "-asked.db" in err) == (1, False, True)


@pytest.mark.parametrize("harm", ["nothing there", "text", "newer"])
def test_what_cannot_be_restored_is_said(say, where, add_case, tmp_path, harm):
    add_case("n-1", 1)
    file = tmp_path / "given.db"
    if harm == "text":
        file.write_text("to buy: milk" * 20)
    if harm == "newer":
        say("backup", "--out", file)
        with closing(sqlite3.connect(file)) as connection:
            connection.execute("PRAGMA user_version = 99")
    code, _, err = say("restore", file)
    assert (code, err.count("\n")) == (1, 1)
    assert numbers(where) == {"n-1"}


# -- doctor ---------------------------------------------------------------------------------------


def levels(say):
    code, out, _ = say("doctor", "--json")
    found = json.loads(out)
    assert code == (1 if any(row["level"] == "bad" for row in found) else 0)
    return {(row["topic"], row["level"]) for row in found}


def test_nothing_there_is_no_illness(say):
    assert not [topic for topic, level in levels(say) if level == "bad"]


def test_a_healthy_desk(say, where, add_case):
    add_case("n-1", 1)
    say("backup")
    found = levels(say)
    assert {("records", "ok"), ("backups", "ok"), ("rights", "ok"), ("folder", "ok")} <= found
    code, out, _ = say("doctor")
    assert code == 0
    assert "良好" in out


def test_half_made_files_are_left_to_a_sidebar_that_is_open(say, where, add_case):
    add_case("n-1", 1)
    half = where.data / "yorisoi.db.new-99999999"
    half.write_text("half")
    sidebar = SingleInstance(where.data, where.lock)
    assert sidebar.is_first()
    say("doctor")
    assert half.exists()
    sidebar.release()
    say("doctor")
    assert not half.exists()


def spoil_page(path, name):
    with closing(sqlite3.connect(path)) as reader:
        (root,) = reader.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
    with path.open("r+b") as file:
        file.seek((root - 1) * 4096)
        file.write(b"\xff" * 4096)


def damage(where):
    spoil_page(where.database, "events_case")


def no_trigger(where):
    with closing(sqlite3.connect(where.database)) as writer:
        writer.execute("DROP TRIGGER events_no_delete")


def no_line(where):
    with closing(sqlite3.connect(where.database, isolation_level=None)) as writer:
        writer.execute("DELETE FROM cases")


def no_index(where):
    with closing(sqlite3.connect(where.database, isolation_level=None)) as writer:
        writer.execute("UPDATE app_state SET value = '' WHERE key = 'search_index'")


def newer(where):
    with closing(sqlite3.connect(where.database)) as writer:
        writer.execute("PRAGMA user_version = 99")


def empty(where):
    where.database.write_bytes(b"")


def set_aside(where):
    (where.data / "yorisoi.db.damaged-20260401T000000000000Z").touch()


def bad_backup(where):
    Backups(where.database).make("asked", NOON).path.write_bytes(b"")


def bad_settings(where):
    where.settings.write_text("[desk", encoding="utf-8")


def broken_settings(where):
    (where.data / "settings.broken.toml").touch()


def bad_flow(where):
    where.flows.mkdir()
    (where.flows / "own.toml").write_text("[", encoding="utf-8")


@pytest.mark.parametrize(
    ("harm", "topic", "level"),
    [
        (damage, "records", "bad"),
        (no_trigger, "records", "bad"),
        (no_line, "records", "warn"),
        (no_index, "records", "warn"),
        (newer, "records", "bad"),
        (empty, "records", "bad"),
        (set_aside, "set_aside", "warn"),
        (lambda where: None, "backups", "warn"),
        (bad_backup, "backups", "bad"),
        (bad_settings, "settings", "warn"),
        (broken_settings, "settings", "warn"),
        (bad_flow, "flows", "warn"),
    ],
)
def test_each_illness_is_named(say, where, add_case, harm, topic, level):
    add_case("n-1", 1)
    harm(where)
    assert (topic, level) in levels(say)


@pytest.mark.skipif(os.name != "posix", reason="modes")
def test_what_others_may_read_is_named(say, where, add_case):
    add_case("n-1", 1)
    where.data.chmod(0o755)
    where.database.chmod(0o644)
    assert ("rights", "bad") in levels(say)


def test_what_a_crash_left_is_cleared_away(say, where, add_case):
    add_case("n-1", 1)
    stale = where.data / "yorisoi.db.new-77"
    stale.touch()
    os.utime(stale, (1000, 1000))
    assert stale.name in say("doctor")[1]
    assert not stale.exists()


@pytest.mark.parametrize(
    ("folder", "is_shared"),
    [("/home/me", False), ("/mnt/share/me", True), ("/mnt/share\\040two/x", True), ("/mnt", False)],
)
def test_a_share_is_known_by_its_mount(tmp_path, folder, is_shared):
    mounts = tmp_path / "mounts"
    mounts.write_text(
        "/dev/sda1 / ext4 rw 0 0\n//srv/a /mnt/share cifs rw 0 0\n//srv/b /mnt/share\\040two nfs4 rw\n"
    )
    assert is_on_network(Path(folder.replace("\\040", " ")), mounts) is is_shared


def test_half_a_note_is_not_left_on_a_full_disk(tmp_path, monkeypatch):
    def full(handle):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="space"):
        write_file(tmp_path / "note.txt", b"text")
    assert list(tmp_path.iterdir()) == []


def test_doctor_tells_of_the_key(say, where, add_case, key_store):
    from storage import keys

    add_case("n-1", 1)
    assert ("key_store", "ok") in levels(say)
    assert say("encrypt", "--json")[0] == 0
    assert t("doctor.key_store.found") in say("doctor")[1]
    key_store.kept.clear()
    keys.forget_all()
    assert ("key_store", "bad") in levels(say)
    assert where.database.exists()


def test_doctor_tells_where_no_key_could_be_kept(say):
    assert ("key_store", "warn") in levels(say)
