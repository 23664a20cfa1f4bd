"""What was erased is in no file any more; what was not, is whole."""

from __future__ import annotations

import json
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from call.events import CaseJoined, CaseOpened, EventUndone, FieldFilled, HandoffMade, NoteTaken
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.connection import connect_reader, connect_writer
from storage.journal import Draft
from storage.purge import BACKUPS, Purge
from storage.search_wanted import Wanted

WAIT = 30.0
PROGRAMS = Path(__file__).parent / "programs"
# Characters that stand nowhere else.
SECRETS = ("鰐鮫鱶", "鼯鼠鼬", "蜻蛉蜉", "躑躅薔", "0901234567")
KEPT = "返金の希望"


def note(desk, note_id, text, case_id="case-1"):
    return desk.event(NoteTaken(note_id, NoteKind.MEMO, text, desk.event().at), case_id)


@pytest.fixture
def journal(open_journal):
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    return journal


@pytest.fixture
def noon(desk):
    return desk.summary().opened_at


def fill(journal, desk, *, status="done"):
    """A case of secrets with a case joined to it, and one that is to stay."""
    taken = note(desk, "n1", SECRETS[0])
    events = [
        desk.event(CaseOpened("AB12-case-1"), call_id=None),
        taken,
        desk.event(FieldFilled("customer", SECRETS[1])),
        desk.event(EventUndone(taken.id)),
        desk.event(HandoffMade("text", "AB12-case-1_note.txt")),
    ]
    line = desk.summary(status=status, customer=SECRETS[1], number=SECRETS[4], issue=SECRETS[0])
    journal.append(events, [line])
    second = [
        desk.event(CaseOpened("AB12-case-2"), "case-2"),
        note(desk, "n2", SECRETS[2], "case-2"),
        desk.event(CaseJoined("case-1"), "case-2"),
    ]
    joined = desk.summary("case-2", status="joined", joined_to="case-1", issue=SECRETS[2])
    journal.append(second, [joined])
    journal.save_draft(Draft("case-1", "note", SECRETS[3], line.opened_at))
    third = [desk.event(CaseOpened("AB12-case-3"), "case-3"), note(desk, "n3", KEPT, "case-3")]
    journal.append(
        third, [desk.summary("case-3", status="done", touched_at=line.opened_at.replace(year=2027))]
    )
    assert journal.flush(WAIT)


def back_up(path, name):
    """As a backup is made: a database in one piece."""
    copy = path.parent / BACKUPS / name
    copy.parent.mkdir(mode=0o700, exist_ok=True)
    with closing(connect_reader(path)) as reader, closing(sqlite3.connect(copy)) as to:
        reader.backup(to)
    return copy


def places_of(folder, *words):
    """The files that hold one of these words, or two characters of one, as UTF-8 or UTF-16."""
    pieces = [word[:2] if not word.isascii() else word for word in words]
    sought = [p.encode(code) for p in pieces for code in ("utf-8", "utf-16-le", "utf-16-be")]
    return [
        f.name
        for f in sorted(folder.rglob("*"))
        if f.is_file() and any(each in f.read_bytes() for each in sought)
    ]


def found(path, word):
    with Archive(path) as archive:
        return [each.case.case_id for each in archive.find(Wanted((word,)), 9).found]


def check(path):
    """The journal is sound, and its index holds just the documents that are there."""
    with closing(connect_writer(path)) as writer:
        assert writer.execute("PRAGMA integrity_check").fetchone() == ("ok",)
        writer.execute("INSERT INTO search_tokens (search_tokens) VALUES ('integrity-check')")


