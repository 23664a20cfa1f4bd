"""What was erased does not come back: by a backup, a stick, a rescue, or a copy half made."""

from __future__ import annotations

import os
import subprocess
import sys
from contextlib import closing
from datetime import UTC, datetime

import pytest

from call.events import CaseOpened, NoteTaken
from scripts_ja.model import NoteKind
from storage import keys
from storage.archive import Archive
from storage.aside import set_aside
from storage.backups import Backups
from storage.connection import connect_reader, connect_writer
from storage.conversion import convert_all
from storage.encryption import Encryption
from storage.journal import Draft
from storage.journal_file import JournalFile
from storage.key_record import ENCRYPTED
from storage.purge import Purge
from storage.restoring import adopt, prepare
from storage.troubles import StorageError
from tests.storage.pages import decrypted_pages

NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
WAIT = 30.0
SECRET, KEPT = "鰐鮫鱶", "返金の希望"
DAMAGED = "yorisoi.db.damaged-20260331T010203000000Z"


@pytest.fixture
def fill(open_journal, desk, path):
    """Two cases; the first is the one that will be erased."""

    def write():
        journal, _ = open_journal()
        for case_id, words in (("case-1", SECRET), ("case-2", KEPT)):
            number = f"AB12-{case_id}"
            taken = NoteTaken(f"n-{case_id}", NoteKind.MEMO, words, desk.event().at)
            events = [desk.event(CaseOpened(number), case_id), desk.event(taken, case_id)]
            line = desk.summary(case_id, status="done", issue=words, case_no=number)
            journal.append(events, [line])
        assert journal.close(WAIT)

    return write


def cases_of(path):
    with Archive(path) as archive:
        return sorted(case_id for case_id in ("case-1", "case-2") if archive.events_of(case_id))


def files_with(folder, word):
    files = [file for file in sorted(folder.rglob("*")) if file.is_file()]
    return [file.name for file in files if word.encode() in file.read_bytes()]


def encrypt(path):
    Encryption(path).want(ENCRYPTED)
    convert_all(path, 2.0)


def restore(backup, path):
    prepared = prepare(backup, path, NOON)
    adopt(prepared, path, 2.0)


# -- from before ----------------------------------------------------------------------------------


def test_a_stick_from_before_does_not_bring_it_back(fill, path, tmp_path):
    fill()
    stick = tmp_path / "stick.db"
    stick.write_bytes(Backups(path).make("asked", NOON).path.read_bytes())
    assert Purge(path).asked("case-1", NOON).is_clean
    restore(stick, path)
    assert cases_of(path) == ["case-2"]
    for left in path.parent.glob("*.new-*"):  # as whoever asked for the restore does
        left.unlink()
    assert Purge(path).finish()
    assert files_with(path.parent, SECRET[:2]) == []
    with Archive(path) as archive:
        assert [purged.case_no for purged in archive.purges()] == ["AB12-case-1"]


def test_what_was_erased_while_a_restore_was_prepared_stays_erased(fill, path):
    fill()
    prepared = prepare(Backups(path).make("asked", NOON).path, path, NOON)
    Purge(path).asked("case-1", NOON)
    with pytest.raises(StorageError, match="locked"):
        adopt(prepared, path, 2.0)
    assert cases_of(path) == ["case-2"]


@pytest.mark.expects_log
def test_a_rescue_does_not_bring_it_back(fill, path):
    fill()
    kept = Backups(path).make("asked", NOON).path
    before = kept.read_bytes()
    assert Purge(path).asked("case-1", NOON).is_clean
    kept.write_bytes(before)  # as one that was shut away while it was erased
    set_aside(path)
    file = JournalFile(path, 2.0, lambda: NOON, lambda trouble: None)
    with closing(file):
        file.open()
    assert cases_of(path) == ["case-2"]
    with Archive(path) as archive:
        assert [purged.case_no for purged in archive.purges()] == ["AB12-case-1"]
        assert archive.state("purging")


