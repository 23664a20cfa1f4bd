"""Backups: one moment, beside whoever writes, whole or not there, thinned out by date."""

from __future__ import annotations

import os
import sqlite3
import stat
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from storage import reading
from storage.backup_names import ASKED, DAILY, MIGRATION, RESTORE, Backup, file_name, superfluous
from storage.backups import Backups, content_of, copy_to, loss_since
from storage.connection import connect_reader, connect_writer, transaction
from storage.copying import copy_database
from storage.leftovers import sweep
from storage.troubles import StorageError

WAIT = 30.0
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
SAVED = Path(__file__).parent


@pytest.fixture
def written(open_journal, desk):
    """A database with two hundred events."""
    journal, _ = open_journal()
    journal.append(desk.events(200), [desk.summary()])
    assert journal.close(WAIT)
    return open_journal.path


def places_in(path):
    with closing(connect_reader(path)) as reader:
        return [place for (place,) in reader.execute("SELECT place FROM events ORDER BY place")]


def test_a_copy_is_one_moment_though_somebody_writes_at_every_step(
    written, desk, tmp_path, monkeypatch, open_journal
):
    monkeypatch.setattr("storage.copying.STEP_PAGES", 4)
    journal, recorder = open_journal()
    steps = []

    def write(done, total):
        steps.append((done, total))
        journal.append(desk.events(1), [])
        assert journal.flush(WAIT)

    copy_database(written, tmp_path / "copy.db", write, pause_seconds=0.0)
    assert recorder.all("trouble") == []
    assert len(steps) > 5
    assert steps[-1][0] == steps[-1][1]
    assert places_in(tmp_path / "copy.db") == list(range(1, 201))
    assert len(places_in(written)) == 200 + len(steps)


def test_a_copy_is_one_file_of_this_user_that_needs_no_other(written, tmp_path):
    before = os.umask(0)
    try:
        backup = Backups(written).make(ASKED, NOON)
    finally:
        os.umask(before)
    assert list(backup.path.parent.iterdir()) == [backup.path]
    assert content_of(backup.path).events == 200
    assert list(backup.path.parent.iterdir()) == [backup.path]  # reading makes no log
    if os.name == "posix":
        assert stat.S_IMODE(backup.path.stat().st_mode) == 0o600
        assert stat.S_IMODE(backup.path.parent.stat().st_mode) == 0o700


def test_what_breaks_off_leaves_nothing(written):
    def give_up(done, total):
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Backups(written).make(ASKED, NOON, give_up)
    assert list((written.parent / "backups").iterdir()) == []


def test_a_damaged_database_makes_no_backup(written):
    content = bytearray(written.read_bytes())
    with closing(connect_reader(written)) as reader:
        (root,) = reader.execute("SELECT rootpage FROM sqlite_master WHERE name='dues'").fetchone()
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    written.write_bytes(content)
    with pytest.raises(StorageError) as error:
        Backups(written).make(DAILY, NOON)
    assert error.value.kind == "damaged"
    assert list((written.parent / "backups").iterdir()) == []


@pytest.mark.parametrize("out", ["a file that is there", "a folder that is not"])
def test_a_copy_may_go_anywhere(written, tmp_path, out):
    target = tmp_path / out / "copy.db" if "folder" in out else tmp_path / out
    if "file" in out:
        target.write_bytes(b"old")
    copy_to(written, target)
    assert content_of(target).cases == 1


def test_nothing_to_copy(tmp_path):
    with pytest.raises(StorageError) as error:
        Backups(tmp_path / "none.db").make(DAILY, NOON)
    assert error.value.kind == "missing"
    assert Backups(tmp_path / "none.db").all() == ()


# -- which, and when ------------------------------------------------------------------------------


def backup(kind, days=0, hours=0):
    at = NOON - timedelta(days=days, hours=hours)
    return Backup(Path(file_name(kind, at)), kind, at)


def test_the_last_of_each_of_seven_days_is_kept():
    own = [backup(DAILY, days, hours) for days in range(10) for hours in (0, 1)]
    gone = superfluous(own, UTC)
    kept = [each for each in own if each not in gone]
    assert kept == [backup(DAILY, days) for days in range(7)]


