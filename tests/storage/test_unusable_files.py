"""Damaged, empty, foreign, newer: never overwritten, and the journal goes on."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing

import pytest

from call.fold_times import CallPhase
from storage.connection import connect_writer
from storage.gate import SCHEMA_VERSION

WAIT = 30.0


def of_another_program(path):
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE events (id)")


def emptied(path):
    path.write_bytes(b"")


def cut_to_half(path):
    os.truncate(path, path.stat().st_size // 2)


def cut_to_three_quarters(path):
    os.truncate(path, path.stat().st_size * 3 // 4)


def cut_by_a_few_bytes(path):
    os.truncate(path, path.stat().st_size - 100)


def zeroed_header(path):
    path.write_bytes(bytes(100) + path.read_bytes()[100:])


def text(path):
    path.write_text("to buy: milk, bread, patience\n" * 9)


def zeroed_schema(path):
    content = bytearray(path.read_bytes())
    content[100:4096] = bytes(3996)
    path.write_bytes(content)


@pytest.mark.parametrize(
    ("harm", "kind", "saved"),
    [
        (emptied, "damaged", 0),
        (cut_to_half, "damaged", 0),
        (cut_to_three_quarters, "damaged", 50),
        (cut_by_a_few_bytes, "damaged", 500),
        (zeroed_header, "damaged", 500),
        (zeroed_schema, "damaged", 500),
        (text, "damaged", 0),
        (of_another_program, "not_ours", 0),
    ],
)
def test_an_unusable_file_is_moved_aside_untouched_and_saved_from(
    open_journal, desk, path, harm, kind, saved
):
    before = desk.events(500)
    if harm is of_another_program:
        path.parent.mkdir()
    else:
        journal, _ = open_journal()
        journal.append(before, [desk.summary()])
        assert journal.close(WAIT)
    harm(path)
    content = path.read_bytes()

    journal, recorder = open_journal()
    event = desk.event()
    journal.append([event], [desk.summary()])
    recorder.wait_for("opened")
    assert journal.close(WAIT)

    (trouble,) = recorder.all("trouble")
    assert trouble.kind == kind
    assert trouble.path.name.startswith("yorisoi.db.damaged-2")
    assert trouble.path.read_bytes() == content
    assert recorder.all("recovered") == []
    *kept, last = open_journal.events()
    assert last == event
    assert saved <= len(kept) == trouble.rescue.saved
    assert set(kept) <= set(before)


def test_a_log_without_its_database_is_not_played_into_a_new_one(open_journal, desk, path):
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    journal.append(desk.events(3), [desk.summary()])
    assert journal.flush(WAIT)
    wal = path.with_name(path.name + "-wal").read_bytes()
    assert journal.close(WAIT)
    path.unlink()
    path.with_name(path.name + "-wal").write_bytes(wal)

    journal, recorder = open_journal()
    recorder.wait_for("opened")
    moved_to = recorder.wait_for("trouble").path
    assert moved_to.with_name(moved_to.name + "-wal").read_bytes() == wal
    assert journal.close(WAIT)
    assert open_journal.events() == ()


def test_damage_that_is_met_while_writing_starts_a_new_file(open_journal, desk, path):
    journal, _ = open_journal()
    journal.append(desk.events(500), [desk.summary(phase=CallPhase.IDLE)])
    assert journal.close(WAIT)
    with closing(sqlite3.connect(path)) as reader:
        (root,) = reader.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = 'events'"
        ).fetchone()
    content = bytearray(path.read_bytes())
    content[(root - 1) * 4096 : root * 4096] = b"\xff" * 4096
    path.write_bytes(content)

    journal, recorder = open_journal()
    event = desk.event()
    journal.append([event], [desk.summary()])
    assert journal.flush(WAIT)
    assert recorder.wait_for("trouble").kind == "damaged"
    assert journal.close(WAIT)
    assert open_journal.events() == (event,)


def test_a_newer_version_is_left_alone_until_it_is_gone(open_journal, desk, path):
    open_journal.opening()
    with closing(connect_writer(path)) as writer:
        writer.execute("PRAGMA user_version = 99")
    content = path.read_bytes()

    journal, recorder = open_journal(retry_seconds=3600)
    event = desk.event()
    journal.append([event], [desk.summary()])
    assert recorder.wait_for("trouble").kind == "newer_version"
    assert not journal.flush(0)
    assert journal.unsaved_since() is not None
    assert path.read_bytes() == content
    assert {each.name for each in path.parent.iterdir()} <= {
        *("yorisoi.db", "yorisoi.db-wal", "yorisoi.db-shm")
    }

    for each in path.parent.iterdir():
        each.unlink()
    assert journal.flush(WAIT)
    recorder.wait_for("recovered")
    assert journal.close(WAIT)
    assert open_journal.events() == (event,)


def test_a_newer_version_is_known_though_only_the_log_says_so(open_journal, path):
    open_journal.opening()
    writer = connect_writer(path)
    writer.execute("PRAGMA user_version = 99")
    assert int.from_bytes(path.read_bytes()[60:64], "big") == SCHEMA_VERSION
    journal, recorder = open_journal(retry_seconds=3600)
    assert recorder.wait_for("trouble").kind == "newer_version"
    writer.close()
    assert not recorder.all("opened")
    assert journal.close(WAIT)