@pytest.mark.expects_log
def test_nothing_of_an_erased_case_is_left_in_any_file(journal, desk, path, noon):
    fill(journal, desk)
    back_up(path, "yorisoi-daily.db")
    aside = path.with_name("yorisoi.db.damaged-20260401T000000000000Z")
    aside.write_bytes(b"no database: case-1 " + SECRETS[0].encode())
    assert len(places_of(path.parent, *SECRETS)) >= 3
    outcome = Purge(path).asked("case-2", noon)  # joined: its whole family goes
    assert (outcome.erased, outcome.is_clean) == (1, True)
    assert places_of(path.parent, *SECRETS) == []
    assert not aside.exists()
    assert found(path, "希望") == ["case-3"]
    assert found(path.parent / BACKUPS / "yorisoi-daily.db", "希望") == ["case-3"]
    assert journal.close(WAIT)
    check(path)
    check(path.parent / BACKUPS / "yorisoi-daily.db")
    assert places_of(path.parent, *SECRETS) == []


def test_no_token_and_no_free_page_stays(journal, desk, path, noon):
    """The index shortens tokens by what the one before them begins with: characters are sought."""
    long = desk.event(
        NoteTaken("long", NoteKind.MEMO, "".join(map(chr, range(0x6000, 0x7000))), desk.event().at)
    )
    fill(journal, desk)
    journal.append([long], [desk.summary(status="done")])
    assert journal.flush(WAIT)
    sought = [word[1].encode() for word in SECRETS[1:3]]

    def left():
        with closing(connect_reader(path)) as reader:
            blocks = b"".join(
                row[0] for row in reader.execute("SELECT block FROM search_tokens_data")
            )
            free = reader.execute("PRAGMA freelist_count").fetchone()[0]
        return [each for each in sought if each in blocks], free

    assert left()[0] == sought
    Purge(path).asked("case-1", noon)
    assert left() == ([], 0)


def test_the_log_tells_number_and_dates_only(journal, desk, path, noon):
    fill(journal, desk)
    Purge(path).asked("case-1", noon)
    with Archive(path) as archive:
        first, last = sorted(archive.purges(), key=lambda purged: purged.case_no)
        assert (first.case_no, last.case_no) == ("AB12-case-1", "AB12-case-2")
        assert (first.purged_at, first.reason) == (noon, "asked")
        assert first.files == ("AB12-case-1_note.txt",)
        assert archive.state("purging") == ""


def test_numbers_are_not_used_again(journal, desk, path, noon, open_journal):
    fill(journal, desk)
    before = desk.seq
    with closing(connect_writer(path)) as writer:
        writer.execute("UPDATE app_state SET value = 'desk-a' WHERE key = 'desk_id'")
    for case_id in ("case-1", "case-3"):
        Purge(path).asked(case_id, noon)
    assert journal.close(WAIT)
    opening = open_journal.opening()
    assert opening.last_seq == before
    assert set(opening.case_nos) == {"AB12-case-1", "AB12-case-2", "AB12-case-3"}


def test_the_writer_goes_on_beside_a_purge(journal, desk, path, noon):
    fill(journal, desk)
    Purge(path).asked("case-1", noon)
    journal.append([note(desk, "n4", "続きの話", "case-3")], [desk.summary("case-3")])
    assert journal.flush(WAIT)
    assert found(path, "続き") == found(path, "希望") == ["case-3"]
    assert journal.close(WAIT)
    check(path)


@pytest.mark.parametrize(
    ("status", "days", "goes"),
    [("done", 91, True), ("done", 89, False), ("open", 91, False)],
)
def test_only_what_is_over_for_long_goes(journal, desk, path, noon, status, days, goes):
    fill(journal, desk, status=status)
    now = noon + timedelta(days=days)
    before = now - timedelta(days=90)
    with Archive(path) as archive:
        overdue = archive.overdue(before)
    assert [line.case_id for line in overdue.over] == (["case-1"] if goes else [])
    assert [line.case_id for line in overdue.kept_open] == (["case-1"] if status == "open" else [])
    outcome = Purge(path).overdue(["case-1", "case-3"], before, now)
    assert outcome.erased == int(goes)
    assert bool(places_of(path.parent, *SECRETS)) != goes


def test_a_case_with_a_young_joined_one_stays(journal, desk, path, noon):
    fill(journal, desk)
    late = desk.summary(
        "case-2", status="joined", joined_to="case-1", touched_at=noon + timedelta(30)
    )
    journal.append([note(desk, "n9", "later", "case-2")], [late])
    assert journal.flush(WAIT)
    with Archive(path) as archive:
        assert archive.overdue(noon + timedelta(days=29)).over == ()


