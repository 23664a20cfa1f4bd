"""What goes in comes out: order, batches, drafts, the listener, what a start finds."""

from __future__ import annotations

import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest

from call.clock import Reading
from call.events import CaseOpened, NoteTaken, UnknownEvent
from call.fold_times import CallPhase
from scripts_ja.model import NoteKind
from storage.connection import connect_reader, connect_writer
from storage.journal import Journal

WAIT = 30.0
ROOT = Path(__file__).resolve().parents[2]

STRANGE_TEXTS = [
    "",
    "a\x00b",
    "𠮷野家で😀👨‍👩‍👧",
    "<b>太字</b><img src=x>",
    "ﾊﾝｶｸ　全角\r\n\t改行",
    "' OR 1=1; DROP TABLE events; --",
    "あ" * 10_000,
]


def test_what_was_appended_is_there_after_a_restart(open_journal, desk):
    journal, recorder = open_journal()
    events = [desk.event(CaseOpened("AB12-1"), call_id=None), *desk.events(30)]
    events.append(desk.event(cause=events[3].id))
    for event in events:
        journal.append([event], [desk.summary()])
    assert journal.close(WAIT)

    assert recorder.committed_ids == [event.id for event in events]
    assert open_journal.events() == tuple(events)


@pytest.mark.parametrize("text", STRANGE_TEXTS, ids=range(len(STRANGE_TEXTS)))
def test_texts_come_back_as_they_were(open_journal, desk, draft, text):
    journal, _ = open_journal()
    begun = Reading(desk.event().at.wall, 0.1 + 0.2, "boot-0")
    event = desk.event(NoteTaken("n1", NoteKind.QUOTE, text, begun))
    journal.append([event], [desk.summary(customer=text, phase=CallPhase.WRAP_UP)])
    journal.save_draft(draft(text))
    assert journal.close(WAIT)

    assert open_journal.events() == (event,)
    assert open_journal.opening().drafts == (draft(text),)


def test_half_a_surrogate_pair_is_refused_at_once_and_adds_nothing(open_journal, desk):
    journal, recorder = open_journal()
    broken = desk.event(NoteTaken("n1", NoteKind.MEMO, "\ud83d", desk.event().at))
    good = desk.event()
    with pytest.raises(UnicodeEncodeError):
        journal.append([good, broken], [desk.summary()])
    journal.append([good], [desk.summary(customer="\ud83dさま")])
    assert journal.close(WAIT)

    assert recorder.committed_ids == [good.id]
    assert open_journal.events() == (good,)


def test_half_a_surrogate_pair_in_a_draft_becomes_a_mark(open_journal, draft):
    journal, _ = open_journal()
    journal.save_draft(draft("怒\ud83d\ude20 half \ude20"))
    assert journal.close(WAIT)
    assert [each.text for each in open_journal.opening().drafts] == ["怒😠 half \ufffd"]


def test_unknown_kinds_are_kept_byte_for_byte(open_journal, desk, path):
    journal, _ = open_journal()
    unknown = desk.event(UnknownEvent("FutureThing", {"b": [1, 2.50, None], "a": "あ"}), v=7)
    journal.append([unknown], [desk.summary()])
    assert journal.close(WAIT)
    # As another version wrote it: odd blanks, an odd order, a number as it was spelled.
    payload = '{"z" : 1.0,\n "a":"\\u3042",  "n": 12345678901234567890123}'
    writer = connect_writer(path)
    writer.execute(
        "INSERT INTO events (id, desk_id, seq, case_id, kind, v, wall, boot_seconds, boot_id,"
        " payload) VALUES ('x', 'desk-b', 1, 'case-1', 'CallHeld', 99, ?, 0, 'b', ?)",
        ("2026-04-01T00:00:00.000000+00:00", payload),
    )
    writer.close()

    first, second = open_journal.events()
    assert first == unknown
    assert second.v == 99
    assert second.body == UnknownEvent("CallHeld", msgspec.json.decode(payload))
    assert len(open_journal.opening().running[0][1]) == 2
    reader = connect_reader(path)
    assert reader.execute("SELECT payload FROM events WHERE id = 'x'").fetchone() == (payload,)
    reader.close()