def test_a_case_that_came_again_by_right_is_not_erased_by_a_restore(fill, path):
    fill()
    backup = Backups(path).make("asked", NOON).path
    content = backup.read_bytes()
    assert Purge(path).asked("case-1", NOON).is_clean
    backup.write_bytes(content)
    with closing(connect_reader(backup)) as old, closing(connect_writer(path)) as writer:
        line = old.execute("SELECT * FROM cases WHERE case_id = 'case-1'").fetchone()
        marks = ", ".join("?" * len(line))
        writer.execute(f"INSERT INTO cases VALUES ({marks})", line)  # noqa: S608
    restore(backup, path)
    assert cases_of(path) == ["case-1", "case-2"]


# -- half made ------------------------------------------------------------------------------------


def gone_process():
    """The number of a process that is over."""
    done = subprocess.Popen([sys.executable, "-c", ""])
    done.wait()
    return done.pid


@pytest.mark.skipif(os.name != "posix", reason="only there a process can be asked for")
def test_what_a_killed_backup_left_half_made_goes_too(fill, path):
    fill()
    folder = Backups(path).folder
    folder.mkdir()
    left = folder / f"yorisoi-x-daily.db.new-{gone_process()}"
    converting = path.with_name("yorisoi.db.converting")
    for each in (left, converting):
        each.write_bytes(SECRET.encode())
    assert Purge(path).asked("case-1", NOON).is_clean
    assert not left.exists()
    assert not converting.exists()


def test_a_copy_that_is_being_made_is_waited_for(fill, path):
    fill()
    making = path.with_name(f"yorisoi.db.new-{os.getpid()}-restore")
    making.write_bytes(SECRET.encode())
    assert not Purge(path).asked("case-1", NOON).is_clean
    making.unlink()
    assert Purge(path).finish()


# -- encrypted ------------------------------------------------------------------------------------


def holds(path, word):
    """Whether one of the pages of an encrypted file, or of its log, says so: also the free ones."""
    return word.encode() in decrypted_pages(path)


@pytest.mark.expects_log
@pytest.mark.skipif(sys.platform != "linux", reason="decrypts by what keyring brings along there")
def test_nothing_of_it_is_left_in_encrypted_records_and_their_backups(
    fill, path, key_store, open_journal
):
    fill()
    aside = path.with_name(DAMAGED)
    aside.write_bytes(b"no database: case-1 " + SECRET.encode())
    other = path.with_name(DAMAGED.replace("31T", "30T"))
    other.write_bytes(b"no database: case-2")
    encrypt(path)
    backup = Backups(path).make("asked", NOON).path
    journal, recorder = open_journal()  # beside a writer with its log, as in the sidebar
    recorder.wait_for("opened")
    journal.save_draft(Draft("case-1", "note", SECRET, NOON))
    assert journal.flush(WAIT)
    files = (path, backup)
    assert all(holds(file, SECRET[:2]) for file in files)
    assert Purge(path).asked("case-1", NOON).is_clean
    for file in files:
        assert keys.is_sealed(file)
        assert not any(holds(file, piece) for piece in (SECRET[:2], SECRET[1:]))
        assert holds(file, KEPT)
        assert cases_of(file) == ["case-2"]
    assert journal.close(WAIT)
    assert not holds(path, SECRET[1:])
    assert [file.name for file in path.parent.glob("*.sealed")] == [f"{other.name}.sealed"]


@pytest.mark.expects_log
def test_a_damaged_encrypted_backup_is_removed(fill, path, key_store):
    fill()
    encrypt(path)
    backup = Backups(path).make("asked", NOON).path
    with backup.open("r+b") as file:
        file.seek(4096)
        file.write(b"\xff" * (backup.stat().st_size - 4096))
    assert Purge(path).asked("case-1", NOON).is_clean
    assert not backup.exists()


@pytest.mark.expects_log
def test_a_copy_whose_key_is_shut_away_is_left_and_tried_again(fill, path, key_store, monkeypatch):
    from storage import purged_copies

    fill()
    encrypt(path)
    backup = Backups(path).make("asked", NOON).path
    connect = purged_copies.connect_writer

    def shut(copy, busy_seconds):
        raise StorageError("key_store_shut", copy)

    monkeypatch.setattr(purged_copies, "connect_writer", shut)
    assert not Purge(path).asked("case-1", NOON).is_clean
    monkeypatch.setattr(purged_copies, "connect_writer", connect)
    assert Purge(path).finish()
    assert not holds(backup, SECRET[:2])
