"""The note pad keeps its order, also by kind."""

from datetime import UTC, datetime

from call.clock import Reading
from call.events import NoteEdited, NoteRemoved, NoteTaken
from call.fold_notes import NotePad
from scripts_ja.model import NoteKind

AT = Reading(datetime(2026, 4, 1, 3, 0, tzinfo=UTC), 0.0, "boot")


def taken(pad, note_id, kind=NoteKind.MEMO):
    pad.apply(NoteTaken(note_id=note_id, note_kind=kind, text=note_id, begun_at=AT), "call")


def ids(notes):
    return [note.note_id for note in notes]


def test_notes_of_some_kinds_come_in_the_order_they_were_saved():
    pad = NotePad()
    for note_id, kind in zip("abcdefghij", [NoteKind.MEMO, NoteKind.CLAIM] * 5, strict=True):
        taken(pad, note_id, kind)
    assert ids(pad.of_kind(NoteKind.CLAIM, NoteKind.MEMO)) == list("abcdefghij")
    assert ids(pad.of_kind(NoteKind.CLAIM)) == list("bdfhj")
    assert pad.of_kind(NoteKind.ASK) == []


def test_a_note_that_became_another_kind_stands_where_it_was_and_only_there():
    pad = NotePad()
    for note_id in "abc":
        taken(pad, note_id)
    taken(pad, "d", NoteKind.CLAIM)
    pad.apply(NoteEdited(note_id="b", note_kind=NoteKind.CLAIM, text="b, again"), "call")
    assert ids(pad.of_kind(NoteKind.MEMO)) == ["a", "c"]
    assert ids(pad.of_kind(NoteKind.CLAIM)) == ["b", "d"]
    assert ids(pad.notes) == list("abcd")


def test_a_removed_note_is_of_no_kind_and_comes_last_when_it_is_taken_again():
    pad = NotePad()
    for note_id in "abc":
        taken(pad, note_id)
    pad.apply(NoteRemoved(note_id="a"), "call")
    assert ids(pad.of_kind(NoteKind.MEMO)) == ["b", "c"]
    taken(pad, "a")
    assert ids(pad.of_kind(NoteKind.MEMO)) == ids(pad.notes) == ["b", "c", "a"]
