"""What is saved of a damaged database: every row that can be read, and the newest good backup."""

from __future__ import annotations

import os
import random
from contextlib import closing
from datetime import UTC, datetime

import pytest

from call.events import CaseJoined, CaseOpened, EventUndone, NoteTaken
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from storage.archive import Archive
from storage.aside import keep_for_good, set_aside, waiting_of
from storage.backups import Backups
from storage.connection import connect_reader
from storage.rescue_report import rescue_of
from storage.search_wanted import Wanted

WAIT = 30.0
PAGE = 4096
NOON = datetime(2026, 4, 1, 3, 0, tzinfo=UTC)


def pages_of(path, name):
    """The root page of a table or index, and the pages that it points to."""
    with closing(connect_reader(path)) as reader:
        (root,) = reader.execute(
            "SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)
        ).fetchone()
    content = path.read_bytes()
    page = content[(root - 1) * PAGE : root * PAGE]
    if page[0] not in (2, 5):
        return root, []
    cells = int.from_bytes(page[3:5], "big")
    starts = (int.from_bytes(page[12 + 2 * n : 14 + 2 * n], "big") for n in range(cells))
    return root, [int.from_bytes(page[start : start + 4], "big") for start in starts]


def spoil(path, number, content=b"\xff"):
    with path.open("r+b") as file:
        file.seek((number - 1) * PAGE)
        file.write(content * (PAGE // len(content)))


def one_leaf(path):
    spoil(path, pages_of(path, "events")[1][1])


def root(path):
    spoil(path, pages_of(path, "events")[0])


def an_index(path):
    spoil(path, pages_of(path, "events_case")[0])


def the_schema(path):
    spoil(path, 1, b"\0")


def the_second_half(path):
    os.truncate(path, path.stat().st_size // 2)


def all_of_it(path):
    path.write_bytes(b"")


@pytest.fixture
def events(open_journal, desk):
    """Five hundred events on the disk, most of them in a backup."""
    journal, _ = open_journal()
    events = desk.events(500)
    journal.append(events[:400], [desk.summary(phase=CallPhase.IDLE)])
    assert journal.flush(WAIT)
    Backups(open_journal.path).make("daily", NOON)
    journal.append(events[400:], [desk.summary(phase=CallPhase.IDLE)])
    assert journal.close(WAIT)
    return events


def without_backups(path):
    for backup in Backups(path).all():
        backup.path.unlink()


def rescued(open_journal):
    """What a start makes of it; the trouble that was told."""
    journal, recorder = open_journal()
    journal.save_from_damage(lambda error: None)
    trouble = recorder.wait_for("trouble")
    assert journal.close(WAIT)
    assert recorder.all("recovered") == []
    return trouble


@pytest.mark.parametrize(
    ("harm", "least", "most_missing"),
    [(one_leaf, 460, 40), (root, 0, 500), (an_index, 500, 0), (the_schema, 500, 0)],
)
def test_every_row_is_saved_that_can_be_read(open_journal, events, harm, least, most_missing):
    path = open_journal.path
    without_backups(path)
    harm(path)
    rescue = rescued(open_journal).rescue
    kept = open_journal.events()
    assert [event for event in events if event in set(kept)] == list(kept)
    assert least <= len(kept) == rescue.events == rescue.saved
    assert rescue.missing <= most_missing
    assert rescue.missing + len(kept) >= 500


@pytest.mark.parametrize("harm", [one_leaf, root, an_index, the_schema])
def test_the_newest_backup_stands_for_what_cannot_be_read(open_journal, events, harm):
    harm(open_journal.path)
    rescue = rescued(open_journal).rescue
    kept = open_journal.events()
    assert list(kept[:400]) == events[:400]
    assert rescue.events == len(kept) >= (400 if harm is root else 500)
    assert rescue.saved == len(kept) - 400
    assert (rescue.missing, rescue.backup) == (
        100 if harm is root else 0,
        "yorisoi-20260401T030000000000Z-daily.db",
    )  # noqa: E501


@pytest.mark.parametrize("harm", [the_second_half, all_of_it])
def test_of_a_file_that_says_nothing_the_backup_is_left(open_journal, events, harm):
    harm(open_journal.path)
    opening = open_journal.opening()
    rescue = rescue_of(open_journal.path)
    assert list(open_journal.events()[:400]) == events[:400]
    assert opening.last_seq == 0  # its own desk wrote nothing here
    assert not rescue.is_all_known or harm is the_second_half
    assert rescue.aside.startswith("yorisoi.db.damaged-2")


@pytest.mark.expects_log
@pytest.mark.parametrize("left", [0, 9000])
def test_a_damaged_backup_is_passed_over(open_journal, events, left):
    path = open_journal.path
    later = Backups(path).make("asked", NOON.replace(hour=5))
    later.path.write_bytes(later.path.read_bytes()[:left])
    all_of_it(path)
    open_journal.opening()
    assert rescue_of(path).backup == "yorisoi-20260401T030000000000Z-daily.db"


@pytest.mark.parametrize("seed", range(8))
def test_whatever_is_flipped_the_rest_is_saved(open_journal, events, seed):
    """Pages anywhere in the file: nothing is invented, and what is gone is counted."""
    path = open_journal.path
    without_backups(path)
    chance = random.Random(seed)
    pages = path.stat().st_size // PAGE
    for number in chance.sample(range(2, pages + 1), 3):
        spoil(path, number, chance.randbytes(64))
    rescue = rescued(open_journal).rescue
    kept = open_journal.events()
    assert [event for event in events if event in set(kept)] == list(kept)
    assert rescue.events == len(kept)
    assert len(kept) + rescue.missing >= 500 or not rescue.is_all_known
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    assert journal.close(WAIT)
    assert recorder.all("trouble") == []


def test_lines_notes_and_the_desk_are_what_they_were(open_journal, desk, draft):
    """Folded anew from the events: joins, joins taken back, what is owed, what is searched."""
    path = open_journal.path
    before = open_journal.opening()
    journal, _ = open_journal()
    join = desk.event(CaseJoined("first"), "third")
    note = NoteTaken("n1", NoteKind.CLAIM, "洗濯機から水が漏れる", desk.event().at)
    steps = [
        desk.event(CaseOpened("1"), "first"),
        desk.event(note, "first"),
        desk.event(CaseOpened("2"), "second"),
        desk.event(CaseJoined("first"), "second"),
        desk.event(CaseOpened("3"), "third"),
        join,
        desk.event(EventUndone(join.id), "third"),
    ]
    journal.append(steps, [])
    journal.save_draft(draft("書きかけ"))
    assert journal.close(WAIT)
    an_index(path)
    rescued(open_journal)
    after = open_journal.opening()
    assert (after.desk_id, after.desk_code) == (before.desk_id, before.desk_code)
    assert [each.text for each in after.drafts] == ["書きかけ"]
    with Archive(path) as archive:
        lines = {name: archive.summary_of(name) for name in ("first", "second", "third")}
        found = archive.find(Wanted(words=("水が漏れる",)), 5)
        family = archive.events_of("first")
    assert {name: (line.case_no, line.joined_to) for name, line in lines.items()} == {
        "first": ("1", ""),
        "second": ("2", "first"),
        "third": ("3", ""),
    }
    assert len(family) == 4
    assert [each.case.case_id for each in found.found] == ["first"]


def test_a_crash_between_setting_aside_and_saving_loses_nothing(open_journal, events):
    path = open_journal.path
    set_aside(path)
    assert waiting_of(path).exists()
    assert not path.exists()
    open_journal.opening()
    assert list(open_journal.events()) == events
    assert not waiting_of(path).exists()


def test_a_crash_before_the_last_name_is_given_saves_nothing_twice(open_journal, events, desk):
    path = open_journal.path
    content = path.read_bytes()
    waiting_of(path).write_bytes(content)
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    assert recorder.wait_for("trouble").path.read_bytes() == content
    assert journal.close(WAIT)
    assert list(open_journal.events()) == events


def test_a_large_file_is_said_to_take_a_while(open_journal, events, monkeypatch):
    monkeypatch.setattr("storage.journal_file.LARGE_BYTES", 1000)
    the_schema(open_journal.path)
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    assert journal.close(WAIT)
    assert [trouble.kind for trouble in recorder.all("trouble")] == ["salvaging", "damaged"]


def test_names_given_for_good_are_never_taken_again(open_journal, events):
    path = open_journal.path
    asides = []
    for _ in range(2):
        waiting_of(path).write_bytes(b"x")
        asides.append(keep_for_good(path))
    assert len({*asides}) == 2
    assert all(aside.read_bytes() == b"x" for aside in asides)


# -- a file that is gone --------------------------------------------------------------------------


def reopened(open_journal):
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    assert journal.close(WAIT)
    return recorder.all("trouble")


def test_a_file_that_is_gone_is_made_anew_of_the_newest_backup(open_journal, desk, path):
    journal, _ = open_journal()
    journal.append([desk.event()], [desk.summary()])
    assert journal.close(WAIT)
    Backups(path).make("daily", NOON)
    path.unlink()
    (trouble,) = reopened(open_journal)
    assert (trouble.kind, trouble.rescue.events, trouble.rescue.aside) == ("vanished", 1, "")
    with Archive(path) as archive:
        assert len(archive.events_of("case-1")) == 1
    assert reopened(open_journal) == []
