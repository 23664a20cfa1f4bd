"""The list of notes in a long call: what is laid out once is not laid out again."""

from collections import Counter

import pytest

from call import commands as c
from scripts_ja.model import NoteKind
from ui import note_list

_LONG = "洗濯機の底から水が漏れて床がぬれていると、朝からお待ちのお客様が{}回おっしゃっている。"


@pytest.fixture
def broken(monkeypatch):
    """How often each text was broken into lines."""
    counted: Counter[str] = Counter()

    def count(text, *rest):
        counted[text] += 1
        return break_lines(text, *rest)

    break_lines = note_list.break_lines
    monkeypatch.setattr(note_list, "break_lines", count)
    return counted


def take(seat, count):
    for number in range(count):
        seat.work.do(c.TakeNote(NoteKind.MEMO, _LONG.format(number)))
        seat.settle()


def heights(seat) -> list[int]:
    notes = seat.window.notes
    return [notes.visualRect(notes.notes.index(row, 0)).height() for row in range(3)]


def test_a_new_note_and_another_stage_lay_out_no_older_note(talk, broken):
    take(talk, 20)
    for action in ("next", "back", "hold", "hold"):
        talk.act(action)
    # The scroll bar comes once, and with it another width.
    assert len(broken) == 20
    assert max(broken.values()) <= 3


def test_another_width_lays_out_all_notes_anew(talk, broken):
    take(talk, 3)
    wide = heights(talk)
    broken.clear()
    talk.window.resize(700, 820)
    talk.settle()
    assert len(broken) == 3
    assert all(now < before for now, before in zip(heights(talk), wide, strict=True))


def test_larger_text_lays_out_all_notes_anew(talk, broken):
    take(talk, 3)
    before = heights(talk)
    broken.clear()
    talk.act("text_size")
    assert len(broken) == 3
    assert all(now > small for now, small in zip(heights(talk), before, strict=True))


def test_the_times_of_all_notes_follow_a_call_that_began_earlier(talk):
    def times():
        notes = talk.window.notes.notes
        return [notes.index(row, 0).data(note_list._TIME_ROLE) for row in range(notes.rowCount())]

    take(talk, 2)
    before = times()
    talk.work.do(c.Retime(300.0, "start"))
    talk.settle()
    take(talk, 1)
    assert len(before) == 2
    assert len(times()) == 3
    assert all(later > earlier for later, earlier in zip(times(), before, strict=False))