@pytest.mark.expects_log
@pytest.mark.parametrize("payload", ['{"level": "hot"}', "[]", "{", ""])
def test_one_unreadable_event_hides_no_other(open_journal, desk, path, payload):
    journal, _ = open_journal()
    events = desk.events(2)
    journal.append(events, [desk.summary()])
    assert journal.close(WAIT)
    writer = connect_writer(path)
    writer.execute("DROP TRIGGER events_no_update")
    writer.execute("UPDATE events SET payload = ? WHERE id = ?", (payload, events[0].id))
    writer.close()

    first, second = open_journal.events()
    assert isinstance(first.body, UnknownEvent)
    assert first.kind == "TemperatureSet"
    assert second == events[1]


def test_everything_is_said_on_the_writer_thread_and_in_order(open_journal, desk):
    journal, recorder = open_journal()
    recorder.wait_for("opened")
    for event in desk.events(50):
        journal.append([event], [])
    assert journal.close(WAIT)
    assert next(name for name, _ in recorder.said) == "opened"
    assert {name for name, _ in recorder.said[1:]} == {"committed"}
    assert recorder.committed_ids == [f"desk-a/{number}" for number in range(1, 51)]
    assert recorder.threads == {"journal"}


def test_what_waited_before_the_start_is_one_batch_before_the_opening(path, desk, new_recorder):
    recorder = new_recorder()
    journal = Journal(path, recorder)
    for event in desk.events(5):
        journal.append([event], [desk.summary()])
    journal.start()
    opening = recorder.wait_for("opened")
    assert journal.close(WAIT)
    assert [name for name, _ in recorder.said] == ["committed", "opened"]
    assert len(recorder.all("committed")[0]) == 5
    assert [case_id for case_id, _ in opening.running] == ["case-1"]


@pytest.mark.expects_log
def test_a_listener_that_raises_stops_nothing(path, desk, new_recorder):
    recorder = new_recorder()
    hear = recorder.on_committed

    def fail_once(event_ids: tuple[str, ...]) -> None:
        hear(event_ids)
        raise ValueError("a mistake of the listener's")

    recorder.on_committed = fail_once
    journal = Journal(path, recorder)
    journal.start()
    first, second = desk.events(2)
    journal.append([first], [])
    assert journal.flush(WAIT)
    journal.append([second], [])
    assert journal.close(WAIT)
    assert recorder.committed_ids == [first.id, second.id]


def test_unsaved_since_is_the_time_of_the_oldest_append(path, desk, draft, new_recorder):
    journal = Journal(path, new_recorder())
    journal.save_draft(draft("text"))
    journal.append([], [])
    assert journal.unsaved_since() is None
    before = time.monotonic()
    journal.append(desk.events(1), [])
    after = time.monotonic()
    journal.append(desk.events(1), [])
    assert before <= journal.unsaved_since() <= after
    assert not journal.flush(0)
    journal.start()
    assert journal.flush(WAIT)
    assert journal.unsaved_since() is None
    assert journal.close(WAIT)


def test_flush_in_a_listener_does_not_wait_for_itself(path, desk, new_recorder):
    recorder = new_recorder()
    answers = []
    recorder.on_opened = lambda opening: (
        journal.append(desk.events(1), []),
        answers.append(journal.flush(WAIT)),
    )
    journal = Journal(path, recorder)
    began = time.monotonic()
    journal.start()
    recorder.wait_for("committed")
    assert journal.close(WAIT)
    assert answers == [False]
    assert time.monotonic() - began < WAIT


def test_a_closed_journal_says_so(open_journal, desk, draft):
    journal, _ = open_journal()
    assert journal.close(WAIT)
    assert journal.close(WAIT)
    with pytest.raises(RuntimeError):
        journal.append(desk.events(1), [])
    with pytest.raises(RuntimeError):
        journal.save_draft(draft("late"))


def test_an_event_appended_twice_is_written_once(open_journal, desk):
    journal, _ = open_journal()
    events = desk.events(3)
    journal.append(events, [desk.summary()])
    journal.append(events, [desk.summary()])
    assert journal.close(WAIT)
    assert open_journal.events() == tuple(events)


def test_importing_costs_no_database_library():
    program = (
        "import sys, storage, storage.journal; late = {'sqlite3', 'sqlite_utils'} & {*sys.modules};"
        "import storage.archive; late |= {'sqlite_utils', 'click'} & {*sys.modules}; print(late)"
    )
    result = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True
    )
    assert result.stdout == "set()\n"
