"""The database removed or replaced while it is open: noticed, said once, and nothing is lost."""

from __future__ import annotations

import os
import shutil
import sqlite3
from contextlib import closing

import pytest

from storage import keys
from storage.backups import Backups
from storage.connection import connect_reader, connect_writer
from storage.displaced import OpenPlace
from storage.encryption import Encryption
from storage.gate import wal_of
from storage.rewriting import SEALED
from storage.sealing import sealed_content
from storage.swapping import LONG_WORK
from storage.troubles import StorageError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="an open file cannot be removed there")

WAIT = 30.0


def removed(path):
    path.unlink()


def removed_with_its_log(path):
    for file in path.parent.glob("yorisoi.db*"):
        file.unlink()


def only_its_log(path):
    wal_of(path).unlink()


def moved_away(path):
    path.rename(path.with_name("mine.db"))


def removed_with_the_folder(path):
    shutil.rmtree(path.parent)


def replaced_by_a_text(path):
    other = path.with_name("list")
    other.write_text("to buy: milk, bread, patience\n" * 9)
    other.replace(path)


def replaced_by_a_backup(path):
    Backups(path).all()[0].path.replace(path)


def replaced_with_a_log(path):
    removed_with_its_log(path)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("PRAGMA journal_mode = WAL")
        other.execute("CREATE TABLE theirs (word)")
        wal, content = wal_of(path), wal_of(path).read_bytes()
    wal.write_bytes(content)  # as a killed program leaves it


def removed_and_another_log_put_there(path):
    path.unlink()
    other = path.parent.parent / "other.db"
    with closing(sqlite3.connect(other, isolation_level=None)) as connection:
        connection.execute("PRAGMA journal_mode = WAL")
        connection.execute("CREATE TABLE theirs (word)")
        shutil.copy(wal_of(other), came := path.with_name("came"))
    came.replace(wal_of(path))


def content_of(aside):
    """As it was put there; among encrypted records what is plain is sealed."""
    if aside.exists():
        return aside.read_bytes()
    sealed = aside.with_name(aside.name + SEALED)
    return sealed_content(sealed, keys.key_for(sealed))


HARMS = [
    (removed, "taken_away"),
    (removed_with_its_log, "taken_away"),
    (only_its_log, "taken_away"),
    (moved_away, "taken_away"),
    (removed_with_the_folder, "taken_away"),
    (removed_and_another_log_put_there, "taken_away"),
    (replaced_by_a_text, "replaced"),
    (replaced_by_a_backup, "replaced"),
    (replaced_with_a_log, "replaced"),
]


@pytest.fixture(params=["plain", "encrypted"])
def form(request, path, key_store):
    if request.param == "encrypted":
        path.parent.mkdir(parents=True)
        Encryption(path).want("encrypted")
    return request.param


@pytest.fixture
def running(form, open_journal, desk, draft, path):
    """A journal with some events, a backup, and then some more and a draft."""
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    journal.append(desk.events(20), [desk.summary()])
    assert journal.flush(WAIT)
    Backups(path).make("asked", desk.summary().opened_at)
    journal.append(desk.events(20), [desk.summary()])
    journal.save_draft(draft("水が漏れて"))
    assert journal.flush(WAIT)
    return journal, recorder


@pytest.mark.expects_log
@pytest.mark.parametrize(("harm", "kind"), HARMS)
def test_all_that_was_open_is_written_again(running, open_journal, desk, path, form, harm, kind):
    journal, recorder = running
    with LONG_WORK:  # the writer may still be at work, and would put it right in between
        harm(path)
        there = path.read_bytes() if path.exists() else b""

    event = desk.event()
    journal.append([event], [desk.summary()])
    assert journal.flush(WAIT)
    (trouble,) = recorder.all("trouble")
    assert trouble.kind == kind
    assert recorder.committed_ids[-1] == event.id
    with closing(connect_reader(path)) as reader:
        assert reader.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    journal.append(more := desk.events(3), [desk.summary()])
    assert journal.close(WAIT)

    assert len(recorder.all("trouble")) == 1
    if kind == "replaced":
        assert trouble.path.name.startswith("yorisoi.db.damaged-2")
        assert content_of(trouble.path) == there
        if form == "plain":
            assert wal_of(trouble.path).exists() == (harm is replaced_with_a_log)
    keys.forget_all()
    opening = open_journal.opening()
    assert [each.text for each in opening.drafts] == ["水が漏れて"]
    kept = [each.id for each in open_journal.events()]
    assert kept == [f"desk-a/{seq}" for seq in range(1, more[-1].seq + 1)]
    assert keys.is_sealed(path) == (form == "encrypted")
    assert path.stat().st_mode & 0o077 == 0
    assert not [file.name for file in path.parent.iterdir() if "new-" in file.name]


