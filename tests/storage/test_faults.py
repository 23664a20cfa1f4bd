"""What the world does to a disk and a file: said once, nothing lost, nothing overwritten."""

from __future__ import annotations

import json
import os
import shutil
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

import pytest

from storage.connection import connect_writer, storage_errors
from storage.troubles import StorageError

WAIT = 30.0
ROOT = Path(__file__).resolve().parents[2]
PROGRAMS = Path(__file__).parent / "programs"
BEFORE = [f"d/{seq}" for seq in range(1, 21)]
ALL = [f"d/{seq}" for seq in range(1, 62)]


def own_mounts() -> list[str] | None:
    """How a program gets mounts of its own here; None where this user may not."""
    for command in (["unshare", "--mount"], ["unshare", "--user", "--map-root-user", "--mount"]):
        if (
            shutil.which("unshare")
            and not subprocess.run([*command, "true"], capture_output=True, check=False).returncode
        ):
            return command
    return None


# Where nobody may mount, the limit on file sizes and SQLite's own limit (below) stand for it.
FULL_DISK = ["full_disk"] if own_mounts() else []


@pytest.fixture
def open_folder():
    """A folder that other users reach, unlike tmp_path."""
    parent = Path(tempfile.mkdtemp(prefix="yorisoi-test-"))
    parent.chmod(0o755)
    folder = parent / "data"
    folder.mkdir(mode=0o700)
    yield folder
    shutil.rmtree(parent)


def run_fault(fault: str, when: str, folder: Path, program: str = "fault.py") -> dict:
    prefix = own_mounts() if fault == "full_disk" else []
    result = subprocess.run(
        [*prefix, sys.executable, "-W", "error", PROGRAMS / program, fault, when, folder],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert result.returncode == 0, result.stderr
    assert result.stderr == ""
    return json.loads(result.stdout)


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("file_size_limit", "io_error"),
        *[(fault, "disk_full") for fault in FULL_DISK],
    ],
)
def test_a_write_that_fails_loses_nothing(open_folder, fault, kind):
    said = run_fault(fault, "write", open_folder)
    assert said["during"]["told"] == ["opened", "committed", f"trouble {kind}"]
    assert said["during"]["held"] == BEFORE
    assert said["during"]["is_unsaved"]
    assert said["after"]["told"][2:] == [f"trouble {kind}", "committed", "recovered"]
    assert said["after"]["held"] == ALL
    assert not said["after"]["is_unsaved"]
    assert said["after"]["mess"] == []


@pytest.mark.parametrize(
    ("fault", "kind"),
    [
        ("file_size_limit", "io_error"),
        *[(fault, "disk_full") for fault in FULL_DISK],
        ("folder_without_right", "unwritable"),
    ],
)
def test_a_database_that_cannot_be_made_is_made_later(open_folder, fault, kind):
    said = run_fault(fault, "open", open_folder)
    assert said["during"]["told"] == [f"trouble {kind}"]
    assert said["during"]["held"] == "missing"
    assert said["after"]["told"] == [f"trouble {kind}", "committed", "opened", "recovered"]
    assert said["after"]["held"] == ALL[20:]
    assert said["after"]["mess"] == []


def test_a_file_that_may_only_be_read_is_read_and_written_later(open_folder):
    said = run_fault("file_without_right", "open", open_folder)
    assert said["during"]["told"] == ["opened", "trouble read_only"]
    assert said["during"]["held"] == BEFORE
    assert said["during"]["is_unsaved"]
    assert said["after"]["told"] == ["opened", "trouble read_only", "committed", "recovered"]
    assert said["after"]["held"] == ALL


@pytest.mark.parametrize("operation", ["migrate", "backup", "restore"])
@pytest.mark.parametrize("fault", ["file_size_limit", *FULL_DISK, "folder_without_right"])
def test_a_long_operation_that_fails_changes_nothing(open_folder, fault, operation):
    """One sentence, no half of anything, and it can be done when the world is right again."""
    found = run_fault(fault, operation, open_folder, "fault_in.py")
    during = found["during"]
    assert during["ended"] in ("exit 1", "disk_full", "io_error", "unwritable", "read_only")
    assert during["is_as_before"]
    assert (during["mess"], during["more_backups"]) == ([], 0)
    assert during["said"].count("\n") == (0 if operation == "migrate" else 1)
    assert found["after"] == "done"


@pytest.mark.parametrize("operation", ["purge", "encrypt", "decrypt"])
@pytest.mark.parametrize("fault", ["file_size_limit", *FULL_DISK, "folder_without_right"])
def test_what_changes_all_files_fails_whole(open_folder, fault, operation):
    """In the old state or in the new one; one sentence, and done when the world is right again."""
    found = run_fault(fault, operation, open_folder, "fault_in.py")
    during = found["during"]
    assert (during["ended"], during["said"].count("\n")) in (("exit 1", 1), ("done", 0))
    assert during["is_as_before"] or during["is_done"]
    if during["ended"] == "done":
        assert during["is_done"]
        assert during["is_in_one_form"]
        assert during["holds_text"] == (operation == "decrypt")
    assert during["mess"] == []
    assert found["after"] == "done", found["said"]


def test_sqlites_word_for_a_full_disk_is_ours(path, open_journal):
    open_journal.opening()
    with closing(connect_writer(path)) as writer:
        writer.execute("PRAGMA max_page_count = 1")
        with pytest.raises(StorageError) as error, storage_errors(path):
            writer.execute("INSERT INTO app_state VALUES ('k', ?)", ("x" * 100_000,))
    assert error.value.kind == "disk_full"


# -- locks --------------------------------------------------------------------------------------


def test_a_lock_is_waited_out(open_journal, desk, path):
    journal, recorder = open_journal(busy_seconds=0.01, retry_seconds=0.01)
    recorder.wait_for("opened")
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        events = desk.events(3)
        journal.append(events, [desk.summary()])
        assert recorder.wait_for("trouble").kind == "locked"
        assert journal.unsaved_since() is not None
        other.execute("ROLLBACK")
    recorder.wait_for("recovered")
    assert len(recorder.all("trouble")) == 1
    assert journal.close(WAIT)
    assert open_journal.events() == tuple(events)


def test_a_lock_at_the_start_is_waited_out(open_journal, desk, path):
    open_journal.opening()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        journal, recorder = open_journal(busy_seconds=0.01, retry_seconds=0.01)
        journal.append(desk.events(1), [desk.summary()])
        assert recorder.wait_for("trouble").kind == "locked"
        other.execute("ROLLBACK")
    recorder.wait_for("recovered")
    assert journal.close(WAIT)
    told = [name for name, _ in recorder.said]
    assert told == ["trouble", "committed", "opened", "recovered"]


def test_a_reader_who_takes_long_disturbs_nobody(open_journal, desk, path):
    journal, recorder = open_journal(busy_seconds=0.01)
    recorder.wait_for("opened")
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (0,)
        journal.append(desk.events(1), [desk.summary()])
        assert journal.flush(WAIT)
        assert reader.execute("SELECT count(*) FROM events").fetchone() == (0,)
    assert journal.close(WAIT)
    assert recorder.all("trouble") == []


def test_closing_in_trouble_says_that_something_was_lost(open_journal, desk, path):
    open_journal.opening()
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        journal, recorder = open_journal(busy_seconds=0.01, retry_seconds=3600)
        journal.append(desk.events(1), [desk.summary()])
        recorder.wait_for("trouble")
        assert not journal.close(WAIT)
        assert journal.unsaved_since() is not None
