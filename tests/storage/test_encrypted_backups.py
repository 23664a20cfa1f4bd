"""Backups, restores and rescues of encrypted records: as of plain ones, and nothing readable left."""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime

import pytest

from storage import keys
from storage.archive import Archive
from storage.backup_names import DAILY
from storage.backups import Backups
from storage.connection import connect_reader, connect_writer
from storage.conversion import convert_all
from storage.encryption import Encryption
from storage.journal_file import JournalFile
from storage.key_record import ENCRYPTED
from storage.restoring import adopt, prepare

NOW = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


@pytest.fixture
def fill(open_journal, desk, path):
    def write(count):
        journal, _ = open_journal(path)
        for _ in range(count):
            journal.append([desk.event()], [desk.summary()])
        assert journal.close(60)

    return write


def encrypt(path):
    Encryption(path).want(ENCRYPTED)
    convert_all(path, 2.0)


def count(path):
    with Archive(path) as archive:
        return len(archive.events_of("case-1"))


def test_a_backup_is_under_the_same_key_and_goes_back(path, fill, key_store):
    fill(3)
    encrypt(path)
    backup = Backups(path).make(DAILY, NOW)
    assert keys.is_sealed(backup.path)
    fill(2)
    prepared = prepare(backup.path, path, NOW)
    adopt(prepared, path, 2.0)
    assert count(path) == 3
    assert keys.is_sealed(path)


def test_a_plain_backup_goes_back_into_encrypted_records(path, fill, key_store, tmp_path):
    fill(3)
    elsewhere = tmp_path / "stick" / "yorisoi-backup.db"
    elsewhere.parent.mkdir()
    elsewhere.write_bytes(Backups(path).make(DAILY, NOW).path.read_bytes())
    encrypt(path)
    fill(2)
    prepared = prepare(elsewhere, path, NOW)
    assert keys.is_sealed(prepared)
    adopt(prepared, path, 2.0)
    assert count(path) == 3
    assert keys.is_plain(elsewhere)


@pytest.mark.expects_log
def test_what_can_be_read_of_a_damaged_encrypted_file_is_saved(path, fill, key_store):
    fill(400)
    encrypt(path)
    with closing(connect_writer(path)) as writer:
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        (pages,) = writer.execute("PRAGMA page_count").fetchone()
    with path.open("r+b") as file:
        for page in range(20, pages, 12):
            file.seek((page - 1) * 4096)
            file.write(b"\xff" * 4096)
    told = []
    file = JournalFile(path, 2.0, lambda: NOW, told.append)
    file.save_from_damage()
    file.close()
    assert told
    assert keys.is_sealed(path)
    assert 100 < count(path) < 400
    with closing(connect_reader(path)) as reader:
        assert reader.execute("PRAGMA quick_check").fetchone() == ("ok",)