@pytest.mark.parametrize(("kind", "count"), [(MIGRATION, 2), (RESTORE, 2), (ASKED, 3)])
def test_of_the_others_the_last_ones_are_kept(kind, count):
    own = [backup(kind, days) for days in range(9)]
    assert superfluous([*own, backup(DAILY, 40)], UTC) == own[count:]


def test_names_say_when_and_what_for(written):
    backups = Backups(written)
    later = NOON + timedelta(microseconds=1)
    made = [backups.make(kind, at) for kind, at in ((DAILY, NOON), (ASKED, later))]
    (written.parent / "backups" / "holiday.jpg").touch()
    assert backups.all() == (made[1], made[0])


def test_a_backup_is_made_only_where_something_changed(written, desk, open_journal):
    backups = Backups(written)
    assert backups.is_changed()
    backups.make(DAILY, NOON)
    assert not backups.is_changed()
    journal, _ = open_journal()
    journal.append(desk.events(1), [])
    assert journal.close(WAIT)
    assert backups.is_changed()


def test_what_came_after_a_backup_is_counted(written, desk, open_journal):
    place = content_of(written).last_place
    journal, _ = open_journal()
    journal.append([*desk.events(2), *desk.events(3, "case-2")], [desk.summary("case-2")])
    assert journal.close(WAIT)
    loss = loss_since(written, place)
    assert (loss.events, loss.cases, loss.new_cases) == (5, 2, 1)


# -- before a migration ---------------------------------------------------------------------------


@pytest.mark.parametrize("saved", ["schema_1.sql", "schema_2.sql"])
def test_before_a_migration_the_old_state_is_kept(path, open_journal, saved):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript((SAVED / saved).read_text(encoding="utf-8"))
    open_journal.opening()
    open_journal.opening()
    (kept,) = Backups(path).all()
    assert kept.kind == MIGRATION
    with closing(connect_reader(kept.path)) as reader:
        assert reader.execute("PRAGMA user_version").fetchone() == (int(saved[7]),)
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (4,)


def test_without_room_for_the_old_state_nothing_is_migrated(path, open_journal):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript((SAVED / "schema_1.sql").read_text(encoding="utf-8"))
    blocked = path.parent / "backups"
    blocked.write_text("no folder")
    journal, recorder = open_journal(retry_seconds=3600)
    assert recorder.wait_for("trouble").kind == "unwritable"
    with closing(connect_reader(path)) as reader:
        assert reader.execute("PRAGMA user_version").fetchone() == (1,)
    blocked.unlink()
    assert journal.close(WAIT)  # tries once more
    assert recorder.all("opened")


# -- numbers --------------------------------------------------------------------------------------


def test_a_number_is_never_given_again_though_its_event_is_gone(path, open_journal, desk_of):
    own = desk_of(open_journal.opening().desk_id)
    journal, _ = open_journal()
    journal.append(own.events(7), [own.summary()])
    assert journal.close(WAIT)
    open_journal.opening()  # a start remembers
    with closing(connect_writer(path)) as writer, transaction(writer):
        writer.execute("DROP TRIGGER events_no_delete")
        writer.execute("DELETE FROM events WHERE seq > 4")
        assert reading.last_seq(writer, own.desk_id) == 7
    assert open_journal.opening().last_seq == 7


# -- what a crash leaves --------------------------------------------------------------------------


def test_only_what_nobody_works_on_any_more_is_cleared_away(tmp_path):
    stale = ["yorisoi.db.new-123", "yorisoi.db.new-123-wal", "a.db.new-9-restore", "note.txt.tmp"]
    others = ["yorisoi.db", "yorisoi.db.damaged-1", "renewed.txt", "new-1", "fresh.tmp"]
    for name in [*stale, *others]:
        (tmp_path / name).touch()
        if name != "fresh.tmp":
            os.utime(tmp_path / name, (1000, 1000))
    (tmp_path / "folder.tmp").mkdir()
    assert [path.name for path in sweep([tmp_path, tmp_path / "missing"])] == sorted(stale)
    assert {path.name for path in tmp_path.iterdir()} == {*others, "folder.tmp"}
