"""What the next start finds: drafts, the desk, the calls that were running, the numbers given."""

from __future__ import annotations

from datetime import timedelta

import pytest

from call.events import CaseJoined, CaseOpened
from call.fold_times import CallPhase
from storage.journal import Draft, DraftKey, Journal

WAIT = 30.0


def test_a_later_draft_replaces_an_earlier_one(open_journal, draft):
    journal, _ = open_journal()
    for length in range(1, 40):
        journal.save_draft(draft("あ" * length))
    journal.save_draft(draft("other", field="consult"))
    assert journal.close(WAIT)
    assert {(each.field, each.text) for each in open_journal.opening().drafts} == {
        ("note", "あ" * 39),
        ("consult", "other"),
    }


@pytest.mark.parametrize("is_committed_between", [False, True])
def test_a_used_draft_is_gone_and_a_new_one_stays(
    path, desk, draft, open_journal, new_recorder, is_committed_between
):
    journal = Journal(path, new_recorder())
    if is_committed_between:
        journal.start()

    def step() -> None:
        assert not is_committed_between or journal.flush(WAIT)

    journal.save_draft(draft("used"))
    journal.save_draft(draft("used too", field="consult"))
    step()
    used = [DraftKey("case-1", "note"), DraftKey("case-1", "consult")]
    journal.append(desk.events(1), [desk.summary()], used)
    step()
    journal.save_draft(draft("typed after"))
    if not is_committed_between:
        journal.start()
    assert journal.close(WAIT)
    assert open_journal.opening().drafts == (draft("typed after"),)


# -- what a start finds -------------------------------------------------------------------------


def test_the_desk_is_named_once(open_journal):
    first, second = open_journal.opening(), open_journal.opening()
    assert (first.desk_id, first.desk_code) == (second.desk_id, second.desk_code)
    assert len(first.desk_code) == 4
    assert set(first.desk_code) <= set("0123456789ABCDEFGHJKMNPQRSTVWXYZ")


def test_the_next_start_goes_on_counting(open_journal, desk_of):
    own = desk_of(open_journal.opening().desk_id)
    journal, _ = open_journal()
    journal.append(own.events(7), [own.summary()])
    journal.append(desk_of("another", seq=500).events(1), [])
    assert journal.close(WAIT)
    assert open_journal.opening().last_seq == 7


def test_running_cases_come_back_and_only_they(open_journal, desk):
    journal, _ = open_journal()
    kept = {}
    for phase in CallPhase:
        kept[phase] = desk.event(case_id=phase.value)
        journal.append([kept[phase]], [desk.summary(phase.value, phase=phase)])
    journal.append([desk.event(case_id="done")], [desk.summary("done", status="done")])
    assert journal.close(WAIT)

    running = open_journal.opening().running
    over = (CallPhase.IDLE, CallPhase.CLOSED)
    assert running == tuple((p.value, (kept[p],)) for p in CallPhase if p not in over)


def test_joined_cases_come_back_with_the_case_they_joined(open_journal, desk):
    journal, _ = open_journal()
    events = [
        desk.event(CaseOpened("1"), "first"),
        desk.event(CaseOpened("2"), "second"),
        desk.event(CaseOpened("3"), "third"),
        desk.event(CaseJoined("second"), "third"),
        desk.event(CaseJoined("first"), "second"),
        desk.event(case_id="first"),
    ]
    journal.append(
        [*events, desk.event(case_id="stranger")],
        [
            desk.summary("first"),
            desk.summary("second", status="joined", joined_to="first"),
            desk.summary("third", status="joined", joined_to="second"),
        ],
    )
    assert journal.close(WAIT)
    assert open_journal.opening().running == (("first", tuple(events)),)


def test_cases_joined_in_a_ring_are_read_once(open_journal, desk):
    journal, _ = open_journal()
    events = [desk.event(case_id="a"), desk.event(case_id="b")]
    journal.append(events, [desk.summary("a", joined_to="b"), desk.summary("b", joined_to="a")])
    assert journal.close(WAIT)
    assert open_journal.events("a") == tuple(events)


def test_a_desks_events_are_in_its_order_however_they_arrived(open_journal, desk, desk_of):
    early, late = desk.events(3), desk.events(2)
    other = desk_of("desk-b").events(2)
    journal, _ = open_journal()
    journal.append([*late, *other, *early], [desk.summary()])  # the first were written again
    assert journal.close(WAIT)
    numbers = [(event.desk_id, event.seq) for event in open_journal.events()]
    assert [seq for desk_id, seq in numbers if desk_id == "desk-a"] == [1, 2, 3, 4, 5]
    assert [desk_id for desk_id, _ in numbers[2:4]] == ["desk-b", "desk-b"]


def test_numbers_of_the_last_three_days_are_known(open_journal, desk):
    journal, _ = open_journal()
    noon = desk.summary().opened_at
    for days in (0, 2, 3, 4):
        line = desk.summary(f"c{days}", case_no=f"no-{days}", opened_at=noon - timedelta(days=days))
        journal.append([], [line])
    assert journal.close(WAIT)
    assert open_journal.opening().case_nos == ("no-3", "no-2", "no-0")


def test_the_time_of_a_draft_is_kept(open_journal, desk):
    journal, _ = open_journal()
    written = Draft("c", "f", "t", desk.event().at.wall)
    journal.save_draft(written)
    assert journal.close(WAIT)
    assert open_journal.opening().drafts == (written,)
