"""The tables: fresh and adopted alike, guarded, private, found by index."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from storage import reading
from storage.connection import connect_reader, connect_writer
from storage.database_file import open_existing
from storage.gate import APPLICATION_ID, SCHEMA_VERSION
from storage.schema import MIGRATIONS

WAIT = 30.0
SAVED = sorted(Path(__file__).parent.glob("schema_*.sql"))


def objects_in(path):
    with closing(connect_reader(path)) as reader:
        pragmas = [
            reader.execute(f"PRAGMA {name}").fetchone()[0]
            for name in ("application_id", "user_version")
        ]
        found = reader.execute("SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY 1, 2")
        return pragmas, [(*row[:3], " ".join((row[3] or "").split())) for row in found]


def adopt(saved, path):
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as old:
        old.executescript(saved.read_text(encoding="utf-8"))


@pytest.mark.parametrize("saved", SAVED, ids=lambda saved: saved.stem)
@pytest.mark.rule("45")
def test_a_saved_database_of_each_version_is_adopted(saved, path, open_journal, tmp_path):
    adopt(saved, path)
    fresh = tmp_path / "fresh.db"
    journal, _ = open_journal(fresh)
    assert journal.close(WAIT)

    opening = open_journal.opening()

    assert objects_in(path) == objects_in(fresh)
    assert (opening.desk_id, opening.desk_code) == ("00000000-saved-desk", "7XK3")
    assert opening.last_seq == 4
    ((case_id, events),) = opening.running
    assert [event.kind for event in events] == ["CaseOpened", "CallStarted", "NoteTaken", "Unheard"]
    assert [draft.text for draft in opening.drafts] == ["書きかけ"]
    assert case_id == "case-1"


def told(event_id, case_id, reason="", desk="d1"):
    return (
        f"INSERT INTO events VALUES (NULL, '{event_id}', '{desk}', {int(event_id)}, '{case_id}',"
        f" NULL, 'ConcessionTold', 1, NULL, '2026-04-01T03:00:00+00:00', 0, 'b',"
        f' \'{{"offer":"返金","superior_reason":"{reason}"}}\');'
    )


def taken_back(event_id, target):
    return (
        f"INSERT INTO events VALUES (NULL, '{event_id}', 'd1', {int(event_id)}, 'x',"
        f" NULL, 'EventCorrected', 1, NULL, '2026-04-01T03:00:00+00:00', 0, 'b', '{{\"target\":\"{target}\"}}');"
    )


def line(case_id, joined_to=""):
    return (
        f"INSERT INTO cases VALUES ('{case_id}', '{case_id}', 'done', 'o', 't', '{joined_to}',"
        " '', '', '', '', '', '', '', 'closed');"
    )


def test_old_lists_learn_of_second_concessions_and_conflicts(path, open_journal):
    """Read off the events, of joined cases too; what was taken back does not count."""
    path.parent.mkdir()
    statements = [
        SAVED[0].read_text(encoding="utf-8"),
        *[line("one"), told("11", "one")],
        *[line("two"), told("12", "two"), told("13", "two", "部長が認めた")],
        *[line("met"), line("met-2", "met"), line("met-3", "met-2")],
        *[told("14", "met"), told("15", "met-3", desk="d2")],
        *[line("back"), told("16", "back"), told("17", "back", "誤り"), taken_back("18", "17")],
    ]
    with closing(sqlite3.connect(path)) as old:
        old.executescript("".join(statements))
    open_journal.opening()
    with closing(connect_reader(path)) as reader:
        marks = dict(reader.execute("SELECT case_id, concession FROM cases"))
    assert {case_id for case_id, mark in marks.items() if mark} == {"two", "met"}
    assert (marks["two"], marks["met"]) == ("second", "conflict")


def test_a_database_of_this_version_is_saved_beside_the_tests():
    assert [saved.name for saved in SAVED] == [
        f"schema_{version}.sql" for version in range(1, SCHEMA_VERSION + 1)
    ]
    assert len(list(MIGRATIONS._migrations)) == SCHEMA_VERSION


def test_a_fresh_database_says_whose_it_is(path, open_journal):
    open_journal.opening()
    assert objects_in(path)[0] == [APPLICATION_ID, SCHEMA_VERSION]
    assert int.from_bytes(b"Yori", "big") == APPLICATION_ID


def test_a_migration_that_fails_changes_nothing(path, open_journal, monkeypatch):
    open_journal.opening()
    with closing(connect_writer(path)) as writer:
        writer.execute("PRAGMA user_version = 0")
    before = objects_in(path)

    def half_done(db):
        db.execute("CREATE TABLE half (x)")
        db.execute("not SQL")

    monkeypatch.setattr(MIGRATIONS, "_migrations", [*MIGRATIONS._migrations])
    MIGRATIONS(name="half_done")(half_done)
    with pytest.raises(sqlite3.OperationalError):
        open_existing(path, 1.0)
    assert objects_in(path) == before


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE events SET payload = '{}'",
        "UPDATE events SET seq = seq + 100",
        "DELETE FROM events",
        "INSERT OR REPLACE INTO events SELECT * FROM events",
        "INSERT INTO events SELECT place + 9, id || 'x', desk_id, seq + 9, case_id, call_id, kind,"
        " 'one', cause, wall, boot_seconds, boot_id, payload FROM events",
    ],
)
def test_events_are_only_added(path, open_journal, desk, statement):
    journal, _ = open_journal()
    events = desk.events(2)
    journal.append(events, [desk.summary()])
    assert journal.close(WAIT)
    with closing(connect_writer(path)) as writer, pytest.raises(sqlite3.IntegrityError):
        writer.execute(statement)
    assert open_journal.events() == tuple(events)


def test_the_writer_is_as_careful_as_it_can_be(path, open_journal):
    open_journal.opening()
    with closing(connect_writer(path)) as writer:
        expected = {
            "journal_mode": "wal",
            "synchronous": 2,
            "fullfsync": 1,
            "foreign_keys": 1,
            "recursive_triggers": 1,
            "secure_delete": 1,
        }
        found = {name: writer.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    assert found == expected


@pytest.mark.skipif(os.name != "posix", reason="Windows keeps a person's folders private itself")
@pytest.mark.rule("D7")
def test_files_are_this_users_alone(path, open_journal, desk):
    before = os.umask(0)
    try:
        journal, recorder = open_journal()
        recorder.wait_for("opened")
        journal.append(desk.events(1), [])
        assert journal.flush(WAIT)
        modes = {each.name: oct(each.stat().st_mode & 0o777) for each in path.parent.iterdir()}
    finally:
        os.umask(before)
    assert modes == dict.fromkeys(["yorisoi.db", "yorisoi.db-wal", "yorisoi.db-shm"], "0o600")
    assert oct(path.parent.stat().st_mode & 0o777) == "0o700"
    assert journal.close(WAIT)

    path.chmod(0o644)
    open_journal.opening()
    assert oct(path.stat().st_mode & 0o777) == "0o600"


@pytest.mark.parametrize(
    ("statement", "parameters"),
    [
        (reading._EVENTS, 2),
        (reading._RUNNING, 0),
        (reading._CASE_NOS, 1),
        (reading._LAST_SEQ, 1),
        (reading.CASES_BY_NO, 1),
        (reading.CASES_BY_COMPANY_NO, 1),
        (reading.CASES_BY_NUMBER, 1),
        (reading.RECENT_CASES, 1),
        (reading.CASES_IN_ORDER_OF_DUES, 1),
    ],
)
def test_what_is_read_is_found_by_index(path, open_journal, statement, parameters):
    open_journal.opening()
    with closing(connect_reader(path)) as reader:
        plan = reader.execute(f"EXPLAIN QUERY PLAN {statement}", ("1",) * parameters)
        steps = [row[3] for row in plan]
    scans = [step for step in steps if step.startswith("SCAN") and "USING" not in step]
    assert [step for step in scans if step not in ("SCAN CONSTANT ROW", "SCAN family")] == []


def test_no_file_is_left_beside_the_database(path, open_journal):
    open_journal.opening()
    assert list(path.parent.iterdir()) == [path]