@pytest.mark.expects_log
def test_it_is_noticed_when_nothing_more_comes_than_the_end(running, open_journal, path):
    journal, recorder = running
    removed_with_its_log(path)
    assert journal.close(WAIT)
    assert [trouble.kind for trouble in recorder.all("trouble")] == ["taken_away"]
    assert len(open_journal.events()) == 40


@pytest.mark.expects_log
def test_where_it_cannot_be_written_yet_it_stays_open_until_it_can(
    running, open_journal, desk, path, monkeypatch
):
    journal, recorder = running
    monkeypatch.setattr("storage.displaced.os.open", _refuse)
    removed_with_its_log(path)
    journal.append([desk.event()], [desk.summary()])
    assert recorder.wait_for("trouble").kind == "disk_full"
    journal.append([desk.event()], [desk.summary()])
    assert not journal.flush(0)
    monkeypatch.undo()
    assert journal.flush(WAIT)
    recorder.wait_for("recovered")
    assert journal.close(WAIT)
    assert [trouble.kind for trouble in recorder.all("trouble")] == ["disk_full", "taken_away"]
    assert len(open_journal.events()) == 42


def _refuse(*_):
    raise OSError(28, "No space left on device")


def test_a_share_that_numbers_its_files_anew_is_no_trouble(running, desk, path, monkeypatch):
    journal, recorder = running
    numbers = iter(range(1_000_000))
    monkeypatch.setattr("storage.displaced._identity_of", lambda _: (0, next(numbers)))
    for _ in range(3):
        journal.append([desk.event()], [desk.summary()])
        assert journal.flush(WAIT)
    assert journal.close(WAIT)
    assert recorder.all("trouble") == []


@pytest.mark.expects_log
def test_a_folder_that_brings_back_earlier_states_does_not_fill_the_disk(running, desk, path):
    """As a program that synchronizes it may do after every write."""
    journal, recorder = running
    older = Backups(path).all()[0].path
    for count in range(1, 5):
        shutil.copy(older, came := path.with_name("came"))
        came.replace(path)
        journal.append([desk.event()], [desk.summary()])
        assert journal.flush(WAIT)
        recorder.wait_for("trouble", count)
    troubles = recorder.all("trouble")
    assert [trouble.kind for trouble in troubles] == ["replaced"] * 4
    (aside,) = {trouble.path.name.removesuffix(SEALED) for trouble in troubles}
    kept = {file.name for file in path.parent.glob("yorisoi.db.damaged-*")}
    assert kept <= {aside, aside + SEALED, f"{aside}-wal", f"{aside}-shm"}
    assert kept


@pytest.mark.expects_log
def test_what_somebody_else_wrote_there_is_kept_each_time(running, desk, path):
    journal, recorder = running
    for count in (1, 2):
        replaced_by_a_text(path)
        journal.append([desk.event()], [desk.summary()])
        assert journal.flush(WAIT)
        recorder.wait_for("trouble", count)
    first, second = recorder.all("trouble")
    assert content_of(first.path) == content_of(second.path)
    assert first.path != second.path


@pytest.mark.expects_log
def test_damaged_too_it_goes_on_in_a_new_one(running, open_journal, desk, path, monkeypatch):
    journal, recorder = running

    def is_damaged(new):
        raise StorageError("damaged", new)

    monkeypatch.setattr("storage.displaced.check", is_damaged)
    removed_with_its_log(path)
    journal.append([desk.event()], [desk.summary()])
    assert journal.flush(WAIT)
    journal.append([desk.event()], [desk.summary()])
    assert journal.close(WAIT)
    assert [trouble.kind for trouble in recorder.all("trouble")] == ["damaged"]
    kept = [each.id for each in open_journal.events()]
    assert kept[:20] == [f"desk-a/{seq}" for seq in range(1, 21)]  # of the backup
    assert kept[-2:] == ["desk-a/41", "desk-a/42"]


def test_a_share_that_does_not_answer_is_not_taken_for_a_file_that_is_gone(path, monkeypatch):
    path.parent.mkdir(parents=True)
    with closing(sqlite3.connect(path)) as connection:
        place = OpenPlace(path)
        monkeypatch.setattr(type(path), "stat", _no_answer)
        with pytest.raises(OSError, match="no answer"):
            place.is_left(connection)


def _no_answer(*_, **__):
    raise OSError(5, "no answer")


def test_a_restore_and_a_purge_leave_it_in_its_place(running, path):
    journal, _ = running
    place = OpenPlace(path)
    with closing(connect_writer(path)) as other:
        other.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        other.execute("VACUUM")
        assert not place.is_left(other)
    assert journal.close(WAIT)