def test_a_call_that_begins_ends_it_and_it_goes_on_later(journal, desk, path, noon):
    fill(journal, desk)
    back_up(path, "a.db")
    answers = iter([True, True, True])
    outcome = Purge(path, lambda: next(answers, False)).asked("case-1", noon)
    assert (outcome.erased, outcome.is_clean) == (1, False)
    assert places_of(path.parent, *SECRETS) == ["a.db"]
    assert Purge(path).finish()
    assert places_of(path.parent, *SECRETS) == []


def test_a_reader_of_the_log_delays_it(journal, desk, path, noon):
    fill(journal, desk)
    with closing(connect_reader(path)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT count(*) FROM events").fetchone()
        quick = Purge(path)
        quick._open = lambda: connect_writer(path, 0.01)
        assert not quick.asked("case-1", noon).is_clean
    assert Purge(path).finish()
    assert places_of(path.parent, *SECRETS) == []


@pytest.mark.parametrize("version", [1, 2, 3])
def test_backups_of_older_versions_are_cleaned(journal, desk, path, noon, version):
    fill(journal, desk)
    copy = back_up(path, "old.db")
    copy.unlink()
    with closing(sqlite3.connect(copy)) as old:
        old.executescript((PROGRAMS.parent / f"schema_{version}.sql").read_text("utf-8"))
        (text,) = old.execute("SELECT payload FROM events WHERE kind = 'NoteTaken'").fetchone()
    words = json.loads(text)["text"]
    assert places_of(copy.parent, words)
    assert Purge(path).asked("case-1", noon).is_clean
    assert places_of(copy.parent, words) == []
    with closing(sqlite3.connect(copy)) as old:
        guards = old.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall()
    assert sorted(guards) == [("events_no_delete",), ("events_no_update",)]


def test_an_index_of_other_tokens_is_emptied_and_made_anew(journal, desk, path, noon, open_journal):
    fill(journal, desk)
    assert journal.close(WAIT)
    with closing(connect_writer(path)) as writer:
        writer.execute("UPDATE app_state SET value = 'ready:0' WHERE key = 'search_index'")
    assert Purge(path).asked("case-1", noon).is_clean
    assert places_of(path.parent, *SECRETS) == []
    journal, _ = open_journal()
    journal.flush(WAIT)
    assert journal.close(WAIT)
    assert found(path, "希望") == ["case-3"]


def test_all_files_are_this_users_alone(journal, desk, path, noon):
    fill(journal, desk)
    back_up(path, "a.db").chmod(0o644)
    Purge(path).asked("case-1", noon)
    modes = {f.name: f.stat().st_mode & 0o077 for f in path.parent.rglob("*")}
    assert set(modes.values()) == {0}, modes


@pytest.mark.parametrize("form", ["plain", "encrypted"])
def test_killed_anywhere_it_is_done_or_not_begun(form, tmp_path):
    """Twenty kills of a purge of many cases; each case is there whole or gone from every file."""
    done = subprocess.run(
        [sys.executable, PROGRAMS / "kill_purge.py", tmp_path, "20", form],
        capture_output=True,
        encoding="utf-8",
        timeout=300,
        cwd=PROGRAMS.parents[2],
        env={"PYTHONPATH": f"{PROGRAMS.parents[2]}:{PROGRAMS}", "PATH": ""},
    )
    assert done.returncode == 0, done.stderr
    told = json.loads(done.stdout)
    assert told["wrongs"] == []
    assert told["kills"] == 20


def test_copies_are_left_alone_by_other_cases(journal, desk, path, noon):
    fill(journal, desk)
    copy = back_up(path, "a.db")
    shutil.copy(copy, copy.with_name("b.db"))
    before = copy.read_bytes()
    Purge(path).asked("unknown", noon)
    assert copy.read_bytes() == before
