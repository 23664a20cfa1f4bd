"""An earlier state put back: all of it or nothing, the present kept, no number given twice."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from storage.backup_names import RESTORE
from storage.backups import Backups, content_of, loss_since
from storage.connection import connect_reader, connect_writer
from storage.restoring import adopt, prepare
from storage.troubles import StorageError

WAIT = 30.0
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)
LATER = datetime(2026, 4, 1, 4, 0, tzinfo=UTC)


@pytest.fixture
def own(open_journal, desk_of):
    """The desk of the database, by its own name."""
    return desk_of(open_journal.opening().desk_id)


@pytest.fixture
def backup(open_journal, own, path):
    """A backup of one case; since then there is another one."""
    journal, _ = open_journal()
    journal.append(own.events(3), [own.summary(case_no="no-1")])
    assert journal.flush(WAIT)
    made = Backups(path).make("asked", NOON)
    journal.append(own.events(4, "case-2"), [own.summary("case-2", case_no="no-2")])
    assert journal.close(WAIT)
    return made.path


def restore(open_journal, backup, path):
    """In a running journal, as the sidebar does it; what was told."""
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    prepared = prepare(backup, path, LATER)
    Backups(path).make(RESTORE, LATER)
    errors = []
    done = threading.Event()
    journal.adopt(prepared, lambda error: (errors.append(error), done.set()))
    assert done.wait(WAIT)
    opening = recorder.wait_for("opened", 2)
    return journal, recorder, opening, errors[0]


def test_the_earlier_state_is_there_and_the_journal_goes_on(open_journal, own, backup, path):
    journal, recorder, opening, error = restore(open_journal, backup, path)
    assert error is None
    assert [case_id for case_id, _ in opening.running] == ["case-1"]
    event = own.event()
    journal.append([event], [own.summary(case_no="no-1")])
    assert journal.close(WAIT)
    assert recorder.all("trouble") == []
    assert open_journal.events()[-1] == event
    assert open_journal.events("case-2") == ()


def test_numbers_stay_given(open_journal, own, backup, path):
    journal, _, opening, _ = restore(open_journal, backup, path)
    assert opening.last_seq == 7
    assert set(opening.case_nos) == {"no-1", "no-2"}
    assert journal.close(WAIT)
    again = open_journal.opening()
    assert (again.last_seq, set(again.case_nos)) == (7, {"no-1", "no-2"})


def test_a_restore_can_be_taken_back(open_journal, own, backup, path):
    before = {case: open_journal.events(case) for case in ("case-1", "case-2")}
    journal, *_ = restore(open_journal, backup, path)
    journal.append([own.event()], [own.summary(case_no="no-1")])
    assert journal.close(WAIT)
    (kept,) = [each for each in Backups(path).all() if each.kind == RESTORE]
    loss = loss_since(path, content_of(kept.path).last_place)
    assert (loss.events, loss.cases, loss.new_cases) == (1, 1, 0)
    journal, *_ = restore(open_journal, kept.path, path)
    assert journal.close(WAIT)
    assert {case: open_journal.events(case) for case in before} == before


def test_whoever_reads_is_not_disturbed(open_journal, backup, path):
    with closing(connect_reader(path)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (7,)
        adopt(prepare(backup, path, LATER), path, 0.0)
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (7,)
        reader.execute("ROLLBACK")
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (3,)


def test_whoever_writes_is_waited_for_and_then_it_is_said(open_journal, backup, path):
    prepared = prepare(backup, path, LATER)
    with closing(connect_writer(path)) as writer:
        writer.execute("BEGIN IMMEDIATE")
        with pytest.raises(StorageError) as error:
            adopt(prepared, path, 0.01)
    assert error.value.kind == "locked"
    assert content_of(path).events == 7


def test_a_backup_of_an_older_schema_is_brought_up_to_date(open_journal, own, path, tmp_path):
    old = tmp_path / "old.db"
    script = Path(__file__).with_name("schema_1.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(old)) as connection:
        connection.executescript(script)
    journal, _, opening, error = restore(open_journal, old, path)
    assert error is None
    assert opening.desk_id == "00000000-saved-desk"
    assert [case_id for case_id, _ in opening.running] == ["case-1"]
    assert journal.close(WAIT)


def emptied(path):
    path.write_bytes(b"")


def newer(path):
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")


def foreign(path):
    path.unlink()
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE t (x)")


def flipped(path):
    content = bytearray(path.read_bytes())
    content[4096 * 3 : 4096 * 4] = b"\xff" * 4096
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "kind"),
    [
        (emptied, "damaged"),
        (newer, "newer_version"),
        (foreign, "not_ours"),
        (flipped, "damaged"),
        (Path.unlink, "missing"),
    ],
)
def test_a_backup_that_cannot_be_used_changes_nothing(open_journal, backup, path, harm, kind):
    harm(backup)
    with pytest.raises(StorageError) as error:
        prepare(backup, path, LATER)
    assert error.value.kind == kind
    assert content_of(path).events == 7
    assert [each.name for each in path.parent.iterdir() if "new-" in each.name] == []


def test_what_is_not_written_yet_is_not_thrown_away(open_journal, own, backup, path):
    prepared = prepare(backup, path, LATER)
    with closing(connect_writer(path)) as writer:
        journal, recorder = open_journal(busy_seconds=0.01, retry_seconds=3600)
        recorder.wait_for("opened")
        writer.execute("BEGIN IMMEDIATE")
        journal.append(own.events(1), [])
        recorder.wait_for("trouble")
        errors = []
        done = threading.Event()
        journal.adopt(prepared, lambda error: (errors.append(error), done.set()))
        assert done.wait(WAIT)
        writer.execute("ROLLBACK")
    assert errors[0].kind == "locked"
    assert journal.close(WAIT)
    assert content_of(path).events == 8
